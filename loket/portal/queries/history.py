"""What happened to a ticket, told to whoever holds its code: no names, no documents, no notes."""

from collections.abc import Iterable
from itertools import groupby

from django.utils.translation import gettext as _, gettext_lazy

from loket.standards.queries import spec_of
from loket.tickets.models import Event, Ticket
from loket.tickets.queries.progress import STEP_DONE
from loket.tickets.queries.words import words
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
COUNTED: dict[str, tuple[Tone, object]] = {
    "document_given": ("", gettext_lazy("Berkas diterima kantor: %(n)s.")),
    "document_accepted": ("good", gettext_lazy("Berkas yang sesuai: %(n)s.")),
    "document_refused": ("warn", gettext_lazy("Berkas yang perlu perbaikan: %(n)s.")),
}


def history(ticket: Ticket, events: Iterable[Event]) -> list[Moment]:
    """The told events, the newest first; documents handled in one minute are one line."""
    ordered = sorted(events, key=lambda event: (event.at, event.pk), reverse=True)
    groups = [list(same) for _key, same in groupby(ordered, key=_together)]
    return [moment for same in groups if (moment := _moment(ticket, same))]


def _together(event: Event) -> tuple[object, ...]:
    minute = event.at.replace(second=0, microsecond=0)
    return (event.name, minute, None if event.name in COUNTED else event.pk)


def _moment(ticket: Ticket, same: list[Event]) -> Moment | None:
    event = same[0]
    if event.name == STEP_DONE:
        step = words(spec_of(ticket.standard_id).step(event.step).text)
        return _at(ticket, event, "good", _("Selesai: %(step)s.") % {"step": step})
    if event.name in COUNTED:
        tone, sentence = COUNTED[event.name]
        return _at(ticket, event, tone, str(sentence) % {"n": len(same)})
    if event.name in TOLD:
        tone, text = TOLD[event.name]
        return _at(ticket, event, tone, str(text))
    return None


def _at(ticket: Ticket, event: Event, tone: Tone, text: str) -> Moment:
    at = ticket.office.local(event.at)
    return Moment(wib(at, ticket.office.zone), text, iso=at.isoformat(), tone=tone)
