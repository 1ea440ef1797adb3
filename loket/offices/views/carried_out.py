"""What every view of the room does with a form: run the action, or say at the form why not."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from loket.accounts.models import User


class SignedIn(HttpRequest):
    """A request whose address only answers to somebody signed in."""

    user: User


Failed = tuple[str, forms.Form]


def carried_out(form: forms.Form, action: Callable[..., Any]) -> bool:
    """Run the action with what was typed; False with the reasons at their fields when it is refused."""
    if not form.is_valid():
        return False
    try:
        action(**form.cleaned_data)
    except ValidationError as error:
        place_errors(form, error)
        return False
    return True


def place_errors(form: forms.Form, error: ValidationError) -> None:
    """Each reason at its field, above the form when it has no such field."""
    by_field = error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}  # fmt: skip
    for name, reasons in by_field.items():
        form.add_error(name if name in form.fields else None, list(reasons))
