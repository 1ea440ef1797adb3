"""Submission: account, supplier and ticket, all or nothing."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from loket.accounts.models import User
from loket.kernel import clock
from loket.suppliers.actions import Taken, answer, confirm, new_link, submit
from loket.suppliers.models import Registration, Representative, Supplier
from loket.suppliers.queries import TERMS_VERSION, tax_identity
from loket.tickets.models import Event, Segment, Ticket
from tests.factories.people import PASSWORD, person
from tests.factories.registering import (
    BUSINESS,
    EMAIL,
    IDENTITY,
    NIK,
    NPWP,
    OTHER_NPWP,
    asked,
    confirmed,
    filled_in,
    send,
    submitted,
)

pytestmark = pytest.mark.django_db
OTHER = "lain@pandan.example"
FOREIGN = BUSINESS | {"applicant_kind": "perusahaan-asing", "form_of_business": "asing"}


def test_submission_opens_a_ticket_of_the_office_in_force(bogor):
    draft = submitted(bogor)
    ticket = draft.ticket
    assert (ticket.office, ticket.number[:3]) == (bogor, "BGR")
    assert (ticket.applicant_kind, ticket.applicant_name, ticket.channel) == (
        "badan-usaha",
        "CV Tunas Pandan",
        "portal",
    )


def test_submission_opens_an_account_that_signs_in_with_the_chosen_password(bogor):
    submitted(bogor)
    user = User.objects.get(email=EMAIL)
    assert (user.user_id, user.name) == ("tunaspandan", "Ratna Widuri")
    assert user.check_password(PASSWORD)


def test_applicant_acts_for_the_supplier_and_sees_the_ticket(bogor):
    draft = submitted(bogor)
    user = User.objects.get(email=EMAIL)
    deputy = Representative.objects.get()
    assert (deputy.supplier, deputy.user, deputy.role) == (
        draft.supplier,
        user,
        "owner",
    )
    assert list(Ticket.objects.visible_to(user)) == [draft.ticket]


def test_supplier_holds_what_was_typed(bogor):
    supplier = submitted(bogor).supplier
    supplier.refresh_from_db()
    assert (supplier.tax_id, supplier.responsible_nik) == (NPWP, NIK)
    assert (supplier.province, supplier.regency, supplier.country) == (
        "32",
        "32.71",
        "ID",
    )
    assert supplier.tax_id_digest == tax_identity(NPWP).digest
    assert (supplier.form_of_business, supplier.branch_kind) == ("cv", "head")


def test_draft_keeps_consent_and_blanks_answers_and_password(bogor):
    moment = clock.now()
    draft = filled_in(bogor)
    with clock.at(moment):
        send(draft)
    draft.refresh_from_db()
    assert (draft.answers, draft.password_hash) == ("", "")
    assert (draft.terms_version, draft.consented_at) == (TERMS_VERSION, moment)


def test_second_submission_gives_the_same_ticket(bogor):
    draft = filled_in(bogor)
    again = Registration.objects.get(pk=draft.pk)
    assert send(draft) == send(again)
    assert Ticket.objects.count() == 1


def test_two_register_steps_are_recorded_at_their_true_times(batang):
    start = clock.now() - timedelta(hours=3)
    used, sent = start + timedelta(minutes=20), start + timedelta(minutes=50)
    with clock.at(start):
        draft = asked(batang)
        token = new_link(draft)
    with clock.at(used):
        draft = confirm(token)
        answer(draft, page="business", said=BUSINESS)
        answer(draft, page="tax", said={"number": NPWP, "password": PASSWORD})
        answer(draft, page="identity", said=IDENTITY | {"facts": []})
    with clock.at(sent):
        ticket = send(draft)
    closed = Segment.objects.filter(ticket=ticket, ended_at__isnull=False).order_by(
        "pk"
    )
    assert [(one.step, one.started_at, one.ended_at) for one in closed] == [
        ("daftar", start, used),
        ("isi", used, sent),
    ]


def test_single_register_step_lasts_from_asking_to_sending(bogor):
    start = clock.now() - timedelta(minutes=30)
    with clock.at(start):
        draft = filled_in(bogor)
    sent = clock.now()
    with clock.at(sent):
        ticket = send(draft)
    first = Segment.objects.filter(ticket=ticket).earliest("pk")
    assert (first.step, first.started_at, first.ended_at) == ("daftar", start, sent)
    done = Event.objects.get(ticket=ticket, name="step_done")
    assert (done.at, done.recorded_at, done.data["minutes"]) == (sent, sent, 30)


def test_only_facts_the_applicant_was_asked_about_are_kept(depok):
    draft = submitted(depok, facts=["pkp", "has_certificate"])
    assert draft.ticket.facts == ["pkp"]


def test_claimed_number_is_refused_and_nothing_remains(bogor, depok):
    submitted(bogor)
    draft = filled_in(depok, OTHER, user_id="lain")
    with pytest.raises(Taken) as refusal:
        send(draft)
    assert refusal.value.page == "tax"
    assert (User.objects.filter(email=OTHER).count(), Ticket.objects.count()) == (0, 1)


def test_refusal_tells_nothing_about_who_holds_the_number(bogor, depok):
    submitted(bogor)
    with pytest.raises(Taken) as refusal:
        send(filled_in(depok, OTHER, user_id="lain"))
    words = str(refusal.value)
    assert [each for each in (bogor.name, "Pandan", NPWP, EMAIL) if each in words] == []


def test_other_spelling_of_a_claimed_number_is_refused(bogor):
    submitted(bogor)
    with pytest.raises(Taken):
        send(filled_in(bogor, OTHER, npwp=f"0{NPWP}", user_id="lain"))


def test_branch_registers_beside_its_head_office(bogor):
    submitted(bogor)
    branch = f"0{NPWP}000001"
    other = submitted(
        bogor,
        OTHER,
        npwp=branch,
        business=BUSINESS | {"branch_kind": "branch"},
        user_id="cabang",
    )
    assert other.supplier.tax_id == branch
    assert Supplier.objects.count() == 2


def test_user_id_taken_meanwhile_leads_back_to_its_page(bogor):
    draft = filled_in(bogor)
    person(user_id="TunasPandan")
    with pytest.raises(Taken) as refusal:
        send(draft)
    assert refusal.value.page == "identity"
    assert Supplier.objects.count() == 0


def test_address_registered_meanwhile_offers_sign_in(bogor, depok):
    draft = filled_in(bogor)
    submitted(depok, npwp=OTHER_NPWP, user_id="lain")
    with pytest.raises(Taken) as refusal:
        send(draft)
    assert refusal.value.page == ""


def test_unfinished_draft_is_refused_with_the_missing_page(bogor):
    draft = confirmed(bogor)
    answer(draft, page="business", said=BUSINESS)
    with pytest.raises(Taken) as refusal:
        submit(draft, route="counter", terms_version=TERMS_VERSION)
    assert refusal.value.page == "tax"


def test_foreign_company_registers_with_country_and_its_own_number(bogor):
    draft = confirmed(bogor)
    answer(draft, page="business", said=FOREIGN)
    answer(draft, page="tax", said={"country": "SG", "number": "T26LL0042K"})
    home = {"nik", "regency"}
    said = {name: value for name, value in IDENTITY.items() if name not in home}
    answer(draft, page="identity", said=said | {"facts": []})
    send(draft)
    supplier = draft.supplier
    assert (supplier.country, supplier.tax_id, supplier.needs_check) == (
        "SG",
        "T26LL0042K",
        True,
    )
    assert (supplier.province, supplier.responsible_nik) == ("", "")


def test_same_number_of_two_countries_are_two_identities():
    singapore, japan = (tax_identity("26-0042", country=code) for code in ("SG", "JP"))
    assert singapore.digest != japan.digest
    assert singapore.digest == tax_identity("26 0042", country="SG").digest


def test_office_that_stopped_registering_refuses_with_a_reason(bogor):
    draft = filled_in(bogor)
    with clock.at(clock.now().replace(year=2019)), pytest.raises(Taken) as refusal:
        send(draft)
    assert str(refusal.value) == "Kantor ini tidak lagi menerima pendaftaran."


def test_defect_in_the_answers_does_not_look_like_a_rival(bogor):
    draft = filled_in(bogor, regency="")
    with pytest.raises(IntegrityError):
        send(draft)
    assert Ticket.objects.count() == 0


def test_foreign_company_needs_no_region_here(bogor):
    draft = filled_in(bogor, business=FOREIGN, regency="", nik="")
    answer(draft, page="tax", said={"country": "SG", "number": "T26LL0042K"})
    assert send(draft).applicant_kind == "perusahaan-asing"


def test_ticket_waits_for_the_applicants_documents(bogor):
    ticket = submitted(bogor).ticket
    assert (ticket.step, ticket.status, ticket.turn) == (
        "siapkan",
        "waiting_applicant",
        "applicant",
    )


def test_promise_does_not_run_before_the_documents_are_there(bogor):
    ticket = submitted(bogor).ticket
    assert (ticket.counting_from, ticket.due_at) == (None, None)
