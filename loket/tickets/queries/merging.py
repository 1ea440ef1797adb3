"""Tickets that are one request: which may be merged, and where a merged one leads."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Q

from loket.kernel.fence import as_system
from loket.tickets.models import Party, Ticket
from loket.tickets.queries.intake import phone_digits


def same_person(one: Ticket, other: Ticket) -> bool:
    """A party in common; where one has none, the phone number given at the desk."""
    people = [
        set(Party.objects.current().filter(ticket=each).values_list("user", flat=True))
        for each in (one, other)
    ]
    if all(people):
        return bool(people[0] & people[1])
    digits = phone_digits(one.phone)
    return bool(digits) and digits == phone_digits(other.phone)


def candidates(ticket: Ticket) -> list[Ticket]:
    """Open tickets of the same office and service that are the same person's. The newest first."""
    open_ones = Ticket.objects.open().filter(
        office=ticket.office_id, service=ticket.service_id
    )
    alike = Q(phone__endswith=phone_digits(ticket.phone)[-4:]) if ticket.phone else Q()
    people = Party.objects.current().filter(ticket=ticket).values("user")
    found = open_ones.filter(alike | Q(parties__user__in=people)).exclude(pk=ticket.pk)
    newest = found.distinct().order_by("-submitted_at")[:20]
    return [each for each in newest if same_person(ticket, each)]


def with_merged(ticket_id: int) -> Func:
    """The condition on rows of tickets that they are this ticket's or one's that was merged into it.

    An array that is read first, since an OR over a join would read every row of the table.
    """
    here = Ticket.objects.filter(Q(pk=ticket_id) | Q(merged_into=ticket_id))
    return Func(
        F("ticket_id"),
        ArraySubquery(here.values("pk")),
        template="(%(expressions)s))",
        arg_joiner=" = ANY (",
        output_field=BooleanField(),
    )


def leads_on(ticket: Ticket) -> str:
    """The number of the ticket this one goes on in; no statement for one that was not merged."""
    kept = ticket.merged_into if ticket.merged_into_id else None
    return kept.number if kept else ""


@as_system()
def code_that_leads_on(plain: str) -> str:
    """The code of the ticket a merged one goes on in, for whoever holds the code of the merged one."""
    found = Ticket.objects.filter(public_code=plain, merged_into__isnull=False)
    return found.values_list("merged_into__public_code", flat=True).first() or plain
