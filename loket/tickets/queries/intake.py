"""What the desk's intake offers, and the codes on its stubs."""

from dataclasses import dataclass

from loket.kernel.crypto import digest
from loket.offices.models import Office
from loket.standards.models import Standard
from loket.standards.pack import StandardSpec
from loket.standards.queries import services_in_force, spec_of
from loket.tickets.models import Claim, Ticket
from loket.tickets.models.ticket import Channel
from loket.tickets.queries.words import words

CLAIM = "claim"  # purpose of the digest
AT_DESK = (
    Channel.COUNTER,
    Channel.PHONE,
    Channel.WHATSAPP,
    Channel.EMAIL,
    Channel.LETTER,
    Channel.LPSE_SUPPORT,
)
BY_MAIL = (Channel.EMAIL, Channel.LETTER, Channel.WHATSAPP)


@dataclass(frozen=True)
class Offer:
    """One service with the kinds of applicant it knows and the ways it is asked for, as its standard says."""

    standard: Standard
    title: str
    kinds: tuple[tuple[str, str], ...]
    channels: tuple[str, ...]


def offers(office: Office) -> list[Offer]:
    """The services of the office that officers take in, by whichever way."""
    found = []
    for standard in services_in_force(office):
        spec = spec_of(standard.pk)
        if channels := channels_of(spec):
            kinds = [(code, words(one.title)) for code, one in spec.applicants.items()]
            found.append(Offer(standard, words(spec.title), tuple(kinds), channels))
    return found


def channels_of(spec: StandardSpec) -> tuple[str, ...]:
    """The ways of `intake` that pass an officer's hands, the counter first."""
    return tuple(each for each in AT_DESK if each in spec.intake)


def route_by(spec: StandardSpec, channel: str) -> str:
    """Whoever writes from afar goes the remote way where there is one; the counter comes next."""
    afar = channel in {*BY_MAIL, Channel.LPSE_SUPPORT}
    wanted = ("remote", "counter") if afar else ("counter",)
    return next(
        (code for code in wanted if code in spec.open_routes), spec.open_routes[0]
    )


def phone_digits(phone: str) -> str:
    """`+62 812-0000` and `0812 0000` are one number."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    if digits.startswith("62"):
        return digits[2:]
    return digits.removeprefix("0")


def claim_of(code: str, office: Office) -> Claim | None:
    """The unused claim behind a code, written in any way, while its ticket is open."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    found = Claim.objects.select_related("ticket__office", "ticket__service")
    claim = found.filter(
        office=office, code_digest=digest(plain, purpose=CLAIM), used_at=None
    ).first()
    return claim if claim and claim.ticket.is_open else None


def readable_claim(ticket: Ticket) -> str:
    """`7KQ4-M2XP-ABCD`, the code for this ticket's stub; empty once it was used or when there is none."""
    claim = Claim.objects.filter(ticket=ticket, used_at=None).first()
    if claim is None or not ticket.is_open:
        return ""
    code = claim.code or ""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def claim_to_join(
    pk: int, standard: Standard, *, kind: str, route: str
) -> Claim | None:
    """The unused claim on a ticket of this service that waits for its registration and knows these answers."""
    claim = open_claim(pk, standard.office)
    if claim is None or claim.ticket.service_id != standard.service_id:
        return None
    spec = spec_of(claim.ticket.standard_id)
    is_known = kind in spec.applicants and route in spec.open_routes
    return claim if is_known and waits_for_registration(claim.ticket) else None


def open_claim(pk: int, office: Office) -> Claim | None:
    """The unused claim on an open ticket of this office."""
    found = Claim.objects.select_related("ticket__office", "ticket__service")
    claim = found.filter(pk=pk, used_at=None, office=office).first()
    return claim if claim and claim.ticket.is_open else None


def waits_for_registration(ticket: Ticket) -> bool:
    """Whether the ticket stands at a registration nobody has done."""
    if not ticket.is_open or not ticket.step:
        return False
    return spec_of(ticket.standard_id).step(ticket.step).kind == "register"
