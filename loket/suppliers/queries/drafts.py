"""Drafts: which browser works on which, and how far its pages are filled in."""

from datetime import datetime
from hashlib import sha256

from loket.kernel import clock
from loket.kernel.fence import as_system, show
from loket.kernel.models import Mail
from loket.offices.models import Office
from loket.standards.pack import StandardSpec
from loket.suppliers.models import FormOfBusiness, Registration

TERMS_VERSION = (
    "2026-11-01"  # names the template of the terms that are shown and consented to
)
DRAFT = "registration"  # in the session of the browser that used the link
PAGES = ("business", "tax", "identity", "review")


def hash_of(token: str) -> str:
    """How the token of a link is kept: long and random, so a plain hash is enough."""
    return sha256(token.encode()).hexdigest()


def mails_since(email: str, moment: datetime) -> int:
    """How many mails of a registration went to an address."""
    sent = Mail.objects.filter(to__iexact=email, created_at__gt=moment)
    return sent.filter(template__startswith="suppliers/mail/").count()


@as_system()
def is_link_open(token: str, office: Office) -> bool:
    """Whether a link of this office can still be used."""
    found = Registration.objects.filter(token_hash=hash_of(token), confirmed_at=None)
    return found.filter(office=office, token_expires_at__gt=clock.now()).exists()


@as_system()
def draft_of(pk: int, office: str) -> Registration | None:
    """The confirmed registration a browser works on, if it is one of this office (by slug)."""
    show(registration=str(pk))
    found = Registration.objects.select_related("office", "ticket")
    return found.filter(pk=pk, office__slug=office, confirmed_at__isnull=False).first()


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
