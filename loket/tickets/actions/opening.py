"""Making a ticket: from here on the request has a number and cannot be lost."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.actions import next_number
from loket.offices.models import Office
from loket.standards.models import Standard
from loket.standards.queries import spec_of
from loket.tickets.actions.events import record
from loket.tickets.actions.procedure import go_on
from loket.tickets.models import Event, Party, Segment, Status, Ticket, Turn
from loket.tickets.queries.progress import STEP_DONE
from loket.tickets.subscriptions import tell

SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0/O, 1/I/L, U: read over the phone


@dataclass(frozen=True)
class Applicant:
    """Whose request it is; `user` is None when only name and phone are known (X6)."""

    name: str
    user: User | None
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Request:
    """What is asked, by which way.

    `received_at` is when it came in, where it was entered later. With `registers_first` the ticket
    begins at the applicant's registration, which nobody has done yet.
    """

    standard: Standard
    route: str
    applicant_kind: str
    channel: str
    facts: tuple[str, ...] = ()
    received_at: datetime | None = None
    registers_first: bool = False
    outside_number: str = ""


@dataclass(frozen=True)
class DoneBefore:
    """A registration step that was done before the ticket existed: from when until when."""

    step: str
    started_at: datetime
    ended_at: datetime


@transaction.atomic
def open_ticket(
    office: Office, request: Request, applicant: Applicant, *, by: User, before: tuple[DoneBefore, ...] = ()
) -> Ticket:  # fmt: skip
    """Give the request its number, record what was done before it, and enter the next step."""
    spec = spec_of(request.standard.pk)
    first = spec.registration_steps(request.route, request.applicant_kind)
    ticket = _begun(office, request, applicant, by=by)
    passed = () if request.registers_first else first
    before_it = passed[-1].code if passed else ""
    record(
        ticket, "submit", by=by, step=before_it, at=ticket.submitted_at,
        statuses=("", Status.SUBMITTED), channel=request.channel,
    )  # fmt: skip
    for done in before:
        record_before(ticket, done, norm=spec.step(done.step).norm, by=by)
    if spec.time.counts_from == "submitted":
        ticket.counting_from = ticket.submitted_at
    steps = spec.steps_for(request.route, request.applicant_kind)
    following = next(iter(steps[len(passed) :]), None)
    go_on(ticket, spec, following, by=by, at=ticket.submitted_at)
    _write(ticket, applicant)
    return ticket


def _begun(
    office: Office, request: Request, applicant: Applicant, *, by: User
) -> Ticket:
    """The ticket as it is handed in, with its number; it stands in the table once its first step is known."""
    now = clock.now()
    year = office.local(now).year
    serial = next_number(office, kind="ticket", year=year)
    ticket = Ticket(
        office=office,
        number=f"{office.code}-{year % 100:02d}-{serial:05d}",
        public_code="".join(secrets.choice(SIGNS) for _ in range(8)),
        service_id=request.standard.service_id,
        standard=request.standard,
        route=request.route,
        applicant_kind=request.applicant_kind,
        facts=list(request.facts),
        channel=request.channel,
        outside_number=request.outside_number,
        applicant_name=applicant.name,
        phone=applicant.phone,
        email=applicant.email,
        status=Status.SUBMITTED,
        turn=Turn.OFFICE,
        submitted_at=request.received_at or now,
        recorded_at=now,
        updated_at=now,
    )
    ticket.party_asked, ticket.party_found = by.pk, applicant.user == by
    return ticket


def _write(ticket: Ticket, applicant: Applicant) -> None:
    """The ticket, whose it is, and what its making brought: each table in one statement."""
    ticket.save(force_insert=True)
    if applicant.user is not None:
        Party.objects.create(
            office_id=ticket.office_id, ticket=ticket, user=applicant.user, since=ticket.submitted_at
        )  # fmt: skip
    Segment.objects.bulk_create(each for each in ticket.gathered if isinstance(each, Segment))  # fmt: skip
    tell(Event.objects.bulk_create(each for each in ticket.gathered if isinstance(each, Event)))  # fmt: skip
    ticket.gathered.clear()


def record_before(
    ticket: Ticket, done: DoneBefore, *, norm: int | None, by: User
) -> None:
    """Both clocks keep what the applicant did before there was a ticket, at its true time."""
    minutes = int((done.ended_at - done.started_at).total_seconds() // 60)
    segment = Segment(
        office_id=ticket.office_id,
        ticket=ticket,
        step=done.step,
        turn=Turn.APPLICANT,
        started_at=done.started_at,
        ended_at=done.ended_at,
        office_seconds=0,
        recorded_at=clock.now(),
    )
    if ticket.is_being_made:
        ticket.gathered.append(segment)
    else:
        segment.save(force_insert=True)
    record(
        ticket,
        STEP_DONE,
        by=by,
        step=done.step,
        at=done.ended_at,
        minutes=minutes,
        norm=norm,
    )
