"""The printed points of an ended ticket, on a telephone and at a desk, with and without JavaScript."""

import pytest

from loket.tickets.actions import withdraw
from tests.browser.conftest import DESKTOP
from tests.browser.walking import sign_in
from tests.factories.people import again, officer
from tests.factories.tickets import registration

pytestmark = pytest.mark.django_db(transaction=True)
SUMMARY = "Prosedur menurut nomor pada standar"


@pytest.mark.parametrize("has_script", [True, False])
def test_points_stand_open_once_the_ticket_ended(visit, batang, has_script):
    verifier, ticket = officer(batang), registration(batang)
    withdraw(ticket, by=again(ticket.applicant))
    own = visit(java_script_enabled=has_script)
    desk = visit(DESKTOP, java_script_enabled=has_script)
    for visitor, user, part in (
        (own, ticket.applicant, "tiket"),
        (desk, verifier, "meja/tiket"),
    ):
        sign_in(visitor, user)
        visitor.page.goto(f"/{part}/{ticket.number}/")
        visitor.look(f"points-{part.replace('/', '-')}")
        rows = visitor.page.locator("details", has_text=SUMMARY).locator("tbody tr")
        assert [row.locator("td").first.inner_text() for row in rows.all()] == [*"1235678"]  # fmt: skip
        assert rows.first.is_visible()
