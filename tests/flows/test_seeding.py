"""`loket seed`: examples come from the rooms' own actions, so they obey every rule the rooms have."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.models import Count
from django.test import Client

from config import seeding
from config.filling import registration_here
from config.stories import STORIES
from loket.access_rights.models import AccessGrant, AccessRequest
from loket.accounts.queries import code_of
from loket.files.models import SignatureReport, StoredFile
from loket.kernel import clock, once
from loket.kernel.models import Mail
from loket.offices.models import Absence, Invitation, Membership, Office
from loket.offices.roles import Role
from loket.standards.queries import spec_of
from loket.suppliers.models import FollowUp, PowerOfAttorney, Sanction, Supplier
from loket.tickets.models import (
    CheckOverride,
    Document,
    Event,
    IssuedDocument,
    Message,
    Proof,
    Segment,
    Ticket,
)
from loket.verification.models import Session
from tests.factories.jobs import in_a_thread

pytestmark = pytest.mark.django_db(transaction=True)
FEW = seeding.Stage(2, 6, with_files=True, with_mail=True, with_cast=True)


@pytest.fixture
def seeded(tmp_path, monkeypatch):
    """Two tickets an office beside those of its stories, and the file of accounts."""
    monkeypatch.setitem(seeding.STAGES, "busy", FEW)
    file = tmp_path / "accounts.json"
    in_a_thread(lambda: seeding.seed(stage="busy", random_seed=4, accounts_json=file))
    return json.loads(file.read_text())


ALIKE = {
    "held by a colleague": 2, "handed over": 1, "left behind by leave": 1, "away now": 1,
    "at the counter with name and phone": 1, "merged": 1, "on the blacklist": 1,
    "let pass by the head": 1, "reopened": 1, "asked to mend": True, "second version": 1,
    "trusted signatures": 1, "unknown signatures": 1, "with pictures of registers": True,
}  # fmt: skip
FROM_AFAR = {"calls held": 1, "calls missed": 1, "calls planned": 1}
NO_CALLS = dict.fromkeys(FROM_AFAR, 0)
CAST = {
    "kota-bogor": ALIKE | FROM_AFAR | {"by mail": 1, "scans entered": 2, "SIKaP waived": 1, "turned down": 0},
    "kabupaten-batang": ALIKE | FROM_AFAR | {"by mail": 1, "scans entered": 2, "SIKaP waived": 1, "turned down": 0},
    "kota-depok": ALIKE | NO_CALLS | {"by mail": 0, "scans entered": 0, "SIKaP waived": 0, "turned down": 1},
}  # fmt: skip


def stories():
    """What each office's procedure can come to."""
    return {
        office.slug: [
            story for story in STORIES
            if story.suits(spec_of(registration_here(office).pk))
        ]
        for office in Office.objects.all()
    }  # fmt: skip


def found_at(office):
    """How many tickets, or rows that show their state, the stories left at one office."""
    tickets, events = Ticket.objects.filter(office=office), Event.objects.filter(office=office)  # fmt: skip
    colleague = f"verifikator2.{office.code.lower()}"
    calls = Session.objects.filter(office=office)
    signed = SignatureReport.objects.filter(office=office)
    given = Document.objects.filter(office=office)
    return {
        "held by a colleague": tickets.filter(assignee__user_id=colleague).count(),
        "handed over": events.filter(name="assign").count(),
        "left behind by leave": events.filter(name="release", data__why="away").count(),
        "away now": Absence.objects.current().filter(office=office).count(),
        "at the counter with name and phone": tickets.filter(channel="counter", parties=None).count(),
        "merged": tickets.filter(merged_into__office=office).count(),
        "on the blacklist": Sanction.objects.filter(office=office).count(),
        "let pass by the head": CheckOverride.objects.filter(office=office).count(),
        "reopened": events.filter(name="reopen").count(),
        "asked to mend": refused_now(office).exists(),
        "second version": given.filter(version=2, ticket__turn="office").count(),
        "trusted signatures": signed.filter(verdict="trusted").count(),
        "unknown signatures": signed.filter(verdict="unknown").count(),
        "with pictures of registers": Proof.objects.filter(office=office, purpose__startswith="check-").exists(),
        "calls held": calls.filter(status="held", is_accepted=True).count(),
        "calls missed": calls.filter(status="missed").count(),
        "calls planned": calls.planned().filter(scheduled_at__gt=clock.now()).count(),
        "by mail": tickets.filter(channel__in=("email", "letter")).count(),
        "scans entered": events.filter(name="papers_received").count(),
        "SIKaP waived": FollowUp.objects.filter(office=office, outcome="waived").count(),
        "turned down": tickets.filter(status="rejected").count(),
    }  # fmt: skip


