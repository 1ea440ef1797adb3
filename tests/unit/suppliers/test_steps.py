"""The kinds of step of this room, run the way the ticket page runs them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.urls import reverse

from loket.accounts.models import User
from loket.offices.roles import Role
from loket.standards.queries import settings_of
from loket.suppliers.models import FollowUp, Supplier
from loket.suppliers.steps import form_data_panel
from loket.tickets.models import Event, Message, Ticket
from loket.tickets.steps import implemented, kind_of
from tests.factories.people import officer
from tests.factories.registering import EMAIL, NIK, NPWP, submitted
from tests.factories.tickets import registration as counter_ticket
from tests.factories.walking import complete, step_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def verifier(bogor):
    return officer(bogor)


@pytest.fixture
def ticket(bogor):
    """A ticket of Bogor that stands at the activation."""
    ticket = submitted(bogor).ticket
    Ticket.objects.update(step="aktifkan", status="in_progress", turn="office")
    ticket.refresh_from_db()
    return ticket


def form_of(ticket, data=None):
    step = step_of(ticket)
    return kind_of(step).form(ticket, step, data)


def test_room_implements_its_three_kinds():
    kinds = {"register", "activate_account", "follow_up_sikap"}
    assert kinds - implemented() == set()


def test_activation_offers_the_applications_of_the_office(ticket, bogor):
    offered = [name for name, _label in form_of(ticket).fields["system"].choices]
    assert offered == list(settings_of(bogor).applications)


def test_activation_goes_on_to_the_next_step(ticket, verifier):
    complete(ticket, verifier, system="SPSE")
    ticket.refresh_from_db()
    assert (ticket.step, Supplier.objects.get().activated_by) == ("sikap", verifier)
    names = Event.objects.filter(name__in=("activate", "step_done"), by=verifier)
    assert list(names.order_by("pk").values_list("name", "step")) == [
        ("activate", "aktifkan"),
        ("step_done", "aktifkan"),
    ]
    begun = Event.objects.get(name="sikap_begun")
    assert (begun.by, FollowUp.objects.get().ticket) == (verifier, ticket)


def test_button_says_who_activates(ticket, bogor):
    step = step_of(ticket)
    assert kind_of(step).button(ticket, step) == "Aktifkan akun"
    ticket.office.registration_mode = "companion"
    assert kind_of(step).button(ticket, step) == "Catat akun aktif"


def test_sikap_that_was_left_out_keeps_its_reason_inside(ticket, verifier):
    complete(ticket, verifier, system="SPSE")
    ticket.refresh_from_db()
    complete(ticket, verifier, result="waived", note="Diisi sendiri di rumah")
    ticket.refresh_from_db()
    note = Message.objects.get()
    assert (ticket.status, note.is_internal, note.body) == (
        "done",
        True,
        "Diisi sendiri di rumah",
    )
    done = Event.objects.get(name="step_done", step="sikap")
    assert done.data["result"] == "waived"


def test_sikap_that_was_seen_needs_no_note(ticket, verifier):
    complete(ticket, verifier, system="SPSE")
    ticket.refresh_from_db()
    complete(ticket, verifier, result="confirmed", source="Layar SIKaP", note="")
    assert Message.objects.count() == 0


def test_form_data_stand_beside_the_documents_masked(ticket, verifier):
    panel = form_data_panel(ticket, verifier)
    words = render_to_string(panel.template, panel.context | {"ticket": ticket})
    assert (NPWP in words, NIK in words) == (False, False)
    assert [fact.value for fact in panel.context["form_data"]] == [
        "CV Tunas Pandan",
        "CV, Kantor pusat",
        "•••••••••••4000",
        "Ratna Widuri",
        "••••••••••••0003",
        "Jalan Cendana 12, Kota Bogor, Jawa Barat 16123",
        "0812 0000 0177",
    ]


def test_only_who_may_see_the_numbers_is_offered_them(ticket, bogor, verifier):
    clerk = officer(bogor, Role.FRONT_OFFICE)
    offered = [
        form_data_panel(ticket, user).context["may_see_identity"]
        for user in (verifier, clerk)
    ]
    assert offered == [True, False]


def test_ticket_of_the_counter_has_no_form_data(bogor, verifier):
    assert form_data_panel(counter_ticket(bogor), verifier) is None


def test_registration_after_the_ticket_is_only_recorded(ticket):
    step = kind_of(step_of(ticket).model_copy(update={"kind": "register"}))
    assert list(step.form(ticket, step_of(ticket)).fields) == []
    assert step.button(ticket, step_of(ticket)) == "Catat pendaftaran selesai"


def test_applicant_does_not_activate_himself(ticket):
    applicant = User.objects.get(email=EMAIL)
    with pytest.raises(PermissionDenied):
        complete(ticket, applicant, system="SPSE")


def test_number_that_no_rule_vouches_for_is_marked(ticket, verifier):
    Supplier.objects.update(needs_check=True)
    panel = form_data_panel(ticket, verifier)
    shown = render_to_string(panel.template, panel.context | {"ticket": ticket})
    assert "Nomor pajak perlu dicek" in shown


def test_desk_shows_the_form_data_at_every_step(client, bogor, verifier):
    ticket = submitted(bogor).ticket
    client.force_login(verifier)
    shown = client.get(reverse("tickets:ticket", args=[ticket.number])).content.decode()
    assert ("Isian pemohon" in shown, "•••••••••••4000" in shown) == (True, True)


def test_history_tells_the_activation_in_words(client, bogor, ticket, verifier):
    complete(ticket, verifier, system="SPSE")
    client.force_login(verifier)
    shown = client.get(reverse("tickets:ticket", args=[ticket.number])).content.decode()
    assert "Mencatat akun aktif di SPSE." in shown
