"""Terms of service: given by heads, ended by heads, never overlapping, always an office with a head."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from loket.accounts.actions import add_second_factor
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.offices.actions import (
    appoint,
    change_role,
    change_until,
    dismiss,
    drop_factor,
)
from loket.offices.models import Membership
from loket.offices.permissions import is_officer
from loket.offices.roles import APPOINTS, HEADS, Role
from tests.factories.people import again, officer, person

MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def team(bogor):
    """A head who stays, and a helpdesk officer, both since yesterday."""
    with clock.at(MONDAY - DAY):
        head, colleague = officer(bogor, Role.KEPALA_BAGIAN), officer(bogor, Role.HELPDESK)  # fmt: skip
    with clock.at(MONDAY):
        yield again(head), Membership.objects.get(user=colleague)


def test_dismissed_officer_has_no_rights_with_the_next_request(team):
    head, term = team
    dismiss(term, by=head)
    assert not is_officer(again(term.user))
    assert (term.valid_until, term.ended_by) == (MONDAY, head)


def test_dismissal_happens_once(team):
    head, term = team
    dismiss(term, by=head)
    with pytest.raises(Conflict):
        dismiss(term, by=head)


def test_changed_role_leaves_the_old_term_in_the_history(team):
    head, term = team
    change_role(term, by=head, role=Role.TRAINER)
    terms = Membership.objects.filter(user=term.user).order_by("valid_from")
    assert [(each.role, each.valid_until) for each in terms] == [("helpdesk", MONDAY), ("trainer", None)]  # fmt: skip


def test_term_ends_on_another_day(team):
    head, term = team
    change_until(term, by=head, until=MONDAY + DAY)
    with clock.at(MONDAY + DAY - timedelta(seconds=1)):
        assert is_officer(again(term.user))
    with clock.at(MONDAY + DAY):
        assert not is_officer(again(term.user))


def test_term_does_not_end_in_the_past(team):
    head, term = team
    with pytest.raises(ValidationError):
        change_until(term, by=head, until=MONDAY - timedelta(seconds=1))


def test_auditor_without_an_end_is_refused(team, bogor):
    with pytest.raises(ValidationError):
        appoint(bogor, person(), role=Role.AUDITOR, by=team[0])


def test_head_gives_himself_no_role(team, bogor):
    with pytest.raises(PermissionDenied):
        appoint(bogor, team[0], role=Role.HELPDESK, by=team[0])


def test_role_held_already_is_not_given_twice(team, bogor):
    head, term = team
    with pytest.raises(Conflict):
        appoint(bogor, term.user, role=Role.HELPDESK, by=head)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("by", Role)
def test_roles_are_given_and_taken_as_the_table_says(bogor, by, role):
    giver, may = officer(bogor, by), role in APPOINTS.get(by, ())
    with clock.at(clock.now() - DAY):
        holder, stays = officer(bogor, role), officer(bogor, Role.KEPALA_BAGIAN)
    term = Membership.objects.get(user=holder)
    assert stays
    try:
        dismiss(term, by=giver)
    except PermissionDenied:
        assert not may
    else:
        assert may


@pytest.fixture
def lost(team):
    """A colleague whose telephone is lost."""
    head, term = team
    add_second_factor(term.user, secret="JBSWY3DPEHPK3PXP")
    return head, term


def has_factor(term):
    return Authenticator.objects.filter(user=term.user).exists()


def test_head_takes_a_lost_second_factor_away_once(lost):
    head, term = lost
    drop_factor(term, by=head)
    assert not has_factor(term)
    with pytest.raises(Conflict):
        drop_factor(term, by=head)


def test_second_factor_of_an_officer_elsewhere_is_not_this_heads(lost, depok):
    head, term = lost
    appoint(depok, term.user, role=Role.HELPDESK, by=None)
    with pytest.raises(PermissionDenied):
        drop_factor(term, by=head)
    assert has_factor(term)


def test_nobody_gives_a_role_above_his_own():
    assert [set(HEADS) & APPOINTS[head] for head in HEADS] == [
        {"kepala_tim"}, {"kepala_tim", "kasubag_lpse"}, {*HEADS},
    ]  # fmt: skip


@pytest.mark.parametrize("act", [dismiss, lambda term, by: change_until(term, by=by, until=MONDAY + DAY)])  # fmt: skip
def test_last_head_stays(team, act):
    head, _ = team
    with pytest.raises(ValidationError):
        act(Membership.objects.get(user=head), by=head)


def test_head_may_go_when_another_stays(team, bogor):
    head, _ = team
    officer(bogor, Role.KEPALA_TIM)
    dismiss(Membership.objects.get(user=head), by=head)
    assert not is_officer(again(head))


@pytest.mark.django_db(transaction=True)
def test_two_heads_cannot_dismiss_each_other_at_once(bogor):
    with clock.at(MONDAY - DAY):
        heads = [officer(bogor, Role.KEPALA_TIM) for _ in range(2)]
    terms = [Membership.objects.get(user=head) for head in heads]
    together, refused = Barrier(2), []

    def attack(by, term):
        together.wait()
        try:
            dismiss(term, by=again(by))
        except (ValidationError, PermissionDenied) as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [Thread(target=attack, args=pair) for pair in zip(heads, reversed(terms), strict=True)]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert Membership.objects.current().filter(role="kepala_tim").count() == 1
