"""Letters an applicant signs: a statement, a power of attorney, a request. Printed blank or filled (R9-R11)."""

import re
from typing import Literal

from pydantic import Field, model_validator

from loket.standards.pack.base import Flag, Spec, Text

# What loket knows about an applicant and may print; the room of suppliers fills them in.
Fact = Literal[
    "name", "position", "nik", "company", "form_of_business", "tax_id", "address", "phone",
    "email", "user_id", "proxy_name", "proxy_nik", "valid_until", "ticket",
]  # fmt: skip
PLACEHOLDERS = frozenset({"service", "office", "company", "name", "proxy_name"})
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class Block(Spec):
    """Lines of facts under an opening sentence, such as who grants a power and who receives it."""

    opening: Text
    facts: tuple[Fact, ...] = ()


class Letter(Spec):
    """A letter in the office's own words. `{service}`, `{office}`, `{company}`, `{name}` and `{proxy_name}` are filled in.

    `signed_by` names who signs: the owner alone, or owner and proxy. `letterhead`: companies print it on their own.
    """

    title: Text
    blocks: tuple[Block, ...] = Field(min_length=1)
    points: tuple[Text, ...] = ()
    closing: Text | None = None
    signed_by: Literal["owner", "owner_and_proxy"] = "owner"
    addressed: Flag = False
    letterhead: Flag = False
    meterai: Flag = False
    stamped: Flag = False

    @model_validator(mode="after")
    def _known_placeholders(self) -> "Letter":
        for text in self.texts:
            for written in (text.id, text.en):
                unknown = {*PLACEHOLDER.findall(written)} - PLACEHOLDERS
                if unknown:
                    known = ", ".join(sorted(PLACEHOLDERS))
                    raise ValueError(
                        f"isian {', '.join(sorted(unknown))} tidak dikenal; yang ada: {known}"
                    )
        return self

    @property
    def texts(self) -> tuple[Text, ...]:
        """Every text that may hold a placeholder."""
        closing = (self.closing,) if self.closing else ()
        return *(block.opening for block in self.blocks), *self.points, *closing

    def speaks(self, language: str) -> bool:
        """Whether the office wrote all of it in this language; half a translation is not signed."""
        if not language.startswith("en"):
            return True
        return all(text.en for text in (self.title, *self.texts))


def filled(text: str, known: dict[str, str]) -> str:
    """The text with its placeholders replaced; what is not known becomes a line to write on."""
    return PLACEHOLDER.sub(lambda hole: known.get(hole[1]) or "……………………", text)
