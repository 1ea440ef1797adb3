"""What was typed and what is to be brought, in words for pages and mails."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import get_language, gettext as _

from loket.offices.numbers import mask
from loket.offices.registers import countries, provinces, regencies
from loket.standards.pack import ApplicantKind, Requirement, StandardSpec
from loket.suppliers.models import (
    BranchKind,
    FormOfBusiness,
    IdentityDocument,
    PowerOfAttorney,
    Registration,
    Sanction,
    Supplier,
)
from loket.suppliers.queries.tax import HOME_COUNTRY, tax_identity
from loket.tickets.models import Ticket
from loket.ui.parts import Fact
from loket.ui.templatetags.dates import wib


@dataclass(frozen=True)
class ToBring:
    """One line of what to bring: the document's title and in which form it is shown."""

    title: str
    form: str


@dataclass(frozen=True)
class Summary:
    """One page of the draft as it is read once more; `url` names where it can be changed."""

    url: str
    title: str
    facts: tuple[Fact, ...]


def checklist(spec: StandardSpec, kind: str, facts: Iterable[str]) -> list[ToBring]:
    """The documents this applicant brings, in the page's language (D1-D12)."""
    language = get_language() or "id"
    asked = spec.documents_for(kind, set(facts))
    return [ToBring(one.title.get(language), _shown_as(one)) for _code, one in asked]


def to_bring(spec: StandardSpec, kind: str, facts: Iterable[str]) -> list[ToBring]:
    """The checklist, and after it what is only advised, such as papers for filling in SIKaP (D1-D3)."""
    language = get_language() or "id"
    advised = [one for _code, one in spec.brought_by(kind)]
    return [
        *checklist(spec, kind, facts),
        *(ToBring(one.title.get(language), _shown_as(one)) for one in advised),
    ]


@dataclass(frozen=True)
class Way:
    """One way to show the documents: what to do, whether it was chosen, whether it passes by loket."""

    title: str
    how: str
    is_chosen: bool
    is_outside: bool


def ways_of(spec: StandardSpec, route: str) -> list[Way]:
    """Every way to show the documents, the chosen one first: whoever sent the form still compares them (F19, C8)."""
    language = get_language() or "id"
    found = [
        Way(way.title.get(language), way.how.get(language), code == route, way.via == "outside")
        for code, way in spec.routes.items()
        if way.how
    ]  # fmt: skip
    return sorted(found, key=lambda way: not way.is_chosen)


def _shown_as(requirement: Requirement) -> str:
    words = {"original": _("asli"), "copy": _("salinan")}
    said = [words[form] for form in requirement.show]
    if requirement.meterai:
        said.append(_("bermeterai"))
    if requirement.purpose:
        said.append(_("untuk mengisi SIKaP"))
    return ", ".join(said)


def registration_of(ticket: Ticket) -> Registration | None:
    """The registration a ticket began with; None for any other service and for the counter's tickets."""
    known: Registration | str | None = getattr(ticket, "registration_read", "")
    if isinstance(known, str):  # once for a page that asks several times
        sanctions = Sanction.objects.filter(supplier=OuterRef("supplier"))
        found = Registration.objects.select_related("supplier", "office").defer("office__settings")  # fmt: skip
        powers = PowerOfAttorney.objects.filter(supplier=OuterRef("supplier"))
        found = found.annotate(has_sanctions=Exists(sanctions), has_powers=Exists(powers))  # fmt: skip
        known = found.filter(ticket=ticket).first()
        ticket.registration_read = known  # type: ignore[attr-defined]  # read here only
    return known


def region(code: str, country: str) -> str:
    """Regency and province in words; a foreign company has its country instead."""
    if code not in regencies():
        return countries(get_language() or "id").get(country, country)
    regency = regencies()[code]
    return f"{regency.name}, {provinces()[regency.province].name}"


def region_of(supplier: Supplier) -> str:
    """Where a supplier has its seat."""
    return region(supplier.regency, supplier.country)


def identity_label(document: str) -> str:
    """What the number of the responsible person is: a NIK, or that of a stay permit or passport."""
    if document == IdentityDocument.KTP:
        return _("NIK")
    return str(IdentityDocument(document).label)


