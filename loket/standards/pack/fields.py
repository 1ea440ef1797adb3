"""What a service asks its applicant beside documents: the fields of its form, as the office prints them (R2, R5-R8, R17)."""

from typing import Annotated, Literal

from pydantic import Field

from loket.standards.pack.base import Code, Count, Flag, Spec, Text

FieldKind = Literal[
    "line", "text", "date", "moment", "email", "phone", "number", "choice", "many", "nip", "nik", "npwp",
]  # fmt: skip
Meaning = Literal[
    "tender_code", "tender", "stage", "reason", "force_majeure",
    "deadline_before", "deadline_after", "opening_before", "opening_after",
    "systems", "account", "valid_until",
    "changed", "new_name", "new_address", "new_phone", "new_pkp_number", "new_tax_number", "old_email", "new_email",
]  # fmt: skip
CHOOSING = ("choice", "many")


class FormField(Spec):
    """One field of the form; `applicants` narrows it to some kinds of applicant, none means all of them.

    `package` names the field of the national helpdesk's form that it fills when the request is passed on (X4).
    `means` is what a kind of step reads it as, such as the old and the new deadline of a tender, or an account's last day.
    `at_most` is the longest text in signs.
    """

    title: Text
    kind: FieldKind = "line"
    hint: Text | None = None
    choices: dict[Code, Text] = {}
    optional: Flag = False
    applicants: tuple[Code, ...] = ()
    package: (
        Literal["title", "application", "error_code", "tender_code", "type"] | None
    ) = None
    means: Meaning | None = None
    at_most: Annotated[Count, Field(ge=1, le=5000)] | None = None

    def is_asked(self, applicant: str) -> bool:
        """Whether this kind of applicant is asked."""
        return not self.applicants or applicant in self.applicants
