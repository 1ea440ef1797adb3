"""Tells which words of a pack have no English, where the office publishes in English too."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from loket.standards.pack.base import Text
from loket.standards.pack.office import OfficeSpec
from loket.standards.pack.reader import Read
from loket.standards.pack.source import Problem

Place = tuple[str | int, ...]


def check_words(one: Read[Any], office: OfficeSpec) -> Iterator[Problem]:
    """A note for each text that English pages would show in Indonesian."""
    if "en" not in office.languages:
        return
    for where in _without_english(one.spec):
        yield one.source.note("belum ada padanan Inggris (en)", *where)


def _without_english(value: object, where: Place = ()) -> Iterator[Place]:
    if isinstance(value, Text):
        if not value.en and not value.id.isupper():  # an abbreviation is one name
            yield where
        return
    for key, each in _parts(value):
        yield from _without_english(each, (*where, key))


def _parts(value: object) -> Iterator[tuple[str | int, object]]:
    """What a record, a mapping or a list holds, by the key of the pack."""
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield field.alias or name, getattr(value, name)
    elif isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from enumerate(value)
