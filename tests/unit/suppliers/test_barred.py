"""While a tax identity is on the blacklist nothing new begins for it, in whichever request it turns up (G12)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.roles import Role
from loket.suppliers.actions import Activation, Taken, activate, settle_claim
from loket.suppliers.actions.sanctions import lift
from loket.suppliers.models import Supplier
from loket.suppliers.queries.sanctions import barring_sanction, running_sanction
from loket.tickets.actions import withdraw
from loket.tickets.models import Ticket
from tests.factories.people import again, officer
from tests.factories.registering import EMAIL, OTHER_NPWP, filled_in, send, submitted
from tests.unit.suppliers.test_sanctions import deactivate, entry

pytestmark = pytest.mark.django_db
OTHER = {"email": "lain@pandan.example", "user_id": "lain", "nik": "3276015508950004"}


@pytest.fixture
def head(bogor):
    return officer(bogor, Role.KEPALA_BAGIAN, "Bagas Prasetya")


@pytest.fixture
def given_up(bogor):
    """A request that was withdrawn, so that its number may be registered again."""
    ticket = submitted(bogor).ticket
    withdraw(ticket, by=again(User.objects.get(email=EMAIL)))
    settle_claim(ticket)
    ticket.refresh_from_db()
    return ticket


def at_activation(ticket):
    Ticket.objects.filter(pk=ticket.pk).update(step="aktifkan", status="in_progress", turn="office")  # fmt: skip
    return Ticket.objects.get(pk=ticket.pk)


def test_same_number_is_not_registered_again_until_it_ends(given_up, bogor, depok, head):  # fmt: skip
    made = deactivate(given_up, entry(days=10, file=None), by=head)
    for office in (bogor, depok):
        with pytest.raises(Taken, match="Daftar Hitam"):
            send(filled_in(office, **OTHER))
    lift(made, by=head, reason="Salah orang")
    assert send(filled_in(bogor, "baru@pandan.example", user_id="baru")).office == bogor


def test_listing_written_on_an_old_request_holds_the_new_one_up(given_up, bogor, head):
    later = at_activation(send(filled_in(bogor, **OTHER)))
    made = deactivate(given_up, entry(days=10, file=None), by=head)
    mine = Supplier.objects.get(registrations__ticket=later)
    assert (running_sanction(mine), barring_sanction(mine.tax_id_digest)) == (None, made)  # fmt: skip
    with pytest.raises(ValidationError, match="Daftar Hitam"):
        activate(later, Activation("SPSE"), by=officer(bogor))
    with clock.at(clock.now() + timedelta(days=12)):
        assert activate(later, Activation("SPSE"), by=officer(bogor, name="Wulan Prameswari")) == mine  # fmt: skip


def test_other_number_goes_on(given_up, bogor, head):
    deactivate(given_up, entry(file=None), by=head)
    other = send(filled_in(bogor, npwp=OTHER_NPWP, **OTHER))
    assert activate(at_activation(other), Activation("SPSE"), by=officer(bogor)).activated_at  # fmt: skip
