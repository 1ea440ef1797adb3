"""A request an officer enters for somebody without an account, and its joining with one (H16, X6, G15)."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.crypto import digest
from loket.kernel.errors import Conflict
from loket.kernel.fence import as_system
from loket.offices.models import Office
from loket.offices.permissions import may
from loket.offices.roles import Permission
from loket.standards.models import Standard
from loket.standards.queries import spec_of
from loket.tickets.actions.documents import give_document
from loket.tickets.actions.events import record
from loket.tickets.actions.messages import write_message
from loket.tickets.actions.opening import (
    SIGNS,
    Applicant,
    DoneBefore,
    Request,
    open_ticket,
    record_before,
)
from loket.tickets.actions.procedure import go_on
from loket.tickets.models import Claim, Party, Ticket
from loket.tickets.models.ticket import Channel
from loket.tickets.permissions import is_party
from loket.tickets.queries.intake import (
    CLAIM,
    channels_of,
    claim_of,
    phone_digits,
    route_by,
    waits_for_registration,
)

SIGNS_IN_CLAIM = 12
TRIES = 5
LATE_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class Arrival:
    """What came in at the desk: name and phone are enough; `late_because` is asked of old letters."""

    standard: Standard
    kind: str
    channel: str
    name: str
    phone: str
    email: str = ""
    received_at: datetime | None = None
    late_because: str = ""
    note: str = ""
    outside_number: str = ""


@transaction.atomic
def receive(office: Office, arrival: Arrival, *, by: User) -> Ticket:
    """Give a request its number at the desk, and its owner a code to join it with an account later.

    Clocks count from `received_at`. Where the service begins with a registration, the ticket waits for it.
    """
    if not may(by, Permission.TICKET_TAKE, office.pk):
        raise PermissionDenied
    _check_received(arrival)
    _check_number(arrival)
    spec = spec_of(arrival.standard.pk)
    if arrival.channel not in channels_of(spec):
        raise ValidationError({"channel": _("Layanan ini tidak diterima lewat cara ini.")})  # fmt: skip
    request = Request(
        standard=arrival.standard,
        route=route_by(spec, arrival.channel),
        applicant_kind=arrival.kind,
        channel=arrival.channel,
        received_at=arrival.received_at,
        registers_first=True,
        outside_number=arrival.outside_number,
    )
    applicant = Applicant(arrival.name, None, arrival.phone, arrival.email)
    ticket = open_ticket(office, request, applicant, by=by)
    _make_claim(ticket)
    for text in filter(None, (arrival.note, arrival.late_because)):
        write_message(ticket, by=by, body=text, is_internal=True)
    return ticket


def _check_received(arrival: Arrival) -> None:
    """The true time, which is not in the future and, long ago, has a reason."""
    now = clock.now()
    at = arrival.received_at or now
    if at > now:
        raise ValidationError({"received_at": _("Waktu ini belum tiba.")})
    if now - at > LATE_AFTER and not arrival.late_because.strip():
        message = _("Lebih dari %(days)s hari yang lalu. Tulis mengapa baru dicatat.")
        days = {"days": LATE_AFTER.days}
        raise ValidationError({"late_because": message % days})


def _check_number(arrival: Arrival) -> None:
    """What came through LPSE Support has its number there, and nothing else has one."""
    is_from_there = arrival.channel == Channel.LPSE_SUPPORT
    if is_from_there and not arrival.outside_number:
        raise ValidationError({"outside_number": _("Tulis nomor tiketnya di LPSE Support.")})  # fmt: skip
    if arrival.outside_number and not is_from_there:
        raise ValidationError({"outside_number": _("Hanya untuk yang masuk lewat LPSE Support. Kosongkan.")})  # fmt: skip


@dataclass(frozen=True)
class Mail:
    """How papers came in, and from whom."""

    channel: str
    sender: str


@transaction.atomic
def receive_papers(
    ticket: Ticket, mail: Mail, papers: dict[str, tuple[bytes, str]], *, by: User
) -> dict[str, list[str]]:
    """Give documents in the applicant's place: bytes and name of each, with the checks of every upload (T3).

    The event says that they came by mail; from whom stands in an internal note. What is wrong with one
    keeps the others from nobody: it is returned by requirement, and raised only when none was good.
    """
    if is_party(by, ticket):
        raise PermissionDenied
    refused = {}
    for requirement, (data, name) in papers.items():
        try:
            with transaction.atomic():
                give_document(ticket, requirement, by=by, data=data, name=name)
        except ValidationError as error:
            refused[requirement] = error.messages
    if not (count := len(papers) - len(refused)):
        raise ValidationError(refused)
    record(ticket, "papers_received", by=by, channel=mail.channel, count=count)
    write_message(ticket, by=by, body=mail.sender, is_internal=True)
    return refused


def _make_claim(ticket: Ticket) -> None:
    code = "".join(secrets.choice(SIGNS) for _ in range(SIGNS_IN_CLAIM))
    Claim.objects.create(
        office_id=ticket.office_id,
        ticket=ticket,
        code=code,
        code_digest=digest(code, purpose=CLAIM),
        made_at=clock.now(),
    )


@as_system()
def check_claim(code: str, phone: str, *, office: Office) -> Claim | None:
    """The claim of this code, when the phone number is the one given at the desk; wrong ones are counted."""
    claim = claim_of(code, office)
    if claim is None or claim.tries >= TRIES:
        return None
    if phone_digits(claim.ticket.phone) == phone_digits(phone):
        return claim
    Claim.objects.filter(pk=claim.pk).update(tries=F("tries") + 1)
    return None


@transaction.atomic
def join_request(
    claim: Claim, request: Request, applicant: Applicant, *, by: User, before: tuple[DoneBefore, ...] = ()
) -> Ticket:  # fmt: skip
    """The registration of somebody the desk knows already goes on in that ticket; its number stays.

    Raises Conflict when the code was used meanwhile or the ticket no longer waits for a registration.
    """
    ticket = claim.ticket
    ticket.lock()
    now = clock.now()
    unused = Claim.objects.filter(pk=claim.pk, used_at=None)
    spec = spec_of(ticket.standard_id)
    if not waits_for_registration(ticket) or not unused.update(used_at=now, used_by=by):
        raise Conflict(_("Kode pada lembar dari loket ini tidak berlaku lagi."))
    ticket.route, ticket.applicant_kind = request.route, request.applicant_kind
    ticket.facts, ticket.applicant_name = list(request.facts), applicant.name
    ticket.save(update_fields=["route", "applicant_kind", "facts", "applicant_name"])
    Party.objects.create(
        office_id=ticket.office_id, ticket=ticket, user=by, since=ticket.submitted_at
    )
    record(ticket, "registered", by=by)
    for done in before:
        record_before(ticket, done, norm=spec.step(done.step).norm, by=by)
    steps = spec.steps_for(ticket.route, ticket.applicant_kind)
    passed = spec.registration_steps(ticket.route, ticket.applicant_kind)
    go_on(ticket, spec, next(iter(steps[len(passed) :]), None), by=by, at=now)
    return ticket
