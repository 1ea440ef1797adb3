"""The fields of a new password: registration, reset and invitation show and check the same two."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy as _

from loket.accounts.passwords import (
    DEFAULT_RULE,
    LONGEST,
    Rule,
    check,
    described,
    sealed_rule,
)


class PasswordFields(forms.Form):
    """The password twice; may stay empty when one was chosen before.

    `known` is what a guesser tries first. Templates include accounts/_new_password.html.
    """

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
        rule: Rule = DEFAULT_RULE,
        known: Sequence[str] = (),
        has_password: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rule, self.known, self.has_password = rule, known, has_password
        self.fields["password"].help_text = described(rule)
        if has_password:
            kept = gettext("Kosongkan bila tidak diganti.")
            self.fields["password"].help_text += f" {kept}"
        for name in ("password", "password_again"):
            self.fields[name].required = not has_password

    @property
    def sealed_rule(self) -> str:
        """What the page's meter sends along with the password it asks about."""
        return sealed_rule(self.rule, self.known)

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
            check(password, rule=self.rule, known=self.known)
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
