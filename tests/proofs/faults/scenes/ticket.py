"""Jobs of tickets, calls, access and prints."""

from datetime import timedelta
from hashlib import sha256
from importlib import import_module

from procrastinate.contrib.django.models import ProcrastinateJob

from loket.access_rights.models import OutsideAccount
from loket.access_rights.tasks import remind_of_accounts, settle_access_requests
from loket.files.actions import report
from loket.files.models import Trouble
from loket.kernel import clock
from loket.offices.actions import Away, note_absence
from loket.offices.roles import Role
from loket.portal import tasks as portal
from loket.standards.queries import spec_of
from loket.suppliers.actions.changing import announce
from loket.suppliers.tasks import let_changes_go
from loket.tenders.actions.exhibits import Handed, take_exhibit
from loket.tenders.tasks import destroy_old_exhibits
from loket.tickets import subscriptions, tasks as tickets
from loket.tickets.actions import withdraw
from loket.tickets.actions.presence import look_in
from loket.tickets.models import Document, Presence, Ticket
from loket.verification.actions import propose
from loket.verification.tasks import remind_of_sessions
from tests.factories.asking import at_hold, at_sealing
from tests.factories.calling import at_call, plan
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.proofs.faults.scenes import MONDAY, scene
from tests.proofs.faults.scenes.low import TICK
from tests.unit.access_rights.asking import confirmed, submitted
from tests.unit.tickets.browsing import at_verification, give_all


@scene(remind_of_sessions, hours=25)
def call_is_near(stage):
    ticket, caller = at_call(stage.bogor)
    propose(ticket, plan(MONDAY + timedelta(days=2)), by=again(caller))
    return TICK


@scene(settle_access_requests, days=40)
def asked_for_access(stage):
    submitted(stage.depok)
    submitted(stage.depok, "sekar@dinas.example", nip="199007252015032002")
    confirmed(stage.depok, "lupa@dinas.example")
    return TICK


@scene(remind_of_accounts)
def accounts_end(stage):
    by = again(officer(stage.depok))
    for place in range(2):
        OutsideAccount.objects.create(
            office=stage.depok, ticket=registration(stage.depok), system="SPSE", name=f"akun{place}", holder="Galih",
            holder_user=again(officer(stage.depok)), until=(MONDAY + timedelta(days=9)).date(), granted_at=MONDAY,
            recorded_at=MONDAY, granted_by=by,
        )  # fmt: skip
    return TICK


@scene(destroy_old_exhibits, days=400)
def exhibits_are_old(stage):
    """Two sealed files of requests that ended."""
    by = again(officer(stage.depok, Role.HELPDESK))
    for _ in range(2):
        ticket = at_sealing(stage.depok)
        take_exhibit(ticket, spec_of(ticket.standard_id).step("segel"), Handed("Galih", "a.rhs", b"apendo"), by=by)  # fmt: skip
        Ticket.objects.filter(pk=ticket.pk).update(
            status="closed", turn="nobody", ended_at=MONDAY, outcome="fulfilled"
        )
    return TICK


@scene(let_changes_go, hours=25)
def holds_are_over(stage):
    for serial in range(2):
        announce(at_hold(stage.bogor, serial), by=None)
    return TICK


@scene(subscriptions.deliver)
def event_happened(stage):
    registration(stage.bogor)
    job = ProcrastinateJob.objects.filter(task_name=subscriptions.deliver.name).first()
    ProcrastinateJob.objects.filter(pk=job.pk)._raw_delete("default")
    return job.args


@scene(tickets.close_old_tickets, days=400)
def tickets_are_old(stage):
    for _ in range(2):
        registration(stage.bogor)
    return TICK


@scene(tickets.remind_to_chase, days=9, hours=2)
def waits_outside_too_long(stage):
    """Two problems at LKPP; the office is open when the clock comes."""
    helpdesk = again(officer(stage.depok, Role.HELPDESK))
    for _ in range(2):
        ticket = registration(stage.depok)
        ticket.escalations.create(
            office=stage.depok, step="x", party="lkpp", tried="Dicoba.", by=helpdesk, at=MONDAY, recorded_at=MONDAY
        )  # fmt: skip
    return TICK


@scene(tickets.release_left_behind)
def holder_is_away(stage):
    sari = again(officer(stage.bogor, name="Sari Wening"))
    for _ in range(2):
        Ticket.objects.filter(pk=at_verification(stage.bogor).pk).update(assignee=sari)
    note_absence(stage.bogor, sari, Away("leave", MONDAY, MONDAY + timedelta(days=3)), by=sari)  # fmt: skip
    return TICK


def _with_documents(stage):
    ticket = registration(stage.depok)
    ticket.documents_wanted = spec_of(ticket.standard_id).requirements
    give_all(ticket)
    return ticket


@scene(tickets.destroy_old_documents, days=4000)
def kept_long_enough(stage):
    for _ in range(2):
        ticket = _with_documents(stage)
        withdraw(ticket, by=again(ticket.applicant))
    return TICK


@scene(tickets.forget_screens, days=2)
def was_on_screen(stage):
    ticket = registration(stage.bogor)
    look_in(ticket, by=again(officer(stage.bogor)))
    assert Presence.objects.count() == 1
    return TICK


def _damaged(stage):
    officer(stage.depok)
    _with_documents(stage)
    for document in Document.objects.select_related("file")[:2]:
        report(document.file, Trouble.DAMAGED)
    ProcrastinateJob.objects.filter(task_name=tickets.tell_of_damage.name)._raw_delete("default")  # fmt: skip
    return {}


scene(tickets.tell_of_damage)(_damaged)
scene(tickets.tell_of_damage_hourly)(lambda stage: _damaged(stage) | TICK)


@scene(portal.draw_prints, job={"lock": "draw_prints"})
def paper_is_new(stage):
    """All others are marked as drawn, since each takes seconds."""
    import_module(portal.DRAWING)  # once for all children, since it takes a second
    papers = [each for office in portal.offices() for each in portal.papers(office)]
    for paper in papers[1:]:
        row = paper.row
        html = portal.html_of(paper)
        row.content = sha256(f"{portal.STYLE}\n{html}".encode()).hexdigest()
        row.pages, row.data, row.size, row.sha256 = 1, b"%PDF-", 5, "0" * 64
        row.drawn_at = clock.now()
        row.save(force_insert=True)
    return TICK
