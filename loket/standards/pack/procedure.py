"""One step of a procedure, as the decree prints it and as a ticket runs it (requirements F, S, T)."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from loket.standards.kinds import KINDS, PARAMETERS, Symbol
from loket.standards.pack.base import (
    Code,
    Count,
    Flag,
    Name,
    Spec,
    Text,
    listed,
    one_or_list,
    unlisted,
)

Event = Literal["submitted", "documents_received", "file_complete", "called"]
Names = Annotated[
    tuple[Name, ...],
    BeforeValidator(listed),
    PlainSerializer(unlisted),
    WithJsonSchema(one_or_list("string")),
]
Points = Annotated[
    tuple[Count, ...],
    BeforeValidator(listed),
    PlainSerializer(unlisted),
    WithJsonSchema(one_or_list("integer")),
]
Texts = Annotated[
    tuple[Text, ...],
    BeforeValidator(listed),
    PlainSerializer(lambda texts: unlisted(tuple(text.model_dump() for text in texts))),
    WithJsonSchema(one_or_list("string", "object")),
]


class When(Spec):
    """Restricts a step to some routes or kinds of applicant; empty means all of them."""

    routes: tuple[Code, ...] = ()
    applicants: tuple[Code, ...] = ()

    def matches(self, route: str, applicant: str) -> bool:
        """Whether a request on `route` by this kind of applicant takes the step."""
        return (not self.routes or route in self.routes) and (
            not self.applicants or applicant in self.applicants
        )


class Step(Spec):
    """One step: who does what, the norm in minutes, and the parameters of its kind.

    `code` is written `step` in the pack, `also` is written `with`: other roles that may do it.
    `not_by` names earlier steps: whoever did one of them may not do this one (G9).
    `prints` names the points of the published procedure; `next` makes a jump forward deliberate.
    """

    code: Code = Field(alias="step")
    kind: Name
    actor: Name
    also: Names = Field(default=(), alias="with")
    text: Text
    norm: Count | None = None
    needs: Texts = ()
    output: Text | None = None
    note: Text | None = None
    prints: Points = ()
    when: When = When()
    optional: Flag = False
    not_by: tuple[Code, ...] = ()
    emits: Event | None = None
    where: Text | None = None
    document: Code | None = None
    returns_to: Code | None = None
    until: Literal["promised"] | None = None
    to: tuple[Name, ...] = ()
    exits: dict[Code, Code] = {}
    exit_titles: dict[Code, Text] = {}
    rechecks: tuple[Code, ...] = ()
    recheck_hours: Count | None = None
    proofs: tuple[Code, ...] = ()
    keep_days: Count | None = None
    hours: Count | None = None
    next: Code | None = None
    ends: Flag = False

    @property
    def roles(self) -> tuple[str, ...]:
        """Everybody who may do the step, the printed actor first."""
        return (self.actor, *self.also)

    def exit_title(self, code: str) -> Text:
        """How a way out is called; its code, readable, where the office wrote no words."""
        plain = Text(id=code.replace("-", " ").capitalize())
        return self.exit_titles.get(code, plain)

    @property
    def refuses(self) -> bool:
        """Whether a request ends here by being turned down."""
        return KINDS[self.kind].refuses

    @property
    def symbol(self) -> Symbol:
        """The symbol the SOP sheet draws; a last step is a capsule whatever its kind."""
        return Symbol.TERMINATOR if self.ends else KINDS[self.kind].symbol

    @property
    def params(self) -> dict[str, object]:
        """The parameters written for the step's kind."""
        return {name: value for name in PARAMETERS if (value := getattr(self, name))}

    def matches(self, route: str, applicant: str) -> bool:
        """Whether a request on `route` by this kind of applicant takes the step."""
        return self.when.matches(route, applicant)
