"""Sessions with an owner: the store that keeps whose they are, and how long they last.

Idle and absolute limits are told from two marks inside the session, so a request costs no
statement more; the mark of the last use is written at most every few minutes.
"""

import re
from datetime import UTC, datetime
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS, SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils.crypto import get_random_string

from loket.accounts.models import Session, User
from loket.kernel import clock
from loket.kernel.crypto import digest

BEGAN, SEEN, OFFICER = "began", "seen", "officer"
DEVICE, ADDRESS = "device", "address"
BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


class SessionStore(DatabaseStore):
    """Django's store in the database; the row says whose the session is."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    owner: User | None = None  # read with the row, for `Backend.get_user`
    replaced: str | None = None  # the key its row has until it is saved under a new one

    def _get_session_from_db(self) -> Session | None:
        row: Session | None = super()._get_session_from_db()  # type: ignore[misc]  # the stubs leave it out
        self.owner = row.user if row else None
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row of this session. Its handle follows from the key: Django writes whole rows."""
        row: Any = super().create_model_instance(data)
        row.handle = UUID(digest(row.session_key, purpose="session-handle")[:32])
        row.user_id = data.get(SESSION_KEY)
        row.device, row.address = data.get(DEVICE, ""), data.get(ADDRESS, "")
        row.began_at, row.seen_at = _moment(data.get(BEGAN)), _moment(data.get(SEEN))
        return row

    def cycle_key(self) -> None:
        """Another key for what the session holds; its row is given it when the session is saved."""
        known = self._session  # type: ignore[attr-defined]  # the stubs leave it out
        self.replaced = self.replaced or self.session_key or ""
        self._session_key = self._get_new_session_key()
        self._session_cache = known
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        """Django's; a session under a new key is found by the one before, in one statement."""
        before, self.replaced = self.replaced, None
        if before is None or must_create:
            super().save(must_create=must_create)
        elif not self._rename(before):
            super().save(must_create=True)

    def _rename(self, before: str) -> bool:
        row = self.create_model_instance(self._get_session())  # type: ignore[attr-defined]  # as above
        values = {field.attname: getattr(row, field.attname) for field in Session._meta.concrete_fields}  # fmt: skip
        return bool(Session.objects.filter(pk=before).update(**values))

    def delete(self, session_key: str | None = None) -> None:
        """The row under any key it has had in this request."""
        keys = (self.session_key, self.replaced) if session_key is None else (session_key,)  # fmt: skip
        Session.objects.filter(pk__in=filter(None, keys)).delete()

    def _get_new_session_key(self) -> str:
        """Never asked for first: 165 random bits do not meet, and the table refuses a key that is taken."""
        return get_random_string(32, VALID_KEY_CHARS)


def begin(session: SessionBase, *, device: str, address: str) -> None:
    """Mark the start of a signed-in session. Strict limits hold until it is known whose it is."""
    now = clock.now().timestamp()
    session.update(
        {BEGAN: now, SEEN: now, OFFICER: True, DEVICE: device, ADDRESS: address}
    )  # fmt: skip


def is_over(session: SessionBase) -> bool:
    """Whether it was left alone, or has lasted, longer than allowed."""
    now = clock.now().timestamp()
    kind = "officer" if session.get(OFFICER, True) else "applicant"
    limits = settings.SESSION_LIMITS[kind]
    idle, age = now - session.get(SEEN, now), now - session.get(BEGAN, now)
    return bool(idle >= limits["idle"] or age >= limits["absolute"])


def touch(session: SessionBase) -> None:
    """Note that it is in use, unless that was noted a moment ago."""
    now = clock.now().timestamp()
    if now - session.get(SEEN, 0) >= settings.SESSION_NOTED_EVERY:
        session[SEEN] = now


def mark_officer(session: SessionBase, *, is_officer: bool) -> None:
    """Remember which limits hold; written only when that changes."""
    if session.get(OFFICER) is not is_officer:
        session[OFFICER] = is_officer


def device_of(agent: str) -> str:
    """Browser and system in two words, for the person's own list."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    return " · ".join(filter(None, (browser, system))) or re.sub(r"[/ ].*", "", agent)[:40]  # fmt: skip


def part_of(address: str) -> str:
    """Enough of a network address to recognise a place by, not a person."""
    found = ip_address(address)
    if isinstance(found, IPv4Address):
        return ".".join([*address.split(".")[:3], "*"])
    return str(ip_network(f"{address}/48", strict=False).network_address) + "*"


def _moment(mark: float | None) -> datetime | None:
    return None if mark is None else datetime.fromtimestamp(mark, UTC)
