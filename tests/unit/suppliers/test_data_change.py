"""A change of data: before and after, the old address told, held, stopped from there, applied by a second officer (S2, D-b, G9)."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from loket.kernel import clock, once
from loket.kernel.errors import Conflict
from loket.kernel.models import Mail
from loket.offices.roles import Role
from loket.requests.actions import Asked, submit
from loket.requests.queries import ways_to_ask
from loket.standards.queries import in_force, spec_of
from loket.suppliers.actions.changing import announce, let_go, stop
from loket.suppliers.models import DataChange, Supplier
from loket.suppliers.queries.changes import objections, stop_token
from loket.suppliers.tasks import let_changes_go
from loket.tickets.actions.asking import keep_form
from loket.tickets.models import Event, Ticket
from loket.tickets.steps import kind_of
from tests.factories.asking import supplier
from tests.factories.jobs import run_jobs_here
from tests.factories.people import again, officer, person

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 11.00 WIB
DAY = timedelta(days=1)
OTHER_NPWP = "0021345673543000"  # invented, with a right check digit


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def owner():
    return person("Sekar Lintang")


@pytest.fixture
def firm(owner):
    return supplier(owner)


def asked(office, owner, firm, **said):
    standard = in_force(office, "perubahan-data")
    [way] = ways_to_ask(owner, office, spec_of(standard.pk))
    said = {"data_diubah": ["alamat"]} | said
    return submit(standard, Asked(way, "counter", (), said), by=again(owner))


def at(ticket, step):
    outside = step == "tahan"
    Ticket.objects.filter(pk=ticket.pk).update(
        step=step, status="waiting_outside" if outside else "in_progress", turn="outside" if outside else "office"
    )  # fmt: skip
    ticket.refresh_from_db()
    return ticket


def apply(ticket, by):
    ticket.refresh_from_db()
    step = spec_of(ticket.standard_id).step(ticket.step)
    kind_of(step).complete(ticket, step, by=again(by), where="SPSE", body="")


def told():
    return [each.to for each in Mail.objects.filter(template="suppliers/mail/change_asked").order_by("pk")]  # fmt: skip


def test_an_address_is_not_held(bogor, owner, firm):
    ticket = asked(bogor, owner, firm, alamat_baru="Jalan Melati 9")
    run_jobs_here()
    change = DataChange.objects.get(ticket=ticket)
    assert (change.is_held, change.holds_until, told()) == (False, MONDAY, [])
    assert json.loads(change.before) == {"address": "Jalan Pandan 7"}
    at(ticket, "tahan")
    assert let_go(ticket, by=None)
    apply(ticket, officer(bogor, Role.VERIFIKATOR))
    firm.refresh_from_db()
    assert firm.address == "Jalan Melati 9"
    ticket.refresh_from_db()
    assert ticket.status == "done"


def test_a_tax_number_is_held_a_day_and_the_owner_told(bogor, owner, firm):
    ticket = asked(bogor, owner, firm, data_diubah=["npwp"], npwp_baru=OTHER_NPWP)
    run_jobs_here()
    change = DataChange.objects.get(ticket=ticket)
    assert (change.is_held, change.holds_until, told()) == (True, MONDAY + DAY, [owner.email])  # fmt: skip
    at(ticket, "tahan")
    let_changes_go(0)
    with pytest.raises(ValidationError):
        let_go(ticket, by=again(officer(bogor, Role.VERIFIKATOR)))
    with clock.at(MONDAY + DAY):
        let_changes_go(0)
        apply(ticket, officer(bogor, Role.VERIFIKATOR))
    firm.refresh_from_db()
    assert firm.tax_id == OTHER_NPWP


def test_it_cannot_be_applied_before_its_time(bogor, owner, firm):
    """By skipping the hold's step; and the table refuses it, whoever writes."""
    ticket = at(asked(bogor, owner, firm, npwp_baru=OTHER_NPWP), "ubah")
    run_jobs_here()
    with pytest.raises(ValidationError):
        apply(ticket, officer(bogor, Role.VERIFIKATOR))
    change = DataChange.objects.get()
    change.applied_at, change.applied_by = MONDAY, owner
    with pytest.raises(IntegrityError), transaction.atomic():
        change.save()


def test_a_new_email_tells_the_address_that_was_typed_too(bogor, owner, firm):
    asked(bogor, owner, firm, email_sekarang="lama@pandan.example", email_baru="baru@pandan.example")  # fmt: skip
    run_jobs_here()
    assert told() == [owner.email, "lama@pandan.example"]


