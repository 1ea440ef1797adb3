"""What makes a password easy to guess here: words everybody tries, and advice in our own words (F11)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

COMMON = (
    "loket lpse spse sikap inaproc lkpp pengadaan penyedia lelang tender kantor perusahaan "
    "pemerintah indonesia merdeka garuda pancasila nusantara jakarta jawa sumatra "
    "sandi katasandi kunci rahasia masuk admin pengguna coba contoh "
    "sayang cinta sayangku bismillah alhamdulillah assalamualaikum semangat berkah sukses "
    "jaya abadi makmur sejahtera mandiri maju bersama selamat terima kasih "
    "senin selasa rabu kamis jumat sabtu minggu januari februari maret april mei juni "
    "juli agustus september oktober november desember satu dua tiga empat lima"
)
MORE_WORDS = _("Tambahkan satu atau dua kata yang tidak berhubungan.")
ADVICE = {
    "user_inputs": _("Hindari nama, alamat e-mail, dan kata yang mudah dikaitkan dengan Anda atau pengadaan."),
    "passwords": _("Bagian dari kata sandi ini sering dipakai orang. Ganti dengan kata lain."),
    "names": _("Nama orang mudah ditebak. Ganti dengan kata lain."),
    "spatial": _("Deretan tombol seperti “qwerty” mudah ditebak."),
    "repeat": _("Ulangan seperti “aaa” atau “abcabc” mudah ditebak."),
    "sequence": _("Urutan seperti “abc” atau “6543” mudah ditebak."),
    "year": _("Tanggal dan tahun mudah ditebak."),
}  # fmt: skip
NAMES = {"surnames", "male_names", "female_names"}


def advice(sequence: Iterable[dict[str, Any]]) -> list[str]:
    """What to do about the parts the meter found, each once; always how to get further."""
    found = dict.fromkeys(_cause(part) for part in sequence)
    hints = [str(ADVICE[cause]) for cause in found if cause]
    return [*hints, str(MORE_WORDS)]


def _cause(part: dict[str, Any]) -> str:
    """Under which advice a part falls; none for what is merely short or reads like no sequence."""
    if part["pattern"] in {"date", "regex"}:
        return "year"
    if part["pattern"] == "sequence" and not part["token"].isalnum():
        return ""
    if part["pattern"] != "dictionary":
        return part["pattern"] if part["pattern"] in ADVICE else ""
    source: str = part["dictionary_name"]
    return "names" if source in NAMES else source if source in ADVICE else ""
