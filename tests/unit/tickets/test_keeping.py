"""Documents end when their standard says, stay while somebody holds them, and tell who looked."""

from datetime import UTC, datetime, timedelta

import pytest

from loket.files.actions import path_of
from loket.files.models import FileFinding, StoredFile
from loket.kernel import clock
from loket.kernel.models import Mail
from loket.offices.models import Membership
from loket.offices.roles import Role
from loket.standards.models import Standard
from loket.standards.queries import spec_of
from loket.tickets.actions import give_document, reopen, withdraw
from loket.tickets.actions.keeping import destroy_documents, hold_documents
from loket.tickets.models import Document, Event
from loket.tickets.queries.keeping import looks_at, past_keeping
from loket.tickets.tasks import destroy_old_documents, tell_of_damage
from tests.factories.counting import statements
from tests.factories.jobs import run_jobs_here
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.unit.tickets.browsing import (
    address,
    give_all,
    pdf,
    read,
    signed_in,
)

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


def days(number):
    return clock.at(MONDAY + timedelta(days=number))


@pytest.fixture
def ticket(depok):
    """A ticket with every document uploaded, waiting for its applicant."""
    ticket = registration(depok)
    ticket.documents_wanted = spec_of(ticket.standard_id).requirements
    give_all(ticket)
    return ticket


def ended(ticket):
    withdraw(ticket, by=again(ticket.applicant))
    return ticket


def words_of(page):
    """All text of the page, blanks as one."""
    (body,) = page.all("body")
    return " ".join(body.text.split())


def limits(ticket):
    """Days by the code of each given document."""
    given = Document.objects.filter(ticket=ticket).values_list("requirement", flat=True)
    return {code: ticket.documents_wanted[code].keep_days for code in given}


def gone():
    files = StoredFile.objects.filter(destroyed_at__isnull=False)
    return set(files.values_list("document__requirement", flat=True))


def test_every_document_of_every_office_has_an_end(packs):
    endless = {
        (standard.office.slug, code)
        for standard in Standard.objects.select_related("office")
        for code, one in spec_of(standard.pk).requirements.items()
        if one.keep_days is None and one.purpose is None
    }
    assert endless == set()


def test_documents_are_destroyed_each_in_its_time(ticket):
    wanted = limits(ended(ticket))
    first, last = min(wanted.values()), max(wanted.values())
    with days(first):
        destroy_old_documents(0)
        assert gone() == set()
    with days(first + 1):
        destroy_old_documents(0)
        assert gone() == {code for code, most in wanted.items() if most == first}
    with days(last + 1):
        destroy_old_documents(0)
        assert gone() == set(wanted)


def test_open_ticket_keeps_its_documents(ticket):
    with days(4000):
        assert list(past_keeping()) == []


def test_nothing_readable_is_left_and_the_row_says_when(ticket, django_capture_on_commit_callbacks):  # fmt: skip
    ended(ticket)
    with days(4000), django_capture_on_commit_callbacks(execute=True):
        destroy_old_documents(0)
        now = clock.now()
    for file in StoredFile.objects.all():
        assert (bytes(file.wrapped_key), file.name, file.destroyed_at) == (b"", "", now)
        assert not path_of(file.place).exists()


def test_history_says_it_once_without_names(ticket):
    ended(ticket)
    with days(4000):
        destroy_old_documents(0)
        destroy_old_documents(0)
    event = Event.objects.get(name="documents_destroyed")
    assert (event.by, event.data["count"]) == (None, Document.objects.count())
    assert event.data["requirements"] == sorted(limits(ticket))


def test_superseded_versions_end_with_the_newest(ticket):
    code = Document.objects.first().requirement
    again_given = Document.objects.filter(requirement=code).get()
    give_document(ticket, code, by=again(ticket.applicant), data=pdf(), name="b.pdf")
    ended(ticket)
    with days(4000):
        destroy_old_documents(0)
    again_given.file.refresh_from_db()
    assert again_given.file.destroyed_at is not None
    assert StoredFile.objects.filter(destroyed_at=None).count() == 0


def test_reopened_ticket_keeps_what_was_listed_for_destruction(ticket, depok):
    ended(ticket)
    with days(4000):
        ((_, documents),) = past_keeping()
        head = officer(depok, Role.KEPALA_TIM)
        reopen(ticket, by=head, note="Diperiksa ulang.")
        assert destroy_documents(ticket, documents, by=None) == 0
    assert gone() == set()


