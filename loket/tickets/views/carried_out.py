"""What both faces do with a form: name its fields apart, and put a refusal where it was typed."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest

from loket.accounts.models import User
from loket.tickets.models import Ticket
from loket.tickets.queries.words import step_of
from loket.tickets.steps import kind_of


class SignedIn(HttpRequest):
    """A request whose address only answers to somebody signed in."""

    user: User


Failed = tuple[str, forms.Form]


def placed(form: forms.Form, place: str) -> forms.Form:
    """Give the fields of one of several forms on a page ids of their own."""
    form.auto_id = f"{place}-%s"
    return form


def carried_out(form: forms.Form, action: Callable[..., Any]) -> bool:
    """Run the action with what was typed; False with the reason at the form when it is refused."""
    if not form.is_valid():
        return False
    try:
        action(**form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def refused_step(request: SignedIn, ticket: Ticket, code: str) -> Failed | None:
    """Complete a step with what was sent; its form with the reasons when that is refused."""
    if (doing := step_of(ticket, code)) is None:
        raise Http404
    kind, place = kind_of(doing), f"langkah-{code}"
    form = placed(kind.form(ticket, doing, request.POST), place)
    form.files = request.FILES
    complete = partial(kind.complete, ticket, doing, by=request.user)
    return None if carried_out(form, complete) else (place, form)
