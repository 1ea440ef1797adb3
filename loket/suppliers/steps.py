"""The kinds of step of this room: register, activate the account, follow up SIKaP, change data, tell a User ID."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.offices.permissions import may
from loket.offices.roles import Permission
from loket.standards.kinds import KINDS
from loket.standards.pack import Step
from loket.standards.queries import settings_of, spec_of
from loket.suppliers.actions import Activation, activate
from loket.suppliers.actions.changing import apply_change, let_go
from loket.suppliers.actions.disclosing import disclose
from loket.suppliers.actions.follow_up import (
    Ending,
    Seen,
    begin_follow_up,
    not_yet,
    promise_to_fill,
    settle,
)
from loket.suppliers.forms import (
    ActivateForm,
    DiscloseForm,
    FilledForm,
    FollowUpForm,
    PromiseForm,
)
from loket.suppliers.forms.steps import NOT_YET, PROMISED, bytes_of
from loket.suppliers.models import FollowUp, Registration, Settled
from loket.suppliers.permissions import suspends
from loket.suppliers.queries import (
    form_data,
    outside_system,
    registration_of,
    supplier_of,
)
from loket.suppliers.queries.changes import (
    change_of,
    is_over,
    objections,
    rows_of,
)
from loket.suppliers.queries.follow_up import (
    follow_up_of,
    own_follow_up,
    state_of as state_of_follow_up,
)
from loket.suppliers.queries.letters import letter_links
from loket.suppliers.queries.papers import activation_of
from loket.suppliers.queries.proxies import powers_of, refusal, state_of
from loket.suppliers.queries.sanctions import (
    is_running,
    running_among,
    running_sanction,
    sanctions_of,
)
from loket.tickets.actions import complete_step, refuse_unless_clear
from loket.tickets.actions.asking import Performed
from loket.tickets.actions.procedure import check_step
from loket.tickets.forms.asked import checks_form
from loket.tickets.models import Ticket
from loket.tickets.panels import register, register_own
from loket.tickets.permissions import is_party
from loket.tickets.steps import Panel, PerformOutside, Plain, hand_back, offers


def _registration(ticket: Ticket) -> Registration | None:
    """The ticket's registration, read once for all panels of a page."""
    if "panels_registration" not in ticket.__dict__:
        ticket.__dict__["panels_registration"] = registration_of(ticket)
    found: Registration | None = ticket.__dict__["panels_registration"]
    return found


@register
def sanction_panel(ticket: Ticket, user: User) -> Panel | None:
    """That the account stands still, whichever office said so; a head acts from here. No statement while there is none."""
    registration = _registration(ticket)
    if registration is None or registration.supplier is None:
        return None
    said = getattr(registration, "has_sanctions", True)
    history = sanctions_of(registration.supplier) if said else []
    may_suspend = suspends(user, ticket)
    if not history and not may_suspend:
        return None
    context = {
        "running": running_among(history),
        "past": [each for each in history if not is_running(each)],
        "may_suspend": may_suspend,
    }
    return Panel("suppliers/steps/_sanction.html", context)


@register
def form_data_panel(ticket: Ticket, user: User) -> Panel | None:
    """What the applicant typed, beside the documents it is compared with. One statement."""
    registration = _registration(ticket)
    if registration is None or registration.supplier is None:
        return None
    context = {
        "form_data": form_data(registration.supplier),
        "needs_check": registration.supplier.needs_check,
        "may_see_identity": may(user, Permission.IDENTITY_READ, ticket.office_id),
        "outside": outside_system(registration.office),
        "activated": activation_of(ticket, registration.supplier),
    }
    return Panel("suppliers/steps/_form_data.html", context)


@register
def asking_supplier_panel(ticket: Ticket, user: User) -> Panel | None:
    """Who asks for another service than registration. No statement on a registration's ticket."""
    spec = spec_of(ticket.standard_id)
    if not KINDS[spec.first_step(ticket.route, ticket.applicant_kind).kind].asks:
        return None
    supplier = supplier_of(ticket)
    if supplier is None:
        return None
    context = {
        "form_data": form_data(supplier),
        "needs_check": supplier.needs_check,
        "may_see_identity": may(user, Permission.IDENTITY_READ, ticket.office_id),
        "outside": "",
        "activated": activation_of(ticket, supplier),
    }
    return Panel("suppliers/steps/_form_data.html", context)


@register
def follow_up_panel(ticket: Ticket, user: User) -> Panel | None:
    """How far the supplier is in SIKaP, and the way to its page. One statement, none before activation."""
    found = follow_up_of(ticket)
    if found is None:
        return None
    context = {"follow_up": found, "state": state_of_follow_up(found)}
    return Panel("suppliers/steps/_follow_up.html", context)


@register_own
def own_follow_up_panel(ticket: Ticket, user: User) -> Panel | None:
    """The supplier's next step, what to bring for it, and the button to say that it is done."""
    found = follow_up_of(ticket)
    if found is None or not ticket.is_open:
        return None
    return Panel("suppliers/_own_follow_up.html", own_follow_up(found, form=FilledForm(auto_id="sikap-%s")))  # fmt: skip


@register_own
def own_sanction_panel(ticket: Ticket, user: User) -> Panel | None:
    """Why the account stands still, until when, and how to object."""
    registration = _registration(ticket)
    if registration is None or registration.supplier is None:
        return None
    running = running_sanction(registration.supplier)
    return Panel("suppliers/_stands_still.html", {"sanction": running}) if running else None  # fmt: skip


