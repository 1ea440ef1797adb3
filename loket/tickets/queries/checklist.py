"""The checklist of a ticket as rows of the applicant's upload page."""

from collections import Counter
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from loket.files.models import Scan, StoredFile
from loket.standards.pack import Requirement
from loket.tickets.models import Ticket
from loket.tickets.queries.documents import AskedDocument
from loket.tickets.queries.reasons import Reason, reasons_of, title_of
from loket.tickets.queries.versions import VersionRow, page_addresses, versions_of
from loket.tickets.queries.words import words
from loket.ui.parts import Doc, Fact, Tone
from loket.ui.templatetags.dates import wib

KILOBYTE = 1024
WORDS_OF_STATE: dict[str, tuple[str | Promise, str, Tone]] = {
    "accepted": (gettext_lazy("Diterima"), "check", "good"),
    "refused": (gettext_lazy("Perlu perbaikan"), "alert", "bad"),
    "given": (gettext_lazy("Diunggah, menunggu diperiksa"), "clock", "accent"),
    "held": (gettext_lazy("Sedang dipindai"), "clock", "away"),
    "infected": (gettext_lazy("Mengandung virus"), "alert", "bad"),
    "missing": (gettext_lazy("Belum diunggah"), "upload", "warn"),
}


@dataclass(frozen=True)
class AskedRow:
    """One asked document with its words for the page."""

    asked: AskedDocument
    doc: Doc
    page_addresses: list[str]
    original_address: str = ""
    versions: list[VersionRow] = field(default_factory=list)


def size_words(size: int) -> str:
    """640 KB or 3,6 MB."""
    if size < KILOBYTE * KILOBYTE:
        return f"{max(1, round(size / KILOBYTE))} KB"
    return f"{size / KILOBYTE / KILOBYTE:.1f} MB".replace(".", ",")


def form_of_paper(requirement: Requirement) -> str:
    """How the document must be shown: original, copy, meterai, signature, stamp, and the office's note."""
    wanted = {
        _("asli"): "original" in requirement.show,
        _("salinan"): "copy" in requirement.show,
        _("bermeterai"): requirement.meterai,
        _("ditandatangani"): requirement.signed,
        _("berstempel"): requirement.stamped,
    }
    listed = ", ".join(word for word, is_wanted in wanted.items() if is_wanted)
    return ". ".join(
        part for part in (listed.capitalize(), words(requirement.note)) if part
    )


def rows_of(
    ticket: Ticket,
    documents: list[AskedDocument],
    *,
    names: tuple[str, str],
    for_office: bool = False,
) -> list[AskedRow]:
    """What was asked with what was given; `names` are the addresses of a page picture and of an original."""
    reasons = reasons_of(ticket.office)
    return [
        AskedRow(
            each,
            _doc(ticket, each, reasons),
            page_addresses(ticket, each.document, names[0]),
            _original(ticket, each, names[1]),
            versions_of(ticket, each, names[0], for_office=for_office),
        )
        for each in documents
    ]


def _original(ticket: Ticket, each: AskedDocument, name: str) -> str:
    if each.document is None or each.file is None or not each.file.hands_out:
        return ""
    return reverse(name, args=[ticket.number, each.document.pk])


def _doc(ticket: Ticket, each: AskedDocument, reasons: dict[str, Reason]) -> Doc:
    status, icon, tone = WORDS_OF_STATE[_word(each)]
    verdict, file = each.verdict if each.is_refused else None, each.file
    shown_at_counter = each.state == "given" and file is None
    return Doc(
        title=words(each.requirement.title),
        anchor=f"berkas-{each.code}",
        status=_("Ditunjukkan di loket") if shown_at_counter else str(status),
        icon=icon,
        tone=tone,
        hint=form_of_paper(each.requirement),
        verdict=_what_is_wrong(each, reasons),
        advice=_advice(each, reasons),
        note=verdict.note if verdict and not each.is_infected else "",
        verdict_by=wib(verdict.at, ticket.office.zone)
        if verdict and not each.is_infected
        else "",
        file_name=_file_name(file) if file else "",
        file_facts=file_facts(each, ticket) if file else "",
    )


def _word(each: AskedDocument) -> str:
    """The state, or what the scanner says where that matters more."""
    if each.is_infected:
        return "infected"
    is_held = each.file is not None and each.file.scan == Scan.HELD
    return "held" if is_held and each.state == "given" else each.state


def _what_is_wrong(each: AskedDocument, reasons: dict[str, Reason]) -> str:
    if each.is_infected:
        return _("Berkas ini mengandung virus.")
    if each.verdict is None or not each.is_refused:
        return ""
    return f"{title_of(each.verdict.reason, reasons)}."


def _advice(each: AskedDocument, reasons: dict[str, Reason]) -> str:
    if each.is_infected:
        return _("Berkas ditahan dan tidak dibuka. Diperlukan berkas lain.")
    if each.verdict is None or not each.is_refused:
        return ""
    known = reasons.get(each.verdict.reason)
    return str(known.advice) if known else ""


def _file_name(file: StoredFile) -> str:
    return _("Dimusnahkan sesuai masa simpan") if file.destroyed_at else file.name


def file_facts(each: AskedDocument, ticket: Ticket) -> str:
    """Pages, size, version and when it was given."""
    document = each.document
    if document is None or document.file is None:
        return ""
    if document.file.destroyed_at:
        return wib(document.file.destroyed_at, ticket.office.zone)
    pages = ngettext("%(n)d halaman", "%(n)d halaman", document.file.pages)
    facts = (
        pages % {"n": document.file.pages},
        size_words(document.file.size),
        _("versi %(n)d") % {"n": document.version},
        wib(document.at, ticket.office.zone),
    )
    return " · ".join(facts)


def sums(documents: list[AskedDocument]) -> list[Fact]:
    """How many documents are accepted, waiting, refused and missing."""
    found = Counter(each.state for each in documents)
    return [
        Fact(_("Diterima"), found["accepted"]),
        Fact(_("Menunggu diperiksa"), found["given"]),
        Fact(_("Perlu perbaikan"), found["refused"]),
        Fact(_("Belum"), found["missing"]),
    ]
