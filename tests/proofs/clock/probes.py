"""One probe per time: makes what ends, and gives the moment of its end and the question whether it still holds.

Each is called at `BEGIN`, a Monday morning in Bogor; a question writes nothing that a later one could see.
"""

import json
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from loket.access_rights.models import AccessGrant, AccessRequest
from loket.access_rights.queries import request_by
from loket.accounts import sessions, throttles
from loket.accounts.actions.emails import ask_email_change, new_confirm_link
from loket.accounts.actions.passwords import new_reset_link
from loket.accounts.models import EmailChange, PasswordReset, Session, Throttle
from loket.accounts.queries import (
    change_to_confirm,
    open_changes,
    open_reset,
    sessions_of,
)
from loket.kernel import clock
from loket.offices.actions import appoint
from loket.offices.actions.invitations import invite
from loket.offices.models import Absence, Invitation, Membership
from loket.offices.models.absence import AbsenceKind
from loket.offices.queries import hash_of
from loket.offices.roles import Role
from loket.suppliers import captcha
from loket.suppliers.actions import new_link
from loket.suppliers.models import (
    Link,
    PowerOfAttorney,
    Sanction,
    SupplierInvitation,
    TicketOffer,
)
from loket.suppliers.queries import open_link
from loket.suppliers.queries.proxies import days_of
from loket.suppliers.queries.sanctions import is_running
from loket.tickets.actions.presence import SCREEN, look_in
from loket.tickets.models import Claim, Party, Ticket
from tests.factories.people import officer, person
from tests.factories.registering import confirmed, proof_of
from tests.factories.tickets import registration

BEGIN = datetime(2026, 11, 30, 3, tzinfo=UTC)  # a month before the year ends
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def after_midnight(office, day):
    """The first moment after a day, on the office's clock."""
    return datetime.combine(day + DAY, time(), tzinfo=office.zone).astimezone(UTC)


def link_to_a_new_password(office):
    token = new_reset_link(person())
    return PasswordReset.objects.get().expires_at, lambda: open_reset(token) is not None


def link_to_a_new_address(office):
    change = ask_email_change(person(), email="baru@pandan.example")
    token = new_confirm_link(change)
    return change.expires_at, lambda: change_to_confirm(token) is not None


def hold_before_a_new_address(office):
    change = ask_email_change(person(), email="baru@pandan.example")
    end = clock.now() + timedelta(hours=settings.EMAIL_CHANGE_HOLD_HOURS)
    EmailChange.objects.filter(pk=change.pk).update(
        confirmed_at=clock.now(), effective_at=end
    )

    def is_held():
        return not open_changes(
            EmailChange.objects.filter(effective_at__lte=clock.now())
        ).exists()

    return end, is_held


def session_left_alone(office):
    session = _signed_in()
    return clock.now() + timedelta(minutes=60), lambda: not sessions.is_over(session)


def session_in_all(office):
    session, end = _signed_in(), clock.now() + 12 * HOUR

    def is_in():
        session[sessions.SEEN] = clock.now().timestamp()  # at work all the time
        return not sessions.is_over(session)

    return end, is_in


def _signed_in():
    session = SessionBase()
    sessions.begin(session, device="", address="")
    return session


def session_in_the_list(office):
    user, end = person(), clock.now() + 12 * HOUR
    Session.objects.create(
        session_key="a" * 32, session_data="", expire_date=end, user=user
    )
    return end, lambda: sessions_of(user).exists()


def too_many_guesses(office):
    bucket = [(throttles.PAIR, throttles.PAIR.key("masuk", "tirta", "10.0.0.1"))]
    for _ in range(throttles.PAIR.tries):
        throttles.count(bucket)
    return Throttle.objects.get().until, lambda: not throttles.may_try(bucket)


def membership(office):
    user, end = person(), clock.now() + 9 * DAY
    appoint(office, user, role=Role.VERIFIKATOR, by=None, until=end)
    return end, lambda: Membership.objects.current().filter(user=user).exists()


