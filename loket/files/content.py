"""What a file really is and how its pages look, asked of the reader, with words for each refusal."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from loket.files import bounded, frames
from loket.files.bounds import MOST_PAGES, PDF, Content

__all__ = ["PDF", "Content", "examine", "page_picture", "without_metadata"]

WORDS: dict[str, Promise] = {
    "empty": gettext_lazy("Berkas ini kosong. Pilih berkas lain, lalu unggah lagi."),
    "broken": gettext_lazy(
        "Berkas ini rusak atau bukan %(types)s. Simpan ulang, lalu unggah lagi."
    ),
    "locked": gettext_lazy(
        "PDF ini dikunci dengan kata sandi. Simpan tanpa kata sandi, lalu unggah lagi."
    ),
    "pages": gettext_lazy(
        "PDF ini berisi %(number)s halaman; paling banyak %(most)s. Bagi atau ringkas, lalu unggah lagi."
    ),
    "active": gettext_lazy(
        "PDF ini memuat skrip, formulir interaktif, atau lampiran. Cetak ulang ke PDF, lalu unggah lagi."
    ),
    "pixels": gettext_lazy("Gambar ini terlalu besar. Perkecil, lalu unggah lagi."),
    "moving": gettext_lazy(
        "Gambar ini bergerak. Simpan sebagai gambar biasa, lalu unggah lagi."
    ),
    "two_faced": gettext_lazy(
        "Di dalam berkas ini tersembunyi berkas jenis lain. Cetak ulang ke PDF atau potret ulang, lalu unggah lagi."
    ),
    "heavy": gettext_lazy(
        "Berkas ini terlalu berat untuk dibuka. Perkecil atau cetak ulang ke PDF, lalu unggah lagi."
    ),
    "unreadable": gettext_lazy(
        "Berkas ini tidak dapat dibaca. Cetak ulang ke PDF atau potret ulang, lalu unggah lagi."
    ),
    "busy": gettext_lazy("Banyak berkas sedang dibaca. Coba lagi sebentar."),
}


def examine(data: bytes, *, types: Collection[str]) -> Content:
    """Parse the bytes as one of the office's types; raises `ValidationError` that says what to do."""
    said, _ = _ask({"do": "inspect", "types": list(types)}, data, types)
    return Content(str(said["content_type"]), int(said["pages"]))


def page_picture(data: bytes, number: int, *, content_type: str, mark: str) -> bytes:
    """Page `number` (from 1) drawn anew as PNG, with `mark` across it and without metadata."""
    question = {"do": "draw", "number": number, "content_type": content_type, "mark": mark}  # fmt: skip
    _, picture = _ask(question, data, ("pdf", "jpg", "png"))
    return picture


def without_metadata(data: bytes) -> bytes:
    """A photograph drawn anew as JPEG: what it shows, and nothing about where or with what it was taken."""
    _, picture = _ask({"do": "strip"}, data, ("jpg", "png"))
    return picture


def _ask(question: dict[str, Any], data: bytes, types: Collection[str]) -> frames.Frame:
    try:
        said, body = bounded.ask(question, data)
    except bounded.GaveUp as error:
        raise _refusal("unreadable", types) from error
    except bounded.Busy as error:
        raise _refusal("busy", types) from error
    if "refused" in said:
        raise _refusal(str(said["refused"]), types, said.get("number", 0))
    return said, body


def _refusal(reason: str, types: Collection[str], number: int = 0) -> ValidationError:
    about = {"types": ", ".join(types).upper(), "number": number, "most": MOST_PAGES}
    return ValidationError(WORDS[reason] % about, code=reason)
