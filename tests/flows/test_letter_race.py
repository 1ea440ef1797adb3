"""A filled letter asked for twice at one moment, and drawn by two workers: one row, one job, one file."""

import threading

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from loket.files.models import StoredFile
from loket.suppliers.actions.letters import prepare_letter
from loket.suppliers.models import FilledLetter
from loket.suppliers.queries import copies
from loket.suppliers.queries.letters import filled_for
from loket.suppliers.tasks import draw_filled_letter
from loket.tickets.models import Ticket
from tests.factories.people import again
from tests.factories.registering import submitted
from tests.flows.test_races import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
LETTER = "surat-pernyataan"


def asked_by_two_browsers(office):
    """How it ended, and how many letters and jobs there are."""
    draft = submitted(office)
    user = draft.ticket.parties.get().user

    def ask():
        ticket = Ticket.objects.select_related("office").get(pk=draft.ticket.pk)
        sheet = filled_for(ticket, LETTER, language="id", with_identity=True)
        prepare_letter(ticket, sheet, with_identity=True, by=again(user))

    jobs = ProcrastinateJob.objects.filter(task_name__endswith="draw_filled_letter")
    return all_at_once([ask, ask]), FilledLetter.objects.count(), jobs.count()


def drawn_by_two_workers():
    """How it ended, and how many files were stored."""
    [pk] = FilledLetter.objects.values_list("pk", flat=True)
    results = all_at_once([lambda: draw_filled_letter(pk)] * 2)
    return results, StoredFile.objects.count()


@pytest.fixture
def together(monkeypatch):
    """Both workers have read that nothing is drawn before either keeps anything."""
    gate = threading.Barrier(2)

    def waits(html):
        gate.wait(timeout=30)
        return copies.digest_of(html)

    monkeypatch.setattr("loket.suppliers.tasks.digest_of", waits)


def test_asked_by_two_browsers_it_is_one_letter_and_one_job(depok):
    assert asked_by_two_browsers(depok) == (["did it", "did it"], 1, 1)


@pytest.mark.usefixtures("together")
def test_two_workers_keep_one_file(depok):
    asked_by_two_browsers(depok)
    assert drawn_by_two_workers() == (["did it", "did it"], 1)


def test_control_two_drawings_that_are_not_compared_keep_two_files(depok, monkeypatch):
    asked_by_two_browsers(depok)
    monkeypatch.setattr("loket.suppliers.tasks.digest_of", lambda html: threading.current_thread().name)  # fmt: skip
    assert drawn_by_two_workers() == (["did it", "did it"], 2)
