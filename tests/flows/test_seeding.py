"""`loket seed`: examples come from the rooms' own actions, so they obey every rule the rooms have."""

import json

import pytest
from django.db import connection
from django.db.models import Count
from django.test import Client

from config import seeding
from loket.access_rights.models import AccessGrant, AccessRequest
from loket.accounts.queries import code_of
from loket.files.models import StoredFile
from loket.kernel import clock, once
from loket.kernel.models import Mail
from loket.offices.models import Invitation, Membership, Office
from loket.offices.roles import Role
from loket.suppliers.models import PowerOfAttorney, Supplier
from loket.tickets.models import Event, IssuedDocument, Message, Segment, Ticket
from tests.factories.jobs import in_a_thread

pytestmark = pytest.mark.django_db(transaction=True)
FEW = seeding.Stage(6, 6, with_files=True, with_mail=True, with_cast=True)


@pytest.fixture
def seeded(tmp_path, monkeypatch):
    """Six tickets an office, and the file of accounts."""
    monkeypatch.setitem(seeding.STAGES, "busy", FEW)
    file = tmp_path / "accounts.json"
    in_a_thread(lambda: seeding.seed(stage="busy", random_seed=4, accounts_json=file))
    return json.loads(file.read_text())


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


def test_seeded_history_obeys_the_rules(seeded):
    history_keeps_the_invariants()
    numbers_follow_the_times_of_submission()
    jobs_are_done_receipts_drawn_and_mails_kept()


def test_the_accounts_file_is_true(seeded):
    every_officer_and_a_supplier_can_sign_in(seeded)
    canaries_stand_where_the_file_says(seeded)
    an_office_canary_is_not_shown_to_the_supplier_of_its_ticket(seeded)
    the_auditors_of_an_office_have_an_end_date()
    the_further_people_can_sign_in_and_see_what_is_theirs(seeded)


def history_keeps_the_invariants():
    assert Ticket.objects.count() == 3 * FEW.tickets + 1  # one business joined
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
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
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

    assert len(officers) == Membership.objects.count() == 21
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
