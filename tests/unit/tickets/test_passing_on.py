"""A problem the office cannot solve goes to LKPP with all it needs there, and is asked about until it comes back (E1, G14)."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from loket.kernel import clock
from loket.offices.roles import Role
from loket.requests.actions import Asked, submit
from loket.requests.queries import ways_to_ask
from loket.standards.queries import in_force, spec_of
from loket.tickets.actions.asking import Passed, escalate, note_reference, record_result
from loket.tickets.models import Escalation
from loket.tickets.tasks import remind_to_chase
from tests.factories.asking import moved_to, supplier
from tests.factories.jobs import run_jobs_here
from tests.factories.people import again, officer, person
from tests.factories.registering import post
from tests.flows.contradictions.walks import wib
from tests.unit.portal.reading import text_of
from tests.unit.ui.pages import Page

pytestmark = pytest.mark.django_db
SAID = {
    "aplikasi": "spse", "masalah": "Berkas penawaran tidak terunggah.", "kode_error": "E-77", "kode_tender": "9012077",
}  # fmt: skip
X4 = ["Judul Tiket", "LPSE", "Aplikasi", "Kode Error", "Kode Tender", "Tipe Tiket", "Deskripsi"]  # fmt: skip


@pytest.fixture
def world(depok):
    """A supplier's problem at the step that passes it on, on a Monday at 14.00 WIB."""
    with clock.at(wib("2026-11-23 14:00")):
        owner, helper = person("Sekar Lintang"), officer(depok, Role.HELPDESK)
        supplier(owner)
        standard = in_force(depok, "penanganan-masalah")
        way, *_ = ways_to_ask(owner, depok, spec_of(standard.pk))
        ticket = submit(standard, Asked(way, "loket", (), SAID), by=again(owner))
        yield moved_to(ticket, "teruskan"), owner, helper


def pass_on(ticket, helper, reference="LS-77-0177"):
    step = spec_of(ticket.standard_id).step("teruskan")
    passed = Passed("lkpp", "Peramban lain dan jaringan lain.", reference)
    return escalate(ticket, step, passed, by=again(helper))


def browser_of(user):
    browser = Client()
    browser.force_login(user)
    return browser


def reminders(moment):
    """Whoever was told to ask when the job ran at this moment."""
    run_jobs_here()
    mail.outbox.clear()
    with clock.at(moment):
        remind_to_chase(0)
        run_jobs_here()
    return [each.to for each in mail.outbox]


def test_every_field_of_the_other_form_can_be_copied(world):
    ticket, _owner, helper = world
    pass_on(ticket, helper)
    page = browser_of(helper).get(reverse("tickets:package", args=[ticket.number]))
    fields = {each.name: each.value for each in page.context["fields"]}
    assert [*fields] == X4
    assert (fields["Aplikasi"], fields["Kode Error"], fields["Kode Tender"]) == ("SPSE", "E-77", "9012077")  # fmt: skip
    for told in ("PT Tunas Pandan", "Berkas penawaran tidak terunggah.", "Peramban lain", ticket.number):  # fmt: skip
        assert told in fields["Deskripsi"]


def test_its_files_come_as_a_zip(world):
    ticket, _owner, helper = world
    pass_on(ticket, helper)
    answer = post(browser_of(helper), reverse("tickets:package_files", args=[ticket.number]), {})  # fmt: skip
    assert (answer.status_code, ZipFile(BytesIO(answer.content)).testzip()) == (
        200,
        None,
    )


def test_the_applicant_reads_since_when_lkpp_has_it(world):
    ticket, owner, helper = world
    pass_on(ticket, helper)
    page = Page(browser_of(owner).get(reverse("tickets:own", args=[ticket.number])).content.decode())  # fmt: skip
    told = text_of(page)
    assert "Di LKPP sejak 23 November 2026" in told
    assert "LS-77-0177" in told


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-11-30 13:59", False),  # not seven days
        ("2026-11-30 14:30", True),
        ("2026-11-30 19:00", False),  # the office is closed
        ("2026-12-04 10:00", False),  # this service has no Fridays
    ],
)
def test_officers_are_told_to_ask_in_office_hours(world, moment, told):
    ticket, _owner, helper = world
    pass_on(ticket, helper)
    ticket.assignee = helper
    ticket.save(update_fields=["assignee"])
    assert reminders(wib(moment)) == ([[helper.email]] if told else [])


def test_asking_puts_the_next_reminder_off(world):
    ticket, _owner, helper = world
    pass_on(ticket, helper)
    with clock.at(wib("2026-11-27 09:00")):
        note_reference(ticket, by=again(helper), chased=True)
    ticket.refresh_from_db()
    ticket.assignee = helper
    ticket.save(update_fields=["assignee"])
    assert reminders(wib("2026-11-30 14:30")) == []
    assert reminders(wib("2026-12-07 10:00")) == [[helper.email]]
    assert reminders(wib("2026-12-07 10:30")) == []  # told once


def test_handed_back_and_passed_on_again(world):
    """Whoever had it gave it back, so it waits at one place only."""
    ticket, _owner, helper = world
    pass_on(ticket, helper)
    pass_on(moved_to(ticket, "teruskan"), helper, reference="LS-77-0178")
    waiting = Escalation.objects.filter(ticket=ticket, answered_at=None)
    assert [each.reference for each in waiting] == ["LS-77-0178"]


def test_the_answer_ends_the_waiting(world):
    ticket, _owner, helper = world
    pass_on(ticket, helper)
    ticket.refresh_from_db()
    step = spec_of(ticket.standard_id).step("tunggu")
    with clock.at(datetime(2026, 11, 25, 3, tzinfo=UTC)):
        record_result(ticket, step, by=again(helper), result="Batas unggah dinaikkan.")
    found = Escalation.objects.get(ticket=ticket)
    assert found.answered_at - found.at > timedelta(days=1)
    assert found.answer.body == "Batas unggah dinaikkan."
    assert reminders(wib("2026-12-14 10:00")) == []
