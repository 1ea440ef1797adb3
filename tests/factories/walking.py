"""Walking a ticket through its procedure the way the pages do: through the kind of its step."""

from loket.offices.permissions import may
from loket.offices.roles import Permission
from loket.standards.queries import spec_of
from loket.tickets.actions import Finding, judge
from loket.tickets.queries import asked_documents
from loket.tickets.seeds import look_again
from loket.tickets.steps import kind_of
from tests.factories.people import again


def step_of(ticket):
    """The step the ticket stands at."""
    return spec_of(ticket.standard_id).step(ticket.step)


def complete(ticket, by, **said):
    """Complete the ticket's step as this person, who looks first into the registers it asks for."""
    step = step_of(ticket)
    if may(again(by), Permission.CHECK_RECORD, ticket.office_id):
        look_again(ticket, step, by=again(by))
    kind_of(step).complete(ticket, step, by=again(by), **said)


def accept_all(ticket, by):
    """Accept every document of the checklist, the originals seen."""
    for asked in asked_documents(ticket):
        judge(
            asked.document,
            Finding(True, original_seen=True),
            by=again(by),
            after=asked.revision,
        )
