"""Officials with invented names and numbers, in every state a test needs."""

from datetime import UTC, datetime, timedelta
from itertools import count

from django.test import Client

from loket.access_rights.actions import begin, confirm, new_link, submit
from loket.access_rights.models import AccessRequest
from loket.access_rights.queries import DRAFT, Letter, Official
from loket.kernel import clock
from tests.factories.papers import pdf

MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
YEAR = timedelta(days=365)
PASSWORD = "Tujuh-Perahu-Layar-27"
NIP = "198503122010011001"  # invented
OTHER_NIP = "199007252015032002"
_serial = count(1)


def official(nip=NIP, **said):
    kept = {
        "name": "Galih Pamungkas", "nip": nip, "position": "ppk",
        "work_unit": "Dinas Pandan", "phone": "0812 0000 0177", "until": MONDAY + YEAR,
    }  # fmt: skip
    return Official(**(kept | said))


def letter():
    return Letter(pdf(), "surat-tugas.pdf")


def asked(office, email="galih@dinas.example"):
    """Somebody asked for a link."""
    begin(office, email=email, language="id")
    return AccessRequest.objects.filter(email=email).latest("pk")


def confirmed(office, email="galih@dinas.example"):
    """Somebody used his link."""
    return confirm(new_link(asked(office, email)))


def submitted(office, email="galih@dinas.example", *, nip=NIP, user_id=None, **said):
    """A request that waits for its decision."""
    draft = confirmed(office, email)
    user_id = user_id or f"galih{next(_serial)}"
    submit(draft, official(nip, **said), letter(), by=None, user_id=user_id, password=PASSWORD)  # fmt: skip
    return draft


def browser_of(draft):
    """The browser in which the draft's link was used."""
    client = Client()
    session = client.session
    session[DRAFT] = draft.pk
    session.save()
    client.cookies["sesi"] = session.session_key
    return client


def later(**how):
    return clock.at(MONDAY + timedelta(**how))
