"""The kinds of step of this room: register, activate the account, follow up SIKaP."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.offices.permissions import may
from loket.offices.roles import Permission
from loket.standards.pack import Step
from loket.standards.queries import settings_of, spec_of
from loket.suppliers.actions import activate
from loket.suppliers.forms import ActivateForm, FollowUpForm
from loket.suppliers.queries import form_data, outside_system, registration_of
from loket.suppliers.queries.proxies import powers_of, refusal, state_of
from loket.tickets.actions import complete_step, refuse_unless_clear, write_message
from loket.tickets.models import Ticket
from loket.tickets.panels import register
from loket.tickets.steps import Panel, Plain, offers


@register
def form_data_panel(ticket: Ticket, user: User) -> Panel | None:
    """What the applicant typed, beside the documents it is compared with. One statement."""
    registration = registration_of(ticket)
    if registration is None or registration.supplier is None:
        return None
    context = {
        "form_data": form_data(registration.supplier),
        "needs_check": registration.supplier.needs_check,
        "may_see_identity": may(user, Permission.IDENTITY_READ, ticket.office_id),
        "outside": outside_system(registration.office),
    }
    return Panel("suppliers/steps/_form_data.html", context)


@register
def proxies_panel(ticket: Ticket, user: User) -> Panel | None:
    """Who may come in the owner's place, or why nobody may (C1)."""
    if registration_of(ticket) is None or not ticket.is_open:
        return None
    why = refusal(spec_of(ticket.standard_id))
    powers = [] if why else [(each, state_of(each)) for each in powers_of(ticket)]
    may_record = may(user, Permission.TICKET_TAKE, ticket.office_id)
    context = {"powers": powers, "refusal": why, "may_record": may_record}
    return Panel("suppliers/steps/_proxies.html", context)


class Register(Plain):
    """Done before the ticket exists; a later one of the counter's own tickets is only recorded."""

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Catat pendaftaran selesai")


class ActivateAccount(Plain):
    """The account works: loket writes down where, by whom and when (S1 step 11)."""

    def form(
        self, ticket: Ticket, step: Step, data: MultiValueDict[str, Any] | None = None
    ) -> forms.Form:
        systems = settings_of(ticket.office).applications or ("Loket",)
        return ActivateForm(data, systems=systems)

    def button(self, ticket: Ticket, step: Step) -> str:
        return (
            _("Catat akun aktif")
            if outside_system(ticket.office)
            else _("Aktifkan akun")
        )

    @transaction.atomic
    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        activate(ticket, by=by, system=said["system"])
        refuse_unless_clear(ticket, step)
        complete_step(ticket, step, by=by)


class FollowUpSikap(Plain):
    """The supplier's data in SIKaP were seen, or an officer says why not (S1 step 13)."""

    form_class = FollowUpForm

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Catat tindak lanjut SIKaP")

    @transaction.atomic
    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        if said.get("note"):
            write_message(ticket, by=by, body=said["note"], is_internal=True)
        complete_step(ticket, step, by=by, result=said["result"])


offers("register", Register())
offers("activate_account", ActivateAccount())
offers("follow_up_sikap", FollowUpSikap())
