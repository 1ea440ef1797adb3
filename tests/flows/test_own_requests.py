"""Nobody acts for the office on a request of his own: every officer's action, for every way of being a party (G9)."""

import inspect

import pytest
from django.core.exceptions import PermissionDenied

from loket.offices.models import Membership
from loket.offices.roles import Role
from loket.standards.queries import spec_of
from loket.suppliers import actions as of_suppliers
from loket.suppliers.actions.accounts import Activation
from loket.tickets import actions
from loket.tickets.models import Event
from loket.tickets.permissions import does_step
from loket.tickets.queries import asked_documents
from loket.tickets.steps import kind_of
from tests.factories.people import again, officer, person
from tests.factories.tickets import registration
from tests.unit.tickets.browsing import at_verification, pdf
from tests.unit.tickets.crowd import party

pytestmark = pytest.mark.django_db
WAYS = ("applicant", "staff", "proxy")
NOTE = "Ada alasannya."


def document(ticket):
    return asked_documents(ticket)[0].document


# Every action of tickets by which an officer changes something: its name, and how it is called.
ACTIONS = {
    "take": lambda t, by: actions.take(t, by=by),
    "assign": lambda t, by: actions.assign(t, officer(t.office), by=by),
    "give_back": lambda t, by: actions.give_back(t, by=by),
    "judge": lambda t, by: actions.judge(document(t), actions.Finding(True, True), by=by, after=0),
    "record_check": lambda t, by: actions.record_check(t, "npwp", actions.Answer("good", "DJP"), by=by),
    "override_check": lambda t, by: actions.override_check(t, "npwp", by=by, reason=NOTE, after=0),
    "activate": lambda t, by: of_suppliers.activate(t, Activation("SPSE"), by=by),
    "reject": lambda t, by: actions.reject(t, by=by, note=NOTE),
    "issue": lambda t, by: actions.issue(t, "lembar-bukti-verifikasi", by=by),
    "prove": lambda t, by: actions.prove(t, "session-1", data=pdf(), name="a.pdf", by=by),
    "note": lambda t, by: actions.write_message(t, by=by, body=NOTE, is_internal=True),
    "waive_second": lambda t, by: actions.waive_second(t, by=by, note=NOTE),
    "see_original": lambda t, by: actions.give_document(t, document(t).requirement, by=by, data=None),
    "reopen": lambda t, by: actions.reopen(ended(t), by=by, note=NOTE),
    "resume": lambda t, by: actions.resume(t, by=by),
    "ask_applicant": lambda t, by: actions.ask_applicant(t, by=by),
    "pass_outside": lambda t, by: actions.pass_outside(t, by=by),
    "finish": lambda t, by: actions.finish(t, by=by),
    "merge": lambda t, by: actions.merge(t, registration(t.office), by=by, note=NOTE),
    "reveal": lambda t, by: of_suppliers.reveal(t, by=by),
}  # fmt: skip


def ended(ticket):
    actions.withdraw(ticket, by=again(ticket.applicant))
    return ticket


def everybody_at_once(office, user):
    """Give this person every role that works, so that only being a party can stand in his way."""
    held = officer(office, Role.VERIFIKATOR)
    row = Membership.objects.get(user=held)
    for role in (Role.VERIFIKATOR, Role.HELPDESK, Role.FRONT_OFFICE, Role.KEPALA_BAGIAN):  # fmt: skip
        row.pk, row.user, row.role = None, user, role
        row.save()


def own_of(office, way):
    """A ticket at verification and somebody with every role who is a party of it."""
    if way == "applicant":
        ticket = at_verification(office)
        user = ticket.applicant
    else:
        ticket, user = at_verification(office), person("Wulan Prameswari")
        party(ticket, user, as_what=way)
    everybody_at_once(office, user)
    return ticket, again(user)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ACTIONS)
def test_officer_does_nothing_for_the_office_on_his_own_request(name, way, bogor):
    ticket, own = own_of(bogor, way)
    with pytest.raises(PermissionDenied):
        ACTIONS[name](ticket, own)
    assert not Event.objects.filter(ticket=ticket, by=own, as_what="officer").exists()


@pytest.mark.parametrize("way", WAYS)
def test_officer_completes_no_step_of_the_office_on_his_own_request(way, bogor):
    ticket, own = own_of(bogor, way)
    for step in spec_of(ticket.standard_id).procedure:
        if "applicant" not in step.roles:
            assert not does_step(own, ticket, step)
    step = spec_of(ticket.standard_id).step(ticket.step)
    with pytest.raises(PermissionDenied):
        kind_of(step).complete(ticket, step, by=own)


def test_the_same_person_may_once_he_is_no_party(bogor):
    ticket, user = at_verification(bogor), person("Wulan Prameswari")
    everybody_at_once(bogor, user)
    for name in ("take", "judge", "note", "give_back"):
        ACTIONS[name](ticket, again(user))
    assert Event.objects.filter(ticket=ticket, by=user, as_what="officer").count() == 4


def test_sweep_knows_every_action_an_officer_can_call():
    """A new action of tickets is swept here, or named as one of a party, of a job, or swept through its steps."""
    elsewhere = {
        "ask_reopening", "withdraw",  # the applicant's own
        "close", "close_unanswered", "release", "note_lost_mail",  # jobs
        "attach", "open_ticket",  # of a submission
        "complete_step", "check_step", "send_back",  # swept through the kinds of step
        "write_message",  # as "note"
        "give_document",  # as "see_original"
        "judge_all",  # each of them by judge
    }  # fmt: skip
    found = {
        name
        for name in actions.__all__
        if inspect.isfunction(act := getattr(actions, name))
        and "by" in inspect.signature(act).parameters
    }
    assert found - elsewhere - {*ACTIONS} == set()
