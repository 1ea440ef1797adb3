"""Mails about calls: a time, another time, none, a reminder, the result."""

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from loket.kernel.ics import Appointment
from loket.kernel.mail import on_failed, renders
from loket.kernel.models import Mail
from loket.standards.queries import settings_of
from loket.tickets.actions import note_lost_mail
from loket.tickets.actions.merging import when_merged
from loket.tickets.models import Event, Ticket
from loket.tickets.queries import asked_documents
from loket.tickets.queries.words import service_title, words
from loket.tickets.subscriptions import on
from loket.verification.actions import bring_calls, let_go, promise_mails
from loket.verification.models import Provider, Session
from loket.verification.queries import time_words

INVITATION = "verification/mail/session"
NEWS = "verification/mail/session_news"
INVITES = ("session_planned", "session_moved")


@on(*INVITES)
def invite(event: Event) -> None:
    """The applicant reads when the call is (T4)."""
    session = _session(event.data["session"])
    promise_mails(session, INVITATION, f"session:{session.pk}", what=event.name)


@on("session_cancelled", "session_missed")
def tell(event: Event) -> None:
    """The applicant reads that another time follows."""
    session = _session(event.data["session"])
    promise_mails(session, NEWS, f"{event.name}:{session.pk}", what=event.name)


@on("session_held")
def tell_result(event: Event) -> None:
    """Everything agreed; what must be mended has a mail of its own."""
    if event.data["accepted"]:
        session = _session(event.data["session"])
        promise_mails(session, NEWS, f"session_held:{session.pk}", what=event.name)


@on("withdraw", "close", "close_unanswered", "reject", "merge")
def free_the_time(event: Event) -> None:
    """Nobody is called about a ticket that ended; whoever ended it knows, so no mail is sent."""
    let_go(event.ticket, by=event.by)


@renders(INVITATION)
@renders(NEWS)
def letter(mail: Mail) -> dict[str, Any]:
    """The call as it stands when the mail is sent."""
    session = _session(mail.context["session"])
    ticket = session.ticket
    asked = [each for each in asked_documents(ticket) if not each.is_accepted]
    link = settings.SITE_URL + reverse("tickets:own", args=[ticket.number])
    return {
        "ticket": ticket,
        "office": ticket.office,
        "contacts": settings_of(ticket.office).contacts,
        "service": service_title(ticket),
        "session": session,
        "what": mail.context["what"],
        "told": time_words(session),
        "titles": [words(each.requirement.title) for each in asked],
        "link": link,
        "appointment": _appointment(mail, session, link),
    }


def _appointment(mail: Mail, session: Session, link: str) -> Appointment | None:
    """The call in the reader's calendar: one entry per ticket, which every round moves or takes back."""
    is_cancelled = mail.context["what"] == "session_cancelled"
    is_told = mail.context["what"] in INVITES and session.is_planned
    if not is_told and not is_cancelled:
        return None
    ticket, sender = session.ticket, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    is_number = session.provider == Provider.PHONE
    return Appointment(
        uid=f"{ticket.number}@{sender.rpartition('@')[2]}",
        sequence=2 * session.round + is_cancelled,
        starts=session.scheduled_at,
        ends=session.until,
        title=_("Panggilan video, tiket %(number)s") % {"number": ticket.number},
        text=link,
        place=str(session.where) if is_number else link,
        organizer=ticket.office.name,
        sender=sender,
        guest=mail.to,
        is_cancelled=is_cancelled,
    )


@on_failed(INVITATION, NEWS)
def note_lost(mail: Mail) -> None:
    """Officers see on the ticket that the applicant does not know, and call him."""
    note_lost_mail(_session(mail.context["session"]).ticket, mail, by=None)


def _session(pk: Any) -> Session:
    found = Session.objects.select_related(
        "office", "ticket__office", "ticket__service", "ticket__assignee"
    )
    session: Session = found.get(pk=pk)
    return session


@when_merged
def bring_calls_along(kept: Ticket, other: Ticket) -> None:
    """Calls that were held or fell through belong to the request, wherever it goes on."""
    bring_calls(kept, other)
