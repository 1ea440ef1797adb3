"""Sessions end when they are left alone, last too long or are ended elsewhere; typed text survives."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loket.accounts import sessions
from loket.accounts.models import Session
from loket.kernel import clock
from tests.factories.doors import WRONG, send, sign_in
from tests.factories.people import PASSWORD, again, officer, person
from tests.factories.signing_in import with_both_factors

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def signed_in(user):
    client = Client()
    with_both_factors(client, user)
    client.get("/mulai/")
    return client


def is_in(client, after):
    with clock.at(clock.now() + after):
        return client.get("/akun/").status_code == 200


def test_officers_session_ends_after_an_hour_alone(bogor):
    client = signed_in(officer(bogor))
    assert is_in(client, 59 * MINUTE)
    assert not is_in(client, 59 * MINUTE + 61 * MINUTE)


def test_officers_session_ends_after_twelve_hours_of_work(bogor):
    client = signed_in(officer(bogor))
    seen = [is_in(client, number * 50 * MINUTE) for number in range(1, 16)]
    assert seen == [True] * 14 + [False]


def test_applicants_session_lasts_half_a_day_alone_and_a_week_in_all():
    assert is_in(signed_in(person()), 11 * HOUR)
    assert not is_in(signed_in(person()), 13 * HOUR)
    client = signed_in(person())
    seen = [is_in(client, number * 10 * HOUR) for number in range(1, 18)]
    assert seen == [True] * 16 + [False]


def test_using_a_session_is_written_only_every_few_minutes(bogor):
    client = signed_in(officer(bogor))

    def writes(after):
        with clock.at(clock.now() + after), CaptureQueriesContext(connection) as seen:
            client.get("/akun/")
        return sum("UPDATE" in q["sql"] for q in seen)

    assert [writes(after) for after in (MINUTE, 2 * MINUTE, 6 * MINUTE, 7 * MINUTE)] == [0, 0, 1, 0]  # fmt: skip


def test_list_shows_browser_and_part_of_the_address():
    user = person()
    client = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/129.0 Mobile"})  # fmt: skip
    sign_in(user.email, client=client, where="203.0.113.77")
    page = client.get("/akun/").content.decode()
    assert ("Chrome · Android" in page, "203.0.113.*" in page) == (True, True)
    assert "203.0.113.77" not in page


def test_one_browser_is_signed_out_from_another():
    user = person()
    lost, _ = sign_in(user.email)
    here, _ = sign_in(user.email)
    row = Session.objects.get(session_key=lost.session.session_key)
    assert send(here, f"/akun/sesi/{row.handle}/akhiri/")["Location"] == "/akun/"
    assert not is_in(lost, MINUTE)
    assert is_in(here, MINUTE)


def test_session_of_somebody_else_cannot_be_ended():
    other, _ = sign_in(person().email)
    here, _ = sign_in(person().email)
    row = Session.objects.get(session_key=other.session.session_key)
    assert send(here, f"/akun/sesi/{row.handle}/akhiri/").status_code == 404
    assert is_in(other, MINUTE)


def test_all_other_browsers_are_signed_out():
    user = person()
    others = [sign_in(user.email)[0] for _ in range(3)]
    here, _ = sign_in(user.email)
    send(here, "/akun/sesi/akhiri/")
    assert [is_in(each, MINUTE) for each in (*others, here)] == [False] * 3 + [True]


def test_new_password_keeps_this_browser_and_ends_the_others():
    user, new = person(), "Rawa-Lentera-93-Kunyit"
    other, _ = sign_in(user.email)
    here, _ = sign_in(user.email)
    said = {"password": new, "password_again": new}
    assert (
        send(here, "/akun/kata-sandi/", old_password=WRONG, **said).status_code == 422
    )
    assert again(user).check_password(PASSWORD)
    assert (
        send(here, "/akun/kata-sandi/", old_password=PASSWORD, **said).status_code
        == 302
    )
    assert (is_in(here, MINUTE), is_in(other, MINUTE)) == (True, False)


def after_the_end(client, **said):
    """Send a form an hour too late; where it leads."""
    with clock.at(clock.now() + 13 * HOUR):
        return send(client, "/akun/email/", **said)


TYPED = {
    "email": "baru@pandan.example",
    "old_password": PASSWORD,
    "note": "Rapat\nSenin",
}


def test_text_typed_before_the_end_is_offered_again_without_passwords():
    user = person()
    client = signed_in(user)
    answer = after_the_end(client, **TYPED)
    assert answer["Location"] == "/masuk/?next=/akun/kirim-lagi/"
    sign_in(user.email, client=client)
    page = client.get("/akun/kirim-lagi/").content.decode()
    found = [word in page for word in ("baru@pandan.example", "Rapat", PASSWORD)]
    assert found == [True, True, False]
    assert client.get("/akun/kirim-lagi/").status_code == 302


def test_what_only_programs_read_is_sent_again_but_not_shown():
    user = person()
    client = signed_in(user)
    sealed = "eyJhbGciOiJIUzI1NiJ9:1vM0aB:" + "x" * 40
    after_the_end(client, **TYPED, rule=sealed, agreed="on")
    sign_in(user.email, client=client)
    page = client.get("/akun/kirim-lagi/").content.decode()
    (listed,) = re.findall(r'<ul class="lk-panel">(.*?)</ul>', page, re.DOTALL)
    shown = re.findall(r"<li>(.*?)</li>", listed, re.DOTALL)
    assert shown == ["baru@pandan.example", "Rapat<br>Senin"]
    assert [f'name="{name}"' in page for name in ("rule", "agreed")] == [True, True]


def test_request_whose_session_is_over_enters_the_database_as_nobody(bogor):
    user = officer(bogor)
    client = signed_in(user)
    said = "SELECT * FROM loket_enter"

    def entered(after):
        with clock.at(clock.now() + after), CaptureQueriesContext(connection) as seen:
            client.get("/")
        return [each["sql"] for each in seen if each["sql"].startswith(said)]

    assert len(entered(MINUTE)) == 1  # negative control
    assert entered(3 * HOUR) == []


def test_person_who_is_switched_off_is_out_at_the_next_request():
    user = person()
    client = signed_in(user)
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert not is_in(client, MINUTE)


def test_session_and_its_owner_are_one_statement():
    client = signed_in(person())
    with CaptureQueriesContext(connection) as seen:
        client.get("/akun/")
    people = [each["sql"] for each in seen if 'FROM "accounts_user"' in each["sql"]]
    assert people == []


def test_text_of_one_person_is_not_shown_to_the_next_at_the_same_browser():
    client = signed_in(person())
    after_the_end(client, **TYPED)
    sign_in(person().email, client=client)
    assert client.get("/akun/kirim-lagi/").status_code == 302


def test_kept_text_stands_sealed():
    client = signed_in(person())
    after_the_end(client, **TYPED)
    assert "baru@pandan.example" not in str(dict(client.session))


def test_an_address_is_shown_in_part():
    assert sessions.part_of("203.0.113.77") == "203.0.113.*"
    assert sessions.part_of("2001:db8:1234:5678::1") == "2001:db8:1234::*"


def test_session_row_without_a_person_belongs_to_nobody():
    client = Client()
    client.get("/masuk/")
    sign_in("siapa@pandan.example", WRONG, client=client)
    assert Session.objects.exclude(user=None).count() == 0
