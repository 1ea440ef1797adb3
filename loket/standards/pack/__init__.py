"""Packs: an office and its service standards as YAML, read, checked and written without a database."""

from loket.standards.pack.base import Reading, Text
from loket.standards.pack.calendar import CalendarSpec
from loket.standards.pack.check import Pack, check, read_pack
from loket.standards.pack.components import (
    COMPONENTS,
    Component,
    extra_components,
    missing_components,
)
from loket.standards.pack.fields import FormField
from loket.standards.pack.legal import LegalBasisSpec, legal_register
from loket.standards.pack.letters import Letter, filled
from loket.standards.pack.office import Decree, OfficeSpec
from loket.standards.pack.procedure import Step, When
from loket.standards.pack.registers import Register, SignatureRoot
from loket.standards.pack.schema import json_schemas
from loket.standards.pack.source import Problem, Severity, format_problem, has_errors
from loket.standards.pack.standard import (
    ApplicantKind,
    Requirement,
    StandardSpec,
    Time,
)
from loket.standards.pack.write import write_pack

__all__ = [
    "COMPONENTS",
    "ApplicantKind",
    "CalendarSpec",
    "Component",
    "Decree",
    "FormField",
    "LegalBasisSpec",
    "Letter",
    "OfficeSpec",
    "Pack",
    "Problem",
    "Reading",
    "Register",
    "Requirement",
    "Severity",
    "SignatureRoot",
    "StandardSpec",
    "Step",
    "Text",
    "Time",
    "When",
    "check",
    "extra_components",
    "filled",
    "format_problem",
    "has_errors",
    "json_schemas",
    "legal_register",
    "missing_components",
    "read_pack",
    "write_pack",
]
