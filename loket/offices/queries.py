"""Read models of the office: its hours, kept in memory until something about them changes; its staff."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256

from allauth.mfa.models import Authenticator
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from loket.accounts.models import Session, User
from loket.kernel import clock
from loket.kernel.fence import as_system
from loket.offices.catalogue import services_of
from loket.offices.hours import Hours
from loket.offices.models import (
    Absence,
    Calendar,
    Closure,
    Holiday,
    Invitation,
    Membership,
    Office,
)
from loket.offices.roles import PERMISSIONS, Permission, Role
from loket.offices.week import Season
from loket.ui import navigation
from loket.ui.navigation import Group, Link

KEPT_CALENDARS = 512
USUAL = ""  # in the place of a calendar's code
USUAL_WEEK = {"mon-fri": ["08:00-16:00"]}


def hours_of(office: Office, calendar_code: str) -> Hours:
    """The hours of one calendar of an office, holidays and closures included."""
    return _hours(office.pk, calendar_code, office.hours_version)


def usual_hours(office: Office) -> Hours:
    """The usual week of a public office, to measure by where its papers print no hours; shown to nobody."""
    return _hours(office.pk, USUAL, office.hours_version)


@lru_cache(maxsize=KEPT_CALENDARS)
def _hours(office_id: int, code: str, version: int) -> Hours:
    calendar = _calendar(office_id, code)
    holidays = Holiday.objects.filter(kind__in=calendar.closed_on)
    closed = dict(holidays.values_list("date", "name"))
    closures = Closure.objects.filter(office_id=office_id)
    closed |= dict(closures.values_list("date", "reason"))
    return Hours.from_week(
        calendar.office.time_zone,
        calendar.week,
        open_end=calendar.open_end,
        closed=closed,
        seasons=[_season(row) for row in calendar.special],
        years=_known_years() if calendar.closed_on else None,
    )


def _calendar(office_id: int, code: str) -> Calendar:
    if code == USUAL:
        office = Office.objects.get(pk=office_id)
        return Calendar(
            office=office,
            week=USUAL_WEEK,
            closed_on=[Holiday.NATIONAL, Holiday.CUTI_BERSAMA],
        )
    return Calendar.objects.select_related("office").get(office_id=office_id, code=code)


def _season(row: dict[str, object]) -> Season:
    first, last = (dt.date.fromisoformat(str(row[end])) for end in ("from", "until"))
    return Season(first, last, row["week"])  # type: ignore[arg-type]  # checked by the pack


def _known_years() -> frozenset[int]:
    decreed = Holiday.objects.filter(kind=Holiday.CUTI_BERSAMA).dates("date", "year")
    return frozenset(day.year for day in decreed)


def offices() -> QuerySet[Office]:
    """Every office of the installation, by name."""
    return Office.objects.order_by("name")


@dataclass(frozen=True)
class RoleRow:
    """One role on the page of roles: what it holds in words, and whom it may appoint."""

    role: Role
    permissions: tuple[str, ...]
    appoints: tuple[str, ...]


def role_rows() -> list[RoleRow]:
    """The table of `roles.py` in words, role by role."""
    return [
        RoleRow(
            role,
            tuple(str(each.label) for each in Permission if each in PERMISSIONS[role]),
            tuple(str(other.label) for other in Role if other in role.appoints),
        )
        for role in Role
    ]


@dataclass(frozen=True)
class Colleague:
    """One line of the staff page."""

    term: Membership
    scope: str
    is_over: bool
    has_second_factor: bool
    last_active: dt.datetime | None
    may_change: bool
    away_until: dt.datetime | None


def offices_by(ids: Iterable[int]) -> QuerySet[Office]:
    """These offices; given those of a person's standing, nobody else's."""
    return Office.objects.filter(pk__in=list(ids))


def staff_page(office: Office, gives: frozenset[str]) -> list[Colleague]:
    """Everybody who works here, then those who did; the history is never cut."""
    factors = Authenticator.objects.filter(user=OuterRef("user"))
    secured = Exists(factors.exclude(type=Authenticator.Type.RECOVERY_CODES))
    found = Membership.objects.filter(office=office).select_related("user", "ended_by")
    mine = Session.objects.filter(user=OuterRef("user")).order_by().values("user")
    used = Subquery(mine.annotate(last=Max("seen_at")).values("last"))
    # Sessions are swept some days after their end, the last sign-in stays
    active = Greatest(used, F("user__last_login"))
    away = Absence.objects.current().filter(office=office, user=OuterRef("user"))
    terms = found.annotate(
        secured=secured, active=active, away=Subquery(away.values("ends_at"))
    ).order_by("user__name", "-valid_from")
    now, titles = clock.now(), services_of(office)
    rows = [
        Colleague(
            term,
            ", ".join(titles.get(code, code) for code in term.services),
            is_over := term.valid_until is not None and term.valid_until <= now,
            term.secured,  # type: ignore[attr-defined]  # annotated above
            term.active,  # type: ignore[attr-defined]  # annotated above
            may_change=term.role in gives and not is_over,
            away_until=term.away,  # type: ignore[attr-defined]  # annotated above
        )
        for term in terms
    ]
    return sorted(rows, key=lambda row: row.is_over)


def member_of(office: Office, gives: frozenset[str]) -> QuerySet[Membership]:
    """Terms of the office that are not over and that this head may change."""
    running = Membership.objects.filter(office=office, role__in=gives)  # fmt: skip
    not_over = running.filter(Q(valid_until=None) | Q(valid_until__gt=clock.now()))
    return not_over.select_related("user", "office")


def account_for(invitation: Invitation) -> User | None:
    """Who signs in with the invited address, if anybody."""
    return User.objects.registered(invitation.email)


def waiting_invitations(office: Office) -> QuerySet[Invitation]:
    """Invitations that can still be accepted, the newest first."""
    found = Invitation.objects.open().filter(office=office)
    return found.select_related("invited_by").order_by("-invited_at")


@as_system()
def invitation_of(token: str) -> Invitation | None:
    """The invitation a link was made for, if it can still be accepted."""
    found = Invitation.objects.open().filter(token_hash=hash_of(token))
    return found.select_related("office", "invited_by").first()


def hash_of(token: str) -> str:
    """How the token of a link is kept: long and random, so a plain hash is enough."""
    return sha256(token.encode()).hexdigest()


def office_group(office: Office, path: str = "") -> Group:
    """The part of the desk's rail that is about the office itself."""
    links = [
        Link(_("Petugas"), navigation.staff(office.slug), icon="users"),
        Link(_("Peran"), navigation.roles(office.slug), icon="lock"),
        Link(
            _("Surat pendaftaran"),
            navigation.registration_mails(office.slug),
            icon="mail",
        ),
        Link(
            _("Tindak lanjut SIKaP"), navigation.follow_ups(office.slug), icon="clock"
        ),
        Link(_("Catatan layanan"), navigation.log(office.slug), icon="list"),
        Link(_("Cetakan kantor"), navigation.prints(office.slug), icon="file"),
    ]
    if office.settings.get("officials"):
        links.insert(1, Link(_("Pejabat"), navigation.officials(office.slug), icon="building"))  # fmt: skip
        links.insert(2, Link(_("Akun di sistem lain"), navigation.accounts(office.slug), icon="lock"))  # fmt: skip
    return Group(
        _("Kantor"),
        tuple(replace(each, current=each.href == path) for each in links),
    )


