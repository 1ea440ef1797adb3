"""Who holds a ticket and who could, who did what before, and what happened while somebody looked."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from loket.kernel import clock
from loket.offices.models import Absence, Membership
from loket.offices.queries import Worker, workers_today
from loket.standards.pack import Step
from loket.standards.queries import settings_of, spec_of
from loket.tickets.models import Event, Party, Segment, Ticket, Turn
from loket.tickets.models.ticket import TicketQuerySet
from loket.tickets.queries.progress import STEP_DONE
from loket.tickets.queries.story import with_words
from loket.tickets.queries.words import step_of, steps_of

SECOND_WAIVED = "second_waived"
REOPEN_ASKED = "reopen_asked"
JUDGED = ("document_accepted", "document_refused")
LATEST = 5  # events shown to whoever did not say what he had seen


@dataclass(frozen=True)
class Colleague:
    """Somebody at the office; `is_apt` when his role does the current step, `is_party` when it is his own request."""

    worker: Worker
    is_apt: bool
    is_party: bool

    @property
    def can_hold(self) -> bool:
        """Whether the ticket can be handed to him."""
        return self.worker.away_until is None and not self.is_party


def colleagues(ticket: Ticket) -> list[Colleague]:
    """Everybody who works here but the holder, those who do the current step first. Two statements."""
    parties = Party.objects.current().filter(ticket=ticket)
    own = set(parties.values_list("user_id", flat=True))
    step = step_of(ticket, ticket.step)
    roles = set(step.roles) if step else set()
    found = [
        Colleague(each, bool(each.roles & roles), each.user.pk in own)
        for each in workers_today(ticket.office)
        if each.user.pk != ticket.assignee_id
    ]
    return sorted(found, key=lambda each: (not each.can_hold, not each.is_apt))


def left_behind() -> TicketQuerySet:
    """Open tickets held by somebody without a term at their office, or at the office's turn by somebody away."""
    theirs = {"office": OuterRef("office"), "user": OuterRef("assignee")}
    here = Exists(Membership.objects.current().filter(**theirs))
    away = Exists(Absence.objects.current().filter(**theirs))
    held: TicketQuerySet = Ticket.objects.filter(assignee__isnull=False)
    return held.open().filter(~here | (Q(turn=Turn.OFFICE) & away))


def first_officers(ticket: Ticket, step: Step) -> set[int]:
    """Who did, the last time, the steps that another officer must follow, or judged a document there.

    Nobody once a head waived that.
    """
    did = Q(name__in=(STEP_DONE, *JUDGED), step__in=step.not_by)
    waived = Q(name=SECOND_WAIVED, step=step.code)
    last: dict[str, set[int | None]] = {}
    judging: defaultdict[str, set[int | None]] = defaultdict(set)
    for event in Event.objects.filter(did | waived, ticket=ticket).order_by("id"):
        if event.name == SECOND_WAIVED:
            last.clear()
        elif event.name in JUDGED:
            judging[event.step].add(event.by_id)
        else:
            last[event.step] = judging.pop(event.step, set()) | {event.by_id}
    people = set().union(*last.values())
    return {person for person in people if person is not None}


def steps_to_reopen(ticket: Ticket) -> list[Step]:
    """The steps of the route this ticket has stood at, in printed order; not those from before its number."""
    spec = spec_of(ticket.standard_id)
    first = spec.registration_steps(ticket.route, ticket.applicant_kind)
    stood = set(Segment.objects.filter(ticket=ticket).values_list("step", flat=True))
    return [
        step for step in steps_of(ticket)
        if step.code in stood | {ticket.step} and step not in first
    ]  # fmt: skip


def reopened_freely_until(ticket: Ticket) -> datetime | None:
    """Until when the office reopens as a matter of course; None while the ticket is open."""
    if ticket.ended_at is None:
        return None
    days = settings_of(ticket.office).reopen_within_days
    return ticket.ended_at + timedelta(days=days)


def is_reopened_late(ticket: Ticket) -> bool:
    """Whether the days in which the office reopens as a matter of course are over."""
    until = reopened_freely_until(ticket)
    return until is not None and until < clock.now()


def has_asked_reopening(ticket: Ticket) -> bool:
    """Whether somebody asked since the ticket ended."""
    asked = Event.objects.filter(ticket=ticket, name=REOPEN_ASKED)
    return asked.filter(recorded_at__gte=ticket.ended_at).exists()


def last_event(ticket: Ticket) -> int | str:
    """The newest event, for `seen_event` of a page with forms."""
    newest = Event.objects.filter(ticket=ticket).order_by("-id")
    return newest.values_list("pk", flat=True).first() or ""


def events_since(ticket: Ticket, seen: int | None, *, for_office: bool) -> list[Event]:
    """What happened after the event a page showed last, oldest first; the latest when that is not known."""
    found = with_words(Event.objects.filter(ticket=ticket), for_office=for_office)
    if seen is not None:
        return list(found.filter(pk__gt=seen).order_by("id"))
    return list(found.order_by("-id")[:LATEST])[::-1]
