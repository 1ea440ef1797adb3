"""Jobs of the registration: which mail is sent, alarms about mails that do not arrive, old drafts."""

from datetime import timedelta
from importlib import import_module

from django.db import transaction
from procrastinate.contrib.django import app

from loket.files.content import examine
from loket.kernel import clock
from loket.kernel.outbox import promise
from loket.kernel.tasks import SENDING
from loket.offices.models import Office
from loket.suppliers.actions import begin
from loket.suppliers.actions.appearing import renew_sight
from loket.suppliers.actions.changing import let_go
from loket.suppliers.actions.follow_up import remind
from loket.suppliers.actions.letters import destroy_old_letters, enqueue, keep_letter
from loket.suppliers.actions.papers import destroy_old_papers
from loket.suppliers.models import (
    FilledLetter,
    FollowUp,
    Link,
    LinkRequest,
    Registration,
    SpentPuzzle,
    Tally,
)
from loket.suppliers.permissions import ALARMED
from loket.suppliers.queries import DRAFT_DAYS, told, unalarmed
from loket.suppliers.queries.changes import held_long_enough
from loket.suppliers.queries.copies import digest_of, html_of, unfinished
from loket.suppliers.queries.follow_up import due_reminder, waiting
from loket.suppliers.queries.proxies import beginning
from loket.tickets.actions.events import record
from loket.tickets.queries.reading import reachable_parties

DRAWING = "loket.files.drawing"  # not imported above: page servers must not pay for WeasyPrint
REMINDER = "suppliers/mail/sikap"
ASKED_DAYS = 30  # requests, and drafts that were stopped, are kept so long
TALLY_KEPT = timedelta(days=1)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="let_changes_go")
def let_changes_go(timestamp: int) -> None:
    """Requests whose hold is over go on to the officer who changes the data."""
    for ticket in held_long_enough():
        let_go(ticket, by=None)


@app.task(queue="mail", retry=SENDING)
@transaction.atomic
def begin_registration(request_id: int) -> None:
    """Decide which mail a request gets; run twice, it is decided once."""
    waiting = LinkRequest.objects.select_for_update(of=("self",)).filter(pk=request_id)
    for asked in waiting.select_related("office", "registration"):
        begin(asked)


@app.task(queue="mail", retry=SENDING)
@transaction.atomic
def tell_of_report(link_id: int) -> None:
    """Tell the office that somebody reported a registration, on the ticket when there is one."""
    link = Link.objects.select_related("office", "registration__ticket").get(pk=link_id)
    for officer in told(link.office, ALARMED):
        promise(
            key=f"reported:{link.pk}:{officer.pk}",
            to=officer.email,
            template="suppliers/mail/reported",
            context={"link": link.pk},
            office_id=link.office_id,
            language=officer.language,
        )
    ticket = link.registration.ticket if link.registration else None
    if ticket and not ticket.events.filter(name="reported", data__link=link.pk):
        record(ticket, "reported", by=None, link=link.pk)


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="alarm_of_late_mails")
def alarm_of_late_mails(timestamp: int) -> None:
    """Tell each office of registration mails that came back or are late (F10, C26), each once."""
    for office in Office.objects.all():
        _alarm(office)


@transaction.atomic
def _alarm(office: Office) -> None:
    """One mail to each helper for all that is new, however many there are."""
    late = list(unalarmed(office).select_for_update(of=("self",)))
    if not late:
        return
    LinkRequest.objects.filter(pk__in=[each.pk for each in late]).update(
        alarmed_at=clock.now()
    )
    for officer in told(office, ALARMED):
        promise(
            key=f"late:{max(each.pk for each in late)}:{officer.pk}",
            to=officer.email,
            template="suppliers/mail/late",
            context={"requests": [each.pk for each in late], "office": office.pk},
            office_id=office.pk,
            language=officer.language,
        )


@app.periodic(cron="7 19 * * *")
@app.task(queueing_lock="sweep_drafts")
def sweep_drafts(timestamp: int) -> None:
    """Delete what was begun and left, with its links; forget puzzles and counts that are over."""
    now = clock.now()
    left = Registration.objects.filter(
        finished_at=None, touched_at__lt=now - timedelta(days=DRAFT_DAYS)
    )
    left.delete()
    LinkRequest.objects.filter(at__lt=now - timedelta(days=ASKED_DAYS)).delete()
    SpentPuzzle.objects.filter(expires_at__lt=now).delete()
    Tally.objects.filter(began_at__lt=now - TALLY_KEPT).delete()


@app.periodic(cron="57 19 * * *")
@app.task(queueing_lock="end_papers_of_powers")
def end_papers_of_powers(timestamp: int) -> None:
    """Destroy the papers of powers of attorney that are kept no longer."""
    destroy_old_papers()


@app.task(queue="papers")
def draw_filled_letter(letter_id: int) -> None:
    """Draw what a letter says now; nothing when it was drawn already, or is no longer wanted."""
    copy = FilledLetter.objects.select_related("ticket__office").filter(pk=letter_id).first()  # fmt: skip
    if copy is None:
        return
    html = html_of(
        copy.ticket,
        copy.letter,
        language=copy.language,
        with_identity=copy.with_identity,
    )
    if html is None or copy.content == digest_of(html):
        return
    data = import_module(DRAWING).pdf_of(html)
    pages = examine(data, types=("pdf",)).pages
    keep_letter(copy, data, content=digest_of(html), pages=pages, by=None)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="draw_unfinished_letters")
def draw_unfinished_letters(timestamp: int) -> None:
    """What a killed worker left is drawn by the next."""
    for copy in unfinished():
        enqueue(copy)


@app.periodic(cron="27 19 * * *")
@app.task(queueing_lock="end_filled_letters")
def end_filled_letters(timestamp: int) -> None:
    """Destroy filled letters that are kept no longer."""
    destroy_old_letters()


@app.periodic(cron="3 * * * *")
@app.task(queueing_lock="begin_powers")
def begin_powers(timestamp: int) -> None:
    """A linked proxy whose second power begins today sees its tickets again."""
    for power in beginning():
        renew_sight(power)


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="remind_of_sikap")
def remind_of_sikap(timestamp: int) -> None:
    """Remind suppliers whose data are not yet in SIKaP: on the office's days, while it is open, each day once (G25)."""
    for each, reminded in waiting():
        days = due_reminder(each, reminded)
        if days is not None:
            _remind(each, days)


@transaction.atomic
def _remind(follow_up: FollowUp, days: int) -> None:
    if not remind(follow_up, days):
        return
    for person in reachable_parties(follow_up.ticket):
        promise(
            key=f"sikap:{follow_up.pk}:{days}:{person.pk}",
            to=person.email,
            template=REMINDER,
            context={"ticket": follow_up.ticket_id},
            office_id=follow_up.office_id,
            language=person.language,
        )
