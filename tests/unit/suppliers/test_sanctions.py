"""The blacklist: a head lets an account stand still until a day; everybody concerned reads why (G12, X8)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from loket.accounts.models import User
from loket.files.models import StoredFile
from loket.kernel import clock, fence
from loket.kernel.errors import Conflict
from loket.offices.permissions import enter
from loket.offices.roles import Role
from loket.standards.queries import settings_of
from loket.suppliers.actions import Activation, activate
from loket.suppliers.actions.joining import join
from loket.suppliers.actions.opening import Asked
from loket.suppliers.actions.sanctions import Entry, deactivate, lift
from loket.suppliers.models import Sanction, Supplier
from loket.suppliers.queries import TERMS_VERSION
from loket.suppliers.queries.sanctions import running_sanction
from loket.tickets.actions import prove, withdraw
from loket.tickets.models import Event, Ticket
from loket.tickets.tasks import destroy_old_documents
from tests.factories.days import today
from tests.factories.jobs import run_jobs_here
from tests.factories.papers import pdf
from tests.factories.people import again, officer
from tests.factories.registering import EMAIL, post, submitted

pytestmark = pytest.mark.django_db
FILE = (pdf(), "daftar-hitam.pdf")


@pytest.fixture
def ticket(bogor):
    return submitted(bogor).ticket


@pytest.fixture
def head(bogor):
    return officer(bogor, Role.KEPALA_BAGIAN, "Bagas Prasetya")


def entry(days=365, **more):
    said = {
        "number": "12/KEP/2026",
        "listed_on": today() - timedelta(days=3),
        "until": today() + timedelta(days=days),
        "source": "daftar-hitam.inaproc.id",
        "reason": "Pemalsuan dokumen",
        "file": FILE,
    }
    return Entry(**said | more)


def supplier():
    return Supplier.objects.get()


def applicant():
    return again(User.objects.get(email=EMAIL))


def test_head_deactivates_with_entry_and_evidence(ticket, head):
    made = deactivate(ticket, entry(), by=head)
    assert (made.office, made.by, made.proof.purpose) == (ticket.office, head, "daftar-hitam")  # fmt: skip
    assert running_sanction(supplier()) == made
    assert Event.objects.get(name="deactivated").data == {"sanction": made.pk}


@pytest.mark.parametrize("role", [Role.VERIFIKATOR, Role.HELPDESK, Role.AUDITOR])
def test_only_a_head_deactivates_and_lifts(ticket, head, bogor, depok, role):
    for stranger in (officer(bogor, role), officer(depok, Role.KEPALA_BAGIAN)):
        with pytest.raises(PermissionDenied):
            deactivate(ticket, entry(), by=stranger)
    made = deactivate(ticket, entry(), by=head)
    for stranger in (officer(bogor, role), officer(depok, Role.KEPALA_BAGIAN)):
        with pytest.raises(PermissionDenied):
            lift(made, by=stranger, reason="Keliru")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"listed_on": None}, "listed_on"),
        ({"until": None}, "until"),
        ({"file": None}, "file"),
    ],
)
def test_entry_that_cannot_be_is_refused_at_its_field(ticket, head, wrong, field):
    days = {"listed_on": today() + timedelta(days=2), "until": today() - timedelta(days=2)}  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        deactivate(ticket, entry(**{name: days.get(name) for name in wrong}), by=head)
    assert (list(refused.value.error_dict), Sanction.objects.count()) == ([field], 0)


def test_closed_ticket_needs_no_file_any_more(ticket, head):
    Ticket.objects.update(status="closed", turn="nobody", ended_at=clock.now())
    ticket.refresh_from_db()
    assert deactivate(ticket, entry(file=None), by=head).proof is None


def test_second_one_of_the_same_days_is_refused_by_the_table(ticket, head):
    first = deactivate(ticket, entry(days=10), by=head)
    with pytest.raises(Conflict):
        deactivate(ticket, entry(days=400), by=head)
    lift(first, by=head, reason="Putusan banding")
    second = deactivate(ticket, entry(), by=head)
    assert running_sanction(supplier()) == second
    assert Sanction.objects.count() == 2


def test_it_ends_by_itself_on_its_last_day(ticket, head):
    made = deactivate(ticket, entry(days=10), by=head)
    local = ticket.office.local(clock.now())
    noon = local.replace(hour=12)
    seen = []
    for days in (0, 10, 11):
        with clock.at(noon + timedelta(days=days)):
            seen.append(running_sanction(supplier()) == made)
    assert seen == [True, True, False]


def test_lifting_needs_a_reason_and_happens_once(ticket, head):
    made = deactivate(ticket, entry(), by=head)
    with pytest.raises(ValidationError):
        lift(made, by=head, reason=" ")
    lift(made, by=head, reason="Salah orang")
    with pytest.raises(Conflict):
        lift(made, by=head, reason="Sekali lagi")
    assert running_sanction(supplier()) is None
    assert Sanction.objects.get().lift_reason == "Salah orang"


def test_account_is_not_activated_while_it_stands_still(ticket, head, bogor):
    deactivate(ticket, entry(), by=head)
    Ticket.objects.update(step="aktifkan", status="in_progress", turn="office")
    ticket.refresh_from_db()
    with pytest.raises(ValidationError, match="Daftar Hitam"):
        activate(ticket, Activation("SPSE"), by=officer(bogor))
    assert supplier().activated_at is None


def test_no_other_office_takes_it_until_it_ends(ticket, head, depok):
    deactivate(ticket, entry(days=10), by=head)
    asked = Asked("badan-usaha", (), "counter")
    with pytest.raises(ValidationError, match="Daftar Hitam"):
        join(supplier(), depok, asked, by=applicant(), terms_version=TERMS_VERSION)
    with clock.at(clock.now() + timedelta(days=12)):
        made = join(supplier(), depok, asked, by=applicant(), terms_version=TERMS_VERSION)  # fmt: skip
    assert made.office == depok


def test_people_are_told_by_mail_and_read_it_on_their_pages(client, ticket, head):
    made = deactivate(ticket, entry(), by=head)
    run_jobs_here()
    [letter] = [each for each in mail.outbox if "dinonaktifkan" in each.subject]
    assert (letter.to, "12/KEP/2026" in letter.body) == ([EMAIL], True)
    client.force_login(applicant())
    pages = [
        reverse("tickets:own", args=[ticket.number]),
        reverse("suppliers:own_business", args=[made.supplier_id]),
    ]
    for page in pages:
        shown = client.get(page)
        assert (shown.status_code, "Pemalsuan dokumen" in shown.content.decode()) == (200, True)  # fmt: skip
    lift(made, by=head, reason="Salah orang")
    run_jobs_here()
    assert [each.subject for each in mail.outbox if "dapat dipakai lagi" in each.subject] != []  # fmt: skip


def test_every_office_that_sees_the_supplier_reads_it_and_no_other(ticket, head, depok, batang):  # fmt: skip
    asked = Asked("badan-usaha", (), "counter")
    join(supplier(), depok, asked, by=applicant(), terms_version=TERMS_VERSION)
    deactivate(ticket, entry(), by=head)
    seen = []
    for who in (officer(depok), officer(batang), applicant()):
        with fence.request(lambda who=who: enter(again(who))):
            seen.append(Sanction.objects.count())
    assert seen == [1, 0, 1]


def test_head_fills_in_the_page_and_takes_it_back(client, ticket, head):
    client.force_login(head)
    page = reverse("suppliers:sanction", args=[ticket.number])
    said = {
        "number": "12/KEP/2026", "listed_on": str(today() - timedelta(days=3)), "source": "INAPROC",
        "until": str(today() + timedelta(days=90)), "reason": "Pemalsuan dokumen",
    }  # fmt: skip
    refused = post(client, page, said)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["file"])  # fmt: skip
    file = SimpleUploadedFile("hitam.pdf", pdf(), "application/pdf")
    assert post(client, page, said | {"file": file}).status_code == 302
    desk = client.get(reverse("tickets:ticket", args=[ticket.number])).content.decode()
    assert "Akun dinonaktifkan sampai" in desk
    back = reverse("suppliers:lift_sanction", args=[ticket.number, Sanction.objects.get().pk])  # fmt: skip
    assert post(client, back, {"note": ""}).status_code == 422
    assert post(client, back, {"note": "Salah orang"}).status_code == 302
    assert client.get(page).status_code == 200


def test_verifier_has_no_such_page(client, ticket, bogor):
    client.force_login(officer(bogor))
    page = reverse("suppliers:sanction", args=[ticket.number])
    assert client.get(page).status_code == 403


def destroyed(proof):
    destroy_old_documents(0)
    return StoredFile.objects.get(pk=proof.file_id).destroyed_at is not None


@pytest.mark.parametrize(("lifted_after", "last_day"), [(None, 365), (200, 200)])
def test_evidence_outlives_the_sanction_by_the_offices_days(ticket, head, lifted_after, last_day):  # fmt: skip
    """Its ticket ended long before; who objects must be able to see what it rested on."""
    began, keep = clock.now(), settings_of(ticket.office).evidence_keep_days
    made = deactivate(ticket, entry(days=365), by=head)
    withdraw(ticket, by=applicant())
    if lifted_after:
        with clock.at(began + timedelta(days=lifted_after)):
            lift(made, by=again(head), reason="Sanksi dicabut")
    with clock.at(began + timedelta(days=last_day + keep - 1)):
        assert not destroyed(made.proof)
    with clock.at(began + timedelta(days=last_day + keep + 2)):
        assert destroyed(made.proof)


def test_other_evidence_of_the_ticket_ends_with_the_ticket(ticket, head):
    began, keep = clock.now(), settings_of(ticket.office).evidence_keep_days
    plain = prove(ticket, "check-kswp", data=pdf(), name="a.pdf", by=head)
    deactivate(ticket, entry(days=365), by=head)
    withdraw(ticket, by=applicant())
    with clock.at(began + timedelta(days=keep + 1)):
        assert destroyed(plain)
