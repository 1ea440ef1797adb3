"""What every part of a pack is made of: strict frozen records, codes, and texts in two languages."""

import re
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    Strict,
    StringConstraints,
    model_serializer,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

Flag = Annotated[bool, Strict()]
Count = Annotated[int, Strict(), Field(ge=0)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
# An academic degree after a comma, or the number of a civil servant: signs of a person where a position belongs.
_PERSON = re.compile(r"\bNIP\b|\d{8}|,\s*(?:[SM]\.\s?[A-Z]|(?:S[EHT]|M[HMT]|A\.?Md)\b)")


def _no_person(value: str) -> str:
    if _PERSON.search(value):
        raise ValueError("tulis jabatan saja, tanpa nama, gelar, atau NIP")
    return value


Position = Annotated[Words, AfterValidator(_no_person)]
# A code stands in addresses and file names: lower-case words joined by hyphens.
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
# A name that code reads, of a role, a fact or an event: `front_office`.
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class Spec(BaseModel):
    """A record of a pack: never changed after reading, and no key is silently ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Spec):
    """Words for the screen: Indonesian always, English when the office wrote it."""

    id: Words
    en: str = ""

    @model_validator(mode="before")
    @classmethod
    def _from_plain(cls, value: Any) -> Any:
        return {"id": value} if isinstance(value, str) else value

    @model_serializer
    def _to_plain(self) -> str | dict[str, str]:
        return {"id": self.id, "en": self.en} if self.en else self.id

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Tell editors that a plain string does as well as the pair."""
        words = {"id": {"type": "string"}, "en": {"type": "string"}}
        pair = {"type": "object", "properties": words, "required": ["id"]}
        return {"anyOf": [{"type": "string"}, pair | {"additionalProperties": False}]}

    def get(self, language: str = "id") -> str:
        """The words in `language`, Indonesian when there is no translation."""
        return self.en if language.startswith("en") and self.en else self.id

    def __str__(self) -> str:
        return self.id


class Reading(Spec):
    """A contradiction or gap in the published paper, and how this pack reads it (requirements C1-C27)."""

    about: Words
    printed: Words
    chosen: Words
    why: Words


def listed(value: Any) -> Any:
    """One item where a list may stand: `prints: 1` is `prints: [1]`."""
    return value if isinstance(value, list | tuple) else [value]


def unlisted(value: tuple[Any, ...]) -> Any:
    """The canonical writing of such a list: a single item stands alone."""
    return value[0] if len(value) == 1 else list(value)


def one_or_list(*types: str) -> JsonSchemaValue:
    """The same for editors: an item of these types, or a list of them."""
    item = {"type": list(types)}
    return {"anyOf": [item, {"type": "array", "items": item}]}
