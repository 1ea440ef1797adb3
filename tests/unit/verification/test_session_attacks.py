"""What somebody tries who wants a call to count that was none, or who changes his mind (G7, R18)."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from loket.files.actions import contents
from loket.files.models import Scan
from loket.files.scanning import settle
from loket.kernel import clock
from loket.suppliers.models import Supplier
from loket.tickets.actions import WrongStatus, withdraw
from loket.tickets.models import Event, Proof
from loket.tickets.tasks import destroy_old_documents
from loket.verification import actions
from loket.verification.models import Session
from loket.verification.queries import call_link, consent_of, standing_of, time_words
from loket.verification.tasks import remind_of_sessions
from tests.factories.calling import at_call, held, plan, screenshot
from tests.factories.jobs import run_jobs_here
from tests.factories.papers import pdf
from tests.factories.people import again
from tests.factories.walking import link
from tests.unit.tickets.browsing import signed_in

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)  # 10.30 WIB
CALL = MONDAY + timedelta(hours=1)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def called(bogor):
    return at_call(bogor)


@pytest.fixture
def ready(called):
    """Everything was done but the end."""
    ticket, caller = called
    session, hold = held(ticket, caller)
    with clock.at(CALL):
        hold()
        yield ticket, caller, session


@pytest.mark.parametrize("scan", [Scan.HELD, Scan.INFECTED])
def test_a_picture_nobody_can_look_at_proves_nothing(ready, scan):
    _ticket, caller, session = ready
    file = Proof.objects.get().file
    file.scan = scan
    file.save(update_fields=["scan"])
    with pytest.raises(ValidationError) as refusal:
        actions.finish(session, by=again(caller))
    assert refusal.value.messages == ["Gambar bukti masih dipindai atau ditahan. Tunggu, atau unggah yang lain."]  # fmt: skip
    actions.keep_picture(session, data=screenshot(), name="b.png", by=again(caller))
    actions.finish(session, by=again(caller))
    assert Session.objects.get().status == "held"


def test_a_virus_found_later_is_told_to_the_office_alone(ready):
    ticket, caller, session = ready
    actions.finish(session, by=again(caller))
    run_jobs_here()
    before, proof = len(mail.outbox), Proof.objects.get()
    assert settle(proof.file, virus="Contoh")
    run_jobs_here()
    event = Event.objects.get(name="proof_infected")
    assert event.data == {"purpose": session.purpose, "sha256": proof.file.sha256}
    assert len(mail.outbox) == before
    desk = signed_in(again(caller)).get(reverse("verification:session", args=[ticket.number]))  # fmt: skip
    own = signed_in(again(ticket.applicant)).get(reverse("tickets:own", args=[ticket.number]))  # fmt: skip
    told = "menemukan virus"
    assert (told in desk.content.decode(), told in own.content.decode()) == (
        True,
        False,
    )


def test_a_pdf_is_no_picture_of_a_call(called):
    ticket, caller = called
    session = actions.propose(ticket, plan(CALL), by=again(caller))
    with clock.at(CALL):
        actions.begin(session, by=again(caller))
        with pytest.raises(ValidationError):
            actions.keep_picture(session, data=pdf(), name="a.png", by=again(caller))
    assert not Proof.objects.exists()


def test_a_picture_of_twenty_megabytes_is_refused(called):
    ticket, caller = called
    session = actions.propose(ticket, plan(CALL), by=again(caller))
    with clock.at(CALL):
        actions.begin(session, by=again(caller))
        big = screenshot() + b"\0" * 20 * 1024 * 1024
        with pytest.raises(ValidationError):
            actions.keep_picture(session, data=big, name="a.png", by=again(caller))
    assert not Proof.objects.exists()


@pytest.mark.parametrize(
    ("provider", "where"),
    [
        ("link", "https://[rapat.example"),
        ("link", "https://rapat.example@lain.example/a"),
        ("link", " javascript:alert(1)//https://a.example"),
        ("link", "data:text/html,https://a.example"),
        ("phone", "javascript:alert(12345678)"),
        ("phone", "0812 0000 0177 atau 0813"),
        ("phone", "081200000177081200000177"),
    ],
)
def test_an_odd_address_or_number_is_refused_at_its_field(called, provider, where):
    ticket, caller = called
    with pytest.raises(ValidationError) as refusal:
        actions.propose(ticket, plan(provider=provider, where=where), by=again(caller))
    assert list(refusal.value.message_dict) == ["where"]


def test_the_country_may_be_written_with_two_noughts():
    assert call_link(Session(provider="phone", where="0062 812-0000-0177")) == "https://wa.me/6281200000177"  # fmt: skip


def test_an_applicant_who_gives_up_frees_the_time_and_is_not_reminded(called, bogor):
    ticket, caller = called
    session = actions.propose(ticket, plan(CALL + timedelta(hours=1)), by=again(caller))
    run_jobs_here()
    ticket.refresh_from_db()
    withdraw(ticket, by=again(ticket.applicant))
    with clock.at(CALL + timedelta(minutes=1)):
        remind_of_sessions(0)
        assert Session.objects.get().status == "planned"  # the job has not run yet
        run_jobs_here()
    assert [each for each in mail.outbox if "pengingat" in each.subject] == []
    kept = Session.objects.get()
    assert (kept.status, kept.ended_by) == ("cancelled", ticket.applicant)
    other, _colleague = at_call(bogor)
    assert actions.propose(other, plan(session.scheduled_at), by=again(caller)).is_planned  # fmt: skip


def test_a_call_of_an_ended_ticket_is_not_held(ready):
    ticket, caller, session = ready
    ticket.refresh_from_db()
    withdraw(ticket, by=again(ticket.applicant))
    for act in (actions.finish, actions.miss, actions.see_code, actions.begin):
        with pytest.raises(WrongStatus):
            act(session, by=again(caller))


def test_a_finished_call_is_finished_once(ready):
    _ticket, caller, session = ready
    actions.finish(session, by=again(caller))
    with pytest.raises(WrongStatus):
        actions.finish(session, by=again(caller))
    assert Event.objects.filter(name="session_held").count() == 1


def test_pictures_are_the_officers_alone(ready):
    ticket, caller, _session = ready
    stranger, _other = at_call(ticket.office)
    page = reverse(
        "tickets:proof_page", args=[ticket.number, Proof.objects.get().pk, 1]
    )
    seen = {
        name: signed_in(again(who)).get(page).status_code
        for name, who in {"officer": caller, "applicant": ticket.applicant, "another": stranger.applicant}.items()
    }  # fmt: skip
    assert (seen["officer"], 200 in {seen["applicant"], seen["another"]}) == (
        200,
        False,
    )


def test_the_minutes_print_the_hash_of_what_is_kept(ready):
    ticket, caller, session = ready
    actions.finish(session, by=again(caller))
    kept = sha256(contents(Proof.objects.get().file)).hexdigest()
    desk = signed_in(again(caller)).get(reverse("verification:session", args=[ticket.number]))  # fmt: skip
    text = desk.content.decode()
    assert ("Risalah panggilan video" in text, text.count(f">{kept}<")) == (True, 1)


def test_pictures_end_but_hash_and_result_stay(ready):
    ticket, caller, session = ready
    actions.finish(session, by=again(caller))
    ticket.refresh_from_db()
    withdraw(ticket, by=again(ticket.applicant))
    digest = Proof.objects.get().file.sha256
    with clock.at(CALL + timedelta(days=91)):
        destroy_old_documents(0)
        proof = Proof.objects.select_related("file").get()
        assert proof.file.destroyed_at is not None
        assert (proof.file.sha256, Session.objects.get().is_accepted) == (digest, True)


@pytest.mark.parametrize(("language", "ending"), [("id", "90 hari setelah tiket berakhir."), ("en", "90 days after the ticket has ended.")])  # fmt: skip
def test_consent_speaks_one_language_and_names_the_days_of_the_office(called, language, ending):  # fmt: skip
    ticket, _caller = called
    assert consent_of(ticket, language).endswith(ending)


def test_a_supplier_abroad_reads_the_distance_from_utc(called):
    ticket, caller = called
    link(ticket)
    session = actions.propose(ticket, plan(CALL), by=again(caller))
    home = time_words(session)
    Supplier.objects.update(country="SG")
    session.ticket = type(ticket).objects.select_related("office").get()
    assert (home, time_words(session)) == (
        "Senin, 23 November 2026, 11.30 WIB",
        "Senin, 23 November 2026, 11.30 WIB (UTC+7)",
    )
    assert time_words(session, for_office=True) == home


def test_a_lack_names_nothing_that_was_done(ready):
    assert standing_of(ready[2]).lacks == ()
