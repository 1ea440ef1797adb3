"""Who holds a call now, and how it ends; the other writes of a call stand on these."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.outbox import promise
from loket.standards.kinds import KINDS
from loket.standards.pack import Step
from loket.standards.queries import spec_of
from loket.tickets.actions import WrongStatus, check_step
from loket.tickets.models import Ticket
from loket.tickets.permissions import Actor
from loket.tickets.queries.reading import reachable_parties
from loket.verification.models import Session, SessionStatus


def calling_step(ticket: Ticket, by: User) -> Step:
    """The step the ticket stands at, if calls belong to it and it is this officer's."""
    if not ticket.is_open:
        raise WrongStatus(_("Tiket ini sudah berakhir."))
    step = spec_of(ticket.standard_id).step(ticket.step)
    if not KINDS[step.kind].calls:
        raise WrongStatus(_("Tiket ini tidak berada pada langkah panggilan video."))
    check_step(ticket, step, by=by)
    return step


def held_by(session: Session, *, by: User) -> Step:
    """Lock ticket and call for somebody who holds it; whoever comes after its end reads 409."""
    session.ticket.lock()
    step = calling_step(session.ticket, by)
    if not KINDS[step.kind].judges:
        raise WrongStatus(_("Selesaikan langkah penjadwalan lebih dahulu."))
    lock(session)
    return step


def lock(session: Session) -> None:
    """Reload the call and hold it; it must still be planned."""
    ticket = session.ticket
    session.refresh_from_db(from_queryset=Session.objects.select_for_update())
    session.ticket = ticket
    if not session.is_planned:
        raise WrongStatus(_("Panggilan ini sudah berakhir atau dijadwalkan ulang."))


def expect(*, started: bool, session: Session) -> None:
    """Refuse what belongs into a call before it has begun, and the other way round."""
    if started and not session.started_at:
        raise ValidationError(_("Mulai panggilan lebih dahulu."))
    if not started and session.started_at:
        raise WrongStatus(_("Panggilan ini sudah dimulai."))


def end(session: Session, status: SessionStatus, *, by: User) -> None:
    """Write down how the call ended, when, and by whom."""
    session.status, session.ended_at, session.ended_by = status, clock.now(), by
    session.save()


@transaction.atomic
def let_go(ticket: Ticket, *, by: Actor) -> None:
    """The ticket ended: a call still planned falls away, and its officer is free at that time again."""
    ticket.lock()
    planned = Session.objects.planned().filter(ticket=ticket).select_related("officer")
    for session in () if ticket.is_open else planned:
        end(session, SessionStatus.CANCELLED, by=by or session.officer)


def promise_mails(session: Session, template: str, key: str, *, what: str) -> None:
    """One mail to everybody outside the office who sees the ticket, once per key."""
    for person in reachable_parties(session.ticket):
        promise(
            key=f"{key}:{person.pk}",
            to=person.email,
            template=template,
            context={"session": session.pk, "what": what},
            office_id=session.office_id,
            language=person.language,
        )


def bring_calls(kept: Ticket, other: Ticket) -> None:
    """Calls go with a merged ticket as further rounds; one to come is cancelled first, its time was told."""
    rounds = Session.objects.filter(ticket=kept).aggregate(n=Max("round"))["n"] or 0
    moved = Session.objects.filter(ticket=other).order_by("round")
    if any(each.is_planned for each in moved):
        message = _("Tiket %(number)s punya panggilan video yang dijadwalkan. Selesaikan atau batalkan lebih dahulu.")  # fmt: skip
        raise ValidationError(message % {"number": other.number})
    for number, session in enumerate(moved, start=rounds + 1):
        session.ticket, session.round = kept, number
        session.save(update_fields=["ticket", "round"])
