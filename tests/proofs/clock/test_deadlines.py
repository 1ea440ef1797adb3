"""Just before, at, just after; the clock set back, and a year on: told to loket's clock, or by libfaketime."""

from datetime import date, timedelta

import pytest

from loket.accounts.actions.passwords import new_reset_link, use_reset
from loket.kernel import clock, once
from loket.kernel.errors import Conflict
from loket.offices.actions import appoint
from loket.offices.models import Membership
from loket.offices.roles import Role
from loket.standards.models import Standard
from loket.standards.queries import in_force
from loket.suppliers.models import PowerOfAttorney, SpentPuzzle
from loket.suppliers.tasks import sweep_drafts
from tests.factories.people import PASSWORD, person
from tests.factories.tickets import SERVICE
from tests.proofs.clock.moving import at, is_faked
from tests.proofs.clock.probes import BEGIN, PROBES, after_midnight

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)
# Told, time stands still; under libfaketime it runs on while we look
A_MOMENT = timedelta(seconds=45) if is_faked() else timedelta(microseconds=1)


def asked(moment, holds):
    with at(moment):
        return holds()


@pytest.mark.parametrize("make", PROBES, ids=lambda make: make.__name__)
def test_it_ends_at_its_moment(make, bogor):
    with at(BEGIN):
        end, holds = make(bogor)
    moments = [end - A_MOMENT, end, end + A_MOMENT, end + YEAR]
    assert [asked(each, holds) for each in moments] == [True, False, False, False]


@pytest.mark.parametrize("make", PROBES, ids=lambda make: make.__name__)
def test_clock_set_back_breaks_nothing(make, bogor):
    """Ten minutes as by a wrong battery, a year as by a dead one: a question has an answer, and the same end."""
    with at(BEGIN):
        end, holds = make(bogor)
    answers = [asked(BEGIN - back, holds) for back in (timedelta(minutes=10), YEAR)]
    assert {type(each) for each in answers} == {bool}
    assert [asked(end - A_MOMENT, holds), asked(end, holds)] == [True, False]


def test_it_begins_at_its_moment(bogor):
    user, first = person(), BEGIN + timedelta(days=2)
    with at(first):
        appoint(bogor, user, role=Role.VERIFIKATOR, by=None, until=None)
    begun = Membership.objects.get(user=user).valid_from
    mine = lambda: Membership.objects.current().filter(user=user).exists()  # noqa: E731 - as in the probes
    edges = [begun - A_MOMENT, begun + A_MOMENT, begun + YEAR]
    assert [asked(each, mine) for each in edges] == [False, True, True]


def test_decree_and_power_begin_at_midnight_of_the_office(bogor, batang):
    """On the office's clock and not on Greenwich's: the year begins at 17.00 UTC."""
    new_year = date(2027, 1, 1)
    midnight = after_midnight(bogor, date(2026, 12, 31))
    power = PowerOfAttorney(office=bogor, valid_from=new_year, valid_until=new_year)
    old = in_force(bogor, SERVICE)
    new = Standard.objects.get(pk=old.pk)
    new.pk, new.effective = None, new_year
    new.version += 1
    new.save(force_insert=True)

    def now_holds():
        return (
            in_force(bogor, SERVICE).pk == new.pk,
            power.covers(bogor.local(clock.now()).date()),
        )

    moments = [midnight - A_MOMENT, midnight, midnight + timedelta(days=1)]
    assert [asked(each, now_holds) for each in moments] == [
        (False, False), (True, True), (True, False),
    ]  # fmt: skip


def test_solved_puzzle_is_remembered_as_long_as_it_is_good(bogor):
    SpentPuzzle.objects.create(key="teka-teki", expires_at=BEGIN)

    def is_remembered():
        sweep_drafts(0)
        return SpentPuzzle.objects.exists()

    moments = [BEGIN - A_MOMENT, BEGIN + A_MOMENT]
    assert [asked(each, is_remembered) for each in moments] == [True, False]


def test_what_was_used_stays_used_when_the_clock_goes_back(db):
    with at(BEGIN):
        user, key = person(), once.new_key()
        token = new_reset_link(user)
        use_reset(token, password=PASSWORD)
        assert once.claim(key, owner="seseorang") is None
    for back in (timedelta(minutes=10), YEAR):
        with at(BEGIN - back):
            assert once.claim(key, owner="seseorang") is not None
            with pytest.raises(Conflict):
                use_reset(token, password=PASSWORD)
