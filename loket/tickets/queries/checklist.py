"""The checklist of a ticket as rows of the applicant's upload page."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from loket.files.models import StoredFile
from loket.standards.pack import Requirement
from loket.tickets.models import Ticket
from loket.tickets.queries.documents import AskedDocument
from loket.tickets.queries.words import words
from loket.ui.parts import Doc, Fact, Tone
from loket.ui.templatetags.dates import wib

KILOBYTE = 1024
WORDS_OF_STATE: dict[str, tuple[str | Promise, str, Tone]] = {
    "accepted": (gettext_lazy("Diterima"), "check", "good"),
    "refused": (gettext_lazy("Perlu perbaikan"), "alert", "bad"),
    "given": (gettext_lazy("Diunggah, menunggu diperiksa"), "clock", "accent"),
    "missing": (gettext_lazy("Belum diunggah"), "upload", "warn"),
}


@dataclass(frozen=True)
class AskedRow:
    """One asked document with its words for the page."""

    asked: AskedDocument
    doc: Doc
    page_addresses: list[str]


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
    page_name: str,
    reasons: dict[str, str],
) -> list[AskedRow]:
    """What was asked with what was given; `page_name` is the address of a page picture."""
    return [
        AskedRow(each, _doc(ticket, each, reasons), _addresses(ticket, each, page_name))
        for each in documents
    ]


def _addresses(ticket: Ticket, each: AskedDocument, page_name: str) -> list[str]:
    file = each.document.file if each.document else None
    if each.document is None or file is None or file.destroyed_at:
        return []
    return [
        reverse(page_name, args=[ticket.number, each.document.pk, page])
        for page in range(1, file.pages + 1)
    ]


def _doc(ticket: Ticket, each: AskedDocument, reasons: dict[str, str]) -> Doc:
    status, icon, tone = WORDS_OF_STATE[each.state]
    verdict, file = each.verdict, each.document and each.document.file
    shown_at_counter = each.state == "given" and file is None
    return Doc(
        title=words(each.requirement.title),
        status=_("Ditunjukkan di loket") if shown_at_counter else str(status),
        icon=icon,
        tone=tone,
        hint=form_of_paper(each.requirement),
        verdict=reasons.get(verdict.reason, verdict.reason)
        if verdict and each.is_refused
        else "",
        advice=verdict.note if verdict and each.is_refused else "",
        verdict_by=wib(verdict.at, ticket.office.zone)
        if verdict and each.is_refused
        else "",
        file_name=_file_name(file) if file else "",
        file_facts=file_facts(each, ticket) if file else "",
    )


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
