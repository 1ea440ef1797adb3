"""Officers get nowhere without a second factor; a lost one is replaced without opening a way in."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loket.accounts.actions import add_second_factor, drop_second_factor
from loket.accounts.queries import code_of
from loket.offices.models import Membership
from tests.factories.doors import letters, send, sign_in, who
from tests.factories.people import again, officer, person
from tests.factories.signing_in import with_both_factors, with_password_only

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
FACTOR = "/akun/faktor-kedua/"
APP = f"{FACTOR}aplikasi/"


def set_up_app(client):
    page = client.get(APP)
    secret = client.session["mfa.totp.secret"]
    assert secret in page.content.decode()
    return send(client, APP, code=code_of(secret))


@pytest.mark.parametrize("address", ["/meja/", "/meja/tiket/XXX-26-00001/", "/tiket/"])
def test_officer_without_second_factor_is_led_to_set_one_up(bogor, address):
    client = Client()
    with_password_only(client, officer(bogor))
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, f"{FACTOR}?wajib=1")


def test_officer_sets_up_an_app_and_goes_on(bogor):
    client, _ = sign_in(officer(bogor).email)
    assert client.get("/meja/").status_code == 302
    answer = set_up_app(client)
    assert answer["Location"] == f"{FACTOR}kode/"
    assert client.get("/meja/")["Location"].startswith("/meja/")


def test_wrong_first_code_sets_nothing_up(bogor):
    client, _ = sign_in(officer(bogor).email)
    client.get(APP)
    assert send(client, APP, code="000000").status_code == 422
    assert Authenticator.objects.count() == 0
    assert client.get("/meja/").status_code == 302


def test_applicant_needs_none(db):
    client, _ = sign_in(person().email)
    assert client.get("/tiket/").status_code == 200


def test_password_alone_adds_no_second_app_to_an_account_that_has_one(bogor):
    user, client = officer(bogor), Client()
    with_password_only(client, user)
    add_second_factor(user, secret=SECRET)
    assert client.get(f"{FACTOR}kunci/")["Location"] == FACTOR
    assert client.get(f"{APP}hapus/")["Location"] == FACTOR
    assert "Keluar, lalu masuk lagi" in client.get(FACTOR).content.decode()


def test_first_factor_ends_the_sessions_that_lack_it():
    user = person()
    old, _ = sign_in(user.email)
    new, _ = sign_in(user.email)
    set_up_app(new)
    assert old.get("/akun/")["Location"].startswith("/masuk/")
    assert new.get("/akun/").status_code == 200


def test_gate_costs_no_statement(bogor):
    client = Client()
    with_both_factors(client, officer(bogor))
    client.get("/meja/tiket/XXX-26-00001/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/meja/tiket/XXX-26-00001/")
    about = [q["sql"] for q in captured if "mfa_authenticator" in q["sql"]]
    assert about == []


def test_recovery_codes_are_shown_once_and_good_once(bogor):
    user = officer(bogor)
    client, _ = sign_in(user.email)
    page = client.get(set_up_app(client)["Location"]).content.decode()
    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).generate_codes()  # fmt: skip
    assert [code for code in codes if code not in page] == []
    assert codes[0] not in client.get(f"{FACTOR}kode/").content.decode()
    signed_in = []
    for _ in range(2):
        lost, _ = sign_in(user.email)
        send(lost, "/masuk/kode/", code=codes[0])
        signed_in.append(who(lost))
    assert signed_in == [str(user.pk), None]


def test_second_person_takes_a_lost_factor_away(bogor):
    user, head = officer(bogor), officer(bogor)
    add_second_factor(user, secret=SECRET)
    client = Client()
    with_both_factors(client, user)
    assert drop_second_factor(user, by=head)
    assert client.get("/meja/")["Location"].startswith("/masuk/")
    assert Authenticator.objects.filter(user=user).count() == 0
    assert letters() == [("factor_dropped", user.email)]


def test_nobody_takes_his_own_factor_away_as_lost(bogor):
    user = officer(bogor)
    add_second_factor(user, secret=SECRET)
    with pytest.raises(PermissionDenied):
        drop_second_factor(user, by=user)
    assert Authenticator.objects.filter(user=user).count() == 1


def test_adding_and_removing_is_told_by_mail(django_capture_on_commit_callbacks):
    user = person()
    client, _ = sign_in(user.email)
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(client)
        send(client, f"{APP}hapus/")
    assert sorted(kind for kind, _ in letters()) == ["factor_added", "factor_removed"]


def test_dismissed_officer_loses_access_on_the_next_request(bogor):
    user, client = officer(bogor), Client()
    with_both_factors(client, user)
    assert client.get("/meja/")["Location"].startswith("/meja/")
    Membership.objects.filter(user=user).delete()
    assert client.get("/meja/").status_code == 403


def test_switched_off_account_loses_access_on_the_next_request(bogor):
    user, client = officer(bogor), Client()
    with_both_factors(client, user)
    user = again(user)
    user.is_active = False
    user.save()
    assert client.get("/meja/")["Location"].startswith("/masuk/")


def codes_of(user):
    found = Authenticator.objects.get(user=user, type="recovery_codes")
    return RecoveryCodes(found).get_unused_codes()


def download(client, codes):
    return send(client, f"{FACTOR}kode/unduh/", code=codes)


def test_recovery_codes_are_saved_as_a_text_file_by_whoever_sees_them(bogor):
    user = officer(bogor)
    client, _ = sign_in(user.email)
    set_up_app(client)
    codes = codes_of(user)
    saved = download(client, codes)
    assert (saved["Content-Type"], saved.content.decode().split()) == ("text/plain; charset=utf-8", codes)  # fmt: skip


def test_recovery_codes_are_not_given_to_who_has_no_sight_of_them(bogor):
    user, other = officer(bogor), person()
    client, _ = sign_in(user.email)
    set_up_app(client)
    codes = codes_of(user)
    stranger, _ = sign_in(other.email)
    asked = [(client, []), (client, codes[:-1]), (client, [*codes[1:], "0000-0000"]), (stranger, codes)]  # fmt: skip
    assert [download(who, said).status_code for who, said in asked] == [404] * 4
