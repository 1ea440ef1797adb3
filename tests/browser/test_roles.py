"""Every role of an office opens its desk and a ticket; what it may not do is not offered."""

import pytest

from loket.offices.roles import PERMISSIONS, Permission, Role
from tests.browser.test_registration_story import sign_in
from tests.factories.people import officer
from tests.factories.registering import submitted

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("role", list(Role))
def test_role_opens_its_desk_and_a_ticket(visit, depok, role):
    ticket = submitted(depok).ticket
    visitor = visit()
    page = visitor.page
    sign_in(visitor, officer(depok, role))
    visitor.look(f"role-{role}-desk")
    page.goto(f"/meja/{depok.slug}/menunggu-pemohon/")
    page.get_by_role("link", name=ticket.number).click()
    page.wait_for_url(f"**/meja/tiket/{ticket.number}/")
    page.wait_for_load_state("networkidle")
    visitor.look(f"role-{role}-ticket")

    allowed = PERMISSIONS[role]
    offered = {
        Permission.TICKET_REPLY: page.locator("form[action$='/pesan/']").count() > 0,
        Permission.CHECK_RECORD: page.get_by_text("Catat hasil").count() > 0,
        Permission.IDENTITY_READ: page.locator("form[action$='/identitas/']").count()
        > 0,
    }
    assert offered == {right: right in allowed for right in offered}
