"""The letters of an account that works: fill in SIKaP; it stands still; it works again."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from loket.kernel.mail import on_failed, renders
from loket.kernel.models import Mail
from loket.standards.queries import settings_of
from loket.suppliers.models import Sanction
from loket.suppliers.notifications.letters import heading
from loket.suppliers.queries.follow_up import papers_for_sikap, parts_of_sikap
from loket.tickets.actions import note_lost_mail
from loket.tickets.models import Ticket


@renders("suppliers/mail/sikap")
def sikap(mail: Mail) -> dict[str, Any]:
    """What SIKaP asks for, what to have at hand, and where help is."""
    ticket = _ticket(mail)
    office = settings_of(ticket.office)
    return {
        **heading(ticket.office),
        "ticket": ticket,
        "sikap": office.sikap.url,
        "parts": parts_of_sikap(),
        "papers": papers_for_sikap(ticket),
        "places": office.places,
        "link": settings.SITE_URL + reverse("tickets:own", args=[ticket.number]),
    }


@on_failed("suppliers/mail/sikap")
def note_lost_reminder(mail: Mail) -> None:
    """Officers see on the ticket that a reminder did not arrive, and call instead."""
    note_lost_mail(_ticket(mail), mail, by=None)


@renders("suppliers/mail/deactivated")
@renders("suppliers/mail/reactivated")
def standing(mail: Mail) -> dict[str, Any]:
    """Which entry it is, until when, and where to object."""
    found = Sanction.objects.select_related("office", "supplier")
    sanction = found.get(pk=mail.context["sanction"])
    page = reverse("suppliers:own_business", args=[sanction.supplier_id])
    return {
        **heading(sanction.office),
        "sanction": sanction,
        "supplier": sanction.supplier,
        "link": settings.SITE_URL + page,
    }


def _ticket(mail: Mail) -> Ticket:
    found: Ticket = Ticket.objects.with_names().get(pk=mail.context["ticket"])
    return found
