"""The pages about staff: every officer reads them, heads change, nobody reaches another office's."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from loket.accounts.sessions import SEEN
from loket.kernel import clock
from loket.offices.models import Membership
from loket.offices.queries import staff_page
from loket.offices.roles import Permission, Role
from tests.factories.counting import statements
from tests.factories.people import officer
from tests.factories.registering import post
from tests.unit.offices.test_staff import DAY

pytestmark = pytest.mark.django_db


def at(office, rest=""):
    return f"/meja/{office.slug}/{rest}"


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def staff(bogor):
    """A head and a colleague since yesterday."""
    with clock.at(clock.now() - DAY):
        return officer(bogor, Role.KEPALA_BAGIAN), officer(bogor, Role.HELPDESK, "Laras Kencana")  # fmt: skip


@pytest.mark.parametrize("role", Role)
def test_every_officer_reads_who_works_here_and_what_roles_hold(bogor, role):
    client = browser(officer(bogor, role))
    pages = [client.get(at(bogor, path)) for path in ("petugas/", "peran/")]
    assert [page.status_code for page in pages] == [200, 200]
    text = pages[1].content.decode()
    assert [word for word in Permission.labels if str(word) not in text] == []


@pytest.mark.parametrize("path", ["petugas/", "peran/", "petugas/undang/"])
def test_another_office_is_not_there(bogor, depok, path):
    assert browser(officer(bogor, Role.KEPALA_TIM)).get(at(depok, path)).status_code == 404  # fmt: skip


def test_head_of_one_office_changes_nobody_of_another(bogor, depok, staff):
    term = Membership.objects.get(user=staff[1])
    foreign = browser(officer(depok, Role.KEPALA_BAGIAN))
    for office in (bogor, depok):
        answer = post(foreign, at(office, f"petugas/{term.pk}/berhenti/"))
        assert answer.status_code == 404


def test_officer_who_is_no_head_gets_no_form(bogor, staff):
    client = browser(staff[1])
    text = client.get(at(bogor, "petugas/")).content.decode()
    assert ("Undang petugas" in text, "Ubah" in text) == (False, False)
    assert client.get(at(bogor, "petugas/undang/")).status_code == 403


def test_head_dismisses_and_the_colleague_is_out(bogor, staff):
    head, colleague = staff
    term = Membership.objects.get(user=colleague)
    theirs = browser(colleague)
    assert theirs.get(at(bogor, "semua/")).status_code == 200
    answer = post(browser(head), at(bogor, f"petugas/{term.pk}/berhenti/"))
    assert (answer.status_code, answer.url) == (302, at(bogor, "petugas/"))
    assert theirs.get(at(bogor, "semua/")).status_code == 403


@pytest.mark.parametrize(
    ("path", "said", "status"),
    [
        ("sampai/", {"until": "31/12/2099"}, 302),
        ("sampai/", {"until": "01/01/2020"}, 422),
        ("sampai/", {"until": "kapan-kapan"}, 422),
        ("peran/", {"role": "trainer"}, 302),
        ("peran/", {"role": ""}, 422),
        ("peran/", {"role": "auditor"}, 422),
        ("peran/", {"role": "auditor", "until": "31/12/2099"}, 302),
    ],
)
def test_terms_are_changed_by_the_page(bogor, staff, path, said, status):
    term = Membership.objects.get(user=staff[1])
    answer = post(browser(staff[0]), at(bogor, f"petugas/{term.pk}/{path}"), said)
    assert answer.status_code == status


def test_last_head_is_told_why_he_cannot_go(bogor, staff):
    term = Membership.objects.get(user=staff[0])
    answer = post(browser(staff[0]), at(bogor, f"petugas/{term.pk}/berhenti/"))
    assert (answer.status_code, "Angkat penggantinya dahulu." in answer.content.decode()) == (422, True)  # fmt: skip


def test_scope_is_chosen_by_title_and_only_for_auditors(bogor, staff):
    client, address = browser(staff[0]), at(bogor, "petugas/undang/")
    assert "registrasi-verifikasi" in client.get(address).content.decode()
    said = {"email": "a@audit.example", "services": ["registrasi-verifikasi"], "until": "31/12/2099"}  # fmt: skip
    answers = [post(client, address, said | {"role": role}) for role in ("helpdesk", "auditor")]  # fmt: skip
    assert [answer.status_code for answer in answers] == [422, 302]


def test_staff_page_says_when_somebody_was_last_active(bogor, staff):
    head, helper = staff[0], staff[1]
    client = browser(helper)
    session = client.session
    session[SEEN] = datetime(2026, 11, 23, 1, 5, tzinfo=UTC).timestamp()
    session.save()
    type(helper).objects.update(last_login=datetime(2026, 11, 20, 1, 0, tzinfo=UTC))
    seen = {row.term.user_id: row.last_active for row in staff_page(bogor, frozenset())}
    assert seen[helper.pk] == datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
    assert seen[head.pk] == datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def test_list_of_staff_costs_the_same_for_one_and_for_many(bogor, staff):
    client = browser(staff[0])
    client.get(at(bogor, "petugas/"))
    for _ in range(5):
        officer(bogor, Role.TRAINER)
    with statements() as sent:
        client.get(at(bogor, "petugas/"))
    assert len(sent) <= 10