def refused_now(office):
    """Tickets of the stories that wait for a document to be mended."""
    waiting = Ticket.objects.filter(office=office, turn="applicant")
    return waiting.filter(documents__verdicts__accepted=False, documents__version=1)


def every_state_of_a_verification_has_its_ticket():
    for office in Office.objects.order_by("slug"):
        assert (office.slug, found_at(office)) == (office.slug, CAST[office.slug])
    every_story_is_told_where_it_can_happen()
    what_is_due_can_be_seen()


def every_story_is_told_where_it_can_happen():
    suited = {slug: {story.tell.__name__ for story in each} for slug, each in stories().items()}  # fmt: skip
    assert set.union(*suited.values()) == {story.tell.__name__ for story in STORIES}


def what_is_due_can_be_seen():
    """Held calls keep their evidence, and a promise is over where the office gives one."""
    for call in Session.objects.filter(status="held"):
        assert Proof.objects.filter(purpose=call.purpose).count() == 1
    late = Ticket.objects.open().filter(due_at__lt=clock.now())
    assert {*late.values_list("office__slug", flat=True)} == {"kota-bogor", "kota-depok"}  # fmt: skip


def sign_in(account):
    """A browser in which this account has signed in, one-time code and all."""
    client = Client()
    said = {"login": account["login"], "password": account["password"]}
    answer = client.post("/masuk/", said | {once.FIELD: once.new_key()})
    if account["second_factor"]:
        assert answer.url == "/masuk/kode/"
        code = {"code": code_of(account["second_factor"]), once.FIELD: once.new_key()}
        answer = client.post("/masuk/kode/", code)
    assert answer.status_code == 302
    return client


def test_stories_can_be_told_on_a_friday_evening(tmp_path, monkeypatch):
    """An office without a calendar of its own has the usual week too: nobody works there at night."""
    monkeypatch.setitem(seeding.STAGES, "busy", FEW)
    evening = datetime(2026, 11, 20, 20, 7, tzinfo=ZoneInfo("Asia/Jakarta"))

    def seed():
        with clock.at(evening):
            seeding.seed(stage="busy", random_seed=4, accounts_json=None)

    in_a_thread(seed)
    assert not Event.objects.filter(at__gt=evening).exists()


def test_seeded_history_obeys_the_rules(seeded):
    history_keeps_the_invariants()
    numbers_follow_the_times_of_submission()
    jobs_are_done_receipts_drawn_and_mails_kept()
    every_state_of_a_verification_has_its_ticket()


def test_the_accounts_file_is_true(seeded):
    every_officer_and_a_supplier_can_sign_in(seeded)
    canaries_stand_where_the_file_says(seeded)
    an_office_canary_is_not_shown_to_the_supplier_of_its_ticket(seeded)
    the_auditors_of_an_office_have_an_end_date()
    the_further_people_can_sign_in_and_see_what_is_theirs(seeded)