def form_data(supplier: Supplier) -> list[Fact]:
    """What the applicant filled in, to be read beside the documents; identity numbers masked (F14)."""
    form = supplier.get_form_of_business_display()
    is_home = supplier.country == HOME_COUNTRY
    place = f"{supplier.address}, {region_of(supplier)} {supplier.postal_code}"
    return [
        Fact(_("Nama"), supplier.name),
        Fact(_("Bentuk usaha"), f"{form}, {supplier.get_branch_kind_display()}"),
        Fact(_("NPWP") if is_home else _("Nomor pajak"), supplier.masked_tax_id),
        *_pkp(supplier.pkp_number),
        *([] if is_home else [Fact(_("KSWP"), _("tidak berlaku"))]),
        Fact(_("Pimpinan atau pemilik"), supplier.responsible_name),
        Fact(identity_label(supplier.identity_document), supplier.masked_nik or "–"),
        Fact(_("Alamat"), place),
        Fact(_("Telepon"), supplier.phone),
    ]


def _pkp(number: str) -> list[Fact]:
    return [Fact(_("Nomor PKP"), number)] if number else []


def summary(registration: Registration, spec: StandardSpec) -> list[Summary]:
    """The whole draft by page; identity numbers masked, for the screen may be seen by others."""
    typed = registration.typed
    return [
        Summary("suppliers:business", _("Usaha"), _business(typed["business"], spec)),
        Summary(
            "suppliers:tax", _("Nomor pajak"), _tax(typed["tax"], registration.email)
        ),
        Summary("suppliers:identity", _("Identitas dan alamat"), _identity(typed)),
    ]


def _business(said: dict[str, Any], spec: StandardSpec) -> tuple[Fact, ...]:
    kind = spec.applicants[said["applicant_kind"]].title.get(get_language() or "id")
    form = FormOfBusiness(said["form_of_business"]).label
    branch = BranchKind(said["branch_kind"]).label
    return (
        Fact(_("Mendaftar sebagai"), kind),
        Fact(_("Bentuk usaha"), f"{form}, {branch}"),
    )


def _tax(said: dict[str, Any], email: str) -> tuple[Fact, ...]:
    country = said.get("country", HOME_COUNTRY)
    mail = Fact(_("E-mail"), email)
    if country != HOME_COUNTRY:
        name = region("", country)
        number = Fact(_("Nomor pajak"), mask(said["number"]))
        return mail, Fact(_("Negara"), name), number
    number = Fact(_("NPWP"), mask(said["number"]))
    if not tax_identity(said["number"]).needs_check:
        return mail, number
    return mail, number, Fact(_("Catatan"), _("Perlu dicek di DJP oleh petugas."))


def _identity(typed: dict[str, Any]) -> tuple[Fact, ...]:
    said, country = typed["identity"], typed["tax"].get("country", HOME_COUNTRY)
    place = region(said.get("regency", ""), country)
    facts = [
        Fact(_("User ID"), said["user_id"]),
        Fact(_("Nama"), said["name"]),
        Fact(_("Pimpinan atau pemilik"), said["responsible_name"]),
        Fact(
            identity_label(said.get("identity_document", IdentityDocument.KTP)),
            mask(said["nik"]) if said.get("nik") else "–",
        ),
        *_pkp(said.get("pkp_number", "")),
        Fact(_("Alamat"), f"{said['address']}, {place} {said['postal_code']}"),
        Fact(_("Telepon"), said["phone"]),
    ]
    return tuple(facts)


def account_facts(supplier: Supplier, kind: ApplicantKind) -> list[Fact]:
    """What another office is told of an account that exists; identity numbers masked."""
    title = kind.title.get(get_language() or "id")
    return [Fact(_("Mendaftar sebagai"), title), *form_data(supplier)[1:]]


def activation_of(ticket: Ticket, supplier: Supplier) -> list[Fact]:
    """Where the account works, and since when; empty before that."""
    if supplier.activated_at is None:
        return []
    since = wib(supplier.activated_at, ticket.office.zone)
    return [Fact(_("Akun aktif"), f"{supplier.activated_in}, {since}")]
