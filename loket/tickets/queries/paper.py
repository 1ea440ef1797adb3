"""What stands on a document the office hands out, and what its public page says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import (
    get_language,
    gettext as _,
    gettext_lazy,
    pgettext_lazy,
)

from loket.kernel.fence import show
from loket.offices.models import Office
from loket.standards.queries import settings_of, spec_of
from loket.tickets.models import Event, IssuedDocument, Ticket
from loket.tickets.queries.documents import AskedDocument, asked_documents
from loket.tickets.queries.reading import readable_code
from loket.tickets.queries.words import (
    document_title,
    service_title,
    steps_of,
)
from loket.ui import qr
from loket.ui.navigation import LOOKUP, PAPER
from loket.ui.templatetags.dates import tanggal, wib

# What rooms above say on the papers of their services, such as the exhibits of a forensic test
Adding = Callable[["IssuedDocument"], Iterator[tuple[Promise, str]]]
_adding: list[Adding] = []
GROUP = 4  # signs of a printed code between two hyphens
GOES_BACK = ("reopen", "sent_back", "correction_asked")


HEADS = (
    gettext_lazy("No."),
    pgettext_lazy("one of them", "Berkas"),
    gettext_lazy("Ditunjukkan"),
    gettext_lazy("Hasil"),
    gettext_lazy("Dilihat oleh"),
)
RESULTS = {
    "accepted": gettext_lazy("Diterima"),
    "refused": gettext_lazy("Perlu perbaikan"),
    "given": gettext_lazy("Ada, belum diperiksa"),
    "missing": gettext_lazy("Tidak ada"),
}
WORDS = {
    "number": gettext_lazy("Nomor"),
    "version": gettext_lazy("versi"),
    "officer": gettext_lazy("Petugas"),
    "real": gettext_lazy("Periksa keaslian dokumen ini"),
    "code": gettext_lazy("Kode lacak"),
    "track": gettext_lazy("Periksa keadaan tiket"),
    "made": gettext_lazy(
        "Dokumen ini dibuat oleh sistem loket dari catatan tiket pada waktu yang tertera."
    ),
}


@dataclass(frozen=True)
class PaperRow:
    """One document as the paper lists it: which version, in which form, what came of it, who saw it when."""

    title: str
    english: str
    version: int
    shown: Promise | str
    result: Promise
    by: str
    at: str


def adds_facts(facts: Adding) -> Adding:
    """Let a room add labelled lines to what the office hands out."""
    _adding.append(facts)
    return facts


def issued_named(ticket: Ticket, number: str) -> IssuedDocument | None:
    """The document of this ticket with this printed number."""
    found = IssuedDocument.objects.filter(ticket=ticket)
    named = found.select_related("office", "by", "ticket__standard")
    return next((each for each in named if each.number == number), None)


def issued_by_code(code: str) -> IssuedDocument | None:
    """The document whose paper bears this code, written in any way; the code is the right to see it."""
    plain = "".join(sign for sign in code.upper() if sign.isascii() and sign.isalnum())
    if not plain:
        return None
    show(paper=plain)
    found = IssuedDocument.objects.select_related("office")
    return found.filter(code=plain).first()


def printed_code(code: str) -> str:
    """`7KQ4-M2XP-9DTR-HB3W`: how the code of a paper is printed."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def public_address(issued: IssuedDocument) -> str:
    """Where anybody who holds the paper reads whether it is real and still holds."""
    return f"{settings.SITE_URL}{PAPER}{printed_code(issued.code)}/"


def went_back_since(issued: IssuedDocument) -> bool:
    """Whether the ticket was reopened or sent back after this was handed out."""
    events = Event.objects.filter(ticket=issued.ticket_id)
    own = events.filter(name="issue", data__number=issued.number).values("pk")[:1]
    return events.filter(name__in=GOES_BACK, pk__gt=own).exists()


