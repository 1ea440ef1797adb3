"""What the partials of a page are given: plain values, ready to print, with nothing left undefined.

A room's queries build these; `tone` is accent, good, warn, bad, away or empty, never a colour.
"""

from dataclasses import dataclass
from typing import Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

Tone = Literal["", "accent", "good", "warn", "bad", "away"]
StepState = Literal["done", "now", "next", "skipped"]


@dataclass(frozen=True)
class Fact:
    """A key and its value for `_facts.html`; `note` is a second, softer line."""

    term: str
    value: object
    note: object = ""


def in_indonesian(name: str) -> SafeString | str:
    """A name that stays Indonesian on a page of any language, marked so that it is read aloud as such."""
    return format_html('<span lang="id">{}</span>', name) if name else ""


@dataclass(frozen=True)
class Row:
    """A row of `_services.html`: the whole row is the link."""

    title: str
    href: str
    text: str = ""
    strong: str = ""
    chip: str = ""
    tone: Tone = ""
    icon: str = ""


@dataclass(frozen=True)
class Step:
    """A step of `_steps.html`; `time` is actual against norm, in words."""

    title: str
    state: StepState = "next"
    note: str = ""
    time: str = ""
    number: int | None = None

    @property
    def spoken(self) -> str:
        """The state in a word, for those who do not see the mark."""
        words = {
            "done": gettext("Selesai:"),
            "now": gettext("Sekarang:"),
            "skipped": gettext("Dilewati:"),
        }
        return words.get(self.state, "")


@dataclass(frozen=True)
class Moment:
    """An entry of `_timeline.html`; `iso` is the machine's form of `at`."""

    at: str
    text: str
    iso: str = ""
    who: str = ""
    tone: Tone = ""
    internal: bool = False


@dataclass(frozen=True)
class Doc:
    """A requested document with its state for `_doc.html`; `verdict` is why it was refused."""

    title: str
    status: str
    icon: str
    tone: Tone = ""
    hint: str = ""
    verdict: str = ""
    advice: str = ""
    anchor: str = ""  # its id on the page, for links of a mail
    note: str = ""  # what the officer wrote beside the reason
    verdict_by: str = ""
    file_name: str = ""
    file_href: str = ""
    file_facts: str = ""
