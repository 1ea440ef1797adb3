"""The maklumat pelayanan: the office's promise to keep its standards (UU 25/2009 article 22)."""

import datetime as dt

from pydantic import model_validator

from loket.standards.pack.base import Position, Spec, Text, Words


class Maklumat(Spec):
    """The promise in the office's own words, or the plain one of loket; `signed_by` is a position, never a person."""

    text: Text | None = None
    signed_by: Position | None = None
    place: Words | None = None
    date: dt.date | None = None

    @model_validator(mode="after")
    def _signed(self) -> "Maklumat":
        if (self.place or self.date) and not self.signed_by:
            raise ValueError("tulis signed_by, yaitu jabatan yang menandatangani")
        return self
