"""What became of the mails that were asked for, for the browser that asked and for the office."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.fence import as_system
from loket.kernel.models import Mail
from loket.offices.models import Membership, Office
from loket.standards.queries import settings_of
from loket.suppliers.models import Link, LinkRequest
from loket.suppliers.queries.drafts import hash_of

SHOWN = 50
HELD = "held"


@dataclass(frozen=True)
class Delivery:
    """One request and its mail in words: waiting, sent, delayed, failed or held, and since when."""

    request: LinkRequest
    state: str
    since: datetime

    @property
    def address(self) -> str:
        """`ha…@pandan.example`: enough to recognise it on the telephone."""
        return masked(self.request.email)

    @property
    def reason(self) -> str:
        """Why it did not arrive, in words."""
        return self.request.mail.get_reason_display() if self.request.mail else ""


def masked(email: str) -> str:
    """An address on a list many people look at."""
    name, _at, domain = email.rpartition("@")
    return f"{name[:2]}…@{domain}"


@as_system()
def request_of(pk: int, office: Office) -> LinkRequest | None:
    """What a browser asked for at this office."""
    found = LinkRequest.objects.select_related("mail", "office", "registration")
    return found.filter(pk=pk, office=office).first()


def delivery(request: LinkRequest) -> Delivery:
    """How the mail of a request stands; the same words for every address."""
    mail = request.mail
    if mail is None:
        state = HELD if request.held_until else Mail.State.WAITING.value
        return Delivery(request, state, request.held_until or request.at)
    times = {
        Mail.State.FAILED: mail.failed_at,
        Mail.State.DELAYED: mail.delayed_at,
        Mail.State.SENT: mail.sent_at,
    }
    return Delivery(request, mail.state.value, times.get(mail.state) or request.at)


def in_trouble(office: Office) -> QuerySet[LinkRequest]:
    """Requests whose mail came back or is late, unless a later one to the same address went out."""
    later = LinkRequest.objects.filter(
        office=office, email__iexact=OuterRef("email"), pk__gt=OuterRef("pk")
    )
    arrived = later.filter(mail__sent_at__isnull=False, mail__failed_at=None)
    found = _requests().filter(~Exists(arrived), office=office, held_until=None)
    return found.filter(_failed() | _late(office))


def unalarmed(office: Office) -> QuerySet[LinkRequest]:
    """Those of them nobody at the office was told of."""
    return in_trouble(office).filter(alarmed_at=None)


def _requests() -> QuerySet[LinkRequest]:
    found = LinkRequest.objects.select_related("mail", "office", "registration")
    return found.order_by("-at", "-pk")


def _failed() -> Q:
    return Q(mail__failed_at__isnull=False)


def _late(office: Office) -> Q:
    hours = settings_of(office).confirm_link.deliver_within_hours
    if hours is None:
        return Q(pk=None)
    before = clock.now() - timedelta(hours=hours)
    return Q(at__lt=before) & (Q(mail=None) | Q(mail__sent_at=None))


def troubles(office: Office) -> list[Delivery]:
    """Mails somebody at the office should see to, the newest request of each address."""
    seen: dict[str, Delivery] = {}
    for request in in_trouble(office)[: SHOWN * 4]:
        seen.setdefault(request.email.casefold(), delivery(request))
    return list(seen.values())[:SHOWN]


def deliveries_to(office: Office, email: str) -> list[Delivery]:
    """All mails to one address, for somebody who calls and names it; the newest first."""
    found = _requests().filter(office=office, email__iexact=email.strip())
    return [delivery(each) for each in found[:SHOWN]] if email.strip() else []


@as_system()
def report_link(token: str) -> Link | None:
    """The link by which somebody reports; used or not, until it is over."""
    found = Link.objects.select_related("office", "registration")
    return found.filter(
        token_hash=hash_of(token), purpose=Link.REPORT, expires_at__gt=clock.now()
    ).first()


def reports(office: Office) -> list[Link]:
    """What owners of addresses reported, the newest first."""
    found = Link.objects.filter(
        office=office, purpose=Link.REPORT, used_at__isnull=False
    )
    named = found.select_related("registration__ticket", "request")
    return list(named.order_by("-used_at")[:SHOWN])


def told(office: Office, roles: tuple[str, ...]) -> list[User]:
    """The people of an office who hold one of these roles now."""
    found = Membership.objects.current().filter(office=office, role__in=roles)
    people = {each.user_id: each.user for each in found.select_related("user")}
    return [people[key] for key in sorted(people)]
