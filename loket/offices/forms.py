"""What a head types about staff, and a newcomer about himself."""

import datetime as dt
import re
from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from loket.accounts.models import User
from loket.accounts.password_fields import PasswordFields
from loket.offices.catalogue import services_of
from loket.offices.models import AbsenceKind, Office
from loket.offices.roles import Role
from loket.ui.fields import DateField, LineField

USER_ID = re.compile(r"^[A-Za-z0-9.-]{4,40}$")
UNTIL_HELP = _("Hari terakhir bertugas, misalnya 31/12/2027. Kosongkan bila tanpa batas waktu.")  # fmt: skip


class TermForm(forms.Form):
    """The last day of a term; cleaned, the moment after it on the office's clock."""

    until = DateField(label=_("Sampai"), required=False, help_text=UNTIL_HELP)

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.office = office

    def clean_until(self) -> dt.datetime | None:
        return end_of(self.cleaned_data["until"], self.office)


class RoleForm(TermForm):
    """Another role, and until when; only roles this head may give."""

    field_order: Sequence[str] = ("role", "until")
    role = forms.ChoiceField(label=_("Peran"))

    def __init__(self, *args: Any, roles: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(role.value, role.label) for role in Role if role in roles]
        self.fields["role"].choices = [("", _("Pilih peran")), *offered]  # type: ignore[attr-defined]  # a choice field

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class InviteForm(RoleForm):
    """Whom to invite, as what, until when; for an auditor also which services he may read."""

    field_order = ("email", "role", "until", "services")
    email = forms.EmailField(
        label=_("E-mail kedinasan"),
        help_text=_("Undangan dikirim ke alamat ini dan berlaku tujuh hari."),
    )
    services = forms.MultipleChoiceField(
        label=_("Lingkup auditor"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Hanya untuk auditor: layanan yang boleh dilihat. Kosongkan untuk semua layanan."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services = services_of(self.office)
        self.fields["services"].choices = list(services.items())  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("services") and said.get("role") != Role.AUDITOR:
            self.add_error("services", _("Lingkup hanya untuk auditor. Kosongkan pilihan ini."))  # fmt: skip
        return said


class AbsenceForm(forms.Form):
    """Who is away, on which days; cleaned, the moments in which the days begin and end at the office."""

    user = forms.ModelChoiceField(
        User.objects.none(), label=_("Petugas"), empty_label=_("Pilih petugas")
    )
    kind = forms.ChoiceField(label=_("Sebab"), choices=AbsenceKind.choices)
    starts = DateField(label=_("Hari pertama"), help_text=_("Misalnya 24/11/2026."))
    until = DateField(
        label=_("Hari terakhir"), help_text=_("Pada hari ini ia masih tidak hadir.")
    )

    def __init__(
        self, *args: Any, office: Office, people: QuerySet[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.office = office
        self.fields["user"].queryset = people  # type: ignore[attr-defined]  # a model choice
        self.fields["user"].label_from_instance = attrgetter("name")  # type: ignore[attr-defined]  # the same

    def clean_starts(self) -> dt.datetime:
        day: dt.date = self.cleaned_data["starts"]
        return dt.datetime.combine(day, dt.time(), tzinfo=self.office.zone)

    def clean_until(self) -> dt.datetime | None:
        return end_of(self.cleaned_data["until"], self.office)


class NewcomerForm(PasswordFields):
    """The account of somebody invited who has none."""

    field_order = ("name", "user_id", "password", "password_again")
    name = LineField(
        label=_("Nama lengkap"),
        max_length=120,
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
        return free_user_id(self.cleaned_data["user_id"])


def free_user_id(user_id: str) -> str:
    """The User ID, if it is well formed and nobody's yet."""
    if not USER_ID.match(user_id):
        raise ValidationError(
            _("User ID terdiri atas 4 sampai 40 huruf, angka, titik, atau setrip, tanpa spasi.")
        )  # fmt: skip
    if User.objects.filter(user_id__iexact=user_id).exists():
        raise ValidationError(_("User ID ini sudah dipakai. Pilih yang lain."))
    return user_id


def end_of(day: dt.date | None, office: Office) -> dt.datetime | None:
    """The first moment after a day at the office."""
    if day is None:
        return None
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=office.zone)  # fmt: skip