def invitation_of_an_office(office):
    head = officer(office, Role.KEPALA_BAGIAN)
    made = invite(office, by=head, email="baru@pandan.example", role=Role.VERIFIKATOR)
    return made.lapses_at, lambda: Invitation.objects.open().filter(pk=made.pk).exists()


def absence(office):
    user, now = officer(office), clock.now()
    Absence.objects.create(
        office=office, user=user, kind=AbsenceKind.LEAVE, starts_at=now, ends_at=now + 3 * DAY,
        entered_by=user, entered_at=now,
    )  # fmt: skip
    return now + 3 * DAY, lambda: Absence.objects.current().filter(user=user).exists()


def link_of_a_registration(office):
    token = new_link(confirmed(office))
    return Link.objects.latest("pk").expires_at, lambda: open_link(token) is not None


def offer_of_a_ticket(office):
    end = clock.now() + 7 * DAY
    made = TicketOffer(claim=Claim(), ticket=Ticket(status="submitted"), expires_at=end)
    return end, lambda: made.is_open


def invitation_of_a_supplier(office):
    made = SupplierInvitation(expires_at=clock.now() + 7 * DAY)
    return made.expires_at, lambda: made.is_open


def power_of_attorney(office):
    last = office.local(clock.now()).date() + 31 * DAY  # over the year
    power = PowerOfAttorney(
        office=office, valid_from=date(2026, 1, 2), valid_until=last
    )

    def holds():
        begins, ends = days_of(power)
        today = power.covers(office.local(clock.now()).date())
        assert today is (begins <= clock.now() < ends)
        return today

    return after_midnight(office, last), holds


def sanction(office):
    last = date(2026, 12, 31)
    entry = Sanction(office=office, since=date(2025, 1, 1), until=last)
    return after_midnight(office, last), lambda: is_running(entry)


def link_of_an_official(office):
    end = clock.now() + 72 * HOUR
    AccessRequest.objects.create(
        office=office, email="ppk@pandan.example", requested_at=clock.now(),
        token_hash=hash_of("surat"), token_expires_at=end,
    )  # fmt: skip
    return end, lambda: request_by("surat", office) is not None


def access_of_an_official(office):
    end = clock.now() + 30 * DAY
    AccessGrant.objects.create(
        office=office, user=person(), position="ppk", nip="1", nip_digest="1", work_unit="Dinas",
        since=datetime(2020, 1, 1, tzinfo=UTC), until=end, granted_by=person(),
    )  # fmt: skip
    return end, lambda: AccessGrant.objects.current().exists()


def sight_of_a_proxy(office):
    ticket, user, end = registration(office), person(), clock.now() + 5 * DAY
    Party.objects.create(
        office=office,
        ticket=ticket,
        user=user,
        as_what="proxy",
        since=clock.now(),
        until=end,
    )
    return end, lambda: Party.objects.current().filter(user=user).exists()


def colleague_at_the_screen(office):
    ticket, first, second = registration(office), officer(office), officer(office)
    look_in(ticket, by=first)
    return clock.now() + SCREEN, lambda: bool(_looked(ticket, second))


def _looked(ticket, user):
    """Asking leaves a trace of the one who asks, never of the first."""
    return look_in(ticket, by=user)


def puzzle(office):
    solved = proof_of(json.loads(captcha.new_challenge()))
    end = clock.now().replace(microsecond=0) + captcha.VALID
    return end, lambda: captcha.proven(solved) is not None


PROBES = [
    link_to_a_new_password, link_to_a_new_address, hold_before_a_new_address, session_left_alone,
    session_in_all, session_in_the_list, too_many_guesses, membership, invitation_of_an_office,
    absence, link_of_a_registration, offer_of_a_ticket, invitation_of_a_supplier,
    power_of_attorney, sanction, link_of_an_official, access_of_an_official, sight_of_a_proxy,
    colleague_at_the_screen, puzzle,
]  # fmt: skip
