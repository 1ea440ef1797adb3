"""Invitations: one mail, one link, one use; nothing told about who has an account."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.kernel.models import Mail
from loket.offices.actions import (  # fmt: skip
    accept,
    accept_as_newcomer,
    dismiss,
    invite,
    new_link,
    withdraw,
)
from loket.offices.models import Invitation, Membership
from loket.offices.roles import Role
from tests.factories.counting import statements
from tests.factories.jobs import run_jobs_here
from tests.factories.people import again, officer, person
from tests.factories.registering import post

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
NEW = {"name": "Sekar Prameswari", "user_id": "sekar.baru", "password": "Tujuh-Perahu-Layar-27"}  # fmt: skip


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def head(bogor):
    with clock.at(MONDAY - timedelta(days=1)):
        return again(officer(bogor, Role.KEPALA_TIM))


def invited(office, head, *, email="sekar@kantor.example", role=Role.HELPDESK, **how):
    return invite(office, by=head, email=email, role=role, **how)


def page(invitation):
    return f"/undangan/{new_link(invitation)}/"


def browser(user=None):
    client = Client()
    if user:
        client.force_login(user)
    return client


def test_invitation_reaches_its_address_with_a_link(bogor, head):
    invitation = invited(bogor, head)
    run_jobs_here()
    invitation.refresh_from_db()
    assert Mail.objects.get(template="offices/mail/invitation").sent_at == MONDAY
    assert len(invitation.token_hash) == 64


def test_newcomer_makes_an_account_and_works_here(bogor, head):
    accept_as_newcomer(invited(bogor, head), **NEW)
    user = User.objects.get(user_id="sekar.baru")
    term = Membership.objects.get(user=user)
    assert (term.role, term.appointed_by, user.email) == ("helpdesk", head, "sekar@kantor.example")  # fmt: skip


def test_known_person_accepts_with_his_account(bogor, head):
    user = person()
    accept(invited(bogor, head, email=user.email.upper()), by=user)
    assert Membership.objects.get(user=user).role == "helpdesk"


def test_somebody_else_cannot_accept(bogor, head):
    with pytest.raises(PermissionDenied):
        accept(invited(bogor, head), by=person())


def test_head_cannot_invite_himself(bogor, head):
    with pytest.raises(ValidationError):
        invited(bogor, head, email=head.email.upper())


@pytest.mark.parametrize("role", [Role.KASUBAG_LPSE, Role.KEPALA_BAGIAN])
def test_head_cannot_invite_above_himself(bogor, head, role):
    with pytest.raises(PermissionDenied):
        invited(bogor, head, role=role)


def test_invitation_of_another_office_is_refused(depok, head):
    with pytest.raises(PermissionDenied):
        invited(depok, head)


def spent(invitation, user, head):
    accept(invitation, by=user)


def taken_back(invitation, user, head):
    withdraw(invitation, by=head)


def too_late(invitation, user, head):
    Invitation.objects.update(lapses_at=MONDAY)


def invited_again(invitation, user, head):
    invited(invitation.office, head, email=user.email)


def head_left(invitation, user, head):
    stays = officer(invitation.office, Role.KEPALA_BAGIAN)
    dismiss(Membership.objects.get(user=head), by=stays)
    invitation.refresh_from_db()


@pytest.mark.parametrize("before", [spent, taken_back, too_late, invited_again, head_left])  # fmt: skip
def test_link_is_no_use_any_more(bogor, head, before):
    user = person()
    invitation = invited(bogor, head, email=user.email)
    before(invitation, user, head)
    held = Membership.objects.filter(user=user).count()
    with pytest.raises(Conflict):
        accept(Invitation.objects.get(pk=invitation.pk), by=user)
    assert Membership.objects.filter(user=user).count() == held


def test_scope_and_end_of_an_auditor_come_with_the_invitation(bogor, head):
    until = MONDAY + timedelta(days=30)
    invitation = invited(bogor, head, role=Role.AUDITOR, until=until, services=["registrasi-verifikasi"])  # fmt: skip
    accept_as_newcomer(invitation, **NEW)
    term = Membership.objects.get(role=Role.AUDITOR)
    assert (term.services, term.valid_until) == (["registrasi-verifikasi"], until)


def test_invitation_whose_term_is_over_gives_nothing(bogor, head):
    user = person()
    invitation = invited(bogor, head, email=user.email, until=MONDAY + timedelta(days=1))  # fmt: skip
    with clock.at(MONDAY + timedelta(days=2)), pytest.raises(ValidationError):
        accept(invitation, by=user)


@pytest.mark.parametrize(
    ("who", "shown"),
    [("newcomer", "Buat akun"), ("known", "sudah punya akun"), ("other", "alamat e-mail lain"), ("own", "Terima undangan")],
)  # fmt: skip
def test_page_says_what_to_do(bogor, head, who, shown):
    known = person()
    email = "sekar@kantor.example" if who == "newcomer" else known.email
    signed_in = {"other": person(), "own": known}.get(who)
    answer = browser(signed_in).get(page(invited(bogor, head, email=email)))
    assert (answer.status_code, shown in answer.content.decode()) == (200, True)


def test_unknown_link_is_gone(db):
    assert browser().get(f"/undangan/{'a' * 43}/").status_code == 410


def test_newcomer_who_types_a_weak_password_keeps_the_rest(bogor, head):
    link = page(invited(bogor, head))
    answer = post(browser(), link, NEW | {"password": "katasandi", "password_again": "katasandi"})  # fmt: skip
    text = answer.content.decode()
    assert (answer.status_code, "sekar.baru" in text, "katasandi" in text) == (422, True, False)  # fmt: skip
    answer = post(browser(), link, NEW | {"password_again": NEW["password"]})
    assert (answer.status_code, answer.url) == (302, "/mulai/")


def test_accepting_by_the_page(bogor, head):
    user = person()
    answer = post(browser(user), page(invited(bogor, head, email=user.email)))
    assert (answer.status_code, Membership.objects.filter(user=user).count()) == (302, 1)  # fmt: skip


def test_head_reads_the_same_for_known_and_unknown_addresses(bogor, head):
    answers = []
    for email in (person().email, "tidak-ada@kantor.example"):
        client = browser(head)
        sent = post(client, f"/meja/{bogor.slug}/petugas/undang/", {"email": email, "role": "helpdesk"})  # fmt: skip
        text = client.get(sent.url).content.decode().replace(email, "ALAMAT")
        answers.append((sent.status_code, sent.url, "Undangan dikirim." in text))
    assert answers[0] == answers[1] == (302, f"/meja/{bogor.slug}/petugas/", True)


@pytest.mark.django_db(transaction=True)
def test_invitation_accepted_by_two_clicks_at_once_counts_once(bogor, head):
    user = person()
    invitation = invited(bogor, head, email=user.email)
    together, won, lost = Barrier(4), [], []

    def click():
        together.wait()
        try:
            with clock.at(MONDAY):
                won.append(accept(Invitation.objects.get(pk=invitation.pk), by=again(user)))  # fmt: skip
        except Conflict as error:
            lost.append(error)
        finally:
            connection.close()

    threads = [Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, 3)


def test_newcomer_sets_up_the_second_factor_in_the_same_session(bogor, head):
    client, address = Client(), page(invited(bogor, head))
    said = NEW | {"password_again": NEW["password"]}
    assert post(client, address, said)["Location"] == "/mulai/"
    assert client.get("/meja/")["Location"] == "/akun/faktor-kedua/?wajib=1"
    # The password just chosen is not asked for again
    proofs = client.session[AUTHENTICATION_METHODS_SESSION_KEY]
    assert [each["method"] for each in proofs] == ["password"]


def test_answer_costs_the_head_the_same_for_known_and_unknown_addresses(bogor, head):
    costs, client = [], browser(head)
    known = [person().email, officer(bogor).email, again(person()).email]
    for email in (*known, "siapa@kantor.example"):
        with statements() as sent:
            answer = post(client, f"/meja/{bogor.slug}/petugas/undang/", {"email": email, "role": Role.HELPDESK})  # fmt: skip
        costs.append((answer.status_code, answer["Location"], len(sent)))
    assert len(set(costs[1:])) == 1  # the first one writes the role into the session
