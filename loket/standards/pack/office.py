"""An office: where it is, when it is open, how it is reached, and the settings its services share."""

from datetime import date
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from loket.standards.pack.base import (
    Code,
    Count,
    Flag,
    Name,
    Position,
    Reading,
    Spec,
    Text,
    Words,
)
from loket.standards.pack.calendar import CalendarSpec
from loket.standards.pack.letters import Letter
from loket.standards.pack.maklumat import Maklumat
from loket.standards.pack.registers import Register, SignatureRoot
from loket.standards.pack.triage import PrioritySpec


def _known_zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("zona waktu tidak dikenal; tulis misalnya Asia/Jakarta")
    return value


MOST_DICTUMS = 9  # KESATU to KESEMBILAN, as far as papers name them
Mail = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[a-z]+$")]
Link = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$")]
Regency = Annotated[str, StringConstraints(pattern=r"^\d\d\.\d\d$")]
Zone = Annotated[str, AfterValidator(_known_zone)]


class Place(Spec):
    """Where the office receives people; `regency` is the code of Kemendagri, as in 32.71."""

    code: Code
    name: Words
    address: Words | None = None
    postal_code: Annotated[str, StringConstraints(pattern=r"^\d{5}$")] | None = None
    regency: Regency
    note: Text | None = None


class Contacts(Spec):
    """The published contacts of the office, its complaint channels; `call_centre` is the national one of LKPP."""

    telephone: tuple[Words, ...] = ()
    fax: tuple[Words, ...] = ()
    whatsapp: tuple[Words, ...] = ()
    whatsapp_note: Text | None = None
    email: tuple[Mail, ...] = ()
    suggestion_box: Flag = False
    call_centre: tuple[Words, ...] = ()
    website: Link | None = None
    helpdesk: Link | None = None


class Decree(Spec):
    """The decision a standard is annexed to; `signed_by` is a position, never a person.

    `dictums` are the points decided, in the office's own words; without them plain ones are printed.
    """

    number: Words
    date: date
    title: Text | None = None
    signed_by: Position | None = None
    considering: tuple[Text, ...] = ()
    recalling: tuple[Code, ...] = ()
    dictums: Annotated[tuple[Text, ...], Field(max_length=MOST_DICTUMS)] = ()
    place: Words | None = None


class OwnRule(Spec):
    """A legal basis that only this office has: a regional regulation or one of its own procedures."""

    kind: Words
    number: Words
    year: Count | None = None
    title: Words


class Page(Spec):
    """A page of the office in its own words, such as its quality policy (K9)."""

    title: Text
    paragraphs: tuple[Text, ...] = ()
    points: tuple[Text, ...] = ()


class Elsewhere(Spec):
    """A page of another site that the office leads to, such as the search for packages (F1, F5, F6)."""

    title: Text
    url: Link


SEALED_AT_MOST_MB = 16  # what passes the encryption in memory


class Uploads(Spec):
    """What may be uploaded; sizes in megabytes of 1,048,576 bytes. A larger exhibit stays on its medium.

    A document stored by an older loket may say more than `SEALED_AT_MOST_MB`; `pack check` refuses it anew.
    """

    types: tuple[Literal["pdf", "jpg", "png"], ...] = Field(min_length=1)
    at_most_mb: Annotated[Count, Field(ge=1)]
    exhibit_at_most_mb: Annotated[Count, Field(ge=1)] | None = None

    @property
    def sealed_at_most_mb(self) -> int:
        """How large an exhibit is taken."""
        return min(self.exhibit_at_most_mb or self.at_most_mb, SEALED_AT_MOST_MB)


class PasswordRule(Spec):
    """Classes of signs a new password must have and the colour its meter must reach (F11)."""

    classes: tuple[Literal["upper", "lower", "digit", "symbol"], ...]
    strength: Literal["green", "yellow"]


class ConfirmLink(Spec):
    """How long a confirmation link works, and after how many hours a missing delivery is an alarm (F10, C26)."""

    valid_hours: Annotated[Count, Field(ge=1)]
    deliver_within_hours: Count | None = None


class Escalation(Spec):
    """Whom a request can be passed to: a role inside the office or a named party outside it."""

    inside: Name | None = None
    outside: Text | None = None
    package: Code | None = None
    chase_every_days: Count | None = None

    @model_validator(mode="after")
    def _one_side(self) -> "Escalation":
        if (self.inside is None) == (self.outside is None):
            raise ValueError("tulis salah satu: 'inside' (peran) atau 'outside' (nama)")
        return self


class RefusalReason(Spec):
    """Why a document is refused, in this office's words: what is wrong, and what to do now."""

    title: Text
    advice: Text


class Officials(Spec):
    """How PPK, Pokja and Pejabat Pengadaan come in: whether here, and which roles approve them (A13, A15)."""

    entry: Flag = True
    approved_by: Annotated[tuple[Name, ...], Field(min_length=1)]


class Sikap(Spec):
    """The follow-up of SIKaP: reminders so many office days after activation, and when the office may let it be (G25)."""

    url: Link = "https://sikap.lkpp.go.id/"
    remind_after_days: tuple[Annotated[Count, Field(ge=1)], ...] = (1, 3, 7)
    waive_after_days: Annotated[Count, Field(ge=1)] = 14

    @model_validator(mode="after")
    def _rising(self) -> "Sikap":
        days = [*self.remind_after_days, self.waive_after_days]
        if days != sorted(set(days)):
            raise ValueError(
                "tulis remind_after_days urut naik, semuanya sebelum waive_after_days"
            )
        return self


class OfficeSpec(Spec):
    """One office as its pack describes it; `office` is its slug, `code` begins its ticket numbers."""

    schema_version: Literal[1] = Field(alias="schema")
    office: Code
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    name: Words
    parent: Words
    time_zone: Zone
    registration_mode: Literal["registrar", "companion"]
    languages: tuple[Literal["id", "en"], ...] = Field(min_length=1)
    description: Text | None = None
    places: tuple[Place, ...] = Field(min_length=1)
    contacts: Contacts
    pages: dict[Code, Page] = {}
    links: dict[Code, Elsewhere] = {}
    decrees: dict[Code, Decree] = {}
    maklumat: Maklumat | None = None
    own_rules: dict[Code, OwnRule] = {}
    calendars: dict[Code, CalendarSpec] = {}
    closures: dict[date, Words] = {}
    uploads: Uploads
    password: PasswordRule
    confirm_link: ConfirmLink
    reopen_within_days: Count
    close_unanswered_after_days: Count
    evidence_keep_days: Count = 90
    due_soon_minutes: Count = 5
    applications: tuple[Words, ...] = ()
    escalation: dict[Name, Escalation] = {}
    document_titles: dict[Code, Text] = {}
    letters: dict[Code, Letter] = {}
    refusal_reasons: dict[Code, RefusalReason] = {}
    registers: dict[Code, Register] = {}
    signature_roots: tuple[SignatureRoot, ...] = ()
    officials: Officials | None = None
    sikap: Sikap = Sikap()
    priorities: PrioritySpec = PrioritySpec()
    readings: tuple[Reading, ...] = ()

    def calendar(self, code: str) -> CalendarSpec:
        """The calendar of this code; KeyError when the office has none."""
        return self.calendars[code]
