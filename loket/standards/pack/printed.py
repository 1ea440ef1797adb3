"""Components a standard publishes although nothing runs on them (PermenPANRB 15/2014, PermenPANRB 35/2012)."""

from datetime import date
from typing import Literal

from loket.standards.pack.base import Count, Name, Position, Spec, Text, Words


class Competence(Spec):
    """What a role must have learned; no `fields` means any field of study."""

    role: Name
    at_least: Words | None = None
    fields: tuple[Text, ...] = ()
    able_to: Text | None = None


class SopSheet(Spec):
    """The identity block of an SOP sheet; `approved_by` is a position, never a person."""

    number: Words
    title: Text
    made: date | None = None
    revised: date | None = None
    effective: date | None = None
    approved_by: Position
    qualification: dict[Name, Text] = {}
    related: tuple[Text, ...] = ()
    equipment: tuple[Text, ...] = ()
    warning: tuple[Text, ...] = ()
    recording: tuple[Text, ...] = ()
    total_time: Text | None = None


class Evaluation(Spec):
    """A review of how the service was given, and how often it is held."""

    title: Text
    every: Literal["week", "month", "quarter", "half_year", "year"]


class Printed(Spec):
    """The published components of a standard that no ticket needs."""

    complaints: Literal["office_contacts"] | None = None
    facilities: tuple[Text, ...] = ()
    competence: tuple[Competence, ...] = ()
    staff: dict[Name, Count] = {}
    guarantee: Text | None = None
    safety: Text | None = None
    evaluation: tuple[Evaluation, ...] = ()
    sop: SopSheet | None = None
