"""Says what the typed models refused, in simple Indonesian and with what to do about it."""

from collections.abc import Callable
from typing import Any

from pydantic_core import ErrorDetails

_SENTENCES: dict[str, Callable[[str, dict[str, Any]], str]] = {
    "missing": lambda key, _: f"'{key}' belum ada; tambahkan",
    "extra_forbidden": lambda key, _: f"kunci '{key}' tidak dikenal; periksa ejaannya",
    "string_type": lambda key, _: f"'{key}' harus berupa teks; beri tanda kutip",
    "string_too_short": lambda key, _: f"'{key}' tidak boleh kosong",
    "too_short": lambda key, _: (
        f"'{key}' tidak boleh kosong; tulis paling sedikit satu"
    ),
    "too_long": lambda key, ctx: f"'{key}' paling banyak {ctx['max_length']}",
    "bool_type": lambda key, _: f"'{key}' harus true atau false",
    "int_type": lambda key, _: f"'{key}' harus bilangan bulat tanpa tanda kutip",
    "greater_than_equal": lambda key, ctx: f"'{key}' paling kecil {ctx['ge']}",
    "tuple_type": lambda key, _: f"'{key}' harus berupa daftar, misalnya [a, b]",
    "dict_type": lambda key, _: f"'{key}' harus berisi pasangan kunci dan nilai",
    "model_type": lambda key, _: f"'{key}' harus berisi pasangan kunci dan nilai",
    "value_error": lambda key, ctx: f"'{key}': {ctx['error']}",
}
_KINDS: dict[str, Callable[[str, Any, dict[str, Any]], str]] = {
    "literal_error": lambda key, given, ctx: (
        f"'{key}' berisi '{given}'; pilih salah satu: {_choices(ctx)}"
    ),
    "string_pattern_mismatch": lambda key, given, _: (
        f"'{key}' berisi '{given}', yang bentuknya tidak sesuai"
    ),
}


def explain(error: ErrorDetails) -> str:
    """One sentence for one refusal of a model."""
    key = _key(error["loc"])
    context: dict[str, Any] = error.get("ctx", {})
    if sentence := _SENTENCES.get(error["type"]):
        return sentence(key, context)
    if detailed := _KINDS.get(error["type"]):
        return detailed(key, error["input"], context)
    if error["type"].startswith("date"):
        return f"'{key}' harus tanggal seperti 2026-08-17"
    return f"'{key}' tidak dapat dibaca; periksa penulisannya"


def _key(where: tuple[int | str, ...]) -> str:
    """The last named part of a place: `asks` of (applicants, perorangan, asks, 2)."""
    names = [str(part) for part in where if isinstance(part, str) and part != "[key]"]
    return names[-1] if names else "berkas"


def _choices(context: dict[str, Any]) -> str:
    return str(context["expected"]).replace("'", "").replace(" or ", ", ")
