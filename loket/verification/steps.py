"""Kinds of step that look at documents: receiving them, comparing them with what was typed, the receipt."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.standards.kinds import KINDS
from loket.standards.pack import Step
from loket.standards.queries import spec_of
from loket.suppliers.actions.appearing import appear
from loket.suppliers.queries.papers import registration_of
from loket.suppliers.queries.proxies import acts_for, powers_of, refusal
from loket.tickets.actions import (
    check_step,
    complete_step,
    give_document,
    issue,
    send_back,
)
from loket.tickets.models import Ticket
from loket.tickets.panels import register_own
from loket.tickets.permissions import is_party
from loket.tickets.queries import asked_documents
from loket.tickets.queries.words import step_of
from loket.tickets.steps import Panel, Plain, offers
from loket.verification.actions import Plan, finish, propose
from loket.verification.forms import (
    FinishForm,
    MayCome,
    PlanForm,
    ReceivingForm,
    ShownByForm,
)
from loket.verification.queries import (
    call_link,
    consent_of,
    held_sessions,
    is_code_day,
    is_remote,
    last_session,
    planned_session,
    rules_of,
    time_words,
)


def who_may_come(ticket: Ticket) -> MayCome:
    """The owner, and whom the officer may serve in his place today (C1)."""
    known = registration_of(ticket)
    return MayCome(
        known.supplier.responsible_name if known and known.supplier else "",
        [(str(each.pk), each.proxy_name) for each in acts_for(ticket)],
        refusal(spec_of(ticket.standard_id)),
    )


def write_down_who_came(
    ticket: Ticket, came: int | None, *, by: User, name: str = ""
) -> None:
    """Owner or proxy, where that was a question; 0 is the owner, `name` his."""
    if came is None:
        return
    power = next((each for each in powers_of(ticket) if each.pk == came), None)
    if came and power is None:
        raise ValidationError(_("Surat kuasa ini tidak ada."))
    appear(ticket, power, by=by, name=name)


class ReceiveDocuments(Plain):
    """The applicant hands the documents over, or an officer confirms that they are complete (S1 steps 4-6)."""

    def form(
        self, ticket: Ticket, step: Step, data: MultiValueDict[str, Any] | None = None
    ) -> forms.Form:
        who = None if step.actor == "applicant" else who_may_come(ticket)
        return ReceivingForm(
            data,
            may_return=step.returns_to is not None,
            may_come=who if who and who.proxies else None,
        )

    def button(self, ticket: Ticket, step: Step) -> str:
        if step.actor == "applicant":
            return _("Berkas sudah lengkap")
        return _("Catat hasil pemeriksaan kelengkapan")

    def panel(self, ticket: Ticket, step: Step, user: User) -> Panel | None:
        missing = [each for each in asked_documents(ticket) if each.is_missing]
        return Panel("verification/_receiving.html", {"missing": missing, "step": step})

    @transaction.atomic
    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        name = said.get("came_name", "")
        write_down_who_came(ticket, said.get("came"), by=by, name=name)
        if said.get("complete") is False:
            send_back(ticket, step, by=by)
            return
        missing = [each for each in asked_documents(ticket) if each.is_missing]
        if missing and (is_party(by, ticket) or is_remote(ticket)):
            names = ", ".join(str(each.requirement.title) for each in missing)
            raise ValidationError(_("Belum ada berkas: %(names)s.") % {"names": names})
        for each in missing:
            give_document(ticket, each.code, by=by, data=None)
        complete_step(ticket, step, by=by)


class VerifyDocuments(Plain):
    """Every document has its verdict: all accepted goes on, one refused goes back for that one (G6)."""

    def form(
        self, ticket: Ticket, step: Step, data: MultiValueDict[str, Any] | None = None
    ) -> forms.Form:
        is_call = spec_of(ticket.standard_id).is_remote(ticket.route)
        return ShownByForm(data, may_come=None if is_call else who_may_come(ticket))

    def button(self, ticket: Ticket, step: Step) -> str:
        documents = asked_documents(ticket)
        if not all(each.is_judged for each in documents):
            return _("Selesaikan verifikasi")
        refused = any(each.is_refused for each in documents)
        return _("Kembalikan untuk diperbaiki") if refused else _("Semua berkas sesuai")

    @transaction.atomic
    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        check_step(ticket, step, by=by)
        name = said.get("came_name", "")
        write_down_who_came(ticket, said.get("came"), by=by, name=name)
        documents = asked_documents(ticket)
        if not all(each.is_judged for each in documents):
            raise ValidationError(_("Beri putusan untuk setiap berkas lebih dahulu."))
        if any(each.is_refused for each in documents):
            send_back(ticket, step, by=by)
            return
        if "came" in said and said["came"] is None:
            raise ValidationError({"came": _("Pilih siapa yang menunjukkan berkas.")})
        complete_step(ticket, step, by=by)


class IssueReceipt(Plain):
    """The receipt for the documents (R1), numbered without gaps."""

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Terbitkan tanda terima")

    @transaction.atomic
    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        issue(ticket, step.document or step.code, by=by)
        complete_step(ticket, step, by=by)


def plan_form(ticket: Ticket, data: MultiValueDict[str, Any] | None = None) -> PlanForm:
    """Empty, or as it was sent; the telephone is the applicant's own (H5)."""
    rules, zone = rules_of(ticket), ticket.office.zone
    known = {"where": ticket.phone} if "phone" in rules.providers else {}
    return PlanForm(data, providers=rules.providers, zone=zone, initial=known)


