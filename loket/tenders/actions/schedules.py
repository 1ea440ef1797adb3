"""Writing down that a schedule was changed, for everybody to read."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.standards.pack import Step
from loket.standards.queries import spec_of
from loket.tenders.models import ScheduleChange
from loket.tenders.queries.schedules import objections, wanted
from loket.tickets.actions import check_step
from loket.tickets.actions.asking import Performed, perform
from loket.tickets.models import Ticket
from loket.tickets.queries.answers import said_on


@transaction.atomic
def change_schedule(ticket: Ticket, step: Step, done: Performed, *, by: User) -> None:
    """The schedule was changed in SPSE: before and after become public, the request is answered.

    The rules are asked again, since time has passed: what is too late now must be asked for anew.
    """
    ticket.lock()
    check_step(ticket, step, by=by)
    asked = spec_of(ticket.standard_id).fields_for(ticket.applicant_kind)
    said, now = said_on(ticket), clock.now()
    changed_at = done.at or now
    want = wanted(asked, said)
    if not want.stages:
        raise ValidationError(_("Formulir tidak menyebut jadwal semula dan jadwal baru."))  # fmt: skip
    if wrong := objections(asked, said, changed_at):
        raise ValidationError(list(wrong.values()))
    for stage in want.stages:
        ScheduleChange.objects.create(
            office_id=ticket.office_id, ticket=ticket, tender_code=want.tender_code, package=want.package,
            stage=stage.name, before=stage.before, after=stage.after, reason=want.reason,
            changed_at=changed_at, recorded_at=now, changed_by=by,
        )  # fmt: skip
    perform(ticket, step, done, by=by)