def test_choosing_what_takes_over_an_account_asks_its_new_value(bogor):
    spec = spec_of(in_force(bogor, "perubahan-data").pk)
    fields = spec.fields_for("badan-usaha")
    assert set(objections(fields, {"data_diubah": ["npwp", "email", "nama"]}, MONDAY)) == {"npwp_baru", "email_baru"}  # fmt: skip
    assert objections(fields, {"data_diubah": ["alamat"]}, MONDAY) == {}


def test_the_old_address_stops_it(bogor, owner, firm):
    ticket = asked(bogor, owner, firm, npwp_baru=OTHER_NPWP)
    run_jobs_here()
    at(ticket, "tahan")
    change = DataChange.objects.get()
    link = reverse("suppliers:stop_change", args=[change.pk, stop_token(change)])
    assert OTHER_NPWP not in Client().get(link).content.decode()
    assert Client().post(link, {once.FIELD: once.new_key()}).status_code == 302
    run_jobs_here()
    ticket.refresh_from_db()
    assert ticket.step == "ubah"
    with clock.at(MONDAY + 3 * DAY), pytest.raises(ValidationError):
        apply(ticket, officer(bogor, Role.VERIFIKATOR))
    assert Client().get(link).status_code == 410
    with pytest.raises(Conflict):
        stop(change.pk, stop_token(change))


def test_a_wrong_link_stops_nothing(bogor, owner, firm):
    asked(bogor, owner, firm, npwp_baru=OTHER_NPWP)
    run_jobs_here()
    change = DataChange.objects.get()
    link = reverse("suppliers:stop_change", args=[change.pk, "0" * 64])
    assert Client().get(link).status_code == 410
    assert Client().post(link, {once.FIELD: once.new_key()}).status_code == 410
    change.refresh_from_db()
    assert change.stopped_at is None


def test_a_mended_form_is_held_anew(bogor, owner, firm):
    ticket = asked(bogor, owner, firm, alamat_baru="Jalan Melati 9")
    run_jobs_here()
    at(ticket, "tahan")
    keep_form(ticket, {"data_diubah": ["npwp"], "npwp_baru": OTHER_NPWP}, by=owner)
    at(ticket, "ubah")
    with pytest.raises(Conflict):  # the job has not written it yet
        apply(ticket, officer(bogor, Role.VERIFIKATOR))
    at(ticket, "tahan")
    with pytest.raises(ValidationError):
        let_go(ticket, by=None)
    announce(ticket, by=None)
    assert DataChange.objects.count() == 2


def test_it_is_announced_once(bogor, owner, firm):
    ticket = asked(bogor, owner, firm, npwp_baru=OTHER_NPWP)
    run_jobs_here()
    announce(ticket, by=None)
    assert Event.objects.filter(ticket=ticket, name="change_announced").count() == 1


def test_a_number_somebody_has_is_refused(bogor, owner, firm):
    taken = supplier(person("Bagas Wirawan"), name="PT Lain Pandan", number=OTHER_NPWP)
    ticket = asked(bogor, owner, firm, npwp_baru=OTHER_NPWP)
    run_jobs_here()
    with clock.at(MONDAY + DAY):
        at(ticket, "ubah")
        with pytest.raises(ValidationError):
            apply(ticket, officer(bogor, Role.VERIFIKATOR))
    assert Supplier.objects.get(tax_id_digest=taken.tax_id_digest) == taken
    assert DataChange.objects.get().applied_at is None


def test_a_second_officer_applies(bogor, owner, firm):
    """Whoever compared the documents does not; the next test of this rule is in test_waiving."""
    ticket = asked(bogor, owner, firm, alamat_baru="Jalan Melati 9")
    run_jobs_here()
    first = officer(bogor, Role.VERIFIKATOR)
    at(ticket, "verifikasi")
    Event.objects.create(
        office=bogor, ticket=ticket, name="step_done", step="verifikasi", by=first, as_what="officer",
        data={"step": "verifikasi"}, at=MONDAY, recorded_at=MONDAY,
    )  # fmt: skip
    at(ticket, "ubah")
    with pytest.raises(PermissionDenied):
        apply(ticket, first)


def test_only_the_system_ends_a_hold_without_asking_who(bogor, owner, firm):
    ticket = asked(bogor, owner, firm, alamat_baru="Jalan Melati 9")
    run_jobs_here()
    at(ticket, "ubah")
    step = spec_of(ticket.standard_id).step("ubah")
    with pytest.raises(PermissionDenied):
        kind_of(step).complete(ticket, step, by=None, where="SPSE", body="")