# Who may hold tickets: read once from the table of roles
WORKING = tuple(role for role in Role if Permission.TICKET_TAKE in PERMISSIONS[role])


def workers(office: Office) -> QuerySet[User]:
    """Who works on tickets at the office now, by name."""
    terms = Membership.objects.current().filter(office=office, role__in=WORKING)
    return User.objects.filter(pk__in=terms.values("user")).order_by("name", "pk")


def workers_among(office: Office, user: User, *, everybody: bool) -> QuerySet[User]:
    """All who work on tickets at the office, or only this person if he does."""
    found = workers(office)
    return found if everybody else found.filter(pk=user.pk)


@dataclass(frozen=True)
class Worker:
    """Somebody who works on tickets here: in which roles, and until when he is away."""

    user: User
    roles: frozenset[str]
    away_until: dt.datetime | None

    @property
    def role_names(self) -> str:
        """His roles in words."""
        return ", ".join(str(role.label) for role in Role if role in self.roles)


def workers_today(office: Office) -> list[Worker]:
    """Everybody who works on tickets here with what he is and whether he is away. One statement."""
    away = Absence.objects.current().filter(office=office, user=OuterRef("user"))
    terms = Membership.objects.current().filter(office=office, role__in=WORKING)
    found = terms.select_related("user").annotate(away=Subquery(away.values("ends_at")))
    by_user: dict[int, list[Membership]] = {}
    for term in found.order_by("user__name", "user_id"):
        by_user.setdefault(term.user_id, []).append(term)
    return [
        Worker(terms[0].user, frozenset(term.role for term in terms), terms[0].away)  # type: ignore[attr-defined]  # annotated above
        for terms in by_user.values()
    ]


def absences(office: Office) -> QuerySet[Absence]:
    """Absences that hold or are to come, the nearest first."""
    found = Absence.objects.not_over().filter(office=office)
    return found.select_related("user", "entered_by").order_by("starts_at", "pk")
