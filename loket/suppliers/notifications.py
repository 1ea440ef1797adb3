"""The three mails of a registration (F9, F17) and what events of a ticket mean for the tax identity."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from loket.accounts.models import User
from loket.kernel.mail import on_failed, renders
from loket.kernel.models import Mail
from loket.kernel.outbox import promise
from loket.offices.models import Office
from loket.standards.queries import settings_of, spec_of
from loket.suppliers.actions import new_link, new_report_link, settle_claim
from loket.suppliers.actions.appearing import bring_along
from loket.suppliers.actions.people import VALID, new_invitation_link
from loket.suppliers.models import (
    Link,
    LinkRequest,
    PowerOfAttorney,
    Registration,
    Representative,
    Supplier,
    SupplierInvitation,
)
from loket.suppliers.queries import (
    DRAFT_DAYS,
    delivery,
    outside_system,
    region_of,
    registration_of,
    to_bring,
    ways_outside,
)
from loket.tickets.actions import note_lost_mail
from loket.tickets.models import Event
from loket.tickets.queries import readable_code
from loket.tickets.subscriptions import on
from loket.ui import navigation


@on("submit")
def tell_submitted(event: Event) -> None:
    """The applicant reads what was sent and what to bring (F17)."""
    _promise(event, "submitted")


@on("submit")
def bring_powers(event: Event) -> None:
    """A power of attorney for the whole service covers the new ticket too."""
    bring_along(event.ticket)


@on("appear")
def tell_owners(event: Event) -> None:
    """The owners learn that somebody came in their place (P2)."""
    found = PowerOfAttorney.objects.filter(pk=event.data.get("power"))
    for power in found.select_related("supplier"):
        owners = Representative.objects.owners().filter(supplier=power.supplier)
        for owner in owners.select_related("user"):
            promise(
                key=f"proxy_came:{event.pk}:{owner.user_id}",
                to=owner.user.email,
                template="suppliers/mail/proxy_came",
                context={"event": event.pk},
                office_id=event.office_id,
                language=owner.user.language,
            )


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
@renders("suppliers/mail/resume")
def opening(mail: Mail) -> dict[str, Any]:
    """The links are made now, so that no table ever holds them."""
    found = LinkRequest.objects.select_related("office", "registration__office")
    asked = found.get(pk=mail.context["request"])
    if (draft := asked.registration) is None:
        raise LookupError("the draft of this mail was deleted")
    office = draft.office  # it may have moved since
    return {
        **_letter(office),
        "link": _absolute("suppliers:link", office, new_link(draft)),
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
        **_letter(office),
        "person": User.objects.registered(mail.to),
        "recover": settings.SITE_URL + navigation.RECOVER,
        "join": _absolute("suppliers:join", office),
        "not_me": _not_me(office, registration=None, request=asked),
    }


@renders("suppliers/mail/late")
def late(mail: Mail) -> dict[str, Any]:
    """Which registration mails did not arrive; addresses masked, the desk's list has the rest."""
    office = Office.objects.get(pk=mail.context["office"])
    found = LinkRequest.objects.filter(pk__in=mail.context["requests"], office=office)
    late_ones = [delivery(each) for each in found.select_related("mail").order_by("at")]
    return {
        **_letter(office),
        "deliveries": late_ones,
        "list": _absolute("suppliers:mails", office),
    }


@renders("suppliers/mail/reported")
def reported(mail: Mail) -> dict[str, Any]:
    """Somebody said that a registration with his address is not his."""
    found = Link.objects.select_related("office", "registration__ticket", "request")
    link = found.get(pk=mail.context["link"])
    return {
        **_letter(link.office),
        "link": link,
        "list": _absolute("suppliers:mails", link.office),
    }


def _not_me(
    office: Office, *, registration: Registration | None, request: LinkRequest | None
) -> str:
    token = new_report_link(office, registration=registration, request=request)
    return _absolute("suppliers:not_me", office, token)


def _absolute(name: str, office: Office, *more: str) -> str:
    return settings.SITE_URL + reverse(name, args=[office.slug, *more])


@renders("suppliers/mail/submitted")
def submitted(mail: Mail) -> dict[str, Any]:
    """What was sent, which office looks at it and what to bring there."""
    event = _event(mail)
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
        "ways": ways_outside(spec),
        "places": settings_of(event.office).places,
    }


@renders("suppliers/mail/activated")
def activated(mail: Mail) -> dict[str, Any]:
    """Where the account works from now on."""
    event = _event(mail)
    return {**_ending(mail, event), "system": event.data["system"]}


@on_failed("suppliers/mail/submitted", "suppliers/mail/activated")
def note_lost(mail: Mail) -> None:
    """Officers see on the ticket that the applicant was not reached."""
    note_lost_mail(_event(mail).ticket, mail, by=None)


def _event(mail: Mail) -> Event:
    found = Event.objects.select_related("ticket", "office")
    return found.get(pk=mail.context["event"])


def _ending(mail: Mail, event: Event) -> dict[str, Any]:
    return {
        **_letter(event.office),
        "ticket": event.ticket,
        "person": User.objects.registered(mail.to),
        "not_me": _not_me(
            event.office, registration=registration_of(event.ticket), request=None
        ),
    }


def _letter(office: Office) -> dict[str, Any]:
    """What every mail of an office prints: its name, contacts and the way to sign in."""
    return {
        "office": office,
        "contacts": settings_of(office).contacts,
        "outside": outside_system(office),
        "sign_in": settings.SITE_URL + reverse("account_login"),
    }


@renders("suppliers/mail/invitation")
def invitation(mail: Mail) -> dict[str, Any]:
    """The link is made now, so that no table ever holds it."""
    found = _invitation(mail)
    token = new_invitation_link(found)
    return {
        "invitation": found,
        "supplier": found.supplier,
        "link": settings.SITE_URL + reverse("suppliers:invitation", args=[token]),
        "days": VALID.days,
    }


@renders("suppliers/mail/joined")
def joined(mail: Mail) -> dict[str, Any]:
    """Who used an invitation, so that an owner can undo a mistake."""
    found = _invitation(mail)
    page = reverse("suppliers:own_business", args=[found.supplier_id])
    return {
        "invitation": found,
        "supplier": found.supplier,
        "link": settings.SITE_URL + page,
    }


def _invitation(mail: Mail) -> SupplierInvitation:
    found = SupplierInvitation.objects.select_related(
        "supplier", "power__office", "invited_by", "accepted_by"
    )
    return found.get(pk=mail.context["invitation"])


@renders("suppliers/mail/proxy_came")
def proxy_came(mail: Mail) -> dict[str, Any]:
    """Who came for whom, and where to undo it."""
    event = _event(mail)
    power = PowerOfAttorney.objects.get(pk=event.data["power"])
    page = reverse("suppliers:power", args=[power.supplier_id, power.pk])
    return {
        **_letter(event.office),
        "ticket": event.ticket,
        "power": power,
        "link": settings.SITE_URL + page,
    }