def history_keeps_the_invariants():
    told = sum(map(len, stories().values()))
    others = Ticket.objects.exclude(service__code="registrasi-verifikasi")
    asked = others.count()
    assert (
        Ticket.objects.count() == 3 * FEW.tickets + told + asked + 1
    )  # one business joined
    assert others.values("service").distinct().count() == 15
    for ticket in Ticket.objects.all():
        running = Segment.objects.filter(ticket=ticket, ended_at=None).count()
        assert running == int(ticket.is_open)
        assert ticket.submitted_at <= clock.now()
        assert Event.objects.filter(ticket=ticket, at__gt=clock.now()).count() == 0


def numbers_follow_the_times_of_submission():
    for office in Office.objects.all():
        tickets = Ticket.objects.filter(office=office)
        by_number = list(tickets.order_by("number").values_list("pk", flat=True))
        by_time = list(tickets.order_by("submitted_at").values_list("pk", flat=True))
        assert by_number == by_time


def jobs_are_done_receipts_drawn_and_mails_kept():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE queue_name <> 'prints'"
        )
        assert cursor.fetchone() == (0,)
    assert not IssuedDocument.objects.filter(file=None).exists()
    assert IssuedDocument.objects.exists()
    unsent = Mail.objects.filter(sent_at=None).order_by("to")
    assert [(each.to, each.reason) for each in unsent] == [
        (f"salah.ketik.{code}@usaha.example", "unknown_mailbox")
        for code in ("bgr", "btg", "dpk")
    ]
    assert StoredFile.objects.filter(content_type="application/pdf").exists()


def every_officer_and_a_supplier_can_sign_in(seeded):
    roles = set(Role.values)
    officers = [each for each in seeded["accounts"] if each["role"] in roles]
    supplier = next(each for each in seeded["accounts"] if each["role"] == "applicant")

    assert len(officers) == Membership.objects.count() == 33
    for account in officers[:6]:
        page = sign_in(account).get("/meja/", follow=True)
        assert page.status_code == 200
        assert account["office"] in page.redirect_chain[-1][0]
    assert sign_in(supplier).get("/tiket/").status_code == 200


def canaries_stand_where_the_file_says(seeded):
    for account in seeded["accounts"]:
        if account["role"] == "applicant":
            assert (
                Supplier.objects.filter(address__contains=account["canary"]).count()
                == 1
            )
    for canary in seeded["office_canaries"].values():
        note = Message.objects.get(body__contains=canary)
        assert note.is_internal


def an_office_canary_is_not_shown_to_the_supplier_of_its_ticket(seeded):
    canary = seeded["office_canaries"]["kota-depok"]
    ticket = Message.objects.get(body__contains=canary).ticket
    owner = ticket.parties.order_by("pk")[0].user
    account = next(
        each for each in seeded["accounts"] if each["login"] == owner.user_id
    )

    page = sign_in(account).get(f"/tiket/{ticket.number}/").content.decode()

    assert canary not in page
    assert ticket.number in page


def the_further_people_can_sign_in_and_see_what_is_theirs(seeded):
    found = {
        each["role"]: each
        for each in seeded["accounts"]
        if each["office"] == "kota-depok"
    }
    power = PowerOfAttorney.objects.get(office__slug="kota-depok")
    ticket = f"/tiket/{power.ticket.number}/"

    assert power.is_accepted
    assert sign_in(found["colleague"]).get(ticket).status_code == 200
    assert sign_in(found["proxy"]).get(ticket).status_code == 200
    assert sign_in(found["official"]).get(ticket).status_code == 404
    assert AccessGrant.objects.current().count() == 1
    assert AccessRequest.objects.waiting().count() == 1
    assert Invitation.objects.open().count() == 3
    assert Supplier.objects.annotate(n=Count("registrations")).filter(n=2).count() == 1


def the_auditors_of_an_office_have_an_end_date():
    ends = Membership.objects.filter(role=Role.AUDITOR).values_list(
        "valid_until", flat=True
    )

    assert len(ends) == 6
    assert all(end > clock.now() for end in ends)
