"""Seeing a new supplier's data into SIKaP: begun at activation, ended by proof or by a reason (G25)."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.files.models import Scan
from loket.kernel import clock
from loket.suppliers.models import FollowUp, Outreach, Settled, Way
from loket.suppliers.permissions import follows_up, waives
from loket.suppliers.queries.follow_up import (
    BEGUN,
    PROOF,
    current_step,
    is_followed_up,
)
from loket.tickets.actions import WrongStatus, complete_step, prove, write_message
from loket.tickets.actions.events import record
from loket.tickets.models import Event, Proof, Ticket
from loket.tickets.permissions import Actor, does_step, is_party

INCOMPLETE = "sikap_incomplete"
File = tuple[bytes, str]


@dataclass(frozen=True)
class Seen:
    """What shows that the data are there: a file, or the day and place where somebody looked."""

    file: File | None = None
    looked_on: date | None = None
    source: str = ""


@dataclass(frozen=True)
class Ending:
    """How the follow-up is to end; `reason` is for leaving it out."""

    outcome: str
    seen: Seen = field(default_factory=Seen)
    reason: str = ""


@dataclass(frozen=True)
class Contact:
    """What an officer did to reach or help the supplier; `minutes` of help at the counter."""

    way: str
    at: datetime | None = None
    minutes: int | None = None
    note: str = ""


@transaction.atomic
def begin_follow_up(ticket: Ticket, *, by: Actor) -> FollowUp | None:
    """Start to remind, once per ticket; None where the standard sees to nothing in SIKaP."""
    if not is_followed_up(ticket):
        return None
    found, is_new = FollowUp.objects.get_or_create(
        ticket=ticket, defaults={"office": ticket.office, "begun_at": clock.now()}
    )
    if is_new:
        record(ticket, BEGUN, by=by)
    return found


@transaction.atomic
def promise_to_fill(ticket: Ticket, *, by: User) -> FollowUp:
    """The supplier states that it will fill in SIKaP, himself or to an officer (T7)."""
    found = _open(ticket, by=by)
    if not is_party(by, ticket) and not follows_up(by, ticket):
        raise PermissionDenied
    if found.promised_at is None:
        found.promised_at = clock.now()
        found.save(update_fields=["promised_at"])
        record(ticket, "sikap_promised", by=by)
    return found


@transaction.atomic
def say_filled(ticket: Ticket, *, by: User, file: File | None = None) -> FollowUp:
    """The supplier says that its data are there, perhaps with a picture; an officer still has to look."""
    found = _open(ticket, by=by)
    if not is_party(by, ticket):
        raise PermissionDenied
    if file:
        _prove(ticket, file, by=by)
    found.said_at = clock.now()
    found.promised_at = found.promised_at or found.said_at
    found.save(update_fields=["said_at", "promised_at"])
    record(ticket, "sikap_said", by=by)
    return found


@transaction.atomic
def not_yet(ticket: Ticket, *, by: User, note: str) -> None:
    """The officer looked and data are missing: the supplier reads what, and is reminded again."""
    found = _open(ticket, by=by)
    if not follows_up(by, ticket):
        raise PermissionDenied
    if not note.strip():
        raise ValidationError({"note": _("Tulis apa yang masih kurang.")})
    found.said_at = None
    found.save(update_fields=["said_at"])
    record(ticket, INCOMPLETE, by=by)
    write_message(ticket, by=by, body=note)


@transaction.atomic
def note_contact(ticket: Ticket, contact: Contact, *, by: User) -> Outreach:
    """Write down a call, a message, or help at the counter with its minutes (S1 step 13)."""
    found = _open(ticket, by=by)
    if not follows_up(by, ticket):
        raise PermissionDenied
    at = contact.at or clock.now()
    if at > clock.now():
        raise ValidationError({"at": _("Waktu ini belum tiba.")})
    if contact.way == Way.COUNTER and not contact.minutes:
        raise ValidationError({"minutes": _("Tulis berapa menit pendampingannya.")})
    made = Outreach.objects.create(
        office=ticket.office,
        follow_up=found,
        way=contact.way,
        minutes=contact.minutes if contact.way == Way.COUNTER else None,
        note=contact.note,
        by=by,
        at=at,
        recorded_at=clock.now(),
    )
    record(ticket, "sikap_contact", by=by, at=at, way=made.way, minutes=made.minutes)
    return made


@transaction.atomic
def remind(follow_up: FollowUp, days: int) -> bool:
    """Claim the reminder of so many days; False when it went out already or is not wanted any more."""
    ticket = follow_up.ticket
    ticket.lock()
    follow_up.refresh_from_db(fields=["said_at", "settled_at"])
    if not ticket.is_open or follow_up.said_at or follow_up.settled_at:
        return False
    now = clock.now()
    _made, is_new = Outreach.objects.get_or_create(
        follow_up=follow_up,
        way=Way.MAIL,
        after_days=days,
        defaults={"office": ticket.office, "at": now, "recorded_at": now},
    )
    if is_new:
        record(ticket, "sikap_reminded", by=None, days=days)
    return is_new


@transaction.atomic
def settle(ticket: Ticket, ending: Ending, *, by: User) -> FollowUp:
    """End the follow-up, and with it the steps of SIKaP at which this person may stand.

    Raises 403, `WrongStatus` when it ended meanwhile, `ValidationError` without proof or reason.
    """
    found = _open(ticket, by=by)
    if ending.outcome == Settled.WAIVED:
        _waive(found, ending.reason, by=by)
    else:
        _show(found, ending, by=by)
    found.outcome = ending.outcome
    found.settled_at, found.settled_by = clock.now(), by
    found.save()
    record(ticket, "sikap_settled", by=by, outcome=found.outcome)
    go_past(ticket, by=by, result=found.outcome)
    return found


def go_past(ticket: Ticket, *, by: User, result: str) -> None:
    """Complete every step of SIKaP in a row that this person may do."""
    while (step := current_step(ticket)) and does_step(by, ticket, step):
        complete_step(ticket, step, by=by, result=result)


def _waive(found: FollowUp, reason: str, *, by: User) -> None:
    """Leave it out; the reason stays inside the office."""
    if not waives(by, found.ticket):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"note": _("Tulis alasannya.")})
    found.reason = reason
    write_message(found.ticket, by=by, body=reason, is_internal=True)


def _show(found: FollowUp, ending: Ending, *, by: User) -> None:
    """Somebody saw the data, or they were shown: a file or day and place, else nothing is done."""
    ticket, seen = found.ticket, ending.seen
    is_own = ending.outcome == Settled.SHOWN
    if not (is_party(by, ticket) if is_own else follows_up(by, ticket)):
        raise PermissionDenied
    given = (
        _prove(ticket, seen.file, by=by)
        if seen.file
        else _newest_proof(ticket, is_own=is_own)
    )
    found.proof = given
    if not is_own and seen.source:
        today = ticket.office.local(clock.now()).date()
        found.looked_on, found.source = seen.looked_on or today, seen.source
        if found.looked_on > today:
            raise ValidationError({"looked_on": _("Tanggal ini belum tiba.")})
    if given is None and not found.source:
        raise ValidationError(
            {"file": _("Lampirkan tangkapan layar profil SIKaP yang sudah terisi.")}
            if is_own
            else {"source": _("Lampirkan bukti, atau tulis di mana data dilihat.")}
        )


def _prove(ticket: Ticket, file: File, *, by: User) -> Proof:
    data, name = file
    try:
        return prove(ticket, PROOF, data=data, name=name, by=by, by_party=True)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error


def _newest_proof(ticket: Ticket, *, is_own: bool) -> Proof | None:
    """The last picture; the supplier's own end wants one that no officer found wanting since."""
    kept = Proof.objects.filter(ticket=ticket, purpose=PROOF)
    seen = kept.filter(file__destroyed_at=None).exclude(file__scan=Scan.INFECTED)
    wanting = Event.objects.filter(ticket=ticket, name=INCOMPLETE).order_by("-pk")
    if is_own and (last := wanting.first()):
        seen = seen.filter(recorded_at__gt=last.recorded_at)
    return seen.order_by("-pk").first()


def _open(ticket: Ticket, *, by: User) -> FollowUp:
    """The ticket's follow-up, both held until the transaction ends; begun late where the ticket stands at its step."""
    ticket.lock()
    if not ticket.is_open:
        raise WrongStatus(_("Tiket ini sudah berakhir."))
    if current_step(ticket):
        begin_follow_up(ticket, by=by)
    held = FollowUp.objects.select_for_update(of=("self",)).filter(ticket=ticket)
    found = held.select_related("ticket__office").first()
    if found is None:
        raise WrongStatus(_("Tindak lanjut SIKaP tiket ini belum dimulai."))
    if not found.is_open:
        raise WrongStatus(_("Tindak lanjut SIKaP sudah diselesaikan orang lain."))
    found.ticket = ticket
    return found
