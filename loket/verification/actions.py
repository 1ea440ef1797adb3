"""Video calls: planned, moved, cancelled, held or missed; nothing is finished without consent, code and picture (G7)."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.standards.kinds import KINDS
from loket.standards.pack import Step
from loket.standards.queries import spec_of
from loket.tickets.actions import (
    Finding,
    WrongStatus,
    check_step,
    complete_step,
    judge,
    prove,
    send_back,
    write_message,
)
from loket.tickets.actions.events import record
from loket.tickets.models import Document, Proof, Ticket
from loket.tickets.permissions import is_party
from loket.tickets.queries import asked_documents
from loket.tickets.queries.reading import reachable_parties
from loket.ui.templatetags.dates import wib
from loket.verification.models import (
    Provider,
    Session,
    SessionDocument,
    SessionStatus,
)
from loket.verification.queries import (
    PLANNED,
    SIGNS,
    consent_of,
    is_outside_hours,
    planned_session,
    rules_of,
    standing_of,
)

# Neither look alike on paper nor sound alike in a call
SPOKEN = "ACFHKLMRTXY34679"
CODE_SIGNS = 5
FEWEST_DIGITS = 8


@dataclass(frozen=True)
class Plan:
    """When and by what a call shall be held; `anyway` also outside the hours for calls."""

    at: datetime
    provider: str
    where: str
    anyway: bool = False


@transaction.atomic
def propose(ticket: Ticket, plan: Plan, *, by: User) -> Session:
    """Plan a call, or move the planned one; the applicant gets a mail (T4).

    Raises 422 for a time that is past, too far, outside the hours or taken by another call of `by`.
    """
    ticket.lock()
    step = _calling_step(ticket, by)
    until = plan.at + timedelta(minutes=rules_of(ticket).minutes)
    _check_time(ticket, plan, until)
    before = planned_session(ticket)
    if before:
        _expect(started=False, session=before)
        _end(before, SessionStatus.CANCELLED, by=by)
    session = _planned(ticket, plan, until, by=by)
    name = "session_moved" if before else PLANNED
    record(ticket, name, by=by, step=step.code, session=session.pk)
    return session


def _planned(ticket: Ticket, plan: Plan, until: datetime, *, by: User) -> Session:
    people = reachable_parties(ticket)
    try:
        with transaction.atomic():
            return Session.objects.create(
                office=ticket.office,
                ticket=ticket,
                round=Session.objects.filter(ticket=ticket).count() + 1,
                provider=plan.provider,
                where=_checked_place(ticket, plan),
                scheduled_at=plan.at,
                until=until,
                language=people[0].language if people else "id",
                status=SessionStatus.PLANNED,
                officer=by,
                planned_at=clock.now(),
                code="".join(secrets.choice(SPOKEN) for _each in range(CODE_SIGNS)),
            )
    except IntegrityError as error:
        message = _("Anda sudah punya panggilan lain pada waktu itu. Pilih jam lain.")
        raise ValidationError({"time": message}) from error


def _check_time(ticket: Ticket, plan: Plan, until: datetime) -> None:
    now, rules = clock.now(), rules_of(ticket)
    if plan.at < now.replace(second=0, microsecond=0):
        raise ValidationError({"day": _("Waktu ini sudah lewat.")})
    if plan.at > now + timedelta(days=rules.days_ahead):
        message = _("Paling jauh %(days)s hari dari sekarang.")
        raise ValidationError({"day": message % {"days": rules.days_ahead}})
    if is_outside_hours(ticket, plan.at, until) and not plan.anyway:
        message = _(
            "Waktu ini di luar jam panggilan video kantor. Pilih waktu lain, atau tandai bahwa Anda tetap menjadwalkannya."
        )
        raise ValidationError({"anyway": message})


def _checked_place(ticket: Ticket, plan: Plan) -> str:
    if plan.provider not in rules_of(ticket).providers:
        raise ValidationError({"provider": _("Kantor ini tidak memakai cara itu.")})
    if plan.provider == Provider.LINK:
        link = urlsplit(plan.where)
        if link.scheme != "https" or "." not in link.netloc:
            message = _("Tulis alamat rapat lengkap, diawali https://")
            raise ValidationError({"where": message})
    elif len(SIGNS.sub("", plan.where)) < FEWEST_DIGITS:
        raise ValidationError({"where": _("Tulis nomor telepon yang lengkap.")})
    return plan.where


def _calling_step(ticket: Ticket, by: User) -> Step:
    """The step the ticket stands at, if calls belong to it and it is this officer's."""
    if not ticket.is_open:
        raise WrongStatus(_("Tiket ini sudah berakhir."))
    step = spec_of(ticket.standard_id).step(ticket.step)
    if not KINDS[step.kind].calls:
        raise WrongStatus(_("Tiket ini tidak berada pada langkah panggilan video."))
    check_step(ticket, step, by=by)
    return step


