"""Run inside a set's own environment: fill it, sign officers in, say what its pages must show, count statements."""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 - needs Django
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from config import operations  # noqa: E402
from loket.accounts.models import User  # noqa: E402
from loket.offices.models import Office  # noqa: E402
from loket.tickets.models import Ticket  # noqa: E402
from tests.bench import by_hand, filling, flows, invariants, shape  # noqa: E402
from tests.bench.browser import InProcess  # noqa: E402
from tests.factories.signing_in import with_both_factors  # noqa: E402

IS_FLOOR = settings.ROOT_URLCONF == "tests.bench.floor"
FRAMES = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def begin(models: str) -> None:
    """Packs, officers and the tickets the sets are copied from."""
    operations.ensure_key()
    by_hand.make_models(int(models))
    print("{}")


def make(tickets: str, people: str) -> None:
    """Fill the set and print what its invariants say."""
    size = shape.Size(int(tickets), int(people))
    filling.fill(settings.DATABASE_OWNER_URL, size)
    print(json.dumps(invariants.look(size)))


def officers() -> list[User]:
    """Those who work at every office."""
    return list(User.objects.filter(user_id__startswith="bangku").order_by("pk"))


def sign_in() -> None:
    """Print one cookie per officer."""
    print(json.dumps([cookie(each) for each in officers()]))


def cookie(user: User) -> str:
    """A session of this officer: for loket with both factors, for the floor as Django leaves it."""
    if not IS_FLOOR:
        client = Client()
        with_both_factors(client, user)
        name = settings.SESSION_COOKIE_NAME
        return f"{name}={client.cookies[name].value}"
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def known() -> flows.Known:
    """What the pages must show, found without loket's queries; needs the whole tables."""
    office = Office.objects.get(slug=flows.OFFICE)
    open_here = Ticket.objects.open().filter(office=office)
    rare, common = (_with_word(word) for word in (shape.RARE, shape.COMMON))
    long_ticket = Ticket.objects.order_by("-pk").values_list("number", flat=True)
    free = open_here.filter(turn="office").exclude(step="").order_by("pk")[:200]
    return flows.Known(
        min(open_here.count(), 50), long_ticket.get(pk=_long()), rare[:50], common[:50], len(common),
        list(free.values_list("number", flat=True)),
    )  # fmt: skip


def _with_word(word: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number FROM tickets_ticket WHERE id IN"
            " (SELECT ticket_id FROM tickets_message WHERE body ~* %s) ORDER BY id DESC",
            [rf"\m{word}\M"],
        )
        return [number for (number,) in cursor]


def _long() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ticket_id FROM tickets_message GROUP BY 1 HAVING count(*) = %s", [shape.LONG])  # fmt: skip
        return cursor.fetchone()[0]


def say_known() -> None:
    """Print it."""
    print(json.dumps(vars(known())))


def count(said: str) -> None:
    """Print the statements of each flow, and those with the frames of transactions."""
    print(json.dumps(counted(flows.Known(**json.loads(said)))))


def client_of(user: User) -> Client:
    """Django's client with the officer's session."""
    name, _equals, value = cookie(user).partition("=")
    client = Client()
    client.cookies[name] = value
    return client


def counted(what: flows.Known) -> dict[str, tuple[int, int]]:
    """By flow, asked twice so that nothing is read for the first time."""
    site = flows.FLOOR if IS_FLOOR else flows.LOKET
    browser = InProcess(client_of(officers()[0]))
    found = {}
    for title, flow in flows.FLOWS.items():
        if IS_FLOOR and title in flows.ONLY_LOKET:
            continue
        flow(browser, site, what)
        with CaptureQueriesContext(connection) as asked:
            flow(browser, site, what)
        real = [each for each in asked if not each["sql"].startswith(FRAMES)]
        found[title] = (len(real), len(asked))
    return found


if __name__ == "__main__":
    {"begin": begin, "make": make, "sign_in": sign_in, "known": say_known, "count": count}[sys.argv[1]](*sys.argv[2:])  # fmt: skip
