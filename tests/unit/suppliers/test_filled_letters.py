"""Filled letters as PDF: asked for by a button, drawn once by a job, seen by whom they concern, gone after a week."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pypdfium2
import pytest
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from loket.files.actions import path_of
from loket.files.models import FileView, StoredFile
from loket.kernel import clock, fence
from loket.offices.permissions import enter
from loket.offices.roles import Role
from loket.suppliers.models import FilledLetter
from loket.suppliers.queries.copies import KEPT, may_prepare
from loket.suppliers.tasks import (
    draw_filled_letter,
    draw_unfinished_letters,
    end_filled_letters,
)
from loket.tickets.models import Party
from tests.factories.jobs import run_jobs_here
from tests.factories.people import again, officer, person
from tests.factories.registering import OTHER_NPWP, submitted
from tests.unit.tickets.browsing import signed_in

pytestmark = pytest.mark.django_db
LETTER = "surat-pernyataan"
NEIGHBOUR = {"npwp": OTHER_NPWP, "user_id": "lain", "nik": "3276015508950004", "phone": "0812 0000 0188"}  # fmt: skip


@pytest.fixture
def ticket(depok):
    return submitted(depok).ticket


@pytest.fixture
def applicant(ticket):
    return ticket.parties.get().user


def address(ticket, what="", *, desk=False):
    return f"{'/meja' * desk}/tiket/{ticket.number}/formulir/{LETTER}/{what}"


def asks(user, ticket, *, desk=False):
    """The button, pressed on a page with a fresh key; the status of the answer."""
    where = address(ticket, "siapkan/", desk=desk)
    return signed_in(user).post(where, {"kunci": uuid4().hex}).status_code


def page(user, ticket, *, desk=False):
    """What the letter's page says about the PDF."""
    answer = signed_in(user).get(address(ticket, desk=desk))
    assert answer.status_code == 200
    text = " ".join(answer.content.decode().split())
    said = {"Siapkan PDF": "offered", "PDF sedang disiapkan": "waiting", "Unduh PDF": "ready"}  # fmt: skip
    [found] = [state for words, state in said.items() if words in text]
    return f"changed, {found}" if "Isinya berubah" in text else found


def pdf(user, ticket, *, desk=False):
    return signed_in(user).get(address(ticket, "pdf/", desk=desk))


def text_of(answer):
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    with pypdfium2.PdfDocument(BytesIO(answer.content)) as found:
        return " ".join(each.get_textpage().get_text_range() for each in found)


def drawn(user, ticket, *, desk=False):
    """Asked for by this person and drawn."""
    assert asks(user, ticket, desk=desk) == 302
    run_jobs_here()
    return FilledLetter.objects.select_related("file").get(with_identity=not desk)


def test_a_letter_is_offered_prepared_and_read_on_record(ticket, applicant):
    supplier = ticket.registration.supplier
    states = [page(applicant, ticket)]
    assert asks(applicant, ticket) == 302
    states.append(page(applicant, ticket))
    assert pdf(applicant, ticket)["Location"] == address(ticket)
    run_jobs_here()
    assert [*states, page(applicant, ticket)] == ["offered", "waiting", "ready"]

    answer = pdf(applicant, ticket)
    assert supplier.responsible_nik in text_of(answer)
    assert answer["Cache-Control"] == "private, no-store"
    view = FileView.objects.get()
    assert (view.by, view.as_what) == (applicant, "party")


def test_its_bytes_are_encrypted_on_disk(ticket, applicant):
    copy = drawn(applicant, ticket)
    kept = path_of(copy.file.place).read_bytes()
    assert b"%PDF" not in kept
    assert ticket.registration.supplier.name.encode() not in kept


def test_the_counter_prints_one_without_identity_numbers(ticket, applicant):
    worker, supplier = officer(ticket.office), ticket.registration.supplier
    drawn(applicant, ticket)
    assert page(worker, ticket, desk=True) == "offered"  # not the applicant's
    drawn(worker, ticket, desk=True)
    found = text_of(pdf(worker, ticket, desk=True))
    numbers = (supplier.responsible_nik, supplier.tax_id)
    assert [supplier.name in found, *(each in found for each in numbers)] == [True, False, False]  # fmt: skip


def test_somebody_who_comes_for_him_gets_one_without_identity_numbers(
    ticket, applicant
):
    helper = person()
    Party.objects.create(office=ticket.office, ticket=ticket, user=helper, as_what="staff", since=clock.now())  # fmt: skip
    assert asks(helper, ticket) == 302
    run_jobs_here()
    assert ticket.registration.supplier.responsible_nik not in text_of(pdf(helper, ticket))  # fmt: skip
    assert page(applicant, ticket) == "offered"


def test_only_its_people_reach_it(ticket, applicant, bogor):
    drawn(applicant, ticket)
    drawn(officer(ticket.office), ticket, desk=True)
    neighbour = submitted(ticket.office, "lain@pandan.example", **NEIGHBOUR).ticket.parties.get().user  # fmt: skip
    for stranger, desk in ((neighbour, False), (officer(bogor), True)):
        browser = signed_in(stranger)
        answers = [browser.get(address(ticket, what, desk=desk)) for what in ("", "pdf/")]  # fmt: skip
        assert [each.status_code for each in answers] == [404, 404]
        assert asks(stranger, ticket, desk=desk) == 404
    # The same addresses open to those whom the letter concerns
    assert pdf(applicant, ticket).status_code == 200
    assert pdf(officer(ticket.office), ticket, desk=True).status_code == 200


