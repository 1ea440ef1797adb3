"""Packs: an office and its service standards as YAML, read, checked and written without a database."""

from loket.standards.pack.base import Reading, Text
from loket.standards.pack.calendar import CalendarSpec
from loket.standards.pack.office import Decree, OfficeSpec
from loket.standards.pack.procedure import Step, When
from loket.standards.pack.standard import (
    ApplicantKind,
    Requirement,
    StandardSpec,
    Time,
)

__all__ = [
    "ApplicantKind",
    "CalendarSpec",
    "Decree",
    "OfficeSpec",
    "Reading",
    "Requirement",
    "StandardSpec",
    "Step",
    "Text",
    "Time",
    "When",
]
