"""The kind of step of this room: grant access in another system, change or end it (D-g, D-h, D-k, D-l)."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from loket.access_rights.actions.accounts import Given, grant_accounts
from loket.access_rights.forms import GrantForm
from loket.access_rights.queries.accounts import accounts_of, asked_account
from loket.accounts.models import User
from loket.standards.pack import Step
from loket.standards.queries import settings_of
from loket.tickets.models import Ticket
from loket.tickets.panels import register, register_own
from loket.tickets.queries.words import words
from loket.tickets.steps import Panel, Plain, hand_back, offers


class GrantAccess(Plain):
    """An Admin Agency or Admin PPE makes, changes or ends accounts and says which and until when."""

    def form(
        self, ticket: Ticket, step: Step, data: MultiValueDict[str, Any] | None = None
    ) -> forms.Form:
        asked = asked_account(ticket)
        named = (words(step.where),) if step.where else ()
        systems = asked.offered or (*named, *settings_of(ticket.office).applications) or ("SPSE",)  # fmt: skip
        first = {"systems": asked.systems or systems[:1], "account": asked.name, "until": asked.until}  # fmt: skip
        return GrantForm(
            data, initial=first, systems=tuple(dict.fromkeys(systems)), may_return=step.returns_to is not None
        )  # fmt: skip

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Catat akun")

    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        if said.pop("goes_back", False):
            hand_back(ticket, step, by=by, body=said["body"])
            return
        until: dt.date | None = None if said.get("is_ended") else said["until"]
        given = Given(tuple(said["systems"]), said["account"], until, said.get("at"), said.get("body", ""))  # fmt: skip
        grant_accounts(ticket, step, given, by=by)


@register
@register_own
def accounts_panel(ticket: Ticket, user: User) -> Panel | None:
    """The accounts this request led to. No statement where its service grants none."""
    found = accounts_of(ticket)
    return Panel("access_rights/_accounts.html", {"accounts": found, "office": ticket.office}) if found else None  # fmt: skip


offers("grant_access", GrantAccess())