def plan_of(said: dict[str, Any]) -> Plan:
    """What a valid form asks for."""
    return Plan(said["at"], said["provider"], said["where"], said["anyway"])


class PlanSession(Plain):
    """The applicant is told when the call will be (T4)."""

    def form(
        self, ticket: Ticket, step: Step, data: MultiValueDict[str, Any] | None = None
    ) -> forms.Form:
        return plan_form(ticket, data)

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Jadwalkan dan kabari pemohon")

    @transaction.atomic
    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        session = propose(ticket, plan_of(said), by=by)
        complete_step(ticket, step, by=by, session=session.pk)


class RemoteSession(Plain):
    """The documents are shown in a call, which has a page of its own (T5, G7)."""

    form_class = FinishForm

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Selesaikan panggilan video")

    def panel(self, ticket: Ticket, step: Step, user: User) -> Panel | None:
        session = last_session(ticket)
        is_planned = session is not None and session.is_planned
        told = time_words(session, for_office=True) if session and is_planned else ""
        return Panel("verification/_call.html", {"session": session, "told": told})

    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        session = planned_session(ticket)
        if session is None:
            raise ValidationError(_("Jadwalkan panggilan video lebih dahulu."))
        finish(session, by=by, note=said.get("note", ""))


@register_own
def own_call(ticket: Ticket, user: User) -> Panel | None:
    """What the applicant reads of his call: when, where, what to hold ready, the code on its day."""
    step = step_of(ticket, ticket.step) if ticket.is_open else None
    if step is None or not KINDS[step.kind].calls:
        return None
    session = planned_session(ticket)
    asked = [each for each in asked_documents(ticket) if not each.is_accepted]
    context: dict[str, Any] = {"session": session, "asked": asked}
    if session:
        context |= {
            "told": time_words(session),
            "link": call_link(session),
            "consent": consent_of(ticket, get_language() or "id"),
            "shows_code": is_code_day(session, clock.now()),
        }
    return Panel("verification/_own_call.html", context)


@register_own
def own_held_calls(ticket: Ticket, user: User) -> Panel | None:
    """Minutes and hashes of the calls that took place, also after the ticket ended; no statement where none did."""
    calls = held_sessions(ticket)
    return Panel("verification/_own_held.html", {"calls": calls}) if calls else None


offers("receive_documents", ReceiveDocuments())
offers("verify_documents", VerifyDocuments())
offers("issue_receipt", IssueReceipt())
offers("plan_session", PlanSession())
offers("remote_session", RemoteSession())
