"""The kinds of step a procedure may use: what `pack check` must know about each, without the room that runs it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Symbol(StrEnum):
    """The drawing symbols an SOP sheet allows (PermenPANRB 35/2012); the arrow is the line between them."""

    TERMINATOR = "terminator"
    PROCESS = "process"
    DECISION = "decision"
    CONNECTOR = "connector"


class Params(BaseModel):
    """Parameters of a kind that takes none; the others add theirs."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Returning(Params):
    """A step that may send the request back to an earlier step."""

    returns_to: str | None = None


class Deciding(Params):
    """A decision: two or more exits, each naming the step it leads to."""

    exits: dict[str, str] = Field(min_length=2)
    returns_to: str | None = None


class Elsewhere(Params):
    """Work done in another system; loket only writes down that it was done, by whom and when."""

    where: object  # words of a pack, which this module must not know


class Performing(Params):
    """Work an officer does for the applicant in another system, or hands back to be corrected."""

    where: object | None = None
    returns_to: str | None = None


class Issuing(Params):
    """A step that hands out a document named in the office's `document_titles`."""

    document: str


class Activating(Params):
    """Registers that must have been looked into again shortly before: the same office day, or so many hours."""

    rechecks: tuple[str, ...] = ()
    recheck_hours: int | None = Field(default=None, ge=1)


class Passing(Params):
    """A request is passed on: `to` names parties of the office's `escalation`, one of which is chosen."""

    to: tuple[str, ...] = Field(min_length=1)


class Proving(Returning):
    """Papers that prove who somebody is; whatever of them his kind of applicant is asked for must be accepted first."""

    proofs: tuple[str, ...] = Field(min_length=2)


class Sealing(Params):
    """Evidence is sealed there; its bytes are destroyed so many days after the request ended."""

    keep_days: int = Field(default=365, ge=1)


class Holding(Params):
    """The holder of the old address may stop a change; `hours` of the calendar from when he was told."""

    hours: int = Field(default=24, ge=1)


class FollowingUp(Params):
    """With `until: promised` the step is done once the supplier has stated that it will fill in SIKaP."""

    until: Literal["promised"] | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of step: its name in a pack, its symbol on the SOP sheet and the parameters it takes.

    `receives`: documents are handed over there. `judges`: they are judged there. `delivers`: the applicant has his product after it,
    so the request can no longer be taken back. `refuses`: the request ends there, turned down.
    `calls`: it belongs to a video call, so documents are uploaded and nobody comes.
    `opens`: it can be done before the ticket exists, and the ticket then begins behind it. `asks`: the form is filled in there.
    `elapses`: loket ends it by itself when its time is over.
    `uncounted`: the office waits for somebody there, so no promised time may cover it.
    """

    name: str
    symbol: Symbol
    params: type[Params] = Params
    receives: bool = False
    judges: bool = False
    delivers: bool = False
    refuses: bool = False
    calls: bool = False
    uncounted: bool = False
    elapses: bool = False
    opens: bool = False
    asks: bool = False


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("register", Symbol.TERMINATOR, opens=True),
        Kind("request", Symbol.TERMINATOR, opens=True, asks=True),
        Kind("activate_account", Symbol.PROCESS, Activating, delivers=True),
        Kind("follow_up_sikap", Symbol.PROCESS, FollowingUp, uncounted=True),
        Kind("receive_documents", Symbol.PROCESS, Returning, receives=True),
        Kind("verify_documents", Symbol.PROCESS, Returning, judges=True),
        Kind("plan_session", Symbol.PROCESS, calls=True),
        Kind("remote_session", Symbol.PROCESS, Returning, judges=True, calls=True),
        Kind("issue_receipt", Symbol.PROCESS, Issuing),
        Kind("decide", Symbol.DECISION, Deciding),
        Kind("reject", Symbol.TERMINATOR, Returning, refuses=True),
        Kind("record_outside", Symbol.PROCESS, Elsewhere),
        Kind("issue_document", Symbol.PROCESS, Issuing),
        Kind("explain", Symbol.PROCESS, Returning, delivers=True),
        Kind("perform_outside", Symbol.PROCESS, Performing, delivers=True),
        Kind("hold_change", Symbol.PROCESS, Holding, elapses=True),
        Kind("apply_data_change", Symbol.PROCESS, Performing, delivers=True),
        Kind("disclose_user_id", Symbol.PROCESS, Proving, delivers=True),
        Kind("take_exhibit", Symbol.PROCESS, Sealing),
        Kind("record_trial", Symbol.PROCESS),
        Kind("grant_access", Symbol.PROCESS, Performing, delivers=True),
        Kind("change_schedule", Symbol.PROCESS, Performing, delivers=True),
        Kind("escalate", Symbol.PROCESS, Passing),
        Kind("receive_outside_result", Symbol.PROCESS),
    )
}

# Every parameter any kind takes: a step carries them as its own fields.
PARAMETERS: frozenset[str] = frozenset(
    name for kind in KINDS.values() for name in kind.params.model_fields
)
