"""SIKaP to the end: reminders on office days, once each; done with proof, waived with a reason (G25, T7, T8)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.models import Mail
from loket.offices.actions import close_office
from loket.offices.roles import Role
from loket.suppliers.actions.follow_up import (
    Contact,
    Ending,
    Seen,
    not_yet,
    note_contact,
    promise_to_fill,
    say_filled,
    settle,
)
from loket.suppliers.models import FollowUp, Outreach
from loket.suppliers.queries.follow_up import (
    is_unanswered,
    next_reminder,
    outreach_of,
    whatsapp,
)
from loket.suppliers.tasks import remind_of_sikap
from loket.tickets.actions import WrongStatus, withdraw
from loket.tickets.models import Event, Message, Proof, Ticket
from tests.factories.counting import statements
from tests.factories.days import today
from tests.factories.jobs import run_jobs_here
from tests.factories.papers import pdf
from tests.factories.people import again, officer
from tests.factories.registering import EMAIL, post, submitted
from tests.factories.walking import complete

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)  # eleven in Jakarta
PICTURE = (pdf(), "sikap.pdf")


def jakarta(day, hour=11, month=11):
    return datetime(2026, month, day, hour - 7, tzinfo=UTC)


def active(office, step="aktifkan"):
    """A supplier whose account was activated on a Friday."""
    with clock.at(FRIDAY):
        ticket, verifier = submitted(office).ticket, officer(office)
        Ticket.objects.update(step=step, status="in_progress", turn="office")
        ticket.refresh_from_db()
        complete(ticket, verifier, system="SPSE")
    ticket.refresh_from_db()
    ticket.applicant, ticket.verifier = User.objects.get(email=EMAIL), verifier
    return ticket


@pytest.fixture
def ticket(bogor):
    return active(bogor)


@pytest.fixture
def at_batang(batang):
    return active(batang, step="setujui")


def work(moment):
    """The quarter-hourly job at this moment; the reminders so far."""
    with clock.at(moment):
        remind_of_sikap(0)
    return list(Outreach.objects.reminders().values_list("after_days", flat=True).order_by("pk"))  # fmt: skip


def confirmed(source="Layar SIKaP", **more):
    return Ending("confirmed", Seen(source=source, **more))


def test_reminders_go_out_on_office_days_one_three_and_seven(ticket):
    told = [
        work(jakarta(20, 13)),  # the day of activation
        work(jakarta(21)),  # Saturday
        work(jakarta(23, 8)),  # Monday, not open yet
        work(jakarta(23, 10)),
        work(jakarta(24)),
        work(jakarta(25)),
        work(jakarta(30)),
        work(jakarta(1, month=12)),
        work(jakarta(11, month=12)),
    ]
    assert told == [
        [], [], [], [1], [1], [1, 3], [1, 3], [1, 3, 7], [1, 3, 7],
    ]  # fmt: skip


def test_closed_day_is_no_office_day(ticket, bogor):
    close_office(bogor, jakarta(23).date(), reason="Hari jadi kota")
    assert (work(jakarta(23)), work(jakarta(24))) == ([], [1])


def test_office_without_printed_hours_reminds_on_weekdays(at_batang):
    assert (work(jakarta(21)), work(jakarta(22)), work(jakarta(23))) == ([], [], [1])


def test_worker_that_was_away_reminds_once_of_the_newest(ticket):
    assert work(jakarta(26)) == [3]
    assert work(jakarta(27)) == [3]


def test_same_reminder_twice_is_refused_by_the_table(ticket):
    work(jakarta(23))
    first = Outreach.objects.get()
    for days, is_refused in ((1, True), (3, False)):
        again_ = Outreach(office=first.office, follow_up=first.follow_up, way="mail",
                          after_days=days, at=first.at, recorded_at=first.at)  # fmt: skip
        try:
            with transaction.atomic():
                again_.save()
        except IntegrityError:
            assert is_refused
        else:
            assert not is_refused


def test_reminder_is_one_mail_with_what_to_fill_in_and_bring(ticket):
    work(jakarta(23, 10))
    work(jakarta(23, 12))
    run_jobs_here()
    [letter] = [each for each in mail.outbox if "SIKaP" in each.subject]
    assert letter.to == [EMAIL]
    for words in ("Izin usaha", "Tenaga ahli", "https://sikap.lkpp.go.id/", "Mal Pelayanan Publik"):  # fmt: skip
        assert words in " ".join(letter.body.split())


def test_reminder_is_written_in_the_reader_s_language(ticket):
    User.objects.filter(email=EMAIL).update(language="en")
    work(jakarta(23))
    assert Mail.objects.get(template="suppliers/mail/sikap").language == "en"


@pytest.mark.parametrize("how", ["said", "settled", "withdrawn"])
def test_nobody_is_reminded_any_more(ticket, how):
    if how == "said":
        say_filled(ticket, by=again(ticket.applicant))
    elif how == "settled":
        settle(ticket, confirmed(), by=again(ticket.verifier))
    else:
        Ticket.objects.update(status="withdrawn", turn="nobody", ended_at=clock.now())
    assert work(jakarta(23)) == []
    assert Mail.objects.filter(template="suppliers/mail/sikap").count() == 0


def test_missing_data_are_asked_again_and_reminded_again(ticket):
    say_filled(ticket, by=again(ticket.applicant))
    not_yet(ticket, by=again(ticket.verifier), note="Akta belum diunggah.")
    assert (Message.objects.get().is_internal, work(jakarta(23))) == (False, [1])
    ticket.refresh_from_db()
    assert (ticket.step, ticket.is_open) == ("sikap", True)


def test_desk_knows_the_next_reminder_and_who_is_silent(ticket):
    follow_up = FollowUp.objects.select_related("ticket__office").get()
    with clock.at(jakarta(23)):
        first = next_reminder(follow_up, [])
    work(jakarta(23))
    with clock.at(jakarta(24)):
        second = next_reminder(follow_up, outreach_of(follow_up))
        silent = [is_unanswered(follow_up)]
    with clock.at(jakarta(11, month=12)):
        silent.append(is_unanswered(follow_up))
    assert (first, second) == (jakarta(23), jakarta(25, 10))
    assert silent == [False, True]


@pytest.mark.parametrize(
    "ending",
    [Ending("confirmed"), Ending("waived"), Ending("waived", reason="  "), Ending("confirmed", Seen(looked_on=jakarta(20).date()))],
)  # fmt: skip
def test_nothing_ends_without_proof_or_reason(ticket, ending):
    with pytest.raises(ValidationError):
        settle(ticket, ending, by=again(ticket.verifier))
    ticket.refresh_from_db()
    assert (ticket.is_open, FollowUp.objects.get().outcome) == (True, "")


def test_table_itself_refuses_an_end_without_proof(ticket):
    with pytest.raises(IntegrityError, match="follow_up_done_with_proof"):
        FollowUp.objects.update(outcome="confirmed", settled_at=clock.now(), settled_by=ticket.verifier)  # fmt: skip


@pytest.mark.parametrize("seen", [Seen(source="sikap.lkpp.go.id"), Seen(file=PICTURE)])
def test_officer_confirms_with_what_he_saw_and_the_ticket_ends(ticket, seen):
    settle(ticket, Ending("confirmed", seen), by=again(ticket.verifier))
    ticket.refresh_from_db()
    found = FollowUp.objects.get()
    assert (ticket.status, ticket.outcome) == ("done", "fulfilled")
    assert (found.outcome, found.settled_by) == ("confirmed", ticket.verifier)
    assert bool(found.proof) is bool(seen.file)
    assert bool(found.looked_on) is bool(seen.source)


def test_picture_of_the_supplier_is_proof_for_the_officer(ticket):
    say_filled(ticket, by=again(ticket.applicant), file=PICTURE)
    settle(ticket, Ending("confirmed"), by=again(ticket.verifier))
    assert FollowUp.objects.get().proof == Proof.objects.get(by=ticket.applicant)


def test_day_of_looking_is_never_to_come(ticket):
    tomorrow = today() + timedelta(days=2)
    with pytest.raises(ValidationError) as refused:
        settle(ticket, confirmed(looked_on=tomorrow), by=again(ticket.verifier))
    assert list(refused.value.error_dict) == ["looked_on"]


def test_front_office_may_confirm_but_not_waive(ticket, bogor):
    front = officer(bogor, Role.FRONT_OFFICE)
    with pytest.raises(PermissionDenied):
        settle(ticket, Ending("waived", reason="Tidak mau"), by=front)
    settle(ticket, confirmed(), by=again(front))
    ticket.refresh_from_db()
    # The step itself is the verifier's
    assert (ticket.step, ticket.is_open) == ("sikap", True)
    complete(ticket, ticket.verifier)
    ticket.refresh_from_db()
    assert ticket.status == "done"


def test_other_offices_and_the_supplier_do_not_settle(ticket, depok):
    for stranger in (officer(depok), ticket.applicant):
        with pytest.raises(PermissionDenied):
            settle(ticket, confirmed(), by=again(stranger))


def test_second_end_is_a_conflict(ticket, bogor):
    settle(ticket, confirmed(), by=again(officer(bogor, Role.FRONT_OFFICE)))
    with pytest.raises(WrongStatus):
        settle(ticket, confirmed(), by=again(ticket.verifier))


def test_help_at_the_counter_has_minutes_and_who(ticket):
    with pytest.raises(ValidationError):
        note_contact(ticket, Contact("counter"), by=again(ticket.verifier))
    made = note_contact(ticket, Contact("counter", minutes=25), by=again(ticket.verifier))  # fmt: skip
    assert (made.by, made.minutes) == (ticket.verifier, 25)
    assert Event.objects.get(name="sikap_contact").data == {"way": "counter", "minutes": 25}  # fmt: skip


def test_ready_words_open_in_whatsapp_with_the_number_of_the_country(ticket):
    writing = whatsapp(ticket, phone="0812 0000 0177", link="https://loket.example/x/")
    assert writing.href.startswith("https://wa.me/6281200000177?text=")
    assert ticket.number in writing.text
    assert whatsapp(ticket, phone="", link="x") is None


def test_batang_asks_for_the_statement_then_for_the_proof(at_batang):
    ticket = at_batang
    complete(ticket, ticket.verifier, result="promised")
    ticket.refresh_from_db()
    assert (ticket.step, ticket.turn) == ("isi-sikap", "applicant")
    with pytest.raises(ValidationError):
        complete(ticket, ticket.applicant, file=None)
    upload = SimpleUploadedFile("sikap.pdf", pdf(), "application/pdf")
    complete(ticket, ticket.applicant, file=upload)
    ticket.refresh_from_db()
    found = FollowUp.objects.get()
    assert (ticket.status, found.outcome, found.proof.by) == ("done", "shown", ticket.applicant)  # fmt: skip


def test_batang_waived_at_the_first_step_passes_both(at_batang):
    ticket = at_batang
    complete(ticket, ticket.verifier, result="waived", note="Sudah terisi sejak 2024")
    ticket.refresh_from_db()
    steps = Event.objects.filter(name="step_done", step__in=("pantau", "isi-sikap"))
    assert (ticket.status, [each.data["result"] for each in steps]) == ("done", ["waived"] * 2)  # fmt: skip


def test_depok_has_no_follow_up(depok):
    ticket = active(depok)
    assert (FollowUp.objects.count(), ticket.step) == (0, "bukti")


def test_supplier_reads_his_next_step_and_says_that_it_is_done(client, ticket):
    client.force_login(ticket.applicant)
    address = reverse("tickets:own", args=[ticket.number])
    shown = client.get(address).content.decode()
    assert ("Langkah berikutnya: isi SIKaP" in shown, "Akta perusahaan" in shown) == (True, True)  # fmt: skip
    said = post(client, reverse("suppliers:own_promise", args=[ticket.number]))
    done = post(client, reverse("suppliers:own_filled", args=[ticket.number]))
    assert (said.status_code, done.status_code) == (302, 302)
    found = FollowUp.objects.get()
    assert bool(found.promised_at and found.said_at)
    assert "Petugas akan memeriksanya" in client.get(address).content.decode()


def test_file_that_is_no_picture_keeps_the_form(client, ticket):
    client.force_login(ticket.applicant)
    bad = SimpleUploadedFile("sikap.png", b"bukan gambar", "image/png")
    answered = post(client, reverse("suppliers:own_filled", args=[ticket.number]), {"file": bad})  # fmt: skip
    assert (answered.status_code, FollowUp.objects.get().said_at) == (422, None)


def test_desk_lists_and_settles(client, ticket, bogor):
    client.force_login(ticket.verifier)
    page = reverse("suppliers:follow_up", args=[ticket.number])
    rows = client.get(reverse("suppliers:follow_ups", args=[bogor.slug])).content.decode()  # fmt: skip
    assert ticket.number in rows
    assert "wa.me/6281200000177" in client.get(page).content.decode()
    contact = reverse("suppliers:follow_up_contact", args=[ticket.number])
    assert post(client, contact, {"way": "counter"}).status_code == 422
    assert post(client, contact, {"way": "phone", "note": "Akan diisi"}).status_code == 302  # fmt: skip
    assert post(client, page, {"result": "confirmed"}).status_code == 422
    assert post(client, page, {"result": "confirmed", "source": "SIKaP"}).status_code == 302  # fmt: skip
    assert client.get(page).status_code == 200


def test_promise_is_stated_once(ticket):
    promise_to_fill(ticket, by=again(ticket.applicant))
    first = FollowUp.objects.get().promised_at
    promise_to_fill(ticket, by=again(ticket.applicant))
    assert FollowUp.objects.get().promised_at == first


def test_withdrawn_ticket_settles_nothing(ticket):
    with pytest.raises(PermissionDenied):
        withdraw(ticket, by=again(ticket.applicant))


def test_desk_page_reads_no_more_for_what_followed(client, ticket, bogor):
    head = officer(bogor, Role.KEPALA_BAGIAN)
    client.force_login(head)
    address = reverse("tickets:ticket", args=[ticket.number])
    client.get(address)
    with statements() as sent:
        assert client.get(address).status_code == 200
    assert len(sent) <= 12, sent


def test_list_of_the_office_reads_the_same_for_any_number(client, ticket, bogor):
    client.force_login(ticket.verifier)
    address = reverse("suppliers:follow_ups", args=[bogor.slug])
    client.get(address)
    with statements() as sent:
        assert client.get(address).status_code == 200
    assert len(sent) <= 8, sent


def test_picture_that_was_found_wanting_does_not_end_the_supplier_s_own_step(at_batang):
    applicant, verifier = again(at_batang.applicant), again(at_batang.verifier)
    promise_to_fill(at_batang, by=applicant)
    complete(at_batang, verifier, result="promised")
    with clock.at(clock.now() + timedelta(hours=1)):
        say_filled(at_batang, by=applicant, file=PICTURE)
    with clock.at(clock.now() + timedelta(hours=2)):
        not_yet(at_batang, by=verifier, note="Tenaga ahli kosong")
    with clock.at(clock.now() + timedelta(hours=3)), pytest.raises(ValidationError):
        settle(at_batang, Ending("shown"), by=applicant)
    assert FollowUp.objects.get().is_open
    with clock.at(clock.now() + timedelta(hours=4)):
        settle(at_batang, Ending("shown", Seen(PICTURE)), by=applicant)
    assert FollowUp.objects.get().outcome == "shown"
