"""Kinds of step that look at documents: receiving them, comparing them with what was typed, the receipt."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.standards.pack import Step
from loket.suppliers.actions.appearing import appear
from loket.suppliers.queries.proxies import acts_for, powers_of
from loket.tickets.actions import (
    check_step,
    complete_step,
    give_document,
    issue,
    send_back,
)
from loket.tickets.models import Ticket
from loket.tickets.permissions import is_party
from loket.tickets.queries import asked_documents
from loket.tickets.steps import Panel, Plain, offers
from loket.verification.forms import ReceivingForm, ShownByForm


def proxies_today(ticket: Ticket) -> list[tuple[str, str]]:
    """Whom the officer may serve in the owner's place, by id and name (C1)."""
    return [(str(each.pk), each.proxy_name) for each in acts_for(ticket)]


def write_down_who_came(ticket: Ticket, came: int | None, *, by: User) -> None:
    """Owner or proxy, where that was a question; 0 is the owner."""
    if came is None:
        return
    power = next((each for each in powers_of(ticket) if each.pk == came), None)
    if came and power is None:
        raise ValidationError(_("Surat kuasa ini tidak ada."))
    appear(ticket, power, by=by)


class ReceiveDocuments(Plain):
    """The applicant hands the documents over, or an officer confirms that they are complete (S1 steps 4-6)."""

    def form(
        self, ticket: Ticket, step: Step, data: MultiValueDict[str, Any] | None = None
    ) -> forms.Form:
        proxies = [] if step.actor == "applicant" else proxies_today(ticket)
        return ReceivingForm(
            data, may_return=step.returns_to is not None, proxies=proxies
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
        write_down_who_came(ticket, said.get("came"), by=by)
        if said.get("complete") is False:
            send_back(ticket, step, by=by)
            return
        missing = [each for each in asked_documents(ticket) if each.is_missing]
        if missing and is_party(by, ticket):
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
        return ShownByForm(data, proxies=proxies_today(ticket))

    def button(self, ticket: Ticket, step: Step) -> str:
        documents = asked_documents(ticket)
        if not all(each.is_judged for each in documents):
            return _("Selesaikan verifikasi")
        refused = any(each.is_refused for each in documents)
        return _("Kembalikan untuk diperbaiki") if refused else _("Semua berkas sesuai")

    @transaction.atomic
    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        check_step(ticket, step, by=by)
        write_down_who_came(ticket, said.get("came"), by=by)
        documents = asked_documents(ticket)
        if not all(each.is_judged for each in documents):
            raise ValidationError(_("Beri putusan untuk setiap berkas lebih dahulu."))
        if any(each.is_refused for each in documents):
            send_back(ticket, step, by=by)
        else:
            complete_step(ticket, step, by=by)


class IssueReceipt(Plain):
    """The receipt for the documents (R1), numbered without gaps."""

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Terbitkan tanda terima")

    @transaction.atomic
    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        issue(ticket, step.document or step.code, by=by)
        complete_step(ticket, step, by=by)


offers("receive_documents", ReceiveDocuments())
offers("verify_documents", VerifyDocuments())
offers("issue_receipt", IssueReceipt())
