"""The maklumat pelayanan: the office's promise to keep its standards (UU 25/2009 article 22)."""

import datetime as dt

from loket.standards.pack.base import Spec, Text, Words


class Maklumat(Spec):
    """The promise in the office's own words, or the plain one of loket; `signed_by` is a position, never a person."""

    text: Text | None = None
    signed_by: Words | None = None
    place: Words | None = None
    date: dt.date | None = None
