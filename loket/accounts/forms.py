"""Sign-in as the field knows it: User ID or e-mail, and the password."""

from typing import Any

from allauth.account.forms import LoginForm as LibraryForm
from django.utils.translation import gettext_lazy as _


class LoginForm(LibraryForm):  # type: ignore[misc]  # the library is untyped
    """The library's form with loket's labels; it answers alike for unknown and known people."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User ID atau e-mail")
        self.fields["password"].label = _("Kata sandi")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
