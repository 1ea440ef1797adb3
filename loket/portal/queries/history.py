"""What happened to a ticket, told to whoever holds its code: no names, no documents, no notes."""

from collections.abc import Iterable

from django.utils.translation import gettext as _, gettext_lazy

from loket.portal.queries.words import words
from loket.standards.queries import spec_of
from loket.tickets.models import Event, Ticket
from loket.tickets.queries.progress import STEP_DONE
from loket.ui.parts import Moment, Tone
from loket.ui.templatetags.dates import wib

# An event that is not named here is not told: new kinds stay inside until somebody decides.
TOLD: dict[str, tuple[Tone, object]] = {
    "submit": ("", gettext_lazy("Permohonan diterima.")),
    "take": ("accent", gettext_lazy("Petugas mulai mengerjakan permohonan.")),
    "resume": ("accent", gettext_lazy("Giliran kantor.")),
    "ask_applicant": ("warn", gettext_lazy("Giliran pemohon.")),
    "pass_outside": ("away", gettext_lazy("Diteruskan ke pihak luar kantor.")),
    "correction_asked": ("warn", gettext_lazy("Petugas meminta perbaikan.")),
    "document_given": ("", gettext_lazy("Satu berkas diterima kantor.")),
    "document_accepted": ("good", gettext_lazy("Satu berkas sesuai.")),
    "document_refused": ("warn", gettext_lazy("Satu berkas perlu perbaikan.")),
    "issue": ("good", gettext_lazy("Dokumen hasil layanan diterbitkan.")),
    "activate": ("good", gettext_lazy("Akun diaktifkan.")),
    "finish": ("good", gettext_lazy("Layanan selesai.")),
    "reject": (
        "bad",
        gettext_lazy("Permohonan ditolak; alasannya disampaikan kepada pemohon."),
    ),
    "withdraw": ("", gettext_lazy("Pemohon membatalkan permohonan.")),
    "close": ("", gettext_lazy("Tiket ditutup.")),
    "close_unanswered": (
        "",
        gettext_lazy("Tiket ditutup karena pemohon tidak menjawab."),
    ),
    "reopen": ("accent", gettext_lazy("Tiket dibuka kembali oleh kantor.")),
}


def history(ticket: Ticket, events: Iterable[Event]) -> list[Moment]:
    """The told events, the newest first."""
    ordered = sorted(events, key=lambda event: (event.at, event.pk), reverse=True)
    return [moment for event in ordered if (moment := _moment(ticket, event))]


def _moment(ticket: Ticket, event: Event) -> Moment | None:
    if event.name == STEP_DONE:
        step = words(spec_of(ticket.standard_id).step(event.step).text)
        return _at(ticket, event, "good", _("Selesai: %(step)s.") % {"step": step})
    if event.name not in TOLD:
        return None
    tone, text = TOLD[event.name]
    return _at(ticket, event, tone, str(text))


def _at(ticket: Ticket, event: Event, tone: Tone, text: str) -> Moment:
    at = ticket.office.local(event.at)
    return Moment(wib(at, ticket.office.zone), text, iso=at.isoformat(), tone=tone)
