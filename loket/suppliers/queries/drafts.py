"""Drafts: which browser works on which, and how far its pages are filled in."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import Max, Q

from loket.kernel import clock
from loket.kernel.fence import as_system, show
from loket.offices.models import Office
from loket.standards.pack import StandardSpec
from loket.standards.queries import settings_of
from loket.suppliers.models import FormOfBusiness, Link, Registration
from loket.tickets.models import Ticket

TERMS_VERSION = (
    "2026-11-01"  # names the template of the terms that are shown and consented to
)
DRAFT = "registration"  # in the session of the browser that used the link
DRAFT_DAYS = 30  # an unfinished draft is deleted so long after the last thing saved
QUIET = timedelta(days=1)  # no mail after somebody said: not me
PAGES = ("business", "tax", "identity", "review")


def hash_of(token: str) -> str:
    """How the token of a link is kept: long and random, so a plain hash is enough."""
    return sha256(token.encode()).hexdigest()


def valid_hours(office: Office) -> timedelta:
    """How long a link of this office works."""
    return timedelta(hours=settings_of(office).confirm_link.valid_hours)


@as_system()
def open_link(token: str) -> Link | None:
    """The link of this token, while it can still open its draft."""
    found = Link.objects.select_related("registration__office")
    unused = found.filter(token_hash=hash_of(token), used_at=None)
    drafts = {"registration__finished_at": None, "registration__stopped_at": None}
    return unused.filter(
        purpose=Link.OPEN, expires_at__gt=clock.now(), **drafts
    ).first()


def is_link_open(token: str, office: Office) -> bool:
    """Whether a link of this office can still be used."""
    link = open_link(token)
    return link is not None and link.office_id == office.pk


def is_begun(token: str) -> bool:
    """Whether the draft behind a link was opened before, perhaps on another device."""
    link = open_link(token)
    return bool(link and link.registration and link.registration.confirmed_at)


def begun_draft(office: Office, email: str) -> Registration | None:
    """The newest draft of this address that can still be filled in."""
    found = Registration.objects.filter(office=office, email__iexact=email)
    return found.filter(finished_at=None, stopped_at=None).order_by("pk").last()


def quiet_until(office: Office, email: str) -> datetime | None:
    """Until when an address gets no mail because its owner reported a registration as not his."""
    reports = Link.objects.filter(office=office, purpose=Link.REPORT)
    about = Q(registration__email__iexact=email) | Q(request__email__iexact=email)
    last = reports.filter(about).aggregate(last=Max("used_at"))["last"]
    return last + QUIET if last and last + QUIET > clock.now() else None


def draft_of(pk: int, office: str, *, to_change: bool = False) -> Registration | None:
    """The confirmed registration a browser works on, if it is one of this office (by slug).

    With `to_change` its row is held until the transaction ends.
    """
    show(registration=str(pk))
    found = Registration.objects.select_related("office")
    if to_change:
        found = found.select_for_update(of=("self",))
    begun = found.filter(pk=pk, office__slug=office, confirmed_at__isnull=False)
    draft: Registration | None = begun.filter(stopped_at=None).first()
    if draft is not None:
        draft.is_held = to_change
        draft.ticket = _ticket_of(draft)
    return draft


def _ticket_of(draft: Registration) -> Ticket | None:
    """What became of the draft, which its key alone does not show."""
    if draft.ticket_id is None:
        return None
    with as_system():
        return Ticket.objects.get(pk=draft.ticket_id)


def first_unanswered(registration: Registration, spec: StandardSpec) -> str:
    """The next page to fill in; from the start when the standard no longer knows this kind of applicant."""
    typed = registration.typed
    answered = typed.get("answered", {})
    if typed.get("business", {}).get("applicant_kind") not in spec.applicants:
        return "business"
    return next((page for page in PAGES[:-1] if page not in answered), "review")


def is_reachable(registration: Registration, page: str, spec: StandardSpec) -> bool:
    """Whether all pages before this one are filled in."""
    return PAGES.index(page) <= PAGES.index(first_unanswered(registration, spec))


def is_foreign(registration: Registration) -> bool:
    """A company without an office in Indonesia: another tax number, no region, no NIK (A5)."""
    business = registration.typed.get("business", {})
    return bool(business.get("form_of_business") == FormOfBusiness.FOREIGN)


def left_at(registration: Registration, page: str) -> dict[str, Any] | None:
    """What a page shows when it is opened: what was refused last, else what was answered."""
    typed = registration.typed
    return typed.get("refused", {}).get(page) or typed.get(page)
