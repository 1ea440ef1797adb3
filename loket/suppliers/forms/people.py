"""Inviting people of a supplier, and the account of somebody who was invited."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from loket.accounts.models import User
from loket.accounts.password_fields import PasswordFields
from loket.suppliers.forms.identity import USER_ID
from loket.suppliers.models import SupplierRole
from loket.ui.fields import LineField


class InviteForm(forms.Form):
    """Whom to invite, as what."""

    email = forms.EmailField(
        label=_("Alamat e-mail"),
        max_length=254,
        error_messages={
            "invalid": _("Tulis alamat e-mail yang lengkap, dengan tanda @.")
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("Sebagai"),
        choices=SupplierRole.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Staf melihat tiket dan mengunggah berkas. Pimpinan juga mengundang orang dan memberi kuasa."
        ),
    )


class LinkProxyForm(forms.Form):
    """The address of a proxy who shall see the ticket."""

    email = InviteForm.base_fields["email"]


class NewPersonForm(PasswordFields):
    """The account of somebody who was invited and has none."""

    field_order = ("name", "user_id", "password", "password_again")
    name = LineField(
        label=_("Nama Anda"),
        max_length=120,
        help_text=_("Seperti tertulis pada kartu identitas."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    user_id = LineField(
        label=_("User ID"),
        max_length=40,
        help_text=_("Untuk masuk. 4 sampai 40 huruf atau angka, mudah Anda ingat."),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none"}
        ),
    )

    def clean_user_id(self) -> str:
        user_id: str = self.cleaned_data["user_id"]
        if not USER_ID.match(user_id):
            raise ValidationError(
                _(
                    "User ID terdiri atas 4 sampai 40 huruf, angka, titik, atau setrip, tanpa spasi."
                )
            )
        if User.objects.filter(user_id__iexact=user_id).exists():
            raise ValidationError(_("User ID ini sudah dipakai. Pilih yang lain."))
        return user_id