def lies_ahead_again(ticket: Ticket, kind: str) -> bool:
    """Whether the ticket stands at or before the step that hands out this kind of document."""
    steps = steps_of(ticket)
    here = next((n for n, each in enumerate(steps) if each.code == ticket.step), 0)
    return ticket.is_open and kind in {each.document for each in steps[here:]}


def paper_of(issued: IssuedDocument) -> dict[str, Any]:
    """Everything the template of an issued document prints."""
    ticket, office = issued.ticket, issued.office
    code, public = readable_code(ticket.public_code), public_address(issued)
    return {
        "issued": issued,
        "ticket": ticket,
        "office": office,
        "language": get_language() or settings.LANGUAGE_CODE,
        "title": document_title(office, issued.kind),
        "english": _english_title(issued),
        "facts": _facts(issued),
        "rows": [_row(each, office) for each in asked_documents(ticket)],
        "heads": HEADS,
        "words": WORDS,
        "place": _place(office),
        "contacts": _contacts(office),
        "code": code,
        "address": f"{settings.SITE_URL}{LOOKUP}{code}/".removeprefix("https://"),
        "public": public.removeprefix("https://"),
        "qr": qr.svg(public, _("Kode QR ke halaman %(address)s") % {"address": public}),
    }


def _english_title(issued: IssuedDocument) -> str:
    """The title in English where the office wrote one."""
    known = settings_of(issued.office).document_titles.get(issued.kind)
    found = known.get("en") if known else ""
    return "" if known and found == known.get("id") else found


def _facts(issued: IssuedDocument) -> list[tuple[Promise, str]]:
    """Labels with what they say of the ticket; empty ones are left out."""
    ticket, office = issued.ticket, issued.office
    replaced = IssuedDocument.objects.select_related("office").filter(
        replaced_by=issued
    )
    came = f"{ticket.shown_by} ({ticket.get_shown_as_display()})"
    facts: list[tuple[Promise, str]] = [
        (gettext_lazy("Nomor tiket"), ticket.number),
        (gettext_lazy("Pemohon"), ticket.applicant_name),
        (gettext_lazy("Yang menunjukkan berkas"), came if ticket.shown_as else ""),
        (gettext_lazy("Layanan"), service_title(ticket)),
        (gettext_lazy("Standar pelayanan"), _standard(ticket)),
        (gettext_lazy("Diterbitkan"), wib(issued.at, office.zone)),
        (gettext_lazy("Menggantikan nomor"), ", ".join(map(str, replaced))),
        *(fact for adding in _adding for fact in adding(issued)),
    ]
    return [fact for fact in facts if fact[1]]


def _row(asked: AskedDocument, office: Office) -> PaperRow:
    verdict, title = asked.verdict, asked.requirement.title
    return PaperRow(
        title=title.get("id"),
        english=title.get("en"),
        version=asked.version,
        shown=_shown(asked),
        result=RESULTS[asked.state],
        by=verdict.by.name if verdict else "",
        at=wib(verdict.at, office.zone) if verdict else "",
    )


def _shown(asked: AskedDocument) -> Promise | str:
    """In which form an officer had it before him."""
    if asked.verdict and asked.verdict.original_seen:
        return gettext_lazy("Asli")
    if asked.document is None:
        return ""
    return gettext_lazy("Salinan digital") if asked.file else gettext_lazy("Salinan")


def _standard(ticket: Ticket) -> str:
    day, decree = tanggal(ticket.standard.effective), _decree(ticket)
    version = _("versi %(n)s, berlaku sejak %(day)s")
    found = version % {"n": ticket.standard.version, "day": day}
    return f"{found}; {decree}" if decree else found


def _decree(ticket: Ticket) -> str:
    named = spec_of(ticket.standard_id).decree
    decree = settings_of(ticket.office).decrees.get(named or "")
    return f"{decree.number}, {tanggal(decree.date)}" if decree else ""


def _place(office: Office) -> str:
    place = settings_of(office).places[0]
    return ", ".join(part for part in (place.name, place.address) if part)


def _contacts(office: Office) -> str:
    known = settings_of(office).contacts
    return " · ".join([*known.telephone[:1], *known.email[:1]])
