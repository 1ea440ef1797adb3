"""Sign-in as the field knows it, and the short forms of the account page."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm as LibraryForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from loket.accounts.browsers import guess_buckets
from loket.accounts.models import User
from loket.accounts.password_fields import PasswordFields
from loket.accounts.throttles import WAIT, count, may_try
from loket.ui.fields import LineField

CODE = {"autocomplete": "one-time-code", "inputmode": "numeric"}


class LoginForm(LibraryForm):  # type: ignore[misc]  # the library is untyped
    """The library's form with loket's labels; it answers alike for unknown and known people."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User ID atau e-mail")
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].label = _("Kata sandi")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class CodeForm(AuthenticateForm):  # type: ignore[misc]  # the library is untyped
    """A one-time or recovery code; wrong ones are counted like wrong passwords."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self)

    def clean_code(self) -> str:
        buckets = guess_buckets(context.request, "code", self.user.user_id)
        if not may_try(buckets):
            raise ValidationError(WAIT, code="too_many_login_attempts")
        try:
            code: str = super().clean_code()
        except ValidationError:
            count(buckets)
            raise
        return code


class FirstCodeForm(ActivateTOTPForm):  # type: ignore[misc]  # the library is untyped
    """The first code of an app that has just read the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self)
        self.fields["code"].label = _("Kode dari aplikasi")


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # the library is untyped
    """A name for the passkey, so that its owner knows which one to remove."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Nama kunci sandi")
        self.fields["name"].help_text = _("Misalnya: ponsel kantor.")
        self.fields["name"].max_length = 60


class PasswordAgainForm(ReauthenticateForm):  # type: ignore[misc]  # the library is untyped
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Kata sandi")
        self.fields["password"].help_text = ""


class ForgottenForm(forms.Form):
    """Who asks for a new password; no answer tells whether the login exists."""

    login = LineField(
        label=_("User ID atau e-mail"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )


class Confirmed(forms.Form):
    """A form that wants the present password."""

    old_password = forms.CharField(
        label=_("Kata sandi sekarang"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old_password(self) -> str:
        password: str = self.cleaned_data["old_password"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("incorrect_password")
        return password


class ChangePasswordForm(Confirmed, PasswordFields):
    """The old password and a new one."""

    field_order = ("old_password", "password", "password_again")


class ChangeEmailForm(Confirmed):
    """The new address; whether somebody else has it is said by mail only."""

    email = forms.EmailField(
        label=_("Alamat e-mail baru"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ("email", "old_password")

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email.casefold() == self.user.email.casefold():
            raise ValidationError(_("Alamat ini sudah menjadi alamat akun Anda"))
        return email


class Languages(forms.Select):
    """Each language is called as it calls itself."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> Any:
        option = super().create_option(name, value, *args, **kwargs)
        return option | {"attrs": option["attrs"] | {"lang": value}}


class LanguageForm(forms.Form):
    """The language of pages and mails."""

    language = forms.ChoiceField(
        label=_("Bahasa"), choices=settings.LANGUAGES, widget=Languages
    )


def _ask_for_code(form: forms.Form) -> None:
    form.fields["code"].label = _("Kode")
    form.fields["code"].widget.attrs = dict(CODE)
