"""What pages and actions read: the office's registration service, drafts, tax identities, form data."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from loket.kernel.crypto import digest
from loket.kernel.models import Mail
from loket.offices.models import Office
from loket.offices.registers import provinces, regencies
from loket.standards.models import Standard
from loket.standards.pack import StandardSpec
from loket.standards.queries import services_in_force, settings_of, spec_of
from loket.suppliers.models import Registration, Supplier
from loket.suppliers.numbers import parse_npwp
from loket.tickets.models import Ticket

TERMS_VERSION = (
    "2026-11-01"  # names the template of the terms that are shown and consented to
)
PAGES = ("business", "tax", "identity")
HOME_COUNTRY = "ID"


@dataclass(frozen=True)
class TaxIdentity:
    """A tax number with its country; `key` is one text for every spelling of it."""

    country: str
    number: str
    key: str
    needs_check: bool

    @property
    def digest(self) -> str:
        """What stands in the unique column instead of the number."""
        return digest(f"{self.country}:{self.key}", purpose="tax-identity")


def tax_identity(number: str, *, country: str = HOME_COUNTRY) -> TaxIdentity:
    """An NPWP or NITKU of Indonesia, or the number of another country, which nothing here can check."""
    if country == HOME_COUNTRY:
        npwp = parse_npwp(number)
        return TaxIdentity(country, npwp.digits, npwp.key, npwp.needs_check)
    plain = "".join(sign for sign in number.upper() if sign.isalnum())
    return TaxIdentity(country, plain, plain, needs_check=True)


def nik_digest(nik: str) -> str:
    """What a NIK is found by."""
    return digest(nik, purpose="nik") if nik else ""


def is_claimed(identity: TaxIdentity) -> bool:
    """Whether some supplier, at whatever office, holds this tax identity (F13)."""
    return Supplier.objects.claiming(identity.digest).exists()


def registration_standard(office: Office) -> Standard | None:
    """The version in force of the service that registers suppliers: the one with a `register` step."""
    for standard in services_in_force(office):
        if any(step.kind == "register" for step in spec_of(standard.pk).procedure):
            return standard
    return None


def registration_spec(office: Office) -> StandardSpec | None:
    """The record of that version; None at an office that registers nobody."""
    standard = registration_standard(office)
    return spec_of(standard.pk) if standard else None


def mails_since(email: str, moment: datetime) -> int:
    """How many mails of a registration went to an address."""
    sent = Mail.objects.filter(to__iexact=email, created_at__gt=moment)
    return sent.filter(template__startswith="suppliers/mail/").count()


def draft_of(pk: int | None, office: str) -> Registration | None:
    """The confirmed registration a browser works on, if it is one of this office (by slug)."""
    found = Registration.objects.select_related("office", "ticket", "supplier")
    return found.filter(pk=pk, office__slug=office, confirmed_at__isnull=False).first()


def first_unanswered(registration: Registration) -> str:
    """The next page to fill in, `review` when all are."""
    answered = registration.typed.get("answered", {})
    return next((page for page in PAGES if page not in answered), "review")


def registration_of(ticket: Ticket) -> Registration | None:
    """The registration a ticket began with; None for any other service and for the counter's tickets."""
    found = Registration.objects.select_related("supplier", "office", "ticket")
    return found.filter(ticket=ticket).first()


def outside_system(office: Office) -> str:
    """Where the account lives when the office only accompanies the registration; empty as registrar."""
    if office.registration_mode != "companion":
        return ""
    return next(iter(settings_of(office).applications), "SPSE")


def region_of(supplier: Supplier) -> str:
    """Regency and province in words; a foreign company has its country instead."""
    if supplier.regency not in regencies():
        return supplier.country
    province = provinces()[supplier.province].name
    return f"{regencies()[supplier.regency].name}, {province}"


def form_data(supplier: Supplier) -> list[tuple[str, str]]:
    """What the applicant filled in, to be read beside the documents; identity numbers masked (F14)."""
    form, branch = (
        supplier.get_form_of_business_display(),
        supplier.get_branch_kind_display(),
    )
    return [
        (_("Nama"), supplier.name),
        (_("Bentuk usaha"), f"{form}, {branch}"),
        (
            _("NPWP") if supplier.country == HOME_COUNTRY else _("Nomor pajak"),
            supplier.masked_tax_id,
        ),
        (_("Penanggung jawab"), supplier.responsible_name),
        (_("NIK"), supplier.masked_nik or "–"),
        (
            _("Alamat"),
            f"{supplier.address}, {region_of(supplier)} {supplier.postal_code}",
        ),
        (_("Telepon"), supplier.phone),
    ]
