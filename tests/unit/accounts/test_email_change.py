"""Another address takes three days and can be stopped from the old one (G10)."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loket.accounts.actions.emails import apply_due_changes
from loket.accounts.models import EmailChange
from loket.kernel import clock
from tests.factories.doors import WRONG, letters, link_in, send, sign_in
from tests.factories.jobs import run_jobs_here
from tests.factories.people import PASSWORD, again, person

pytestmark = pytest.mark.django_db
NEW = "baru@pandan.example"
HOLD = timedelta(hours=72)
MINUTE = timedelta(minutes=1)


def ask(user, email=NEW, password=PASSWORD):
    client, _ = sign_in(user.user_id)
    return client, send(client, "/akun/email/", email=email, old_password=password)


def later(after=HOLD + MINUTE):
    with clock.at(clock.now() + after):
        return apply_due_changes()


def confirmed(user, email=NEW):
    ask(user, email)
    return send(Client(), link_in("email_confirm"))


def test_address_changes_after_confirmation_and_hold():
    user = person()
    old = user.email
    assert confirmed(user)["Location"] == "/email/benar/"
    assert (later(HOLD - MINUTE), again(user).email) == (0, old)
    assert (later(), again(user).email) == (1, NEW)
    kept = EmailAddress.objects.get(user=user)
    assert (kept.email, kept.verified, kept.primary) == (NEW, True, True)
    assert letters()[-2:] == [("email_changed", old), ("email_changed", NEW)]
    assert sign_in(NEW)[1]["Location"] == "/mulai/"


def test_both_addresses_are_told_at_once():
    user = person()
    ask(user)
    assert letters() == [("email_confirm", NEW), ("email_asked", user.email)]


def test_without_confirmation_nothing_ever_changes():
    user = person()
    ask(user)
    assert (later(), again(user).email) == (0, user.email)


def test_without_the_password_nothing_is_asked():
    user = person()
    _, answer = ask(user, password=WRONG)
    assert (answer.status_code, EmailChange.objects.count(), letters()) == (422, 0, [])
    assert NEW in answer.content.decode()
    assert WRONG not in answer.content.decode()


def test_old_address_stops_it_signs_everybody_out_and_forces_a_new_password():
    user = person()
    thief, _ = ask(user)
    send(Client(), link_in("email_confirm"))
    stop = link_in("email_asked")
    assert Client().get(stop).status_code == 200
    assert send(Client(), stop)["Location"] == "/email/batal/"
    assert (later(), again(user).email) == (0, user.email)
    assert thief.get("/akun/")["Location"].startswith("/masuk/")
    assert not again(user).has_usable_password()
    assert letters()[-1] == ("reset", user.email)
    new = "Rawa-Lentera-93-Kunyit"
    send(Client(), link_in("reset"), password=new, password_again=new)
    assert again(user).check_password(new)
    assert send(Client(), stop).status_code == 410


def test_links_are_good_once():
    confirmed(person())
    link = link_in("email_asked")
    send(Client(), link)
    assert Client().get(link).status_code == 410


def test_link_to_confirm_runs_out():
    ask(person())
    link = link_in("email_confirm")
    with clock.at(clock.now() + timedelta(hours=49)):
        assert send(Client(), link).status_code == 410


def test_new_password_by_link_stops_a_change_under_way():
    user = person()
    confirmed(user)
    send(Client(), "/masuk/lupa/", login=user.email)
    run_jobs_here()
    new = "Rawa-Lentera-93-Kunyit"
    send(Client(), link_in("reset"), password=new, password_again=new)
    assert (later(), again(user).email) == (0, user.email)


def test_address_that_found_an_owner_meanwhile_is_not_taken():
    user, other = person(), person()
    confirmed(user)
    other.email = NEW
    other.save()
    assert (later(), again(user).email) == (0, user.email)


def test_address_of_somebody_else_is_answered_like_a_free_one():
    other, seen = person(), []
    for email in (NEW, other.email):
        user = person()
        client, _ = sign_in(user.user_id)
        with CaptureQueriesContext(connection) as captured:
            answer = send(client, "/akun/email/", email=email, old_password=PASSWORD)
        page = client.get("/akun/").content.decode()
        seen.append(
            (answer.status_code, answer["Location"], len(captured), email in page)
        )
    assert seen[0] == seen[1]


def test_address_of_somebody_else_gets_a_mail_without_a_link_to_confirm():
    ask(person(), person().email)
    assert link_in("email_confirm") == "/masuk/"


def test_owner_thinks_better_of_it():
    user = person()
    client, _ = ask(user)
    assert NEW in client.get("/akun/").content.decode()
    send(client, "/akun/email/batal/")
    assert NEW not in client.get("/akun/").content.decode()


def test_second_wish_replaces_the_first():
    user = person()
    ask(user)
    first = link_in("email_confirm")
    ask(user, "lain@pandan.example")
    assert Client().get(first).status_code == 410
    assert EmailChange.objects.filter(applied_at=None, stopped_at=None).count() == 1


def test_one_person_has_one_change_under_way():
    user, now = person(), clock.now()
    said = {"user": user, "email": NEW, "asked_at": now, "expires_at": now}
    EmailChange.objects.create(**said)
    with pytest.raises(IntegrityError), transaction.atomic():
        EmailChange.objects.create(**said)
