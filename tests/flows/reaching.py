"""Every address with every id in it, what came back, and the two fences one by one."""

import re
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import Client

from loket.access_rights.models import AccessGrant
from loket.access_rights.views import desk as officials_desk, own as officials_own
from loket.kernel import fence
from loket.kernel.routes import PUBLIC, all_routes
from loket.offices.models import Membership, Office
from loket.offices.views import staff as staff_views
from loket.suppliers.models import PowerOfAttorney, Representative, Supplier
from loket.suppliers.views import (
    follow_up,
    helping,
    letters,
    people as people_views,
    proxies as proxy_views,
)
from loket.tickets.models import Ticket
from loket.tickets.models.ticket import TicketQuerySet
from loket.tickets.queries import desk
from loket.tickets.views import applicant, files, hands
from loket.verification import views as calls
from tests.factories.people import again

UNCOUNTED = (
    "django_", "kernel_oncekey", "procrastinate_", "account_", "accounts_session",
)  # fmt: skip
SIGN_OUT = "account_logout"
# Ids that belong to somebody; the rest names what is published, or a place on a page
OWNED = {
    "number", "pk", "person", "power", "invitation", "membership", "asked", "grant", "document",
    "issued", "handle", "proof", "absence", "exhibit", "account",
}  # fmt: skip
PUBLISHED_FILES = ("/cetak/", "/maklumat/")  # papers every visitor may take along
ANSWERS_OF_FILES = ("image/", "application/pdf", "application/octet-stream")


def browser_of(who):
    client = Client(raise_request_exception=False)
    if who is not None:
        client.force_login(again(who))
    return client


def routes(method):
    """The addresses that take this method."""
    return [one for one in all_routes() if method in one.policy.methods]


def is_public(route):
    return bool({*PUBLIC} & {*route.policy.roles})


def is_closed(route):
    """Whether a stranger must not get any page there: it is about somebody, or of an office's desk."""
    is_desk = "office" in route.id_params and route.path.startswith("/meja/")
    return bool(OWNED & {*route.id_params}) or is_desk


def ids_for(route, name, ids):
    """The ids of a place; some names mean another thing at one route."""
    return ids.get(f"{route.name}:{name}", ids.get(name, []))


def addresses(route, ids):
    """Every address of the route with these ids in its places."""
    found = [route.path]
    for name in route.id_params:
        place = re.compile(rf"<\w+:{name}>")
        found = [place.sub(str(one), path) for path in found for one in ids_for(route, name, ids)]  # fmt: skip
    return found


def got(client, address, **query):
    """The answer, and all that came in words: headers, cookies and body."""
    answered = client.get(address, query)
    return answered, text_of(answered)


def text_of(answered):
    body = b"".join(answered) if answered.streaming else answered.content
    return f"{answered.headers} {answered.cookies} {body.decode(errors='replace')}"


def leaks(answered, text, address, foreign):
    """Foreign words in an answer, and files; an address about the ticket may repeat how it is called."""
    named = any(word in address for word in foreign.open_words)
    may_stand = foreign.open_words if named else ()
    found = [word for word in foreign.words if word in text and word not in may_stand]
    kind = answered.headers.get("Content-Type", "")
    is_public_file = any(part in address for part in PUBLISHED_FILES)
    is_file = answered.status_code == 200 and kind.startswith(ANSWERS_OF_FILES) and not is_public_file  # fmt: skip
    return [*found, kind] if is_file else found


def take_down(standing, monkeypatch):
    """Leave only one of the two fences, or none."""
    if standing in {"only the database", "none"}:
        disable_code(monkeypatch)
    if standing in {"only the code", "none"}:
        monkeypatch.setattr(fence, "request", as_everything)


def disable_code(monkeypatch):
    """`visible_to` and its kin in every room let everything pass."""
    everywhere = list(Office.objects.values_list("pk", flat=True))
    roles = frozenset(Membership.objects.values_list("role", flat=True))
    monkeypatch.setattr(TicketQuerySet, "visible_to", lambda rows, user: rows)
    monkeypatch.setattr(TicketQuerySet, "at_desk_of", lambda rows, user: rows)
    monkeypatch.setattr(desk, "_office_ids", lambda user: everywhere)
    for views in (applicant, files, hands, letters, follow_up, calls):
        monkeypatch.setattr(
            views, "own_tickets", lambda user: Ticket.objects.with_names()
        )
    monkeypatch.setattr(
        people_views, "suppliers_of", lambda user: Supplier.objects.all()
    )
    monkeypatch.setattr(people_views, "people_of", everything(Representative))
    for views in (people_views, proxy_views):
        monkeypatch.setattr(views, "granted_by", everything(PowerOfAttorney))
    monkeypatch.setattr(proxy_views, "powers_of", everything(PowerOfAttorney))
    monkeypatch.setattr(officials_own, "grants_of", everything(AccessGrant))
    for views in (helping, follow_up):
        monkeypatch.setattr(views, "reads_at", lambda user, office: True)
    monkeypatch.setattr(staff_views, "_given", lambda request, office: roles)
    for views in (officials_desk, staff_views):
        monkeypatch.setattr(views, "offices_by", lambda ids: Office.objects.all())


def everything(model):
    """A query that asks about nobody."""

    def found(*_about) -> QuerySet:
        return model.objects.all()

    return found


@contextmanager
def as_everything(enter):
    """The person is known, but the connection stays the system, before which every policy steps aside."""
    with transaction.atomic():
        enter()
        yield


def kept():
    """The number of rows of every table and a sum over all they hold."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(UNCOUNTED):
                name = connection.ops.quote_name(table)
                cursor.execute(
                    f"SELECT count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))"  # noqa: S608 - names of the database itself
                    f" FROM {name} t"
                )
                found[table] = cursor.fetchone()
    return found
