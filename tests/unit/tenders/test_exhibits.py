"""A bid that would not open: sealed when handed over, each look on record, tried, passed on, told in the minutes (D-j)."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from loket.files.actions import look
from loket.files.models import FileView, Scan
from loket.files.permissions import Withheld
from loket.kernel import clock, once
from loket.offices.roles import Role
from loket.requests.actions import Asked, submit
from loket.requests.queries import As
from loket.standards.queries import in_force, spec_of
from loket.tenders.actions.exhibits import Handed, hand_out, take_exhibit
from loket.tenders.forms import ExhibitForm
from loket.tenders.models import Exhibit, ScheduleChange, Trial
from loket.tenders.queries.exhibits import custody_of
from loket.tenders.tasks import destroy_old_exhibits
from loket.tickets.models import Event, IssuedDocument, Status, Ticket
from loket.tickets.queries.paper import paper_of
from loket.tickets.steps import kind_of
from tests.factories.asking import official
from tests.factories.people import again, officer

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 11.00 WIB
BID = b"\x00\x17apendo" * 300  # what an encrypted bid may look like; nobody parses it
HASH = sha256(BID).hexdigest()
KEPT = {"kept_at": "Flash disk, segel 12, brankas", "name": "penawaran.rhs", "size": "900", "sha256": "a" * 64}  # fmt: skip


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def pokja(depok):
    return official(depok)


@pytest.fixture
def admin(depok):
    return officer(depok, Role.ADMIN_PPE)


@pytest.fixture
def helpdesk(depok):
    return officer(depok, Role.HELPDESK)


@pytest.fixture
def ticket(depok, pokja):
    """A request that stands where the file is handed over."""
    said = {"kode_tender": "9012077", "paket": "Jembatan Pandan", "aplikasi": "Apendo 5", "gejala": "Galat."}  # fmt: skip
    standard = in_force(depok, "uji-forensik")
    made = submit(standard, Asked(As("pokja", "Pokja"), "loket", (), said), by=again(pokja))  # fmt: skip
    return at(made, "segel")


def at(ticket, step):
    Ticket.objects.filter(pk=ticket.pk).update(step=step, status="in_progress", turn="office")  # fmt: skip
    ticket.refresh_from_db()
    return ticket


def step_of(ticket):
    return spec_of(ticket.standard_id).step(ticket.step)


def complete(ticket, by, **said):
    ticket.refresh_from_db()
    step = step_of(ticket)
    kind_of(step).complete(ticket, step, by=again(by), **said)
    ticket.refresh_from_db()


def handed(data=BID, **how):
    return Handed(**{"handed_by": "Galih Pamungkas", "name": "../penawaran.rhs", "data": data} | how)  # fmt: skip


def sealed(ticket, by, **how):
    return take_exhibit(ticket, step_of(ticket), handed(**how), by=again(by))


def test_what_is_handed_over_is_sealed_as_it_is(ticket, helpdesk):
    exhibit = sealed(ticket, helpdesk, sha256=HASH)
    assert (exhibit.name, exhibit.size, exhibit.sha256) == ("penawaran.rhs", len(BID), HASH)  # fmt: skip
    assert (exhibit.is_as_stated, exhibit.file.scan, exhibit.file.pages) == (True, Scan.SEALED, 0)  # fmt: skip
    assert Event.objects.get(ticket=ticket, name="exhibit_sealed").data["sha256"] == HASH  # fmt: skip
    ticket.refresh_from_db()
    assert ticket.step == "teruskan"


def test_a_hash_that_differs_is_shown(ticket, helpdesk):
    assert sealed(ticket, helpdesk, sha256="b" * 64).is_as_stated is False


def test_more_files_and_never_the_same_twice(ticket, helpdesk):
    step = step_of(ticket)
    take_exhibit(ticket, step, handed(), by=again(helpdesk), is_last=False)
    assert Ticket.objects.get(pk=ticket.pk).step == "segel"
    with pytest.raises(ValidationError):
        take_exhibit(ticket, step, handed(), by=again(helpdesk))
    take_exhibit(ticket, step, handed(BID + b"2"), by=again(helpdesk))
    assert Exhibit.objects.filter(ticket=ticket).count() == 2


@pytest.mark.parametrize("data", [b"", b"x" * (16 * 1024 * 1024 + 1)])
def test_nothing_and_too_much_are_refused(ticket, helpdesk, data):
    with pytest.raises(ValidationError) as refused:
        sealed(ticket, helpdesk, data=data)
    assert set(refused.value.message_dict) == {"file"}
    assert not Exhibit.objects.exists()


def test_what_is_too_large_stays_on_its_medium(ticket, helpdesk):
    form = ExhibitForm({"handed_by": "Galih"} | KEPT, most=16)
    assert form.is_valid()
    complete(ticket, helpdesk, **form.cleaned_data)
    exhibit = Exhibit.objects.get()
    assert (exhibit.file, exhibit.size, exhibit.sha256) == (None, 900, "a" * 64)
    with pytest.raises(PermissionDenied):
        hand_out(exhibit, by=again(helpdesk))


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, {"file", "handed_by"}),
        ({"handed_by": "G", "kept_at": "Brankas"}, {"name", "size", "sha256"}),
        ({"handed_by": "G"} | KEPT | {"sha256": "zz"}, {"sha256"}),
    ],
)
def test_what_the_form_asks(said, wrong):
    assert set(ExhibitForm(said, most=16).errors) == wrong


def test_either_a_file_or_a_medium():
    files = {"file": SimpleUploadedFile("a.rhs", BID)}
    form = ExhibitForm({"handed_by": "G"} | KEPT, files, most=16)
    assert set(form.errors) == {"kept_at"}


def test_taking_it_out_is_on_record_first(ticket, helpdesk, admin):
    exhibit = sealed(ticket, helpdesk)
    assert hand_out(exhibit, by=again(admin)) == BID
    assert FileView.objects.get(file=exhibit.file).by == admin
    assert [each.by for each in custody_of(ticket).taken_out] == [admin]


def test_no_applicant_auditor_or_stranger_takes_it_out(ticket, depok, bogor, helpdesk, pokja):  # fmt: skip
    exhibit = sealed(ticket, helpdesk)
    address = reverse("tenders:exhibit", args=[ticket.number, exhibit.pk])
    for reader, status in ((pokja, 403), (officer(depok, Role.AUDITOR), 403), (officer(bogor), 404)):  # fmt: skip
        browser = Client()
        browser.force_login(reader)
        answer = browser.post(address, {once.FIELD: once.new_key()})
        assert answer.status_code == status
    assert not FileView.objects.exists()


def test_an_officer_downloads_it_as_a_file(ticket, helpdesk, admin):
    exhibit = sealed(ticket, helpdesk)
    browser = Client()
    browser.force_login(admin)
    address = reverse("tenders:exhibit", args=[ticket.number, exhibit.pk])
    answer = browser.post(address, {once.FIELD: once.new_key()})
    assert (answer.content, answer["Content-Type"]) == (BID, "application/octet-stream")
    assert answer["Content-Disposition"].startswith("attachment")


def test_nobody_sees_it_as_a_picture(ticket, helpdesk, admin):
    exhibit = sealed(ticket, helpdesk)
    assert not exhibit.file.shows_pages
    with pytest.raises((Withheld, ValidationError)):
        look(exhibit.file, by=admin, as_what="officer", page=1)


def test_no_trial_before_something_was_sealed(ticket, admin):
    at(ticket, "uji")
    with pytest.raises(ValidationError):
        complete(ticket, admin, opened="no", application="Apendo 5", finding="Galat 7.")


def test_rows_are_never_changed(ticket, helpdesk):
    sealed(ticket, helpdesk)
    with connection.cursor() as cursor:
        for table in ("tenders_exhibit", "tenders_trial"):
            cursor.execute("SELECT has_table_privilege('loket_app', %s, 'UPDATE, DELETE')", [table])  # fmt: skip
            assert cursor.fetchone() == (False,)


def test_the_minutes_tell_it_all(ticket, depok, helpdesk, admin):
    """Sealed, tried, LKPP with its number, BSSN with its own, the stage that was moved; then the numbered paper."""
    sealed(ticket, helpdesk)
    at(ticket, "uji")
    complete(ticket, admin, opened="no", application="Apendo 5", finding="Galat 7.")
    complete(ticket, admin, exit="teruskan")
    for party, number, answer in (("lkpp", "LS-2207", "Perlu BSSN."), ("bssn", "B-19", "Berkas rusak saat diunggah.")):  # fmt: skip
        complete(ticket, admin, party=party, tried="Dicoba.", reference="")
        assert ticket.status == Status.WAITING_OUTSIDE
        complete(ticket, admin, result=answer, reference=number)
        if party == "lkpp":
            complete(ticket, admin, exit="teruskan")
    ScheduleChange.objects.create(
        office=depok, ticket=ticket, tender_code="9012077", package="Jembatan", stage="Pembukaan", reason="Uji.",
        before=MONDAY, after=MONDAY + timedelta(days=7), changed_at=MONDAY, recorded_at=MONDAY, changed_by=admin,
    )  # fmt: skip
    complete(ticket, admin)
    issued = IssuedDocument.objects.get(ticket=ticket)
    told = " ".join(value for _label, value in paper_of(issued)["facts"])
    for word in (HASH, "Galih Pamungkas", "Galat 7.", "LS-2207", "B-19", "Berkas rusak saat diunggah.", "Pembukaan"):  # fmt: skip
        assert word in told
    assert ticket.status == Status.DONE
    page = Client().get(f"/bukti/{issued.code}/").content.decode()
    assert str(issued) in page
    assert HASH not in page


def test_a_file_that_opens_goes_nowhere(ticket, helpdesk, admin):
    sealed(ticket, helpdesk)
    at(ticket, "uji")
    complete(ticket, admin, opened="yes", application="Apendo 5", finding="Terbuka.")
    complete(ticket, admin, exit="cukup")
    assert ticket.step == "berita-acara"
    assert Trial.objects.get().opened == "yes"


def test_the_bytes_end_a_year_after_the_request_the_row_stays(ticket, helpdesk):
    exhibit = sealed(ticket, helpdesk)
    Ticket.objects.filter(pk=ticket.pk).update(status="closed", turn="nobody", ended_at=MONDAY, outcome="fulfilled")  # fmt: skip
    for days, is_there in ((364, True), (366, False), (367, False)):
        with clock.at(MONDAY + timedelta(days=days)):
            destroy_old_exhibits(0)
        exhibit.file.refresh_from_db()
        assert (exhibit.file.destroyed_at is None) == is_there
    assert Exhibit.objects.get().sha256 == HASH
    assert Event.objects.filter(name="exhibit_destroyed").count() == 1
