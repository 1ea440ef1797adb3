"""What stands on a document the office hands out, and what its public page says."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext as _

from loket.kernel.fence import show
from loket.offices.models import Office
from loket.standards.queries import settings_of, spec_of
from loket.tickets.models import Event, IssuedDocument, ShownAs, Ticket
from loket.tickets.queries.documents import asked_documents
from loket.tickets.queries.reading import readable_code
from loket.tickets.queries.words import (
    document_title,
    service_title,
    steps_of,
)
from loket.ui import qr
from loket.ui.navigation import LOOKUP, PAPER
from loket.ui.templatetags.dates import tanggal

GROUP = 4  # signs of a printed code between two hyphens
GOES_BACK = ("reopen", "sent_back", "correction_asked")


def issued_named(ticket: Ticket, number: str) -> IssuedDocument | None:
    """The document of this ticket with this printed number."""
    found = IssuedDocument.objects.filter(ticket=ticket)
    named = found.select_related("office", "by", "ticket__standard")
    return next((each for each in named if each.number == number), None)


def issued_by_code(code: str) -> IssuedDocument | None:
    """The document whose paper bears this code, written in any way; the code is the right to see it."""
    plain = "".join(sign for sign in code.upper() if sign.isascii() and sign.isalnum())
    if not plain:
        return None
    show(paper=plain)
    found = IssuedDocument.objects.select_related("office")
    return found.filter(code=plain).first()


def printed_code(code: str) -> str:
    """`7KQ4-M2XP-9DTR-HB3W`: how the code of a paper is printed."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def public_address(issued: IssuedDocument) -> str:
    """Where anybody who holds the paper reads whether it is real and still holds."""
    return f"{settings.SITE_URL}{PAPER}{printed_code(issued.code)}/"


def went_back_since(issued: IssuedDocument) -> bool:
    """Whether the ticket was reopened or sent back after this was handed out."""
    events = Event.objects.filter(ticket=issued.ticket_id)
    own = events.filter(name="issue", data__number=issued.number).values("pk")[:1]
    return events.filter(name__in=GOES_BACK, pk__gt=own).exists()


def lies_ahead_again(ticket: Ticket, kind: str) -> bool:
    """Whether the ticket stands at or before the step that hands out this kind of document."""
    steps = steps_of(ticket)
    here = next((n for n, each in enumerate(steps) if each.code == ticket.step), 0)
    return ticket.is_open and kind in {each.document for each in steps[here:]}


def paper_of(issued: IssuedDocument) -> dict[str, Any]:
    """Everything the template of an issued document prints."""
    ticket, office = issued.ticket, issued.office
    code, public = readable_code(ticket.public_code), public_address(issued)
    return {
        "issued": issued,
        "ticket": ticket,
        "office": office,
        "language": get_language() or settings.LANGUAGE_CODE,
        "title": document_title(office, issued.kind),
        "service": service_title(ticket),
        "decree": _decree(ticket),
        "documents": asked_documents(ticket),
        "is_proxy": ticket.shown_as == ShownAs.PROXY,
        "replaced": IssuedDocument.objects.filter(replaced_by=issued).first(),
        "place": _place(office),
        "contacts": _contacts(office),
        "code": code,
        "address": f"{settings.SITE_URL}{LOOKUP}{code}/",
        "public": public.removeprefix("https://"),
        "qr": qr.svg(public, _("Kode QR ke halaman %(address)s") % {"address": public}),
    }


def _decree(ticket: Ticket) -> str:
    named = spec_of(ticket.standard_id).decree
    decree = settings_of(ticket.office).decrees.get(named or "")
    return f"{decree.number}, {tanggal(decree.date)}" if decree else ""


def _place(office: Office) -> str:
    place = settings_of(office).places[0]
    return ", ".join(part for part in (place.name, place.address) if part)


def _contacts(office: Office) -> str:
    known = settings_of(office).contacts
    return " · ".join([*known.telephone[:1], *known.email[:1]])