@register
def proxies_panel(ticket: Ticket, user: User) -> Panel | None:
    """Who may come in the owner's place, or why nobody may (C1). No statement while nobody was ever named."""
    registration = _registration(ticket)
    if registration is None or not ticket.is_open:
        return None
    why = refusal(spec_of(ticket.standard_id))
    is_asked = not why and getattr(registration, "has_powers", True)
    powers = [(each, state_of(each)) for each in powers_of(ticket)] if is_asked else []
    may_record = may(user, Permission.TICKET_TAKE, ticket.office_id)
    context = {"powers": powers, "refusal": why, "may_record": may_record}
    return Panel("suppliers/steps/_proxies.html", context)


@register
def letters_panel(ticket: Ticket, user: User) -> Panel | None:
    """The letters to sign, to be printed at the counter. No statement."""
    return _letters(ticket, "suppliers:letter_at_desk")


@register_own
def own_letters_panel(ticket: Ticket, user: User) -> Panel | None:
    """The same for the applicant, with his data. No statement."""
    return _letters(ticket, "suppliers:own_letter")


def _letters(ticket: Ticket, address: str) -> Panel | None:
    offered = letter_links(ticket, address) if ticket.is_open else []
    return Panel("suppliers/steps/_letters.html", {"letters": offered}) if offered else None  # fmt: skip


class Register(Plain):
    """Done before the ticket exists, or in a ticket from the desk by the code on its stub (G15)."""

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Catat pendaftaran selesai")

    def panel(self, ticket: Ticket, step: Step, user: User) -> Panel | None:
        return Panel("suppliers/steps/_unregistered.html", {"number": ticket.number})

    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        """Never without a registration: an account could not be activated later."""
        if registration_of(ticket) is None:
            raise ValidationError(_("Pemohon belum mendaftar daring. Berikan lembar tiketnya."))  # fmt: skip
        complete_step(ticket, step, by=by)


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
        check_step(ticket, step, by=by)
        refuse_unless_clear(ticket, step)
        at = said.get("at")
        done = Activation(said["system"], at, said.get("reference") or "")
        activate(ticket, done, by=by)
        complete_step(ticket, step, by=by, at=at)
        begin_follow_up(ticket, by=by)


class FollowUpSikap(Plain):
    """The supplier's data in SIKaP were seen or shown, or an officer says why not (S1 step 13, T7, T8)."""

    def form(
        self, ticket: Ticket, step: Step, data: MultiValueDict[str, Any] | None = None
    ) -> forms.Form:
        if step.actor == "applicant":
            return FilledForm(data)
        return PromiseForm(data) if step.until else FollowUpForm(data)

    def button(self, ticket: Ticket, step: Step) -> str:
        if step.actor == "applicant":
            return _("SIKaP sudah terisi")
        return _("Catat tindak lanjut SIKaP")

    @transaction.atomic
    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        ticket.lock()
        check_step(ticket, step, by=by)
        found = FollowUp.objects.filter(ticket=ticket).first()
        if found is not None and not found.is_open:
            complete_step(ticket, step, by=by, result=found.outcome)
            return
        result = said.get("result") or _shown_by(by, ticket)
        if result == NOT_YET:
            not_yet(ticket, by=by, note=said.get("note") or "")
        elif result == PROMISED:
            promise_to_fill(ticket, by=by)
            complete_step(ticket, step, by=by, result=result)
        else:
            settle(ticket, ending_of(result, said), by=by)


def ending_of(outcome: str, said: dict[str, Any]) -> Ending:
    """What was typed, as the action takes it."""
    seen = Seen(bytes_of(said.get("file")), said.get("looked_on"), said.get("source") or "")  # fmt: skip
    return Ending(outcome, seen, reason=said.get("note") or "")


def _shown_by(by: User, ticket: Ticket) -> str:
    """On the supplier's own step an officer who helps confirms, the supplier shows."""
    return Settled.SHOWN if is_party(by, ticket) else Settled.CONFIRMED


@register
@register_own
def data_change_panel(ticket: Ticket, user: User) -> Panel | None:
    """Before and after, and until when it is held or that it was stopped. No statement for other services."""
    change = change_of(ticket)
    if change is None:
        return None
    context = {"change": change, "rows": rows_of(change), "is_over": is_over(change), "office": ticket.office}  # fmt: skip
    return Panel("suppliers/steps/_data_change.html", context)


class HoldChange(Plain):
    """The holder of the old address may stop the change; loket goes on by itself when the time is over (G9)."""

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Lanjutkan bila masa tahan selesai")

    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        let_go(ticket, by=by)


class ApplyDataChange(PerformOutside):
    """A second officer applies what was asked, held and not stopped (S2, D-b)."""

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Catat data sudah diubah")

    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        if said.pop("goes_back", False):
            hand_back(ticket, step, by=by, body=said["body"])
        else:
            apply_change(ticket, step, Performed(**said), by=by)


class DiscloseUserId(Plain):
    """The owner of an account is told its User ID once his identity was proven twice (S3); never a password."""

    def form(
        self, ticket: Ticket, step: Step, data: MultiValueDict[str, Any] | None = None
    ) -> forms.Form:
        return DiscloseForm(data, may_return=step.returns_to is not None)

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Beri tahu User ID")

    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        if said.get("goes_back"):
            hand_back(ticket, step, by=by, body=said["body"])
        else:
            disclose(ticket, step, said["user_id"], by=by)


checks_form("apply_data_change", objections)
offers("hold_change", HoldChange())
offers("apply_data_change", ApplyDataChange())
offers("disclose_user_id", DiscloseUserId())
offers("register", Register())
offers("activate_account", ActivateAccount())
offers("follow_up_sikap", FollowUpSikap())
