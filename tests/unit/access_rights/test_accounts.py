"""Accounts in other systems: granted by a request, in a register, told of before they end, ended by an officer (D-g, D-h, D-k, D-l)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from loket.access_rights.actions.accounts import Given, end_account, grant_accounts
from loket.access_rights.forms import GrantForm
from loket.access_rights.models import OutsideAccount
from loket.access_rights.queries.accounts import register_of
from loket.access_rights.tasks import remind_of_accounts
from loket.kernel import clock, once
from loket.kernel.errors import Conflict
from loket.kernel.models import Mail
from loket.offices.roles import Role
from loket.requests.actions import Asked, submit
from loket.requests.queries import As
from loket.standards.queries import in_force, spec_of
from loket.tickets.models import Ticket
from loket.tickets.steps import kind_of
from tests.factories.asking import NIP, official
from tests.factories.people import again, officer

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 11.00 WIB
DAY = timedelta(days=1)
LAST_DAY = (MONDAY + 100 * DAY).date()


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def pokja(depok):
    return official(depok)


@pytest.fixture
def agency(depok):
    return officer(depok, Role.ADMIN_AGENCY)


def at_granting(office, user, service="akun-pejabat", **how):
    """A request that stands where the account is made; the steps before it are tried with every service."""
    said = {
        "jabatan": "pokja", "nip": NIP, "unit_kerja": "Dinas Pandan", "aplikasi": ["spse", "katalog"],
        "berlaku_sampai": LAST_DAY.isoformat(),
    }  # fmt: skip
    way = As("pejabat", "Pejabat")
    ticket = submit(in_force(office, service), Asked(way, "loket", (), said | how), by=again(user))  # fmt: skip
    step = next(one for one in spec_of(ticket.standard_id).procedure if one.kind == "grant_access")  # fmt: skip
    Ticket.objects.filter(pk=ticket.pk).update(step=step.code, status="in_progress", turn="office")  # fmt: skip
    ticket.refresh_from_db()
    return ticket, step


def given(**how):
    return Given(
        **{"systems": ("SPSE",), "account": "galih.p", "until": LAST_DAY} | how
    )


def test_the_form_begins_with_what_was_asked(depok, pokja):
    ticket, step = at_granting(depok, pokja)
    form = kind_of(step).form(ticket, step)
    assert form.initial["systems"] == ("SPSE", "e-Katalog")
    assert form.initial["until"] == LAST_DAY
    assert [code for code, _ in form.fields["systems"].choices] == ["SPSE", "SIRUP", "e-Katalog", "Aplikasi lain"]  # fmt: skip


def test_each_system_gets_its_row_and_the_request_is_answered(depok, pokja, agency):
    ticket, step = at_granting(depok, pokja)
    grant_accounts(ticket, step, given(systems=("SPSE", "e-Katalog")), by=again(agency))
    rows = OutsideAccount.objects.filter(ticket=ticket).order_by("system")
    assert [(each.system, each.name, each.until, each.holder_user) for each in rows] == [
        ("SPSE", "galih.p", LAST_DAY, pokja), ("e-Katalog", "galih.p", LAST_DAY, pokja),
    ]  # fmt: skip
    ticket.refresh_from_db()
    assert ticket.status == "done"


def test_a_day_that_is_over_is_refused(depok, pokja, agency):
    ticket, step = at_granting(depok, pokja)
    with pytest.raises(ValidationError):
        grant_accounts(ticket, step, given(until=MONDAY.date()), by=again(agency))
    assert not OutsideAccount.objects.exists()


def test_only_whom_the_standard_names_grants(depok, pokja):
    ticket, step = at_granting(depok, pokja)
    with pytest.raises(PermissionDenied):
        grant_accounts(ticket, step, given(), by=again(officer(depok, Role.FRONT_OFFICE)))  # fmt: skip


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, {"systems", "account", "until"}),
        ({"systems": ["SPSE"], "account": "g", "is_ended": "on"}, set()),
        ({"goes_back": "on", "body": "Surat tugas tidak terbaca."}, set()),
    ],
)
def test_what_the_form_asks(said, wrong):
    form = GrantForm(said, systems=("SPSE",), may_return=True)
    assert set(form.errors) == wrong


def test_a_new_term_ends_the_row_before(depok, pokja, agency):
    for until in (LAST_DAY, LAST_DAY + DAY):
        ticket, step = at_granting(depok, pokja)
        grant_accounts(ticket, step, given(account="Galih.P", until=until), by=again(agency))  # fmt: skip
    ended, running = OutsideAccount.objects.order_by("pk")
    assert (ended.ended_by, running.ended_at, running.until) == (agency, None, LAST_DAY + DAY)  # fmt: skip


def test_who_leaves_is_ended_by_a_request(depok, pokja, agency):
    ticket, step = at_granting(depok, pokja)
    grant_accounts(ticket, step, given(), by=again(agency))
    how = {"perubahan": "pensiun", "user_id": "galih.p", "isi_baru": "Pensiun"}
    left, step = at_granting(depok, pokja, "perubahan-akun", **how)
    assert kind_of(step).form(left, step).initial["account"] == "galih.p"
    said = {"systems": ["SPSE"], "account": "galih.p", "is_ended": True, "until": None}
    kind_of(step).complete(left, step, by=again(agency), **said)
    [row] = OutsideAccount.objects.all()
    assert row.ended_by == agency
    assert register_of(depok, agency).ended == [row]


def test_the_holder_is_told_once_a_month_before(depok, pokja, agency):
    ticket, step = at_granting(depok, pokja)
    grant_accounts(ticket, step, given(), by=again(agency))
    told = Mail.objects.filter(template="access_rights/mail/account_ends")
    remind_of_accounts(0)
    assert not told.exists()
    with clock.at(MONDAY + 71 * DAY):
        remind_of_accounts(0)
        remind_of_accounts(0)
        assert [each.to for each in told] == [pokja.email]
        assert len(register_of(depok, agency).due) == 1


def test_one_ended_before_is_not_told_of(depok, pokja, agency):
    ticket, step = at_granting(depok, pokja)
    grant_accounts(ticket, step, given(), by=again(agency))
    end_account(OutsideAccount.objects.get(), by=again(agency))
    with clock.at(MONDAY + 90 * DAY):
        remind_of_accounts(0)
    assert not Mail.objects.filter(template="access_rights/mail/account_ends").exists()


def test_nobody_ends_his_own_and_nobody_twice(depok, pokja, agency):
    ticket, step = at_granting(depok, pokja)
    grant_accounts(ticket, step, given(), by=again(agency))
    row = OutsideAccount.objects.get()
    for stranger in (pokja, officer(depok, Role.AUDITOR)):
        with pytest.raises(PermissionDenied):
            end_account(row, by=again(stranger))
    end_account(row, by=again(agency))
    with pytest.raises(Conflict):
        end_account(row, by=again(agency))


def test_the_register_on_the_screen(depok, bogor, pokja, agency, client):
    ticket, step = at_granting(depok, pokja)
    grant_accounts(ticket, step, given(), by=again(agency))
    page = reverse("access_rights:accounts", args=[depok.slug])
    for reader, sees in ((agency, 200), (officer(depok, Role.AUDITOR), 200), (officer(bogor), 404)):  # fmt: skip
        browser = Client()
        browser.force_login(reader)
        assert browser.get(page).status_code == sees
    client.force_login(agency)
    html = client.get(page).content.decode()
    assert "galih.p" in html
    [row] = OutsideAccount.objects.all()
    answer = client.post(reverse("access_rights:end_account", args=[depok.slug, row.pk]), {once.FIELD: once.new_key()})  # fmt: skip
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.ended_by == agency


def test_the_applicant_reads_what_he_got(depok, pokja, agency, client):
    ticket, step = at_granting(depok, pokja)
    grant_accounts(ticket, step, given(), by=again(agency))
    client.force_login(pokja)
    html = client.get(f"/tiket/{ticket.number}/").content.decode()
    assert "galih.p" in html
    assert "3 Maret 2027" in html
