"""Verification from afar: what an office settles about its video calls (S1r, T4, T5, G7)."""

from typing import Annotated, Literal

from pydantic import Field

from loket.standards.pack.base import Code, Count, Spec, Text

ProviderCode = Literal["phone", "link"]


class Remote(Spec):
    """When calls are held, how long they last, by what, and what the applicant consents to.

    `hours` is a calendar of the office, without it any hour will do; `phone` is a number that is called,
    `link` the address of a meeting. `days_ahead` is how far in the future a call may be planned.
    """

    hours: Code | None = None
    minutes: Annotated[Count, Field(ge=5)]
    providers: tuple[ProviderCode, ...] = Field(min_length=1)
    days_ahead: Annotated[Count, Field(ge=1)]
    consent: Text
