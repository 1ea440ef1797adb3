"""Tickets of any office walked through their procedure, step by step, by whoever does each step."""

from datetime import UTC, datetime

from loket.kernel import clock
from loket.offices.roles import Role
from loket.tickets.models import Ticket
from loket.tickets.permissions import does_step
from loket.tickets.queries import asked_documents
from tests.factories.people import again, officer
from tests.factories.walking import accept_all, complete, step_of

BOGOR, DEPOK, BATANG = "kota-bogor", "kota-depok", "kabupaten-batang"
OFFICES = (BOGOR, DEPOK, BATANG)
NAMES = {
    Role.VERIFIKATOR: "Wulan Prameswari",
    Role.FRONT_OFFICE: "Bayu Lesmana",
    Role.HELPDESK: "Sekar Arum",
}
SAID = {
    "periksa": {"complete": True},
    "putuskan": {"exit": "terima"},
    "aktifkan": {"system": "SPSE"},
    "setujui": {"system": "SPSE"},
    "sikap": {"result": "confirmed", "source": "Layar SIKaP"},
    "pantau": {"result": "promised"},
    "isi-sikap": {"result": "confirmed", "source": "Layar SIKaP"},
    "tolak": {"note": "Data usaha tidak sesuai."},
}


def wib(text):
    """A moment on the wall clock of the three offices."""
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)


def words(text):
    """Text with single blanks."""
    return " ".join(text.split())


def staff(office):
    """One officer of each role that any of the three procedures names, in office for years."""
    with clock.at(wib("2020-01-02 09:00")):
        return [officer(office, role, name) for role, name in NAMES.items()]


def fresh(ticket):
    return Ticket.objects.get(pk=ticket.pk)


def do(ticket, people, **said):
    """Complete the step the ticket stands at, by the first of these who may; the ticket anew."""
    step = step_of(ticket)
    by = next(each for each in people if does_step(again(each), ticket, step))
    if step.kind == "verify_documents":
        accept_all(ticket, again(by))
    complete(ticket, by, **(SAID.get(step.code, {}) | said))
    return fresh(ticket)


def walk(ticket, people, until=""):
    """Go on to this step, or to the end: the codes of the steps on the way."""
    ticket, passed = fresh(ticket), []
    while ticket.is_open and ticket.step != until:
        passed.append(ticket.step)
        ticket = do(ticket, people)
    return passed


def receive(ticket, people, at):
    """Let the documents be handed over at this moment; the ticket anew."""
    with clock.at(at):
        while fresh(ticket).counting_from is None:
            do(fresh(ticket), people)
    return fresh(ticket)


def checklist(ticket):
    """The asked documents by code, each with the forms in which it is shown."""
    return {asked.code: asked.requirement.show for asked in asked_documents(ticket)}
