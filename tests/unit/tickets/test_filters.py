"""What a list is narrowed to, what is nonsense, and whose saved views are whose."""

from datetime import UTC, datetime, timedelta

import pytest

from loket.kernel import clock
from loket.offices.roles import Role
from loket.tickets.models import SavedFilter, Ticket
from tests.factories.counting import statements
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.factories.walking import complete
from tests.unit.tickets.browsing import signed_in

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
ALL = "/meja/kota-bogor/semua/"


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def ratna(bogor):
    return again(officer(bogor, Role.VERIFIKATOR))


@pytest.fixture
def tickets(bogor, ratna):
    """Two tickets: the second came by telephone, is held by Ratna and overdue."""
    first, second = registration(bogor), registration(bogor)
    complete(second, officer(bogor, Role.FRONT_OFFICE, "Bayu Lesmana"))
    Ticket.objects.filter(pk=second.pk).update(
        channel="phone", assignee=ratna, applicant_name="CV Anyam Jaya",
        counting_from=MONDAY, due_at=MONDAY - timedelta(minutes=1),
    )  # fmt: skip
    return first.number, second.number


def listed(user, address):
    page = signed_in(user).get(address)
    assert page.status_code == 200
    return [row.ticket.number for row in page.context["rows"]]


@pytest.mark.parametrize(
    "query",
    [
        "kanal=phone",
        "tenggat=lewat",
        "tenggat=hari-ini",
        "teks=anyam",
        "langkah=periksa",
    ],
)
def test_a_list_is_narrowed_to_what_was_chosen(ratna, tickets, query):
    assert listed(ratna, f"{ALL}?{query}") == [tickets[1]]


@pytest.mark.parametrize(
    "query",
    [
        "kanal=merpati",
        "tenggat=%00",
        "pemegang=999999",
        "pemegang=x",
        "langkah='",
        "asing=1",
        "layanan[]=x",
        "halaman=-9",
    ],
)
def test_nonsense_narrows_nothing(ratna, tickets, query):
    assert sorted(listed(ratna, f"{ALL}?{query}")) == sorted(tickets)


def test_the_overdue_come_first_and_soon_is_empty(ratna, tickets):
    assert listed(ratna, ALL) == [tickets[1], tickets[0]]
    assert listed(ratna, f"{ALL}?tenggat=segera") == []


def test_a_view_is_kept_found_again_and_let_go(ratna, tickets):
    client = signed_in(ratna)
    keep = f"{ALL}saringan/?kanal=phone&tenggat=&asing=1"
    answer = client.post(keep, {"nama": "Telepon", "kunci": "a" * 32})
    assert answer["Location"] == f"{ALL}?kanal=phone"
    page = client.get(answer["Location"])
    assert [
        (link.label, link.href, link.current) for link in page.context["saved"]
    ] == [("Telepon", f"{ALL}?kanal=phone", True)]

    client.post(f"{ALL}saringan/hapus/", {"nama": "Telepon", "kunci": "b" * 32})
    assert not SavedFilter.objects.exists()


def test_a_view_without_a_name_is_refused_in_words(ratna, tickets):
    answer = signed_in(ratna).post(f"{ALL}saringan/?kanal=phone", {"nama": " ", "kunci": "c" * 32})  # fmt: skip
    assert answer.status_code == 422
    assert not SavedFilter.objects.exists()


def test_views_are_their_owners_alone(bogor, ratna, tickets):
    colleague = officer(bogor, Role.HELPDESK, "Laras Puri")
    signed_in(ratna).post(f"{ALL}saringan/", {"nama": "Semua", "kunci": "d" * 32})
    other = signed_in(colleague)
    assert other.get(ALL).context["saved"] == []
    other.post(f"{ALL}saringan/hapus/", {"nama": "Semua", "kunci": "e" * 32})
    assert SavedFilter.objects.get().user == ratna


def test_no_view_is_kept_at_another_office(depok, ratna):
    answer = signed_in(ratna).post("/meja/kota-depok/semua/saringan/", {"nama": "x", "kunci": "f" * 32})  # fmt: skip
    assert answer.status_code == 404


def test_a_narrowed_list_costs_eight_statements_at_most(ratna, tickets):
    client = signed_in(ratna)
    client.get(ALL)
    with statements() as found:
        client.get(f"{ALL}?kanal=phone")
    assert len(found) <= 8


def test_a_long_text_in_any_script_is_kept(ratna, tickets):
    client, text = signed_in(ratna), "\U0001f4c4" * 80
    keep = f"{ALL}saringan/?teks={text}"
    answer = client.post(keep, {"nama": "Berkas", "kunci": "a" * 32})
    assert client.get(answer["Location"]).context["saved"][0].current


def test_a_view_whose_holder_holds_nothing_any_more_says_so_and_can_go(
    bogor, ratna, tickets
):
    client = signed_in(ratna)
    said = {"worklist": "semua", "query": f"pemegang={ratna.pk}"}
    SavedFilter.objects.create(office=bogor, user=ratna, name="Ratna", **said)
    page = client.get(f"{ALL}?pemegang={ratna.pk}")
    assert page.context["ignored"] == {"pemegang"}
    assert [each.current for each in page.context["saved"]] == [True]
    assert "Hapus “Ratna”" in page.content.decode()


def test_rows_name_the_holder_where_several_may_be_one(ratna, tickets):
    client = signed_in(ratna)
    assert '<td class="wide-sm">Ratna Widuri</td>' in client.get(ALL).content.decode()
    mine = client.get("/meja/kota-bogor/giliran-saya/").content.decode()
    assert "Pemegang</th>" not in mine
