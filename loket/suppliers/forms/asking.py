"""The address a link goes to, and what tells a person from a machine."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from loket.suppliers.captcha import Question, Sent, new_challenge, new_question
from loket.suppliers.forms.business import EmailForm


class AskForm(EmailForm):
    """The address with a proof of work, or with the answer to a sum where there is no JavaScript.

    `website` is a field no person sees; programs that fill in everything fill it in too.
    """

    website = forms.CharField(required=False, max_length=200)
    altcha = forms.CharField(required=False, max_length=4000)
    question = forms.CharField(required=False, max_length=200)
    answer = forms.IntegerField(
        required=False,
        help_text=_("Tulis dengan angka."),
        error_messages={"invalid": _("Tulis jawabannya dengan angka.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.challenge: str = new_challenge()
        self.asked: Question = new_question()
        self.fields["answer"].label = self.asked.text
        self.fields["answer"].required = not self.is_bound

    @property
    def is_trapped(self) -> bool:
        """Whether something stands in the field nobody sees."""
        return bool(self.cleaned_data["website"])

    @property
    def sent(self) -> Sent:
        """What was sent against the puzzle."""
        said = self.cleaned_data
        return Sent(said["altcha"], said["question"], said["answer"])

    def ask_again(self) -> None:
        """Not proven: ask the question that needs no JavaScript, for the address stands."""
        self.add_error(
            "answer",
            gettext("Jawab pertanyaan ini agar kami tahu bukan mesin yang meminta."),
        )

    def forget_answer(self) -> None:
        """The form is shown again with another question, which the old answer does not fit."""
        self.fields["answer"].required = True
        if self.is_bound:
            self.data = {"email": self.data.get("email", "")}

    def refuse(self, message: str) -> None:
        """Asked too often; `message` says when to try again."""
        self.add_error(None, message)


class AddressForm(forms.Form):
    """The address of somebody who calls because no mail arrived."""

    email = forms.EmailField(label=_("Alamat e-mail pemohon"), max_length=254)
