"""The kind of step of this room: change a schedule (D-i)."""

from typing import Any

from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.standards.pack import Step
from loket.standards.queries import spec_of
from loket.tenders.actions import change_schedule
from loket.tenders.queries import objections, wanted
from loket.tickets.actions.asking import Performed
from loket.tickets.forms.asked import checks_form
from loket.tickets.models import Ticket
from loket.tickets.queries.answers import said_on
from loket.tickets.steps import Panel, PerformOutside, hand_back, offers


class ChangeSchedule(PerformOutside):
    """An Admin PPE moves the stages in SPSE; from then on everybody can read what was before."""

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Catat jadwal sudah diubah")

    def panel(self, ticket: Ticket, step: Step, user: User) -> Panel | None:
        asked = spec_of(ticket.standard_id).fields_for(ticket.applicant_kind)
        said = said_on(ticket)
        late = list(objections(asked, said, clock.now()).values())
        context = {"wanted": wanted(asked, said), "objections": late, "office": ticket.office}  # fmt: skip
        return Panel("tenders/steps/_schedule.html", context)

    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        if said.pop("goes_back", False):
            hand_back(ticket, step, by=by, body=said["body"])
        else:
            change_schedule(ticket, step, Performed(**said), by=by)


offers("change_schedule", ChangeSchedule())
checks_form("change_schedule", objections)
