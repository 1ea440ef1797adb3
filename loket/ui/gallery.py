"""Invented content for the gallery of components at `/_ui/`."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.paginator import Paginator

from loket.ui.navigation import Group, Link
from loket.ui.parts import Doc, Fact, Moment, Row, Step

FACES = {"": "ui/gallery/page.html", "meja": "ui/gallery/desk.html"}
NAMES = (
    "chips", "clocks", "facts", "stub", "services", "steps", "timeline", "docs",
    "notes", "form", "level", "pager", "empty", "buttons",
)  # fmt: skip
TONES = ("", "accent", "good", "warn", "bad", "away")


def _settings() -> dict[str, Any]:
    contacts = {"telephone": ["0251-5550142"], "email": "layanan@lpse.example"}
    return {"contacts": contacts}


@dataclass(frozen=True)
class SampleOffice:
    """An office with as much as the header and the foot read of one."""

    slug: str = "contoh"
    name: str = "LPSE Kota Contoh"
    zone: str = "Asia/Jakarta"
    settings: dict[str, Any] = field(default_factory=_settings)


class SampleForm(forms.Form):
    """One field of each shape the products' forms use."""

    name = forms.CharField(label="Nama perusahaan", help_text="Seperti di akta")
    npwp = forms.CharField(
        label="NPWP perusahaan",
        help_text="15 atau 16 angka. Titik dan setrip boleh ditulis, boleh tidak.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    region = forms.ChoiceField(
        label="Kabupaten atau kota", choices=[("a", "Kota Bogor"), ("b", "Kota Depok")]
    )
    office = forms.ChoiceField(
        label="Kantor",
        choices=[("pusat", "Kantor pusat"), ("cabang", "Kantor cabang")],
        widget=forms.RadioSelect,
        help_text="Cabang memakai NITKU sendiri.",
    )
    needs = forms.MultipleChoiceField(
        label="Yang ingin ditanyakan",
        choices=[("sikap", "SIKaP"), ("unggah", "Unggah penawaran")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    deed = forms.FileField(label="Akta", help_text="PDF, paling besar 4 MB")
    remark = forms.CharField(label="Catatan", widget=forms.Textarea, required=False)
    agree = forms.BooleanField(label="Data yang saya isi benar")


def examples() -> dict[str, Any]:
    """Everything the gallery's templates print."""
    numbers = Paginator(range(60), 20)
    return {
        "faces": {"portal": "/_ui/", "desk": "/_ui/meja/"},
        "names": [f"ui/gallery/_{name}.html" for name in NAMES],
        "tones": TONES,
        "crumbs": [Link("Semua kantor", "#"), Link("LPSE Kota Contoh", "#")],
        "facts": _facts(),
        "rows": _rows(),
        "steps": _steps(),
        "moments": _moments(),
        "docs": _docs(),
        "form": SampleForm({"name": "CV Tunas Pandan", "npwp": ""}),
        "blank": SampleForm(prefix="kosong"),
        "numbers": numbers.page(2),
        "rail": _rail(),
        "office": SampleOffice(),
    }


def _facts() -> list[Fact]:
    return [
        Fact("Paling lama", "15 menit", "sejak berkas lengkap"),
        Fact("Biaya", "Gratis", "tidak dipungut biaya"),
        Fact("Jam layanan", "10.00–14.00", "WIB, Senin–Jumat"),
        Fact("Hasil", "Akun SPSE aktif", "dan tanda terima berkas"),
    ]


def _rows() -> list[Row]:
    return [
        Row("Perubahan data", "#", "Alamat atau NPWP.", strong="Paling lama 15 menit"),
        Row(
            "LPSE Contoh",
            "#",
            "sampai 14.00 WIB",
            chip="Buka",
            tone="good",
            icon="check",
        ),
    ]


def _steps() -> list[Step]:
    return [
        Step("Pendaftaran diterima", "done", "24 November 2026, 11.49 WIB"),
        Step("Jadwal video", "skipped", "Pemohon datang ke loket"),
        Step("Lengkapi berkas", "now", "Giliran Anda", "5 dari 10 menit"),
        Step("Akun diaktifkan", "next", "Pemberitahuan dikirim", "1 menit"),
    ]


def _moments() -> list[Moment]:
    return [
        Moment("12.19", "Alamat berbeda dengan akta.", who="Petugas", internal=True),
        Moment("11.55", "Meminta perbaikan satu berkas.", tone="warn"),
        Moment("11.52", "Satu berkas diterima.", "2026-11-24T11:52+07:00", tone="good"),
        Moment("11.49", "Permohonan diterima."),
    ]


def _docs() -> list[Doc]:
    return [
        Doc(
            "KTP direktur",
            "Perlu perbaikan",
            "alert",
            tone="bad",
            hint="Asli, dipindai atau difoto utuh",
            verdict="Sisi kanan terpotong.",
            advice="Foto ulang dengan keempat sudut terlihat.",
            verdict_by="Verifikator, 24 November 2026, 11.55 WIB",
            file_name="ktp-direktur.pdf",
            file_href="#",
            file_facts="1 halaman, 640 KB",
        ),
        Doc("NPWP perusahaan", "Diterima", "check", tone="good", hint="Asli"),
    ]


def _rail() -> tuple[Group, ...]:
    mine = Link("Giliran saya", "#", current=True, icon="user", count=12)
    paused = Link("Menunggu pemohon", "#", icon="pause", count=9)
    paper = Link("Standar dan SOP", "#", icon="file")
    return (Group("Daftar kerja", (mine, paused)), Group("Kantor", (paper,)))
