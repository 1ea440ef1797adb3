"""From a request to access that ends by itself; two people, one decision."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from loket.access_rights.actions import (  # fmt: skip
    approve,
    ask_extension,
    confirm,
    end,
    new_link,
    refuse,
    reveal,
)
from loket.access_rights.models import AccessEvent, AccessGrant, AccessRequest
from loket.access_rights.queries import grants_at
from loket.access_rights.tasks import settle_access_requests
from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.kernel.models import Mail
from loket.offices.actions import appoint
from loket.offices.roles import Role
from tests.factories.jobs import run_jobs_here
from tests.factories.people import again, officer, person
from tests.unit.access_rights.asking import (
    MONDAY,
    NIP,
    OTHER_NIP,
    PASSWORD,
    YEAR,
    asked,
    confirmed,
    later,
    letter,
    submitted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def admin(depok):
    return officer(depok, Role.ADMIN_AGENCY)


def test_approved_official_has_an_account_and_access_until_his_term_ends(depok, admin):
    grant = approve(submitted(depok, user_id="galih.ppk"), by=admin)
    user = User.objects.get(user_id="galih.ppk")
    assert (grant.user, grant.position, grant.until) == (user, "ppk", MONDAY + YEAR)
    assert user.check_password(PASSWORD)
    assert AccessRequest.objects.get().password_hash == ""


def test_known_person_gets_the_access_on_his_account(depok, admin):
    user = person()
    grant = approve(submitted(depok, user.email), by=admin)
    assert (grant.user, User.objects.filter(email=user.email).count()) == (user, 1)


def test_access_ends_by_itself(depok, admin):
    grant = approve(submitted(depok), by=admin)
    held = {}
    for moment in (grant.until - timedelta(seconds=1), grant.until):
        with clock.at(moment):
            held[moment] = grants_at(depok).count()
    assert [*held.values()] == [1, 0]


@pytest.mark.parametrize("role", Role)
def test_roles_of_the_pack_decide(depok, role):
    deciders = {"admin_agency", "kepala_tim", "kasubag_lpse", "kepala_bagian"}
    try:
        approve(submitted(depok), by=officer(depok, role))
    except PermissionDenied:
        assert role not in deciders
    else:
        assert role in deciders


def test_officer_of_another_office_does_not_decide(depok, bogor):
    with pytest.raises(PermissionDenied):
        approve(submitted(depok), by=officer(bogor, Role.KEPALA_BAGIAN))


@pytest.mark.parametrize("decide", [approve, lambda one, by: refuse(one, by=by, reason="x"), reveal])  # fmt: skip
def test_nobody_decides_about_himself(depok, admin, decide):
    with pytest.raises(PermissionDenied):
        decide(submitted(depok, admin.email.upper()), by=admin)


def test_refusal_says_why_and_reaches_the_official(depok, admin):
    one = submitted(depok)
    refuse(one, by=admin, reason="Surat tugas sudah lewat.")
    run_jobs_here()
    mails = Mail.objects.filter(template="access_rights/mail/refused")
    assert [mail.sent_at for mail in mails] == [MONDAY]
    assert User.objects.registered(one.email) is None


def test_refusal_without_a_reason_is_refused(depok, admin):
    with pytest.raises(ValidationError):
        refuse(submitted(depok), by=admin, reason="  ")


def test_decision_counts_once(depok, admin):
    one = submitted(depok)
    approve(one, by=admin)
    with pytest.raises(Conflict):
        refuse(one, by=admin, reason="Terlambat.")
    assert AccessGrant.objects.count() == 1


def test_term_that_is_over_meanwhile_cannot_be_approved(depok, admin):
    one = submitted(depok, until=MONDAY + timedelta(days=1))
    with later(days=2), pytest.raises(ValidationError):
        approve(one, by=again(admin))
    assert AccessRequest.objects.get().is_waiting


def test_nip_belongs_to_one_account(depok, admin):
    approve(submitted(depok), by=admin)
    with pytest.raises(Conflict):
        approve(submitted(depok, "lain@dinas.example", nip=NIP), by=admin)
    approve(submitted(depok, "lain2@dinas.example", nip=OTHER_NIP), by=admin)


def test_second_request_waits_for_the_first(depok):
    submitted(depok)
    with pytest.raises(Conflict):
        submitted(depok)


def test_link_works_once_and_for_its_hours(depok):
    token = new_link(asked(depok))
    with later(hours=73), pytest.raises(Conflict):
        confirm(token)
    confirm(token)
    with pytest.raises(Conflict):
        confirm(token)


def test_extension_is_decided_like_a_request_and_moves_the_end(depok, admin):
    grant = approve(submitted(depok), by=admin)
    longer = grant.until + YEAR
    more = ask_extension(grant, letter(), by=grant.user, until=longer)
    with pytest.raises(Conflict):
        ask_extension(grant, letter(), by=grant.user, until=longer)
    assert approve(more, by=admin).until == longer
    assert AccessGrant.objects.count() == 1


def test_extension_is_asked_by_whoever_holds_the_access_and_approved_by_somebody_else(depok, admin):  # fmt: skip
    grant = approve(submitted(depok), by=admin)
    longer = grant.until + YEAR
    with pytest.raises(PermissionDenied):
        ask_extension(grant, letter(), by=person(), until=longer)
    appoint(depok, grant.user, role=Role.ADMIN_AGENCY, by=None)
    more = ask_extension(grant, letter(), by=grant.user, until=longer)
    with pytest.raises(PermissionDenied):
        approve(more, by=again(grant.user))


def test_shorter_extension_is_refused(depok, admin):
    grant = approve(submitted(depok), by=admin)
    with pytest.raises(ValidationError):
        ask_extension(grant, letter(), by=grant.user, until=grant.until)


def test_access_is_ended_by_who_decides_and_cannot_be_prolonged_then(depok, admin):
    grant = approve(submitted(depok), by=admin)
    more = ask_extension(grant, letter(), by=grant.user, until=grant.until + YEAR)
    with later(days=1):
        end(grant, by=again(admin))
        with pytest.raises(Conflict):
            end(grant, by=again(admin))
        with pytest.raises(Conflict):
            approve(more, by=again(admin))
        assert grants_at(depok).count() == 0


def test_look_at_a_nip_is_on_record(depok, admin):
    one = submitted(depok)
    assert reveal(one, by=admin) == NIP
    seen = AccessEvent.objects.get(name="nip_seen")
    assert (seen.request, seen.by) == (one, admin)


def test_nip_stands_nowhere_in_clear(depok, admin):
    approve(submitted(depok), by=admin)
    with connection.cursor() as cursor:
        cursor.execute("SELECT r::text || g::text FROM access_rights_accessrequest r, access_rights_accessgrant g")  # fmt: skip
        (row,) = cursor.fetchone()
    assert NIP not in row


def test_what_nobody_decides_lapses_and_what_nobody_sends_is_forgotten(depok):
    one, draft = submitted(depok), confirmed(depok, "lupa@dinas.example")
    with later(days=30):
        settle_access_requests(0)
        assert AccessRequest.objects.get(pk=one.pk).is_waiting
    with later(days=30, seconds=1):
        settle_access_requests(0)
        settle_access_requests(0)
    one.refresh_from_db()
    assert (one.is_waiting, one.password_hash) == (False, "")
    assert not AccessRequest.objects.filter(pk=draft.pk).exists()
    assert Mail.objects.filter(template="access_rights/mail/lapsed").count() == 1


def test_address_gets_few_mails_an_hour(depok):
    for _ in range(9):
        asked(depok)
    assert Mail.objects.filter(template="access_rights/mail/confirm").count() == 5


@pytest.mark.parametrize(
    "change",
    [
        {"nip_digest": ""}, {"until": None}, {"letter": None}, {"confirmed_at": None},
        {"decided_at": MONDAY}, {"is_approved": False},
    ],
)  # fmt: skip
def test_table_keeps_no_half_request(depok, change):
    one = submitted(depok)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessRequest.objects.filter(pk=one.pk).update(**change)


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_decide_at_once_make_one_decision(depok):
    one = submitted(depok)
    deciders = [officer(depok, Role.ADMIN_AGENCY) for _ in range(2)]
    together, lost = Barrier(2), []

    def decide(by, act):
        together.wait()
        try:
            with clock.at(MONDAY):
                act(AccessRequest.objects.get(pk=one.pk), by=by)
        except Conflict as error:
            lost.append(error)
        finally:
            connection.close()

    acts = (approve, lambda found, by: refuse(found, by=by, reason="Tidak."))
    threads = [Thread(target=decide, args=pair) for pair in zip(deciders, acts, strict=True)]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    one.refresh_from_db()
    assert (len(lost), AccessGrant.objects.count()) == (1, int(one.is_approved))
