"""Letters of a service as sheets to sign: blank for everybody, filled for whoever they concern (R9-R11, D4, D9)."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, override

from loket.offices.models import Office
from loket.standards.models import Standard
from loket.standards.pack import Letter, StandardSpec, Text, filled
from loket.standards.queries import services_in_force, settings_of, spec_of
from loket.suppliers.models import FormOfBusiness, Supplier
from loket.suppliers.queries.papers import identity_label, region_of, registration_of
from loket.suppliers.queries.proxies import powers_of
from loket.tickets.models import Ticket
from loket.ui.navigation import Link, letter as letter_page, own_letter
from loket.ui.templatetags.dates import tanggal

IDENTITY = ("nik", "tax_id", "proxy_nik")
# People without a company print on plain paper
PLAIN = {FormOfBusiness.PERSON, FormOfBusiness.CONSULTANT, FormOfBusiness.WORKER}


@dataclass(frozen=True)
class SheetBlock:
    """An opening sentence and the lines under it: label, and value or "" for a line to write on."""

    opening: str
    lines: list[tuple[str, str]]


@dataclass(frozen=True)
class Sheet:
    """One letter ready to be printed in one language."""

    code: str
    letter: Letter
    language: str
    title: str
    blocks: list[SheetBlock]
    points: list[str]
    closing: str
    owner: str = ""
    proxy: str = ""
    is_filled: bool = False
    has_head: bool = False  # room for a letterhead


def letters_of(office: Office) -> dict[str, Letter]:
    """Every letter that a service of this office asks for or offers now."""
    known = settings_of(office).letters
    specs = [spec_of(standard.pk) for standard in services_in_force(office)]
    wanted = {
        code
        for spec in specs
        for kind in spec.applicants
        for code in spec.letters_for(kind)
    }
    return {code: letter for code, letter in known.items() if code in wanted}


def letters_for(ticket: Ticket) -> dict[str, Letter]:
    """The letters this applicant may need."""
    known = settings_of(ticket.office).letters
    codes = spec_of(ticket.standard_id).letters_for(ticket.applicant_kind)
    return {code: known[code] for code in codes if code in known}


def letter_links(ticket: Ticket, address: str) -> list[Link]:
    """The way to each letter of this applicant, filled, at the route of this name."""
    language = get_language() or "id"
    return [
        Link(letter.title.get(language), reverse(address, args=[ticket.number, code]))
        for code, letter in letters_for(ticket).items()
    ]


def proxy_letters(
    office: Office, spec: StandardSpec, ticket: Ticket | None
) -> list[Link]:
    """The letters a proxy is asked for: filled where they are for one ticket, else blank."""
    known, language = settings_of(office).letters, get_language() or "id"
    asked = [one.template for _code, one in spec.proxy_documents()]
    return [
        Link(
            known[code].title.get(language),
            own_letter(ticket.number, code)
            if ticket
            else letter_page(office.slug, code),
        )
        for code in asked
        if isinstance(code, str) and code in known
    ]


def blank(office: Office, code: str, *, language: str) -> Sheet | None:
    """The letter with lines to write on; None where the office has none of this code."""
    letter = letters_of(office).get(code)
    if letter is None:
        return None
    known = {"office": office.name}
    if standard := _standard_with(office, code):
        known["service"] = spec_of(standard.pk).title.get(language)
    return _sheet(code, letter, known, language=language)


def blank_html(office: Office, code: str, *, language: str) -> str:
    """The whole page the PDF of a blank letter is drawn from; "" where the office has none of this code."""
    sheet = blank(office, code, language=language)
    return paper_html(office, sheet) if sheet else ""


def paper_html(office: Office, sheet: Sheet) -> str:
    """The whole page a PDF is drawn from, in the language of the letter."""
    with override(sheet.language):
        context = {"office": office, "sheet": sheet}
        return render_to_string("suppliers/letters/paper.html", context)


def filled_for(
    ticket: Ticket, code: str, *, language: str, with_identity: bool
) -> Sheet | None:
    """The letter with what is known of the applicant; identity numbers only for himself."""
    letter = letters_for(ticket).get(code)
    if letter is None:
        return None
    with override(language):
        known = _known(ticket)
    if not with_identity:
        known |= dict.fromkeys(IDENTITY, "")
    return _sheet(code, letter, known, language=language, is_filled=True)


def _standard_with(office: Office, code: str) -> Standard | None:
    """A service that asks for this letter, when it is the only one."""
    asking = [
        standard
        for standard in services_in_force(office)
        if any(
            code in spec_of(standard.pk).letters_for(kind)
            for kind in spec_of(standard.pk).applicants
        )
    ]
    return asking[0] if len(asking) == 1 else None


def _known(ticket: Ticket) -> dict[str, str]:
    registration = registration_of(ticket)
    known = {
        "office": ticket.office.name,
        "service": spec_of(ticket.standard_id).title.get(get_language() or "id"),
        "ticket": ticket.number,
        "company": ticket.applicant_name,
        "phone": ticket.phone,
    }
    if registration is not None:
        known["email"] = registration.email
    if registration is None or registration.supplier is None:
        return known
    return known | _of_supplier(registration.supplier) | _of_proxy(ticket)


def _of_supplier(supplier: Supplier) -> dict[str, str]:
    person = supplier.people.current().order_by("pk").first()
    return {
        "name": supplier.responsible_name,
        "nik": supplier.responsible_nik or "",
        "company": supplier.name,
        "form_of_business": str(supplier.get_form_of_business_display()),
        "is_plain": "yes" if supplier.form_of_business in PLAIN else "",
        "tax_id": supplier.tax_id or "",
        "address": f"{supplier.address}, {region_of(supplier)} {supplier.postal_code}",
        "phone": supplier.phone,
        "user_id": person.user.user_id if person else "",
        "identity": identity_label(supplier.identity_document),
    }


def _of_proxy(ticket: Ticket) -> dict[str, str]:
    power = next((each for each in powers_of(ticket) if each.is_standing), None)
    if power is None:
        return {}
    return {
        "proxy_name": power.proxy_name,
        "proxy_nik": power.proxy_nik or "",
        "valid_until": tanggal(power.valid_until),
    }


def _sheet(
    code: str, letter: Letter, known: dict[str, str], *, language: str, is_filled: bool = False
) -> Sheet:  # fmt: skip
    if not letter.speaks(language):
        language = "id"

    def said(text: Text) -> str:
        return filled(text.get(language), known)

    with override(language):
        labels = _labels(known)
    return Sheet(
        code=code,
        letter=letter,
        language=language,
        title=letter.title.get(language),
        blocks=[
            SheetBlock(
                said(block.opening),
                [(labels[fact], known.get(fact, "")) for fact in block.facts],
            )
            for block in letter.blocks
        ],
        points=[said(point) for point in letter.points],
        closing=said(letter.closing) if letter.closing else "",
        owner=known.get("name", ""),
        proxy=known.get("proxy_name", ""),
        is_filled=is_filled,
        has_head=letter.letterhead and not known.get("is_plain"),
    )


def _labels(known: dict[str, str]) -> dict[str, str]:
    return {
        "name": _("Nama"),
        "position": _("Jabatan"),
        "nik": known.get("identity") or _("NIK"),
        "company": _("Nama usaha"),
        "form_of_business": _("Bentuk usaha"),
        "tax_id": _("NPWP atau nomor pajak"),
        "address": _("Alamat"),
        "phone": _("Telepon"),
        "email": _("E-mail"),
        "user_id": _("User ID"),
        "proxy_name": _("Nama penerima kuasa"),
        "proxy_nik": _("NIK penerima kuasa"),
        "valid_until": _("Berlaku sampai"),
        "ticket": _("Nomor tiket"),
    }