def seen_by(user, **keys):
    with fence.request(lambda: enter(again(user)) if user else None):
        if keys:
            fence.show(**keys)
        return FilledLetter.objects.count(), StoredFile.objects.count()


def test_the_database_itself_shows_it_to_nobody_else(ticket, applicant, bogor):
    drawn(applicant, ticket)
    assert seen_by(applicant) == seen_by(officer(ticket.office)) == (1, 1)
    assert seen_by(person()) == seen_by(officer(bogor)) == (0, 0)
    assert seen_by(None, ticket=ticket.public_code) == (0, 0)
    Party.objects.update(revoked_at=clock.now())
    assert seen_by(applicant) == (0, 0)


def test_an_auditor_reads_the_page_and_has_nothing_drawn(ticket):
    auditor = officer(ticket.office, Role.AUDITOR)
    assert not may_prepare(again(auditor), ticket)
    answer = signed_in(auditor).get(address(ticket, desk=True))
    assert (answer.status_code, b"Siapkan PDF" in answer.content) == (200, False)
    assert asks(auditor, ticket, desk=True) == 403


def test_a_letter_that_says_something_else_is_drawn_anew(ticket, applicant):
    before = drawn(applicant, ticket).file
    supplier = ticket.registration.supplier
    supplier.address = "Jalan Meranti 40"
    supplier.save()
    assert page(applicant, ticket) == "changed, offered"
    assert pdf(applicant, ticket)["Location"] == address(ticket)

    after = drawn(applicant, ticket).file
    assert "Jalan Meranti 40" in text_of(pdf(applicant, ticket))
    before.refresh_from_db()
    assert (before == after, before.destroyed_at is None) == (False, False)


def test_asked_again_it_is_not_drawn_again(ticket, applicant):
    assert [asks(applicant, ticket), asks(applicant, ticket)] == [302, 302]
    assert ProcrastinateJob.objects.filter(task_name__endswith="draw_filled_letter").count() == 1  # fmt: skip
    run_jobs_here()
    asks(applicant, ticket)
    run_jobs_here()
    assert (FilledLetter.objects.count(), StoredFile.objects.count()) == (1, 1)


class Killed(BaseException):
    """The worker was gone."""


@transaction.atomic
def drawn_and_killed(copy):
    """The worker dies between the drawing and the end of its work."""
    draw_filled_letter(copy.pk)
    raise Killed


def test_a_killed_job_finishes_once(ticket, applicant):
    asks(applicant, ticket)
    copy = FilledLetter.objects.get()
    ProcrastinateJob.objects.all()._raw_delete("default")  # what died with its worker
    with pytest.raises(Killed):
        drawn_and_killed(copy)
    assert page(applicant, ticket) == "waiting"

    draw_unfinished_letters(0)
    run_jobs_here()
    draw_filled_letter(copy.pk)
    assert page(applicant, ticket) == "ready"
    assert StoredFile.objects.count() == 1


def test_whoever_waited_in_vain_finds_the_button_again(ticket, applicant):
    asks(applicant, ticket)
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert page(applicant, ticket) == "offered"


def test_it_is_destroyed_after_a_week(ticket, applicant):
    file = drawn(applicant, ticket).file
    place = path_of(file.place)
    with clock.at(clock.now() + KEPT - timedelta(minutes=1)):
        end_filled_letters(0)
        assert page(applicant, ticket) == "ready"
    with clock.at(clock.now() + KEPT + timedelta(minutes=1)):
        end_filled_letters(0)
        assert page(applicant, ticket) == "offered"
    file.refresh_from_db()
    assert (bytes(file.wrapped_key), FilledLetter.objects.count()) == (b"", 0)
    assert place.parent.exists()


def test_one_that_is_held_stays(ticket, applicant):
    file = drawn(applicant, ticket).file
    StoredFile.objects.filter(pk=file.pk).update(hold="Sengketa")
    with clock.at(clock.now() + 2 * KEPT):
        end_filled_letters(0)
    assert FilledLetter.objects.get().file == file


def test_there_is_one_row_for_each_reader_and_language(ticket, applicant):
    copy = drawn(applicant, ticket)
    copy.pk, copy.file, copy.content, copy.drawn_at = None, None, "", None
    with pytest.raises(IntegrityError, match="filledletter_one_per_reader"):
        copy.save(force_insert=True)


def test_a_drawn_letter_has_its_file(ticket, applicant):
    with pytest.raises(IntegrityError, match="filledletter_drawn_or_not"):
        FilledLetter.objects.create(
            office=ticket.office, ticket=ticket, letter=LETTER, language="id", with_identity=True,
            content="0" * 64, asked_by=applicant, asked_at=clock.now(),
        )  # fmt: skip
