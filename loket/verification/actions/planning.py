"""When a call shall be held: planned, moved, and never two of one officer at once."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.tickets.actions.events import record
from loket.tickets.models import Ticket
from loket.tickets.queries.reading import reachable_parties
from loket.verification.actions.holding import calling_step, end, expect
from loket.verification.models import Provider, Session, SessionStatus
from loket.verification.queries import (
    PLANNED,
    SIGNS,
    is_outside_hours,
    planned_session,
    rules_of,
)

# Neither look alike on paper nor sound alike in a call
SPOKEN = "ACFHKLMRTXY34679"
CODE_SIGNS = 5
FEWEST_DIGITS, MOST_DIGITS = 8, 17  # E.164 has 15, "00" may stand before them
TYPING = timedelta(minutes=5)  # what was now when a form was opened is still now
NUMBER = re.compile(r"\+?[\d ()./-]+")


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
    step = calling_step(ticket, by)
    until = plan.at + timedelta(minutes=rules_of(ticket).minutes)
    _check_time(ticket, plan, until)
    before = planned_session(ticket)
    if before:
        expect(started=False, session=before)
        end(before, SessionStatus.CANCELLED, by=by)
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
    if plan.at < now - TYPING:
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
    known: tuple[str, ...] = rules_of(ticket).providers
    if plan.provider not in known:
        raise ValidationError({"provider": _("Kantor ini tidak memakai cara itu.")})
    if plan.provider == Provider.LINK:
        if not _is_meeting(plan.where):
            message = _("Tulis alamat rapat lengkap, diawali https://")
            raise ValidationError({"where": message})
    elif not NUMBER.fullmatch(plan.where) or not (
        FEWEST_DIGITS <= len(SIGNS.sub("", plan.where)) <= MOST_DIGITS
    ):
        raise ValidationError({"where": _("Tulis nomor telepon yang lengkap.")})
    return plan.where


def _is_meeting(where: str) -> bool:
    """An address that can only be opened as https, at a host with a name, as nobody in particular."""
    try:
        link = urlsplit(where)
    except ValueError:  # such as an open bracket
        return False
    return link.scheme == "https" and "." in link.netloc and "@" not in link.netloc
