"""The three mails of a registration (F9, F17) and what events of a ticket mean for the tax identity."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from loket.accounts.models import User
from loket.kernel.mail import renders
from loket.kernel.models import Mail
from loket.kernel.outbox import promise
from loket.offices.models import Office
from loket.standards.queries import settings_of, spec_of
from loket.suppliers.actions import new_link, settle_claim
from loket.suppliers.models import Registration, Supplier
from loket.suppliers.queries import (
    checklist,
    outside_system,
    region_of,
    registration_of,
)
from loket.tickets.models import Event
from loket.tickets.queries import readable_code
from loket.tickets.subscriptions import on


@on("submit")
def tell_submitted(event: Event) -> None:
    """The applicant reads what was sent and what to bring (F17)."""
    _promise(event, "submitted")


@on("activate")
def tell_activated(event: Event) -> None:
    """The third mail: the account works."""
    _promise(event, "activated")


@on("reject", "withdraw", "close_unanswered", "reopen")
def follow_claim(event: Event) -> None:
    """A request that came to nothing holds no tax identity."""
    settle_claim(event.ticket)


def _promise(event: Event, name: str) -> None:
    registration = registration_of(event.ticket)
    if registration is None:
        return
    promise(
        key=f"{name}:{event.pk}",
        to=registration.email,
        template=f"suppliers/mail/{name}",
        context={"event": event.pk},
        office_id=event.office_id,
        language=registration.language,
    )


@renders("suppliers/mail/confirm")
def confirm(mail: Mail) -> dict[str, Any]:
    """The link is made now, so that no table ever holds it."""
    found = Registration.objects.select_related("office")
    registration = found.get(pk=mail.context["registration"])
    office = registration.office
    link = reverse("suppliers:link", args=[office.slug, new_link(registration)])
    return {
        **_letter(office),
        "link": settings.SITE_URL + link,
        "hours": settings_of(office).confirm_link.valid_hours,
    }


@renders("suppliers/mail/already_registered")
def already_registered(mail: Mail) -> dict[str, Any]:
    """Somebody asked for an account with an address that has one."""
    user = User.objects.get(pk=mail.context["user"])
    office = Office.objects.get(pk=mail.context["office"])
    return {**_letter(office), "person": user}


@renders("suppliers/mail/submitted")
def submitted(mail: Mail) -> dict[str, Any]:
    """What was sent, which office looks at it and what to bring there."""
    event = _event(mail)
    ticket, supplier = (
        event.ticket,
        Supplier.objects.get(registrations__ticket=event.ticket),
    )
    return {
        **_ending(mail, event),
        "supplier": supplier,
        "region": region_of(supplier),
        "code": readable_code(ticket.public_code),
        "documents": checklist(
            spec_of(ticket.standard_id), ticket.applicant_kind, ticket.facts
        ),
        "places": settings_of(event.office).places,
    }


@renders("suppliers/mail/activated")
def activated(mail: Mail) -> dict[str, Any]:
    """Where the account works from now on."""
    event = _event(mail)
    return {**_ending(mail, event), "system": event.data["system"]}


def _event(mail: Mail) -> Event:
    found = Event.objects.select_related("ticket", "office")
    return found.get(pk=mail.context["event"])


def _ending(mail: Mail, event: Event) -> dict[str, Any]:
    person = User.objects.registered(mail.to)
    return {**_letter(event.office), "ticket": event.ticket, "person": person}


def _letter(office: Office) -> dict[str, Any]:
    """What every mail of an office prints: its name, contacts and the way to sign in."""
    return {
        "office": office,
        "contacts": settings_of(office).contacts,
        "outside": outside_system(office),
        "sign_in": settings.SITE_URL + reverse("account_login"),
    }