def test_held_documents_stay_until_they_are_released(ticket):
    ended(ticket)
    count = Document.objects.count()
    assert hold_documents(ticket, because="Sengketa", by=None) == count
    with days(4000):
        destroy_old_documents(0)
        assert gone() == set()
        hold_documents(ticket, because="", by=None)
        destroy_old_documents(0)
        assert len(gone()) == count
    names = Event.objects.filter(name__startswith="documents_").order_by("pk")
    assert list(names.values_list("name", flat=True)) == [
        "documents_held",
        "documents_released",
        "documents_destroyed",
    ]


def test_pages_say_that_a_document_was_destroyed(ticket, depok):
    ended(ticket)
    document = Document.objects.first()
    with days(4000):
        destroy_old_documents(0)
        tirta, ratna = signed_in(again(ticket.applicant)), signed_in(officer(depok))
        page = tirta.get(address("own_page", ticket.number, document.pk, 1))
        assert (page.status_code, "Berkas sudah dimusnahkan" in page.content.decode()) == (410, True)  # fmt: skip
        assert ratna.get(address("page", ticket.number, document.pk, 1)).status_code == 410  # fmt: skip
        own = words_of(read(tirta, "documents", ticket.number))
        assert own.count("Dimusnahkan sesuai masa simpan") == Document.objects.count()
        assert "dimusnahkan sesuai masa simpan." in words_of(read(ratna, "ticket", ticket.number))  # fmt: skip


def test_damaged_file_is_explained_and_the_office_is_told_once(ticket, depok):
    document = Document.objects.select_related("file").first()
    path_of(document.file.place).write_bytes(b"LOKET1\nx")
    ratna = signed_in(officer(depok))
    place = address("page", ticket.number, document.pk, 1)
    answers = [ratna.get(place) for _ in range(2)]
    assert [each.status_code for each in answers] == [503, 503]
    assert "Kantor diberi tahu." in answers[0].content.decode()
    run_jobs_here()
    finding = FileFinding.objects.get()
    assert (finding.kind, finding.office, finding.told_at) == ("damaged", depok, MONDAY)
    event = Event.objects.get(name="file_damaged")
    assert event.data == {"requirement": document.requirement}
    letters = Mail.objects.filter(template="tickets/mail/file_damaged")
    assert letters.exclude(sent_at=None).count() == letters.count() > 0
    tell_of_damage()
    assert Event.objects.filter(name="file_damaged").count() == 1


def test_supplier_reads_who_looked_by_role_and_not_by_name(ticket, depok):
    document = Document.objects.first()
    ratna, head = officer(depok), officer(depok, Role.KEPALA_TIM, "Sekar Lestari")
    for user in (ratna, ratna, head):
        signed_in(user).get(address("page", ticket.number, document.pk, 1))
    tirta = signed_in(again(ticket.applicant))
    tirta.get(address("own_page", ticket.number, document.pk, 1))
    found = {each.who: each.times for each in looks_at(ticket)[document.requirement]}
    assert found == {"Verifikator": 2, "Kepala Tim LPSE": 1, "Pihak pemohon": 1}
    page = words_of(read(tirta, "documents", ticket.number))
    assert "Verifikator: 2 kali, terakhir 23 November 2026, 11.00 WIB" in page
    assert ("Ratna" in page, "Sekar" in page) == (False, False)


def test_role_is_that_of_the_moment_of_looking(ticket, depok):
    document = Document.objects.first()
    ratna = officer(depok)
    signed_in(ratna).get(address("page", ticket.number, document.pk, 1))
    Membership.objects.filter(user=ratna).update(role=Role.HELPDESK)
    assert [each.who for each in looks_at(ticket)[document.requirement]] == ["Verifikator"]  # fmt: skip


def test_looks_cost_one_statement_however_many(ticket, depok):
    document, other = Document.objects.order_by("pk")[:2]
    signed_in(officer(depok)).get(address("page", ticket.number, document.pk, 1))
    with statements() as one:
        looks_at(ticket)
    for each in (document, other):
        for name in ("Ratna Widuri", "Bayu Lesmana"):
            signed_in(officer(depok, name=name)).get(address("page", ticket.number, each.pk, 1))  # fmt: skip
    with statements() as many:
        looks_at(ticket)
    assert (len(one), len(many)) == (1, 1)
