"""What officers and applicants type; forms parse, actions decide."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from loket.files.actions import MEGABYTE, Limits
from loket.standards.pack import Register
from loket.tickets.models import CheckResult
from loket.tickets.queries.documents import AskedDocument
from loket.tickets.queries.hands import Colleague
from loket.tickets.queries.reasons import Reason
from loket.tickets.queries.words import words
from loket.ui.fields import LineField


class NoteForm(forms.Form):
    """A reason that must be given."""

    note = forms.CharField(
        label=_("Alasan"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class RejectForm(NoteForm):
    """The reason of a refusal, or the way back from a slip."""

    field_order = ("is_sure", "note")

    def __init__(self, *args: Any, may_return: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if may_return:
            self.fields["is_sure"] = forms.TypedChoiceField(
                label=_("Permohonan ini"),
                choices=(("yes", _("Ditolak")), ("no", _("Kembali ke keputusan"))),
                coerce=lambda value: value == "yes",
                widget=forms.RadioSelect,
            )
            self.fields["note"].required = False
            self.order_fields(self.field_order)


class DoneForm(forms.Form):
    """Nothing to say but that it is done."""


class ElsewhereForm(forms.Form):
    """Something that was done in another system: when, and a word about it."""

    at = forms.DateTimeField(
        label=_("Waktu dilakukan"),
        required=False,
        help_text=_("Kosongkan bila baru saja dilakukan. Contoh: 24-11-2026 14.05"),
    )
    note = LineField(label=_("Catatan"), max_length=300, required=False)


class UploadForm(forms.Form):
    """One file for one requirement; what is too large is refused before anybody reads it."""

    file = forms.FileField(
        label=pgettext_lazy("one of them", "Berkas"), widget=forms.FileInput
    )

    def __init__(self, *args: Any, limits: Limits, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at_most_mb = limits.at_most_mb
        accepted = ",".join(f".{each}" for each in limits.types)
        self.fields["file"].widget.attrs["accept"] = accepted

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > self.at_most_mb * MEGABYTE:
            raise forms.ValidationError(
                _("Berkas ini lebih dari %(most)s MB. Perkecil, lalu unggah lagi."),
                params={"most": self.at_most_mb},
            )
        return file


def reason_choices(reasons: dict[str, Reason]) -> list[tuple[str, Any]]:
    """None first, so that one must be chosen."""
    chosen = [(code, each.title) for code, each in reasons.items()]
    return [("", _("Pilih alasan")), *chosen]


class VerdictForm(forms.Form):
    """What the officer found about one document."""

    accepted = forms.TypedChoiceField(
        label=_("Putusan"),
        choices=(("yes", _("Terima")), ("no", _("Perlu perbaikan"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    original_seen = forms.BooleanField(label=_("Asli dilihat"), required=False)
    reason = forms.ChoiceField(
        label=_("Alasan"),
        required=False,
        help_text=_("Wajib bila perlu perbaikan."),
    )
    note = LineField(label=_("Keterangan"), max_length=500, required=False)
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, reasons: dict[str, Reason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = reason_choices(reasons)  # type: ignore[attr-defined]  # a ChoiceField


class AllVerdictsForm(forms.Form):
    """What the officer found about every document that waits, one answer each and none chosen before."""

    def __init__(
        self, *args: Any, asked: list[AskedDocument], reasons: dict[str, Reason], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.asked = asked
        for each in asked:
            self._ask(each, reasons)

    def _ask(self, each: AskedDocument, reasons: dict[str, Reason]) -> None:
        title = words(each.requirement.title)
        seen = [("seen", _("Asli dilihat dan sesuai"))]
        good = [] if each.is_original_due else [("good", _("Sesuai, aslinya tidak dilihat"))]  # fmt: skip
        self.fields[each.code] = forms.ChoiceField(
            label=title,
            choices=[*seen, *good, ("bad", _("Perlu perbaikan"))],
            widget=forms.RadioSelect,
        )
        self.fields[f"{each.code}-reason"] = forms.ChoiceField(
            label=_("Alasan"), required=False, choices=reason_choices(reasons)
        )
        self.fields[f"{each.code}-note"] = LineField(
            label=_("Keterangan"), max_length=500, required=False
        )
        self.fields[f"{each.code}-after"] = forms.IntegerField(
            widget=forms.HiddenInput, min_value=0, initial=each.revision
        )

    def rows(self) -> list[tuple[forms.BoundField, ...]]:
        """The fields of each document, to be shown as one group."""
        names = ("", "-reason", "-note", "-after")
        return [tuple(self[each.code + name] for name in names) for each in self.asked]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for each in self.asked:
            if said.get(each.code) == "bad" and not said.get(f"{each.code}-reason"):
                self.add_error(f"{each.code}-reason", _("Pilih alasannya."))
        return said

    def found(self) -> dict[str, tuple[bool, bool, str, str, int]]:
        """Accepted, original seen, reason, note and revision by document."""
        said = self.cleaned_data
        return {
            each.code: (
                said[each.code] != "bad",
                said[each.code] == "seen",
                said[f"{each.code}-reason"],
                said[f"{each.code}-note"],
                said[f"{each.code}-after"],
            )
            for each in self.asked
        }


class CheckForm(forms.Form):
    """The answer of an outside register, when it was looked at, and what shows it."""

    kind = forms.SlugField(widget=forms.HiddenInput)
    result = forms.ChoiceField(label=_("Hasil"), choices=CheckResult.choices)
    source = LineField(
        label=_("Sumber"),
        max_length=120,
        help_text=_("Misalnya alamat laman atau nomor surat"),
    )
    at = forms.DateTimeField(
        label=_("Dilihat pada"),
        required=False,
        help_text=_("Kosongkan bila baru saja. Contoh: 24-11-2026 14.05"),
    )
    file = forms.FileField(
        label=_("Bukti"), required=False, help_text=_("Gambar layar atau PDF")
    )
    note = LineField(label=_("Catatan"), max_length=300, required=False)

    def __init__(self, *args: Any, register: Register | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        applies = register is None or not register.may_not_apply
        given = [each for each in CheckResult.choices if not (applies and each[0] == CheckResult.EXEMPT)]  # fmt: skip
        # Nothing is chosen beforehand: no register is good because somebody pressed a button
        self.fields["result"].choices = [("", _("Pilih hasil")), *given]  # type: ignore[attr-defined]  # a ChoiceField
        if register and register.url:
            self.fields["source"].initial = register.url
        if register and register.evidence == "required":
            self.fields["file"].help_text = _("Wajib: gambar layar atau PDF")


class OverrideForm(forms.Form):
    """Why a head lets a ticket pass, and the answer he has read."""

    kind = forms.SlugField(widget=forms.HiddenInput)
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(
        label=_("Alasan pengecualian"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MessageForm(forms.Form):
    """A reply to the applicant or an internal note."""

    is_internal = forms.TypedChoiceField(
        label=_("Jenis tulisan"),
        choices=(("no", _("Balasan ke pemohon")), ("yes", _("Catatan internal"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="no",
    )
    body = forms.CharField(
        label=_("Isi"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReplyForm(forms.Form):
    """What the applicant writes."""

    body = forms.CharField(
        label=_("Pesan"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AssignForm(forms.Form):
    """To whom the ticket is handed: those who do its step first, nobody who is away."""

    to = forms.TypedChoiceField(label=_("Serahkan kepada"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: Iterable[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = [each for each in people if each.can_hold]
        by_number = {str(each.worker.user.pk): each.worker.user for each in free}
        field = self.fields["to"]
        field.choices = [(str(each.worker.user.pk), _named(each)) for each in free]  # type: ignore[attr-defined]  # a choice field
        field.coerce = by_number.get  # type: ignore[attr-defined]  # the same


def _named(colleague: Colleague) -> str:
    worker = colleague.worker
    if colleague.is_apt:
        return f"{worker.user.name} ({worker.role_names})"
    words_for = _("%(name)s (%(roles)s), bukan pelaksana langkah ini")
    return str(words_for) % {"name": worker.user.name, "roles": worker.role_names}


class ReopenForm(NoteForm):
    """At which step an ended ticket goes on, and why."""

    field_order = ("step", "note")
    step = forms.ChoiceField(label=_("Lanjutkan pada langkah"))

    def __init__(self, *args: Any, steps: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = steps  # type: ignore[attr-defined]  # a choice field
