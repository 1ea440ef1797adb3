"""Each call that was held has its minutes, for the office and the applicant; its time goes into his calendar."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.core import mail
from django.urls import reverse

from loket.files.models import StoredFile
from loket.kernel import clock
from loket.standards.queries import settings_of
from loket.tickets.models import Proof, Ticket
from loket.tickets.tasks import destroy_old_documents
from loket.verification.actions import cancel, finish, propose
from loket.verification.models import Session
from tests.factories.calling import at_call, give_all, held, plan
from tests.factories.jobs import run_jobs_here
from tests.factories.people import again, person
from tests.factories.walking import complete, step_of
from tests.unit.tickets.browsing import signed_in
from tests.unit.ui.pages import Page

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)  # 10.30 WIB


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def called(bogor):
    return at_call(bogor)


def hold(ticket, caller, at, refused=()):
    """A whole call an hour after this moment."""
    ticket = Ticket.objects.get(pk=ticket.pk)
    with clock.at(at):
        session, do = held(ticket, caller, refused)
    with clock.at(at + timedelta(hours=1)):
        do()
        finish(session, by=again(caller))
    return session


@pytest.fixture
def twice(called):
    """Refused in the first call, accepted in the second."""
    ticket, caller = called
    first = hold(ticket, caller, MONDAY, refused=("ktp-pimpinan",))
    applicant, ticket = ticket.applicant, Ticket.objects.get(pk=ticket.pk)
    ticket.applicant = applicant
    with clock.at(MONDAY + timedelta(hours=2)):
        give_all(ticket)
        while step_of(ticket).actor == "applicant":
            complete(ticket, applicant)
        while not step_of(ticket).kind.endswith("session"):
            complete(ticket, caller, complete=True)
    second = hold(ticket, caller, MONDAY + timedelta(hours=24))
    return ticket, caller, (first, second)


def read(user, name, *args, status=200):
    answered = signed_in(again(user)).get(reverse(name, args=args))
    assert answered.status_code == status
    return Page(answered.content.decode())


def marks(session):
    return [each.file.sha256 for each in Proof.objects.filter(purpose=session.purpose)]


def test_each_held_call_has_minutes_of_its_own(twice):
    ticket, caller, sessions = twice
    for session, result in zip(sessions, ("Ada berkas yang perlu diperbaiki", "Semua berkas sesuai"), strict=True):  # fmt: skip
        page = read(caller, "verification:minutes", ticket.number, session.pk)
        assert page.texts("code") == marks(session)
        assert result in " ".join(page.texts("dd"))
        assert caller.name in page.texts("dd")
    page = read(caller, "verification:session", ticket.number)
    ours = [reverse("verification:minutes", args=[ticket.number, each.pk]) for each in sessions]  # fmt: skip
    assert [each["href"] for each in page.all("a") if "/risalah/" in (each["href"] or "")] == ours  # fmt: skip


def test_applicant_reaches_the_hashes_from_his_ticket_without_names(twice):
    ticket, caller, sessions = twice
    page = read(ticket.applicant, "tickets:own", ticket.number)
    ours = [reverse("verification:own_minutes", args=[ticket.number, each.pk]) for each in sessions]  # fmt: skip
    assert [each["href"] for each in page.all("a") if "/risalah/" in (each["href"] or "")] == ours  # fmt: skip
    for session in sessions:
        page = read(ticket.applicant, "verification:own_minutes", ticket.number, session.pk)  # fmt: skip
        assert page.texts("code") == marks(session)
        assert caller.name not in " ".join(page.texts("main"))


def test_hashes_stay_when_the_pictures_are_destroyed(twice):
    ticket, _caller, (first, _second) = twice
    known = marks(first)
    days = settings_of(ticket.office).evidence_keep_days
    Ticket.objects.filter(pk=ticket.pk).update(status="closed", turn="nobody", ended_at=MONDAY, due_at=None, soon_at=None)  # fmt: skip
    with clock.at(MONDAY + timedelta(days=days + 1)):
        destroy_old_documents(0)
        page = read(
            ticket.applicant, "verification:own_minutes", ticket.number, first.pk
        )
    proof = Proof.objects.filter(purpose=first.purpose).get()
    assert StoredFile.objects.get(pk=proof.file_id).destroyed_at is not None
    assert (page.texts("code"), len(known[0])) == (known, len(sha256().hexdigest()))


def test_strangers_and_other_calls_have_no_minutes(twice, bogor):
    ticket, caller, (first, _second) = twice
    planned = Session.objects.create(
        office=ticket.office, ticket=ticket, round=9, provider="phone", where="0", language="id",
        scheduled_at=MONDAY, until=MONDAY + timedelta(hours=1), status="cancelled", officer=caller,
        planned_at=MONDAY, code="ACFHK", ended_at=MONDAY, ended_by=caller,
    )  # fmt: skip
    read(caller, "verification:minutes", ticket.number, planned.pk, status=404)
    stranger = at_call(bogor)[0].applicant
    for one in (stranger, person()):
        read(one, "verification:own_minutes", ticket.number, first.pk, status=404)


def invitations():
    """Method, sequence, start and UID of what came with the mails, in the order they were sent."""
    run_jobs_here()
    found = []
    for letter in mail.outbox:
        for each in letter.attachments:
            said = dict(line.split(":", 1) for line in each[1].replace("\r\n ", "").splitlines())  # fmt: skip
            found.append((said["METHOD"], int(said["SEQUENCE"]), said["DTSTART"], said["UID"]))  # fmt: skip
            assert each[2] == f"text/calendar; method={said['METHOD']}"
    return found


def test_planned_moved_and_cancelled_call_is_one_entry_of_the_calendar(called):
    ticket, caller = called
    name = f"{ticket.number}@"
    propose(ticket, plan(), by=again(caller))
    moved = propose(ticket, plan(MONDAY + timedelta(hours=24)), by=again(caller))
    found = invitations()
    # The first letter is written after the call was moved: a time that no longer holds is not sent along
    assert [each[:3] for each in found] == [("REQUEST", 4, "20261124T033000Z")]
    cancel(moved, by=again(caller))
    propose(Ticket.objects.get(pk=ticket.pk), plan(MONDAY + timedelta(hours=25)), by=again(caller))  # fmt: skip
    found = invitations()
    assert [each[:2] for each in found] == [("REQUEST", 4), ("CANCEL", 5), ("REQUEST", 6)]  # fmt: skip
    assert {each[3].partition("@")[0] + "@" for each in found} == {name}


def test_calendar_moves_when_each_letter_goes_out_at_once(called):
    ticket, caller = called
    propose(ticket, plan(), by=again(caller))
    invitations()
    propose(ticket, plan(MONDAY + timedelta(hours=24)), by=again(caller))
    found = invitations()
    assert [each[:3] for each in found] == [
        ("REQUEST", 2, "20261123T043000Z"),
        ("REQUEST", 4, "20261124T033000Z"),
    ]
    assert len({each[3] for each in found}) == 1
