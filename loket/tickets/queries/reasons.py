"""Why a document is refused: what is wrong, and what the applicant does now (G6, C17).

The codes are counted and translated; an office adds its own as `refusal_reasons` of its pack.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loket.offices.models import Office
from loket.standards.queries import settings_of
from loket.tickets.queries.words import words


@dataclass(frozen=True)
class Reason:
    """One coded reason in the two sentences the applicant reads."""

    code: str
    title: Promise | str
    advice: Promise | str


COMMON = (
    Reason(
        "unreadable",
        _("Buram atau tidak terbaca"),
        _("Pindai atau foto lagi di tempat terang, lurus dari atas, lalu unggah."),
    ),
    Reason(
        "cut_off",
        _("Terpotong"),
        _("Unggah lagi dengan keempat tepi dan semua halaman terlihat."),
    ),
    Reason(
        "expired",
        _("Sudah tidak berlaku"),
        _("Perpanjang dahulu, lalu unggah yang masih berlaku."),
    ),
    Reason(
        "differs",
        _("Berbeda dengan isian"),
        _("Unggah berkas yang sama dengan isian Anda, atau tulis kepada kantor mana yang benar."),
    ),
    Reason(
        "wrong_document",
        _("Bukan berkas yang diminta"),
        _("Baca nama berkas yang diminta, lalu unggah berkas itu."),
    ),
    Reason(
        "incomplete",
        _("Tidak lengkap"),
        _("Unggah satu berkas yang memuat semua halaman, tanda tangan, dan lampirannya."),
    ),
)  # fmt: skip


def title_of(code: str, reasons: dict[str, Reason]) -> str:
    """What is wrong; the bare code when the office dropped its reason since."""
    return str(reasons[code].title) if code in reasons else code


def reasons_of(office: Office) -> dict[str, Reason]:
    """The reasons officers of this office choose from: the common ones first, then its own."""
    own = settings_of(office).refusal_reasons
    found = {each.code: each for each in COMMON}
    for code, one in own.items():
        found.setdefault(code, Reason(code, words(one.title), words(one.advice)))
    return found
