"""How a ticket is classified, and what that makes its priority."""

from dataclasses import dataclass

from loket.offices.models import Office
from loket.standards.queries import settings_of, spec_of
from loket.tickets.models import Ticket, Triage
from loket.tickets.models.triage import (
    Category,
    Impact,
    Matter,
    Priority,
    Reporter,
    TicketType,
    Urgency,
)

REPORTERS = {"supplier": Reporter.SUPPLIER, "official": Reporter.PPK, "auditor": Reporter.AUDITOR}  # fmt: skip


@dataclass(frozen=True)
class Classified:
    """The codes of a ticket; `is_said` once an officer has looked at them."""

    type: str
    category: str
    reporter: str
    matter: str
    urgency: str
    impact: str
    priority: str
    is_said: bool

    @property
    def words(self) -> str:
        """Type and priority as the ticket's page names them."""
        return f"{TicketType(self.type).label} · {Priority(self.priority).label}"

    @property
    def letters(self) -> tuple[str, ...]:
        """As the log prints them: type, category, reporter, matter, urgency, impact, priority."""
        of_reporter = "PPK" if self.reporter == Reporter.PPK else self.reporter.capitalize()  # fmt: skip
        return (
            self.type.upper(), self.category.upper(), of_reporter, self.matter.capitalize(),
            self.urgency.upper(), self.impact.upper(), self.priority.upper(),
        )  # fmt: skip


def triage_of(ticket: Ticket) -> Classified:
    """As an officer said, else as the standard says. No statement where the ticket was read with its triage."""
    said: Triage | None = getattr(ticket, "triage", None)
    if said is not None:
        return Classified(
            said.type, said.category, said.reporter, said.matter, said.urgency, said.impact, said.priority, is_said=True
        )  # fmt: skip
    spec = spec_of(ticket.standard_id)
    like, kind = spec.triage, spec.applicants.get(ticket.applicant_kind)
    reporter = REPORTERS.get(spec.audience, Reporter.PUBLIC)
    if kind and kind.forms:
        reporter = Reporter.SUPPLIER
    priority = priority_of(ticket.office, like.urgency, like.impact)
    return Classified(
        like.type, like.category, reporter, like.matter, like.urgency, like.impact, priority, is_said=False
    )  # fmt: skip


def priority_of(office: Office, urgency: str, impact: str) -> str:
    """What the office's table makes of urgency and impact."""
    return settings_of(office).priorities.of(urgency, impact)


CHOICES = {
    "type": TicketType, "category": Category, "reporter": Reporter, "matter": Matter,
    "urgency": Urgency, "impact": Impact, "priority": Priority,
}  # fmt: skip
