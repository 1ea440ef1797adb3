"""Demo data go through the same actions, at their own times."""

from datetime import timedelta

import pytest

from loket.kernel import clock
from loket.suppliers.models import Registration
from loket.suppliers.seeds import Person, Times, register
from tests.factories.people import PASSWORD
from tests.factories.registering import BUSINESS, EMAIL, IDENTITY, NPWP

pytestmark = pytest.mark.django_db


def test_told_registration_has_its_own_times(bogor):
    asked = clock.now() - timedelta(days=40)
    times = Times(asked, asked + timedelta(minutes=7), asked + timedelta(minutes=19))
    someone = Person(
        EMAIL, PASSWORD, BUSINESS, {"number": NPWP}, IDENTITY | {"facts": []}
    )
    ticket = register(bogor, someone, times, route="counter")
    draft = Registration.objects.get()
    assert (draft.requested_at, draft.confirmed_at, draft.finished_at) == (
        times.asked,
        times.confirmed,
        times.submitted,
    )
    assert (ticket.submitted_at, draft.supplier.claimed_at) == (
        times.submitted,
        times.submitted,
    )
