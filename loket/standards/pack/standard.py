"""One version of a service standard: the record that runs, prints and times a service."""

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from loket.standards.kinds import KINDS
from loket.standards.pack.base import (
    Code,
    Count,
    Flag,
    Name,
    Reading,
    Spec,
    Text,
)
from loket.standards.pack.fields import FormField
from loket.standards.pack.printed import Printed
from loket.standards.pack.procedure import Event, Step
from loket.standards.pack.registers import TicketCheck
from loket.standards.pack.remote import Remote
from loket.standards.pack.triage import TriageSpec

# The forms of business a supplier can have; the room of suppliers names them (F12).
FormCode = Literal[
    "pt", "cv", "firma", "koperasi", "yayasan", "blu", "bumdesa", "pt_perorangan", "lain",
    "perorangan", "ud", "pd", "konsultan", "tenaga",
    "asing",
]  # fmt: skip


class Route(Spec):
    """A way to use the service; only a route via loket can be chosen here, others are explained by `how`."""

    title: Text
    via: Literal["loket", "outside"]
    how: Text | None = None


class ApplicantKind(Spec):
    """A kind of applicant: `asks` is the checklist in order, `brings` is printed advice outside it.

    `forms` are the forms of business that register as this kind; each belongs to one kind only.
    """

    title: Text
    forms: tuple[FormCode, ...] = ()
    asks: tuple[Code, ...] = ()
    brings: tuple[Code, ...] = ()


class Requirement(Spec):
    """A document the service asks for; `purpose` is written `for` and keeps it out of the checklist.

    `only_if` names a fact of `facts`; `keep_days` counts from the closing of the ticket. `template` names
    the office's letter it is written on, or says that the office hands out a form of its own.
    """

    title: Text
    note: Text | None = None
    show: tuple[Literal["original", "copy"], ...] = ()
    meterai: Flag = False
    signed: Flag = False
    stamped: Flag = False
    template: Flag | Code = False
    personal: Literal["identity", "tax"] | None = None
    keep_days: Count | None = None
    checks: tuple[Code, ...] = ()
    only_if: Name | None = None
    purpose: Literal["sikap"] | None = Field(default=None, alias="for")


class Proxy(Spec):
    """Whether somebody may appear for the owner, and what he must bring for it (C1)."""

    allowed: Flag
    asks: tuple[Code, ...] = ()
    note: Text | None = None


class Time(Spec):
    """The promised time: `value` minutes or hours over the steps it `covers`, from a named event (C5, C6)."""

    kind: Literal["max", "about", "none"]
    value: Count | None = None
    unit: Literal["service_minutes", "calendar_hours"] | None = None
    counts_from: Event | None = Field(default=None, alias="from")
    covers: tuple[Code, ...] = ()
    printed: Text | None = None

    @model_validator(mode="after")
    def _whole(self) -> "Time":
        written = {
            "value": self.value,
            "unit": self.unit,
            "from": self.counts_from,
            "covers": self.covers,
        }
        missing = [key for key, value in written.items() if not value]
        if self.kind != "none" and missing:
            raise ValueError(f"janji waktu belum lengkap: tulis {', '.join(missing)}")
        if self.kind == "none" and len(missing) < len(written):
            raise ValueError("kind 'none' tidak memakai value, unit, from atau covers")
        return self


class Cost(Spec):
    """The price in rupiah; 0 is free of charge."""

    amount: Count
    printed: Text | None = None


class Product(Spec):
    """What the applicant leaves with."""

    title: Text
    note: Text | None = None


