"""Jobs of suppliers: registration, powers of attorney, letters, SIKaP."""

from procrastinate.contrib.django.models import ProcrastinateJob

from loket.kernel import clock
from loket.kernel.models import Mail
from loket.offices.roles import Role
from loket.suppliers import tasks
from loket.suppliers.actions import ask, new_link, new_report_link, report
from loket.suppliers.actions.appearing import link
from loket.suppliers.models import FilledLetter
from loket.suppliers.queries.proxies import Scope
from loket.tickets.actions import withdraw
from tests.factories.people import officer, person
from tests.factories.registering import (
    asked,
    requested,
    submitted,
)
from tests.proofs.faults.scenes import scene
from tests.proofs.faults.scenes.low import TICK
from tests.unit.suppliers.test_follow_up import active
from tests.unit.suppliers.test_proxies import granted, owner, proxy, submitted_ticket


def _without_jobs_of(task):
    ProcrastinateJob.objects.filter(task_name=task.name)._raw_delete("default")


@scene(tasks.begin_registration)
def link_was_asked_for(stage):
    asked_for = ask(stage.bogor, email="halo@pandan.example", language="id")
    _without_jobs_of(tasks.begin_registration)
    return {"request_id": asked_for.pk}


@scene(tasks.tell_of_report)
def reported_as_not_me(stage):
    officer(stage.bogor, Role.KASUBAG_LPSE)
    draft = submitted(stage.bogor)
    report(new_report_link(stage.bogor, registration=draft, request=None))
    job = ProcrastinateJob.objects.get(task_name=tasks.tell_of_report.name)
    _without_jobs_of(tasks.tell_of_report)
    return job.args


@scene(tasks.alarm_of_late_mails, hours=49)
def mails_are_late(stage):
    for office in (stage.batang, stage.bogor):
        officer(office, Role.HELPDESK)
        officer(office, Role.KASUBAG_LPSE)
        requested(office, f"telat{office.pk}@pandan.example")
    Mail.objects.update(failed_at=clock.now(), reason=Mail.Reason.UNKNOWN_MAILBOX)
    return TICK


@scene(tasks.sweep_drafts, days=40)
def drafts_were_left(stage):
    for number in range(2):
        new_link(asked(stage.bogor, f"lupa{number}@pandan.example"))
    return TICK


@scene(tasks.end_papers_of_powers, days=4000)
def power_is_over(stage):
    ticket = submitted_ticket(stage.depok)
    granted(ticket)
    withdraw(ticket, by=owner(ticket))
    return TICK


@scene(tasks.begin_powers, days=3)
def powers_begin(stage):
    ticket, user = submitted_ticket(stage.depok), person()
    for first, last in ((0, 1), (3, 3)):
        scope = Scope(ticket.service, ticket) if first else Scope(ticket.service)
        link(granted(ticket, who=proxy(first=first, last=last), scope=scope), user=user)
    return TICK


def _wanted_letter(stage):
    ticket = submitted(stage.depok).ticket
    return FilledLetter.objects.create(
        office=ticket.office, ticket=ticket, letter="surat-pernyataan", language="id",
        with_identity=True, asked_by=ticket.parties.get().user, asked_at=clock.now(),
    )  # fmt: skip


@scene(tasks.draw_filled_letter)
def letter_is_wanted(stage):
    return {"letter_id": _wanted_letter(stage).pk}


@scene(tasks.draw_unfinished_letters, minutes=30)
def letter_was_not_finished(stage):
    _wanted_letter(stage)
    return TICK


@scene(tasks.end_filled_letters, days=30)
def letter_is_old(stage):
    tasks.draw_filled_letter.func(_wanted_letter(stage).pk)
    return TICK


@scene(tasks.remind_of_sikap, days=3)
def sikap_is_empty(stage):
    active(stage.bogor)
    return TICK