def _held_by(session: Session, *, by: User) -> Step:
    """Lock ticket and call for somebody who holds it; whoever comes after its end reads 409."""
    session.ticket.lock()
    step = _calling_step(session.ticket, by)
    if not KINDS[step.kind].judges:
        raise WrongStatus(_("Selesaikan langkah penjadwalan lebih dahulu."))
    _lock(session)
    return step


def _lock(session: Session) -> None:
    ticket = session.ticket
    session.refresh_from_db(from_queryset=Session.objects.select_for_update())
    session.ticket = ticket
    if not session.is_planned:
        raise WrongStatus(_("Panggilan ini sudah berakhir atau dijadwalkan ulang."))


def _expect(*, started: bool, session: Session) -> None:
    if started and not session.started_at:
        raise ValidationError(_("Mulai panggilan lebih dahulu."))
    if not started and session.started_at:
        raise WrongStatus(_("Panggilan ini sudah dimulai."))


def _end(session: Session, status: SessionStatus, *, by: User) -> None:
    session.status, session.ended_at, session.ended_by = status, clock.now(), by
    session.save()


@transaction.atomic
def begin(session: Session, *, by: User) -> None:
    """The call begins, never before its time."""
    _held_by(session, by=by)
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
        _lock(session)
    else:
        _held_by(session, by=by)
        _expect(started=True, session=session)
    if session.consent_at is None:
        session.consent_at, session.consent_by = clock.now(), by
        with translation.override(session.language):
            session.consent_text = consent_of(session.ticket, session.language)
        session.save(update_fields=["consent_at", "consent_by", "consent_text"])
        record(session.ticket, "session_consented", by=by, session=session.pk)


@transaction.atomic
def see_code(session: Session, *, by: User) -> None:
    """The applicant showed the code of the day, written by hand."""
    _held_by(session, by=by)
    _expect(started=True, session=session)
    session.code_seen_at = clock.now()
    session.save(update_fields=["code_seen_at"])


@transaction.atomic
def judge_shown(
    session: Session, document: Document, finding: Finding, *, by: User, after: int
) -> None:
    """A verdict as at the counter, with the mark that the document was shown in this call."""
    _held_by(session, by=by)
    _expect(started=True, session=session)
    if document.ticket_id != session.ticket_id:
        raise PermissionDenied
    verdict = judge(document, finding, by=by, after=after)
    SessionDocument.objects.create(
        office_id=session.office_id, session=session, verdict=verdict, at=clock.now()
    )


@transaction.atomic
def keep_picture(session: Session, *, data: bytes, name: str, by: User) -> Proof:
    """A screenshot of the call, from any device; kept without its metadata."""
    _held_by(session, by=by)
    _expect(started=True, session=session)
    return prove(session.ticket, session.purpose, data=data, name=name, by=by)


@transaction.atomic
def finish(session: Session, *, by: User, note: str = "") -> None:
    """The call is over: everything agreed goes on, one refusal asks again for that document only (T5).

    The result is written to the applicant on the ticket (H12). Raises 422 with everything that is missing.
    """
    step = _held_by(session, by=by)
    if lacks := standing_of(session).lacks:
        raise ValidationError(list(lacks))
    ticket = session.ticket
    session.is_accepted = all(each.is_accepted for each in asked_documents(ticket))
    session.note = note
    _end(session, SessionStatus.HELD, by=by)
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
    _held_by(session, by=by)
    if clock.now() < session.scheduled_at:
        raise ValidationError(_("Waktu panggilan ini belum tiba."))
    _end(session, SessionStatus.MISSED, by=by)
    record(session.ticket, "session_missed", by=by, session=session.pk)


@transaction.atomic
def cancel(session: Session, *, by: User) -> None:
    """The office takes the time back before the call has begun; another must be planned."""
    _held_by(session, by=by)
    _expect(started=False, session=session)
    _end(session, SessionStatus.CANCELLED, by=by)
    record(session.ticket, "session_cancelled", by=by, session=session.pk)
