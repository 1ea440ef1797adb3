"""The letters of a registration: its links, what was sent, that the account works, and alarms to the office."""

from typing import Any

from django.conf import settings

from loket.accounts.models import User
from loket.kernel.mail import on_failed, renders
from loket.kernel.models import Mail
from loket.offices.models import Office
from loket.offices.roles import Role
from loket.standards.queries import settings_of, spec_of
from loket.suppliers.actions import new_link, new_report_link
from loket.suppliers.models import Link, LinkRequest, Registration, Supplier
from loket.suppliers.notifications.letters import absolute, event_of, heading
from loket.suppliers.queries import (
    DRAFT_DAYS,
    delivery,
    region_of,
    registration_of,
    to_bring,
    ways_of,
)
from loket.suppliers.queries.follow_up import is_followed_up
from loket.tickets.actions import note_lost_mail
from loket.tickets.models import Event
from loket.tickets.queries import readable_code
from loket.ui import navigation


@renders("suppliers/mail/confirm")
@renders("suppliers/mail/resume")
def opening(mail: Mail) -> dict[str, Any]:
    """The links are made now, so that no table ever holds them."""
    found = LinkRequest.objects.select_related("office", "registration__office")
    asked = found.get(pk=mail.context["request"])
    if (draft := asked.registration) is None:
        raise LookupError("the draft of this mail was deleted")
    office = draft.office  # it may have moved since
    return {
        **heading(office),
        "link": absolute("suppliers:link", office, new_link(draft)),
        "not_me": _not_me(office, registration=draft, request=asked),
        "hours": settings_of(office).confirm_link.valid_hours,
        "days": DRAFT_DAYS,
    }


@renders("suppliers/mail/already_registered")
def already_registered(mail: Mail) -> dict[str, Any]:
    """Somebody asked for an account with an address that has one: three ways to go on."""
    asked = LinkRequest.objects.select_related("office").get(pk=mail.context["request"])
    office = asked.office
    return {
        **heading(office),
        "person": User.objects.registered(mail.to),
        "recover": settings.SITE_URL + navigation.RECOVER,
        "join": absolute("suppliers:join", office),
        "not_me": _not_me(office, registration=None, request=asked),
    }


@renders("suppliers/mail/late")
def late(mail: Mail) -> dict[str, Any]:
    """Which registration mails did not arrive; addresses masked, the desk's list has the rest."""
    office = Office.objects.get(pk=mail.context["office"])
    found = LinkRequest.objects.filter(pk__in=mail.context["requests"], office=office)
    late_ones = [delivery(each) for each in found.select_related("mail").order_by("at")]
    return {
        **heading(office),
        "deliveries": late_ones,
        "list": absolute("suppliers:mails", office),
    }


@renders("suppliers/mail/reported")
def reported(mail: Mail) -> dict[str, Any]:
    """Somebody said that a registration with his address is not his."""
    found = Link.objects.select_related("office", "registration__ticket", "request")
    link = found.get(pk=mail.context["link"])
    return {
        **heading(link.office),
        "link": link,
        "list": absolute("suppliers:mails", link.office),
    }


def _not_me(
    office: Office, *, registration: Registration | None, request: LinkRequest | None
) -> str:
    token = new_report_link(office, registration=registration, request=request)
    return absolute("suppliers:not_me", office, token)


@renders("suppliers/mail/submitted")
def submitted(mail: Mail) -> dict[str, Any]:
    """What was sent, which office looks at it and what to bring there."""
    event = event_of(mail)
    ticket, supplier = (
        event.ticket,
        Supplier.objects.get(registrations__ticket=event.ticket),
    )
    spec = spec_of(ticket.standard_id)
    return {
        **_ending(mail, event),
        "supplier": supplier,
        "region": region_of(supplier),
        "code": readable_code(ticket.public_code),
        "documents": to_bring(spec, ticket.applicant_kind, ticket.facts),
        "ways": ways_of(spec, ticket.route),
        "places": settings_of(event.office).places,
    }


@renders("suppliers/mail/activated")
def activated(mail: Mail) -> dict[str, Any]:
    """Where the account works from now on."""
    event = event_of(mail)
    role = event.data.get("role")
    return {
        **_ending(mail, event),
        "system": event.data["system"],
        "role": Role(role).label if role else "",
        "at": event.at,
        "sikap": settings_of(event.office).sikap.url
        if is_followed_up(event.ticket)
        else "",
    }


@on_failed("suppliers/mail/submitted", "suppliers/mail/activated")
def note_lost(mail: Mail) -> None:
    """Officers see on the ticket that the applicant was not reached."""
    note_lost_mail(event_of(mail).ticket, mail, by=None)


def _ending(mail: Mail, event: Event) -> dict[str, Any]:
    return {
        **heading(event.office),
        "ticket": event.ticket,
        "person": User.objects.registered(mail.to),
        "not_me": _not_me(
            event.office, registration=registration_of(event.ticket), request=None
        ),
    }
