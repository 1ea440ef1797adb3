"""Tickets of a registration, opened through the same action as everywhere."""

from datetime import timedelta

from loket.kernel import clock
from loket.standards.queries import in_force, spec_of
from loket.tickets.actions import Applicant, DoneBefore, Request, open_ticket
from tests.factories.people import person

SERVICE = "registrasi-verifikasi"


def registration(
    office,
    *,
    kind="badan-usaha",
    user=None,
    facts=(),
    name="CV Tunas Pandan",
    route="counter",
):
    """A ticket right after the applicant pressed the last button."""
    user = user or person()
    standard = in_force(office, SERVICE)
    spec = spec_of(standard.pk)
    now = clock.now()
    before = tuple(
        DoneBefore(step.code, now - timedelta(minutes=9), now - timedelta(minutes=2))
        for step in spec.registration_steps(route, kind)
    )
    ticket = open_ticket(
        office,
        Request(standard, route, kind, "portal", tuple(facts)),
        Applicant(name, user, "081200000177"),
        by=user,
        before=before,
    )
    ticket.applicant = user
    return ticket
