"""Sign-in as the field knows it: User ID or e-mail, and the password."""

from typing import Any

from allauth.account.forms import LoginForm as LibraryForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from django.utils.translation import gettext_lazy as _


class LoginForm(LibraryForm):  # type: ignore[misc]  # the library is untyped
    """The library's form with loket's labels; it answers alike for unknown and known people."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User ID atau e-mail")
        self.fields["password"].label = _("Kata sandi")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class CodeForm(AuthenticateForm):  # type: ignore[misc]  # the library is untyped
    """The one-time code of an authenticator app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Kode")
        self.fields["code"].widget.attrs = {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
        }


class PasswordAgainForm(ReauthenticateForm):  # type: ignore[misc]  # the library is untyped
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Kata sandi")
