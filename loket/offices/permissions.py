"""Who is what in which office: read once per request from the memberships that hold now."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.db import connection

from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.models import Absence, Membership
from loket.offices.roles import PERMISSIONS, Permission, Role

Person = User | AnonymousUser


@dataclass(frozen=True)
class Standing:
    """The roles of one person, by office id; `scopes` names the services where he reads only these."""

    by_office: dict[int, frozenset[str]] = field(default_factory=dict)
    scopes: dict[int, frozenset[str]] = field(default_factory=dict)

    @property
    def roles(self) -> frozenset[str]:
        return frozenset().union(*self.by_office.values())

    def offices_with(self, permission: Permission) -> list[int]:
        """The offices in which some role of this person holds the permission."""
        return [
            office
            for office, roles in self.by_office.items()
            if any(permission in PERMISSIONS[role] for role in roles)
        ]

    def appoints(self, office_id: int) -> frozenset[str]:
        """The roles this person may give and take in an office."""
        roles = self.by_office.get(office_id, frozenset())
        return frozenset().union(*(Role(role).appoints for role in roles))


def enter(user: Person) -> None:
    """Tell the database who asks and learn in the same statement what he is (see `loket_enter`)."""
    if not user.is_authenticated:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM loket_enter(%s, %s)", [user.pk, clock.now()])
        rows = [
            (office, role, json.loads(services)) for office, role, services in cursor
        ]
    user._standing = _grouped(rows)  # type: ignore[attr-defined]  # as in `standing`


def standing(user: Person) -> Standing:
    """What the person is now. Kept on the user object, so a request asks once."""
    if not user.is_authenticated:
        return Standing()
    known: Standing | None = getattr(user, "_standing", None)
    if known is None:
        known = _read(user)
        user._standing = known  # type: ignore[attr-defined]  # lives as long as the request's user
    return known


def newcomer(user: User) -> User:
    """Somebody whose account was just opened: he works nowhere, and nobody need look."""
    user._standing = Standing()  # type: ignore[attr-defined]  # as in `standing`
    return user


def may(user: Person, permission: Permission, office_id: int) -> bool:
    """Whether some role of the person in this office holds the permission."""
    return office_id in standing(user).offices_with(permission)


def has_role(user: Person, roles: Iterable[str], office_id: int) -> bool:
    """Whether the person holds one of these roles in this office."""
    return bool(standing(user).by_office.get(office_id, frozenset()) & set(roles))


def is_officer(user: Person) -> bool:
    """Whether the person works at any office now."""
    return bool(standing(user).by_office)


def is_present(user: User, office_id: int) -> bool:
    """Whether nobody wrote down that this officer is away from the office now."""
    away = Absence.objects.current().filter(office=office_id, user=user)
    return not away.exists()


def notes_absence_of(by: User, user: User, office_id: int) -> bool:
    """Officers for themselves, heads for everybody of their office."""
    if by == user:
        return may(by, Permission.TICKET_TAKE, office_id)
    return notes_absences(by, office_id)


def notes_absences(by: User, office_id: int) -> bool:
    """Whether he may write down that colleagues are away."""
    return may(by, Permission.STAFF_INVITE, office_id)


def appoints(user: Person, role: str, office_id: int) -> bool:
    """Whether the person may give this role in this office, and take it away again."""
    return role in standing(user).appoints(office_id)


def _read(user: User) -> Standing:
    current = Membership.objects.current().filter(user=user)
    return _grouped(current.values_list("office_id", "role", "services"))


def _grouped(rows: Iterable[tuple[int, str, list[str]]]) -> Standing:
    found: defaultdict[int, set[str]] = defaultdict(set)
    scopes: defaultdict[int, list[list[str]]] = defaultdict(list)
    for office, role, services in rows:
        found[office].add(role)
        scopes[office].append(services)
    return Standing(
        {office: frozenset(roles) for office, roles in found.items()},
        # One role without a scope lifts that of the others
        {
            office: frozenset().union(*each)
            for office, each in scopes.items()
            if all(each)
        },
    )
