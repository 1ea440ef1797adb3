"""The kinds of step of this room: change a schedule (D-i); seal what would not open, and say what trying it showed (D-j)."""

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.standards.pack import Step
from loket.standards.queries import settings_of, spec_of
from loket.tenders.actions.exhibits import Handed, Seen, record_trial, take_exhibit
from loket.tenders.actions.schedules import change_schedule
from loket.tenders.forms import ExhibitForm, TrialForm
from loket.tenders.queries.exhibits import custody_facts, custody_of
from loket.tenders.queries.schedules import objections, wanted
from loket.tickets.actions.asking import Performed
from loket.tickets.forms.asked import checks_form
from loket.tickets.models import Ticket
from loket.tickets.panels import register, register_own
from loket.tickets.permissions import is_party, takes_tickets
from loket.tickets.queries.answers import said_on
from loket.tickets.queries.paper import adds_facts
from loket.tickets.steps import Panel, PerformOutside, Plain, hand_back, offers


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


class TakeExhibit(Plain):
    """An officer seals what was handed over; loket never opens it."""

    def form(
        self, ticket: Ticket, step: Step, data: MultiValueDict[str, Any] | None = None
    ) -> forms.Form:
        most = settings_of(ticket.office).uploads.sealed_at_most_mb
        return ExhibitForm(data, initial={"handed_by": ticket.applicant_name}, most=most)  # fmt: skip

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Segel berkas")

    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        file, stays = said.get("file"), said.get("kept_at") or ""
        handed = Handed(
            handed_by=said["handed_by"], name=said.get("name") or (file.name if file else ""),
            data=file.read() if file else None, kept_at=stays, size=said.get("size") or 0,
            sha256=said.get("sha256") or "", at=said.get("at"),
        )  # fmt: skip
        take_exhibit(ticket, step, handed, by=by, is_last=not said.get("more"))


class RecordTrial(Plain):
    """An Admin PPE says what trying the file showed."""

    form_class = TrialForm

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Catat hasil uji coba")

    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        record_trial(ticket, step, Seen(**said), by=by)


@register
def custody_panel(ticket: Ticket, user: User) -> Panel | None:
    """The chain of custody for officers; whoever works on the request may take a file out."""
    custody = custody_of(ticket)
    may_take = takes_tickets(user, ticket) and not is_party(user, ticket)
    context = {"custody": custody, "office": ticket.office, "may_take": may_take}
    return Panel("tenders/_custody.html", context) if custody else None


@register_own
def own_custody_panel(ticket: Ticket, user: User) -> Panel | None:
    """The same for the applicant, who takes nothing out."""
    custody = custody_of(ticket)
    context = {"custody": custody, "office": ticket.office, "may_take": False}
    return Panel("tenders/_custody.html", context) if custody and custody.exhibits else None  # fmt: skip


adds_facts(custody_facts)
offers("take_exhibit", TakeExhibit())
offers("record_trial", RecordTrial())
offers("change_schedule", ChangeSchedule())
checks_form("change_schedule", objections)