class StandardSpec(Spec):
    """A service standard of one office from its effective date on; immutable once published (K1)."""

    schema_version: Literal[1] = Field(alias="schema")
    service: Code
    effective: date
    decree: Code | None = None
    title: Text
    description: Text | None = None
    how_to_register: Text | None = None
    audience: Literal["supplier", "official", "auditor", "public"]
    intake: tuple[
        Literal[
            "portal", "counter", "email", "whatsapp", "phone", "letter", "lpse_support"
        ],
        ...,
    ] = Field(min_length=1)
    routes: dict[Code, Route] = Field(min_length=1)
    applicants: dict[Code, ApplicantKind] = Field(min_length=1)
    facts: dict[Name, Text] = {}
    fields: dict[Name, FormField] = {}
    requirements: dict[Code, Requirement] = {}
    checks: tuple[TicketCheck, ...] = ()
    proxy: Proxy
    time: Time
    hours: Code | None = None
    remote: Remote | None = None
    cost: Cost | None = None
    products: dict[Code, Product] = {}
    procedure: tuple[Step, ...] = Field(min_length=1)
    surveys: dict[Name, Literal["before_result", "after_done"]] = {}
    triage: TriageSpec = TriageSpec()
    letters: tuple[Code, ...] = ()
    supervised_by: Name | None = None
    legal_basis: tuple[Code, ...] = ()
    printed: Printed = Printed()
    readings: tuple[Reading, ...] = ()

    @property
    def covers(self) -> tuple[str, ...]:
        """Codes of the steps the promised time covers."""
        return self.time.covers

    @property
    def kinds(self) -> set[str]:
        """The kinds of step the procedure uses."""
        return {one.kind for one in self.procedure}

    @property
    def open_routes(self) -> tuple[str, ...]:
        """Codes of the routes an applicant can choose in loket."""
        return tuple(
            code for code, route in self.routes.items() if route.via == "loket"
        )

    def is_remote(self, route: str) -> bool:
        """Whether documents are shown in a video call on this route, so that they must be uploaded before."""
        kinds = (KINDS[one.kind] for one in self.procedure if route in one.when.routes)
        return any(kind.calls for kind in kinds)

    def step(self, code: str) -> Step:
        """The step of this code; KeyError when the procedure has none."""
        return self.procedure[self._position(code)]

    def steps_for(self, route: str, applicant: str) -> tuple[Step, ...]:
        """The steps of this variant in printed order, optional ones included."""
        return tuple(one for one in self.procedure if one.matches(route, applicant))

    def first_step(self, route: str, applicant: str) -> Step:
        """Where this variant begins, a registration before the ticket included."""
        return self.steps_for(route, applicant)[0]

    def registration_steps(self, route: str, applicant: str) -> tuple[Step, ...]:
        """The leading steps that register or fill in the form: done before the ticket exists."""
        steps = self.steps_for(route, applicant)
        others = [n for n, one in enumerate(steps) if not KINDS[one.kind].opens]
        return steps[: others[0]] if others else steps

    def next_step(
        self,
        code: str,
        route: str,
        applicant: str,
        exit: str | None = None,  # noqa: A002 - the word of the pack
    ) -> Step | None:
        """The step after `code`, by `exit` for a decision; None at an end. Optional steps are not passed over."""
        step = self.step(code)
        if step.ends:
            return None
        if step.exits and exit is None:
            raise KeyError(f"step {code!r} needs an exit")
        target = step.exits[exit] if exit is not None else step.next
        start = self._position(target) if target else self._position(code) + 1
        rest = self.procedure[start:]
        return next((one for one in rest if one.matches(route, applicant)), None)

    def kind_of(self, form: str) -> str | None:
        """The kind of applicant a form of business registers as; None where it is not served."""
        kinds = (code for code, one in self.applicants.items() if form in one.forms)
        return next(kinds, None)

    def is_checked(self, applicant: str, check: str) -> bool:
        """Whether some document of this applicant is checked in this outside register."""
        return any(
            check in one.checks
            for _, one in self._requirements(self.applicants[applicant].asks)
        )

    def documents_for(
        self, applicant: str, facts: set[str] | frozenset[str] = frozenset()
    ) -> list[tuple[str, Requirement]]:
        """The checklist of this applicant in order, without documents whose `only_if` fact is absent."""
        asked = self._requirements(self.applicants[applicant].asks)
        return [(code, one) for code, one in asked if one.only_if in {None, *facts}]

    def brought_by(self, applicant: str) -> list[tuple[str, Requirement]]:
        """Documents advised beside the checklist, such as those for filling SIKaP at the counter."""
        return self._requirements(self.applicants[applicant].brings)

    def letters_for(self, applicant: str) -> tuple[str, ...]:
        """Codes of the office's letters this applicant may need: those of his documents, of a proxy, and those offered besides."""
        asked = [
            *self._requirements(self.applicants[applicant].asks),
            *self.proxy_documents(),
        ]
        named = [one.template for _, one in asked if isinstance(one.template, str)]
        return tuple(dict.fromkeys([*named, *self.letters]))

    def proxy_documents(self) -> list[tuple[str, Requirement]]:
        """What a proxy brings besides; empty where proxies are refused."""
        return self._requirements(self.proxy.asks if self.proxy.allowed else ())

    def fields_for(self, applicant: str) -> dict[str, FormField]:
        """The fields of the form this applicant fills in, in order."""
        return {
            name: one for name, one in self.fields.items() if one.is_asked(applicant)
        }

    def facts_for(self, applicant: str) -> dict[str, Text]:
        """The questions that decide this applicant's checklist."""
        asked = self._requirements(self.applicants[applicant].asks)
        return {one.only_if: self.facts[one.only_if] for _, one in asked if one.only_if}

    def _requirements(self, codes: tuple[str, ...]) -> list[tuple[str, Requirement]]:
        return [(code, self.requirements[code]) for code in codes]

    def _position(self, code: str) -> int:
        for place, step in enumerate(self.procedure):
            if step.code == code:
                return place
        raise KeyError(code)
