"""The mails of this room: what each says, and the links that are made when it is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from loket.accounts.actions.emails import new_confirm_link, new_stop_link
from loket.accounts.actions.passwords import new_reset_link
from loket.accounts.models import EmailChange, User
from loket.kernel.mail import renders
from loket.kernel.models import Mail


@dataclass(frozen=True)
class Words:
    """Heading, which is the subject too, paragraphs, and a link with its label."""

    heading: str
    lines: tuple[str, ...]
    path: str = ""
    label: str = ""


@dataclass(frozen=True)
class Sender:
    """Stands as the sender's name where no office writes."""

    name: str

    def __str__(self) -> str:
        return self.name


Writer = Callable[[User, dict[str, Any]], Words]
WRITERS: dict[str, Writer] = {}


def writes(kind: str) -> Callable[[Writer], Writer]:
    """Register who finds the words of one kind of mail."""

    def register(writer: Writer) -> Writer:
        WRITERS[kind] = writer
        return writer

    return register


@renders("accounts/mail/letter")
def letter(mail: Mail) -> dict[str, Any]:
    """The words of the mail's kind in its language."""
    person = User.objects.get(pk=mail.context["user"])
    words = WRITERS[mail.context["kind"]](person, mail.context)
    return {
        "words": words,
        "person": person,
        "href": settings.SITE_URL + words.path if words.path else "",
        "office": Sender(_("Loket LPSE")),
    }


def not_you() -> str:
    """What to do about something one did not do oneself."""
    return _(
        "Bukan Anda? Segera minta tautan kata sandi baru dan hubungi kantor LPSE Anda."
    )


@writes("reset")
def reset(user: User, said: dict[str, Any]) -> Words:
    """The link to a new password, with the User ID for whoever forgot that too."""
    line = _("Seseorang meminta kata sandi baru untuk akun dengan User ID %(user_id)s. Bila itu Anda, buka tautan ini.")  # fmt: skip
    valid = _("Tautan berlaku %(minutes)d menit dan hanya dapat dipakai satu kali. Bila bukan Anda, abaikan e-mail ini.")  # fmt: skip
    return Words(
        _("Kata sandi baru untuk akun Anda"),
        (line % {"user_id": user.user_id}, valid % {"minutes": settings.RESET_VALID_MINUTES}),
        reverse("account_reset_link", args=[new_reset_link(user)]),
        _("Buat kata sandi baru"),
    )  # fmt: skip


@writes("password_changed")
def password_changed(user: User, said: dict[str, Any]) -> Words:
    """Notice of a new password."""
    line = _(
        "Kata sandi akun %(user_id)s sudah diganti. Semua peramban lain sudah dikeluarkan."
    )
    return Words(
        _("Kata sandi Anda sudah diganti"),
        (line % {"user_id": user.user_id}, not_you()),
        reverse("account_reset"),
        _("Bukan saya"),
    )


@writes("factor_added")
def factor_added(user: User, said: dict[str, Any]) -> Words:
    """Notice of a new app or passkey."""
    line = _("Akun %(user_id)s sekarang memakai faktor kedua baru saat masuk.")
    return Words(
        _("Faktor kedua ditambahkan"), (line % {"user_id": user.user_id}, not_you())
    )


@writes("factor_removed")
def factor_removed(user: User, said: dict[str, Any]) -> Words:
    """Notice of a factor its owner removed."""
    line = _("Satu faktor kedua akun %(user_id)s sudah dihapus dari halaman akun.")
    return Words(
        _("Faktor kedua dihapus"), (line % {"user_id": user.user_id}, not_you())
    )


@writes("factor_dropped")
def factor_dropped(user: User, said: dict[str, Any]) -> Words:
    """Notice that a second person took the lost factor away."""
    line = _("Faktor kedua akun %(user_id)s dihapus oleh %(by)s karena hilang. Saat masuk berikutnya, pasang yang baru.")  # fmt: skip
    by = said.get("by") or _("pengelola sistem")
    return Words(
        _("Faktor kedua Anda dihapus"),
        (line % {"user_id": user.user_id, "by": by}, not_you()),
    )


@writes("codes_made")
def codes_made(user: User, said: dict[str, Any]) -> Words:
    """Notice of new recovery codes."""
    line = _(
        "Kode pemulihan baru dibuat untuk akun %(user_id)s. Kode lama tidak berlaku lagi."
    )
    return Words(
        _("Kode pemulihan baru"), (line % {"user_id": user.user_id}, not_you())
    )


@writes("email_confirm")
def email_confirm(user: User, said: dict[str, Any]) -> Words:
    """To the new address: the link, or for an address somebody has that nothing changes."""
    change = EmailChange.objects.get(pk=said["change"])
    taken = User.objects.filter(email__iexact=change.email).exclude(pk=user.pk)
    if taken.exists():
        return _email_taken()
    line = _("Seseorang ingin memakai alamat ini untuk akunnya di loket. Bila itu Anda, buka tautan ini dan pilih Konfirmasi.")  # fmt: skip
    hold = _("Alamat baru berlaku %(hours)d jam setelah dikonfirmasi. Bila bukan Anda, abaikan e-mail ini.")  # fmt: skip
    return Words(
        _("Konfirmasi alamat e-mail baru"),
        (line, hold % {"hours": settings.EMAIL_CHANGE_HOLD_HOURS}),
        reverse("account_email_confirm", args=[new_confirm_link(change)]),
        _("Konfirmasi"),
    )


def _email_taken() -> Words:
    return Words(
        _("Alamat e-mail ini sudah dipakai"),
        (
            _("Seseorang ingin memakai alamat ini untuk akun lain. Alamat ini sudah punya akun di loket, jadi tidak ada yang berubah."),
            _("Bila itu Anda, masuk dengan akun yang sudah ada atau pakai alamat lain."),
        ),
        reverse("account_login"),
        _("Masuk"),
    )  # fmt: skip


@writes("email_asked")
def email_asked(user: User, said: dict[str, Any]) -> Words:
    """To the old address, at once: what was asked for and the way to stop it (G10)."""
    change = EmailChange.objects.get(pk=said["change"])
    line = _("Seseorang meminta agar alamat e-mail akun %(user_id)s diganti. Alamat baru berlaku paling cepat %(hours)d jam lagi; sampai saat itu alamat ini tetap dipakai.")  # fmt: skip
    stop = _("Bukan Anda? Buka tautan ini untuk membatalkannya. Semua peramban dikeluarkan dan Anda mendapat tautan kata sandi baru.")  # fmt: skip
    hours = settings.EMAIL_CHANGE_HOLD_HOURS
    return Words(
        _("Alamat e-mail akun Anda akan diganti"),
        (line % {"user_id": user.user_id, "hours": hours}, stop),
        reverse("account_email_stop", args=[new_stop_link(change)]),
        _("Bukan saya, batalkan"),
    )


@writes("email_changed")
def email_changed(user: User, said: dict[str, Any]) -> Words:
    """To both addresses: the change is done."""
    line = _("Alamat e-mail akun %(user_id)s sudah diganti. E-mail berikutnya dikirim ke alamat yang baru.")  # fmt: skip
    return Words(
        _("Alamat e-mail akun Anda sudah diganti"),
        (line % {"user_id": user.user_id}, not_you()),
    )
