"""What both ways to an office's registration end with: a ticket, its people, and the closed draft."""

from dataclasses import dataclass

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.standards.models import Standard
from loket.standards.pack import StandardSpec
from loket.standards.queries import spec_of
from loket.suppliers.models import Registration, Supplier
from loket.tickets.actions import Applicant, DoneBefore, Request, open_ticket
from loket.tickets.actions.intake import join_request
from loket.tickets.models import Claim, Ticket


class Taken(Conflict):
    """Somebody registered the same in the meantime; `page` is where it can be changed, if anywhere."""

    def __init__(self, message: str, *, page: str = "") -> None:
        super().__init__(message)
        self.page = page


@dataclass(frozen=True)
class Asked:
    """What the standard wants to know of an applicant before there is a ticket."""

    kind: str
    facts: tuple[str, ...]
    route: str


def open_registration(
    registration: Registration, standard: Standard, asked: Asked, *, supplier: Supplier, by: User,
    claim: Claim | None = None,
) -> Ticket:  # fmt: skip
    """The ticket of the office's standard, seen by who asked for it.

    With the `claim` of a stub the ticket from the desk goes on instead of a second one (G15).
    """
    spec = spec_of(standard.pk)
    request = Request(
        standard=standard,
        route=asked.route,
        applicant_kind=asked.kind,
        channel="portal",
        facts=tuple(fact for fact in spec.facts_for(asked.kind) if fact in asked.facts),
    )
    applicant = Applicant(supplier.name, by, supplier.phone)
    before = _done_before(registration, spec, asked)
    if claim:
        ticket = join_request(claim, request, applicant, by=by, before=before)
    else:
        ticket = open_ticket(registration.office, request, applicant, by=by, before=before)  # fmt: skip
    return ticket


def _done_before(
    registration: Registration, spec: StandardSpec, asked: Asked
) -> tuple[DoneBefore, ...]:
    """The `register` steps at their true times: asking for the link, then filling in the form."""
    steps = [step.code for step in spec.registration_steps(asked.route, asked.kind)]
    began, confirmed = (
        registration.requested_at,
        registration.confirmed_at or clock.now(),
    )
    if len(steps) < 2:
        return tuple(DoneBefore(code, began, clock.now()) for code in steps)
    middle = (DoneBefore(code, confirmed, confirmed) for code in steps[1:-1])
    first, last = (
        DoneBefore(steps[0], began, confirmed),
        DoneBefore(steps[-1], confirmed, clock.now()),
    )
    return (first, *middle, last)


def finish(
    registration: Registration,
    supplier: Supplier,
    ticket: Ticket,
    *,
    terms_version: str,
) -> None:
    """Close the draft; its answers stand in supplier and account now and are not kept twice."""
    registration.ticket, registration.supplier = ticket, supplier
    registration.finished_at = registration.consented_at = clock.now()
    registration.terms_version = terms_version
    registration.answers = registration.password_hash = ""
    registration.save()
