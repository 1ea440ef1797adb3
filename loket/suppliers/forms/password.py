"""A new password under the office's rule, the strength meter and the installation's own rules (F11)."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy as _
from zxcvbn import zxcvbn

from loket.accounts.models import User
from loket.standards.pack.office import PasswordRule

LONGEST = 72  # of the meter
REACHES = {"green": 3, "yellow": 2}  # of its four levels
CLASSES = {
    "upper": (str.isupper, _("huruf besar")),
    "lower": (str.islower, _("huruf kecil")),
    "digit": (str.isdigit, _("angka")),
    "symbol": (
        lambda sign: not sign.isalnum() and not sign.isspace(),
        _("karakter khusus"),
    ),
}


class PasswordFields(forms.Form):
    """The password twice; may stay empty when one was chosen before."""

    is_password_asked = True
    password = forms.CharField(
        label=_("Kata sandi baru"),
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("Ulangi kata sandi baru"),
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(
        self,
        *args: Any,
        rule: PasswordRule,
        email: str,
        has_password: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rule, self.email, self.has_password = rule, email, has_password
        self.fields["password"].help_text = hint(rule, is_kept=has_password)
        for name in ("password", "password_again"):
            self.fields[name].required = not has_password

    def ask_no_password(self) -> None:
        """Another button of the same page was pressed: what stands in these fields is left alone."""
        self.is_password_asked = False
        for name in ("password", "password_again"):
            self.fields[name].required = False

    def clean_password(self) -> str:
        if not self.is_password_asked:
            return ""
        password: str = self.cleaned_data["password"]
        if password:
            check_classes(password, self.rule)
            validate_password(password, User(email=self.email))
            check_strength(password, self.rule, known=self.email)
        return password

    def clean_password_again(self) -> str:
        again: str = self.cleaned_data["password_again"]
        if not self.is_password_asked or "password" not in self.cleaned_data:
            return ""
        if again != self.cleaned_data["password"]:
            raise ValidationError(_("Ulangi kata sandi dengan tulisan yang sama"))
        return again

    def clean(self) -> dict[str, Any]:
        """The repetition has done its work and is nowhere kept; the page marks what must be filled again."""
        for name in ("password", "password_again"):
            self.fields[name].required = not self.has_password
        said = super().clean() or self.cleaned_data
        said.pop("password_again", None)
        return said


def hint(rule: PasswordRule, *, is_kept: bool) -> str:
    """What the password needs, in words."""
    classes = ", ".join(str(CLASSES[name][1]) for name in rule.classes)
    words = gettext("Sekurangnya 10 tanda dengan %(classes)s.") % {"classes": classes}
    if is_kept:
        words += " " + gettext("Kosongkan bila tidak diganti.")
    return words


def check_classes(password: str, rule: PasswordRule) -> None:
    """Every class of signs the office asks for; names all that are missing."""
    missing = [
        str(CLASSES[name][1])
        for name in rule.classes
        if not any(CLASSES[name][0](sign) for sign in password)
    ]
    if missing:
        message = _("Kata sandi ini belum memuat %(missing)s.")
        raise ValidationError(message, params={"missing": ", ".join(missing)})


def check_strength(password: str, rule: PasswordRule, *, known: str) -> None:
    """The meter must reach the office's colour; `known` is what a guesser tries first."""
    inputs = [known, *known.replace("@", ".").split("."), "loket", "lpse"]
    if zxcvbn(password, user_inputs=inputs)["score"] < REACHES[rule.strength]:
        raise ValidationError(
            _(
                "Kata sandi ini mudah ditebak. Pakai beberapa kata yang tidak berhubungan."
            )
        )
