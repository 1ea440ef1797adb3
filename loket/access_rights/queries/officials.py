"""What pages read of requests and of access given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

from loket.access_rights.models import AccessEvent, AccessGrant, AccessRequest
from loket.accounts.models import User
from loket.files.models import FileView
from loket.kernel import clock
from loket.kernel.crypto import digest
from loket.kernel.fence import as_system
from loket.offices.models import Office
from loket.offices.numbers import mask
from loket.offices.queries import hash_of
from loket.standards.pack.office import Officials
from loket.standards.queries import settings_of
from loket.tickets.queries.keeping import Looked, words_of

LINK_HOURS = 72
DRAFT = "access_request"  # in the session of the browser that used the link
RECENT = timedelta(days=90)
# A letter proves why access was given: it outlives that by a year of audits. Refused ones are
# kept for as long as the desk lists them.
LETTER_IS_KEPT = timedelta(days=365)
WORDS: dict[str, str | Promise] = {
    "submit": _("Permohonan dikirim."),
    "approve": _("Disetujui."),
    "refuse": _("Ditolak."),
    "nip_seen": _("NIP dilihat secara lengkap."),
    "lapse": _("Gugur karena tidak diputus sampai batas waktunya."),
    "end": _("Akses diakhiri."),
}


@dataclass(frozen=True)
class Line:
    """One line of a history, ready to print."""

    at: datetime
    words: str
    who: str


@dataclass(frozen=True)
class Letter:
    """A surat tugas as it was uploaded."""

    data: bytes
    name: str


@dataclass(frozen=True)
class Given:
    """A surat tugas as its official reads of it: until when it is kept, and who looked."""

    asked: AccessRequest
    kept_until: datetime
    looked: list[Looked]


@dataclass(frozen=True)
class Official:
    """What an official says of himself; `until` is the end of his term in the position."""

    name: str
    nip: str
    position: str
    work_unit: str
    phone: str
    until: datetime


def rules_of(office: Office) -> Officials | None:
    """How officials come in at this office; None where they do not."""
    rules = settings_of(office).officials
    return rules if rules is not None and rules.entry else None


@as_system()
def request_by(token: str, office: Office) -> AccessRequest | None:
    """The request of a link that can still be used."""
    found = AccessRequest.objects.filter(token_hash=hash_of(token), confirmed_at=None)
    return found.filter(office=office, token_expires_at__gt=clock.now()).first()


@as_system()
def draft_of(pk: int, office: Office) -> AccessRequest | None:
    """The confirmed request a browser works on, if it is one of this office."""
    found = AccessRequest.objects.select_related("office")
    return found.filter(pk=pk, office=office, confirmed_at__isnull=False).first()


def account_of(asked: AccessRequest) -> User | None:
    """Who signs in with the address of the request, if anybody."""
    return User.objects.registered(asked.email)


def requests_at(office: Office) -> QuerySet[AccessRequest]:
    """What was sent in here: what waits first, then what was decided lately."""
    sent = AccessRequest.objects.filter(office=office, submitted_at__isnull=False)
    lately = sent.exclude(decided_at__lt=clock.now() - RECENT)
    return lately.select_related("decided_by", "extends", "office", "letter").order_by("-submitted_at")  # fmt: skip


def waiting_first(asked: Iterable[AccessRequest]) -> list[AccessRequest]:
    """Those to decide about before the rest."""
    return sorted(asked, key=lambda one: not one.is_waiting)


def grants_at(office: Office) -> QuerySet[AccessGrant]:
    """Who holds access here now."""
    found = AccessGrant.objects.current().filter(office=office)
    return found.select_related("user", "office").order_by("until")


def grants_of(user: User) -> QuerySet[AccessGrant]:
    """The access of one person, what holds now first."""
    found = AccessGrant.objects.filter(user=user)
    return found.select_related("office").order_by("-until")


@as_system()
def letters_of(user: User) -> list[Given]:
    """The letters behind this person's access, the latest first; his NIP leads to them.

    As the system: a request has no account yet when it is made, so its row is not his.
    """
    held = AccessGrant.objects.filter(user=user).values("office", "nip_digest")
    mine = Q(pk__in=[])
    for pair in held:
        mine |= Q(office=pair["office"], nip_digest=pair["nip_digest"])
    found = AccessRequest.objects.filter(mine, is_approved=True)
    asked = list(found.select_related("office", "letter").order_by("-submitted_at"))
    looks = _looks_at([one.letter_id for one in asked if one.letter_id])
    return [
        Given(one, one.until + LETTER_IS_KEPT, looks.get(one.letter_id, []))
        for one in asked
        if one.until and one.letter_id
    ]


def _looks_at(files: list[int]) -> dict[int, list[Looked]]:
    views = FileView.objects.filter(file__in=files).values_list("file", "roles")
    found: dict[int, list[Looked]] = {}
    for file, roles, times, last in views.annotate(n=Count("pk"), last=Max("at")).order_by("-last"):  # fmt: skip
        found.setdefault(file, []).append(Looked(words_of(roles), times, last))
    return found


def past_letters() -> QuerySet[AccessRequest]:
    """Requests whose letter was kept long enough: a year past the term, or refused some months ago."""
    now = clock.now()
    over = Q(is_approved=True, until__lt=now - LETTER_IS_KEPT)
    over |= Q(is_approved=False, decided_at__lt=now - RECENT)
    over |= Q(lapsed_at__lt=now - RECENT)
    there = AccessRequest.objects.filter(letter__isnull=False, letter__destroyed_at=None)  # fmt: skip
    return there.filter(over).select_related("letter")


def holds_access(user: User) -> bool:
    """Whether some access of this person holds now."""
    return grants_of(user).filter(until__gt=clock.now()).exists()


def waiting_extension(grant: AccessGrant) -> bool:
    """Whether more time was asked for and nobody has decided."""
    return AccessRequest.objects.waiting().filter(extends=grant).exists()


def history_of(asked: AccessRequest) -> list[Line]:
    """What happened, the newest first."""
    found = AccessEvent.objects.filter(request=asked).select_related("by")
    return [
        Line(each.at, str(WORDS.get(each.name, each.name)), each.by.name if each.by else "")
        for each in found.order_by("-id")
    ]  # fmt: skip


def letter_types(office: Office) -> str:
    """What kind of file, in words."""
    uploads = settings_of(office).uploads
    types = ", ".join(uploads.types).upper()
    return gettext("%(types)s, paling besar %(most)d MB.") % {"types": types, "most": uploads.at_most_mb}  # fmt: skip


def masked(number: str) -> str:
    """A NIP as officers see it before they ask."""
    return mask(number)


def nip_digest(digits: str) -> str:
    """What a NIP is found by."""
    return digest(digits, purpose="nip")
