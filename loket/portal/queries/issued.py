"""What anybody reads who holds a paper of an office: that it is real, and whether it still holds."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from loket.offices.models import Office
from loket.standards.pack import OfficeSpec
from loket.standards.queries import settings_of
from loket.tickets.models import IssuedDocument
from loket.tickets.queries.paper import issued_by_code
from loket.tickets.queries.words import document_title
from loket.ui.parts import Fact, Tone
from loket.ui.templatetags.dates import tanggal


@dataclass(frozen=True)
class PaperPage:
    """The public page of an issued document; nothing on it is about a person."""

    office: Office
    settings: OfficeSpec
    heading: str
    text: str
    chip: str
    tone: Tone
    icon: str
    facts: tuple[Fact, ...]


def paper_page(code: str) -> PaperPage | None:
    """The document behind the code of a paper, None when there is none. Two statements."""
    issued = issued_by_code(code)
    return _page(issued) if issued else None


def _page(issued: IssuedDocument) -> PaperPage:
    chip, tone, icon, text = _state(issued)
    office = issued.office
    facts = [
        Fact(_("Nomor"), issued.number),
        Fact(_("Jenis"), document_title(office, issued.kind)),
        Fact(_("Kantor"), office.name),
        Fact(_("Diterbitkan"), tanggal(issued.at, office.zone)),
    ]
    if issued.withdrawn_at:
        ended = tanggal(issued.withdrawn_at, office.zone)
        facts.append(Fact(_("Berlaku sampai"), ended))
    return PaperPage(
        office=office,
        settings=settings_of(office),
        heading=document_title(office, issued.kind),
        text=text,
        chip=chip,
        tone=tone,
        icon=icon,
        facts=tuple(facts),
    )


def _state(issued: IssuedDocument) -> tuple[str, Tone, str, str]:
    """Its state in a word, with tone, picture, and what to do."""
    if issued.replaced_by_id:
        text = _("Kantor sudah menerbitkan dokumen pengganti. Mintalah yang terbaru.")
        return _("Sudah diganti"), "warn", "alert", text
    if issued.withdrawn_at:
        text = _("Langkahnya sedang diulang. Kantor akan menerbitkan penggantinya.")
        return _("Tidak berlaku lagi"), "bad", "x", text
    text = _("Cocokkan nomor dan tanggal ini dengan yang tercetak.")
    return _("Asli dan berlaku"), "good", "check", text
