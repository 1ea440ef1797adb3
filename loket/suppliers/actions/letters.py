"""Filled letters as PDF: asked for, kept, destroyed."""

from contextlib import suppress

from django.core.exceptions import PermissionDenied
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from loket.accounts.models import User
from loket.files.actions import destroy, store
from loket.files.content import PDF
from loket.kernel import clock
from loket.suppliers.models import FilledLetter
from loket.suppliers.queries.copies import may_prepare, past_keeping, state_of
from loket.suppliers.queries.letters import Sheet, paper_html
from loket.tickets.models import Ticket

DRAW = "loket.suppliers.tasks.draw_filled_letter"


@transaction.atomic
def prepare_letter(
    ticket: Ticket, sheet: Sheet, *, with_identity: bool, by: User
) -> FilledLetter:
    """Have the PDF drawn, unless one that says the same is there or on its way; parties and officers of the office."""
    if not may_prepare(by, ticket):
        raise PermissionDenied
    named = {
        "ticket": ticket,
        "letter": sheet.code,
        "language": sheet.language,
        "with_identity": with_identity,
    }
    now = clock.now()
    row = FilledLetter(office=ticket.office, asked_by=by, asked_at=now, **named)
    # Two at once: the second waits for the first, and finds its row
    FilledLetter.objects.bulk_create([row], ignore_conflicts=True)
    copy = FilledLetter.objects.select_for_update(of=("self",)).get(**named)
    if state_of(copy, paper_html(ticket.office, sheet)).state != "ready":
        copy.asked_by, copy.asked_at = by, now
        copy.save(update_fields=["asked_by", "asked_at"])
        enqueue(copy)
    return copy


def enqueue(copy: FilledLetter) -> None:
    """Have a job draw it, unless one is waiting already."""
    job = app.configure_task(DRAW, queueing_lock=f"filled-letter-{copy.pk}")
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(letter_id=copy.pk)


@transaction.atomic
def keep_letter(
    copy: FilledLetter, data: bytes, *, content: str, pages: int, by: None
) -> None:
    """Keep the drawn PDF in place of the one before it; a job draws, so `by` is nobody."""
    held = FilledLetter.objects.select_for_update(of=("self",)).filter(pk=copy.pk).first()  # fmt: skip
    if held is None or held.content == content:
        return  # destroyed meanwhile, or a job that was thought dead was faster
    before = held.file
    held.file = store(
        held.office,
        data=data,
        name=f"{held.letter}-{held.ticket.number}.pdf",
        content_type=PDF,
        pages=pages,
        by=by,
    )
    held.content, held.drawn_at = content, clock.now()
    held.save(update_fields=["file", "content", "drawn_at"])
    if before:
        destroy(before)


def destroy_old_letters() -> int:
    """Destroy what has been kept long enough, each letter alone; one that somebody holds stays. How many."""
    return sum(_end(pk) for pk in past_keeping().values_list("pk", flat=True))


@transaction.atomic
def _end(pk: int) -> bool:
    found = past_keeping().select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        return False  # drawn anew meanwhile
    if found.file and not destroy(found.file):
        return False
    found.delete()
    return True
