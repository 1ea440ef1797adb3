"""A call being held: nothing is finished without consent, code, verdicts and a picture (G7)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.files.content import examine
from loket.kernel import clock
from loket.tickets.actions import (
    Finding,
    complete_step,
    judge,
    prove,
    send_back,
    write_message,
)
from loket.tickets.actions.events import record
from loket.tickets.models import Document, Proof
from loket.tickets.permissions import is_party
from loket.tickets.queries import asked_documents
from loket.ui.templatetags.dates import wib
from loket.verification.actions.holding import end, expect, held_by, lock
from loket.verification.models import Session, SessionDocument, SessionStatus
from loket.verification.queries import consent_of, standing_of

PICTURES = (
    "jpg",
    "png",
)  # a PDF would keep what it says of its maker, and shows no call


@transaction.atomic
def begin(session: Session, *, by: User) -> None:
    """The call begins, never before its time."""
    held_by(session, by=by)
    if clock.now() < session.scheduled_at:
        message = _("Panggilan dijadwalkan %(time)s; belum waktunya.")
        time = wib(session.scheduled_at, session.office.zone)
        raise ValidationError(message % {"time": time})
    if session.started_at is None:
        session.started_at = clock.now()
        session.save(update_fields=["started_at"])
        record(session.ticket, "session_began", by=by, session=session.pk)


@transaction.atomic
def consent(session: Session, *, by: User) -> None:
    """The applicant agrees on his page, or says so in the call and the officer writes it down."""
    if is_party(by, session.ticket):
        session.ticket.lock()
        lock(session)
    else:
        held_by(session, by=by)
        expect(started=True, session=session)
    if session.consent_at is None:
        session.consent_at, session.consent_by = clock.now(), by
        session.consent_text = consent_of(session.ticket, session.language)
        session.save(update_fields=["consent_at", "consent_by", "consent_text"])
        record(session.ticket, "session_consented", by=by, session=session.pk)


@transaction.atomic
def see_code(session: Session, *, by: User) -> None:
    """The applicant showed the code of the day, written by hand."""
    held_by(session, by=by)
    expect(started=True, session=session)
    session.code_seen_at = clock.now()
    session.save(update_fields=["code_seen_at"])


@transaction.atomic
def judge_shown(
    session: Session, document: Document, finding: Finding, *, by: User, after: int
) -> None:
    """A verdict as at the counter, with the mark that the document was shown in this call."""
    held_by(session, by=by)
    expect(started=True, session=session)
    if document.ticket_id != session.ticket_id:
        raise PermissionDenied
    verdict = judge(document, finding, by=by, after=after)
    SessionDocument.objects.create(
        office_id=session.office_id, session=session, verdict=verdict, at=clock.now()
    )


@transaction.atomic
def keep_picture(session: Session, *, data: bytes, name: str, by: User) -> Proof:
    """A screenshot of the call, from any device; kept without its metadata."""
    held_by(session, by=by)
    expect(started=True, session=session)
    examine(data, types=PICTURES)
    return prove(session.ticket, session.purpose, data=data, name=name, by=by)


@transaction.atomic
def finish(session: Session, *, by: User, note: str = "") -> None:
    """The call is over: everything agreed goes on, one refusal asks again for that document only (T5).

    The result is written to the applicant on the ticket (H12). Raises 422 with everything that is missing.
    """
    step = held_by(session, by=by)
    if lacks := standing_of(session).lacks:
        raise ValidationError(list(lacks))
    ticket = session.ticket
    session.is_accepted = all(each.is_accepted for each in asked_documents(ticket))
    session.note = note
    end(session, SessionStatus.HELD, by=by)
    write_message(ticket, by=by, body=_result(session))
    record(
        ticket, "session_held", by=by, session=session.pk, accepted=session.is_accepted
    )
    if session.is_accepted:
        complete_step(ticket, step, by=by, session=session.pk)
    else:
        send_back(ticket, step, by=by)


def _result(session: Session) -> str:
    with translation.override(session.language):
        told = {"time": wib(session.scheduled_at, session.office.zone)}
        text = _("Verifikasi lewat panggilan video %(time)s selesai. ") % told
        if session.is_accepted:
            text += _("Semua berkas sesuai.")
        else:
            text += _("Ada berkas yang perlu diperbaiki; lihat keterangannya.")
    return f"{text}\n{session.note}".strip()


@transaction.atomic
def miss(session: Session, *, by: User) -> None:
    """The applicant did not come; the ticket waits for a new time."""
    held_by(session, by=by)
    if clock.now() < session.scheduled_at:
        raise ValidationError(_("Waktu panggilan ini belum tiba."))
    end(session, SessionStatus.MISSED, by=by)
    record(session.ticket, "session_missed", by=by, session=session.pk)


@transaction.atomic
def cancel(session: Session, *, by: User) -> None:
    """The office takes the time back before the call has begun; another must be planned."""
    held_by(session, by=by)
    expect(started=False, session=session)
    end(session, SessionStatus.CANCELLED, by=by)
    record(session.ticket, "session_cancelled", by=by, session=session.pk)
