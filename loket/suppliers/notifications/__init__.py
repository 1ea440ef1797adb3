"""What events of a ticket mean for a supplier: its three mails (F9, F17), its proxies, its tax identity."""

from contextlib import suppress

from django.core.exceptions import ValidationError

from loket.kernel.outbox import promise
from loket.suppliers.actions import settle_claim
from loket.suppliers.actions.appearing import bring_along
from loket.suppliers.actions.changing import announce, let_go
from loket.suppliers.models import PowerOfAttorney, Representative, Sanction
from loket.suppliers.notifications import (  # they announce the letters
    changes,
    merging,
    offers,
    people,
    registration,
    standing,
)
from loket.suppliers.queries import registration_of
from loket.tickets.models import Event
from loket.tickets.subscriptions import on

__all__ = ["changes", "merging", "offers", "people", "registration", "standing"]


@on("submit", "registered")
def tell_submitted(event: Event) -> None:
    """The applicant reads what was sent and what to bring (F17)."""
    _promise(event, "submitted")


@on("submit", "registered")
def bring_powers(event: Event) -> None:
    """A power of attorney for the whole service covers the new ticket too."""
    bring_along(event.ticket)


@on("submit", "registered", "step_done", "form_mended")
def announce_change(event: Event) -> None:
    """A change of data is kept and the old address told; where nothing is held, the request goes on at once."""
    if announce(event.ticket, by=None):
        with suppress(ValidationError):  # its hold is not over
            let_go(event.ticket, by=None)


@on("change_stopped")
def go_on_stopped(event: Event) -> None:
    """The office has a stopped change again at once."""
    let_go(event.ticket, by=None)


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


@on("deactivated", "reactivated")
def tell_people(event: Event) -> None:
    """All people of the supplier learn that the account stands still, or works again; each once."""
    found = Sanction.objects.filter(pk=event.data["sanction"]).first()
    if found is None:
        return
    people = Representative.objects.current().filter(supplier=found.supplier_id)
    for person in people.select_related("user"):
        promise(
            key=f"{event.name}:{found.pk}:{person.user_id}",
            to=person.user.email,
            template=f"suppliers/mail/{event.name}",
            context={"sanction": found.pk},
            office_id=event.office_id,
            language=person.user.language,
        )


@on("reject", "withdraw", "close_unanswered", "reopen")
def follow_claim(event: Event) -> None:
    """A request that came to nothing holds no tax identity."""
    settle_claim(event.ticket)


def _promise(event: Event, name: str) -> None:
    found = registration_of(event.ticket)
    if found is None:
        return
    promise(
        key=f"{name}:{event.pk}",
        to=found.email,
        template=f"suppliers/mail/{name}",
        context={"event": event.pk},
        office_id=event.office_id,
        language=found.language,
    )
