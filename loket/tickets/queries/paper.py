"""What stands on a document the office hands out."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from loket.offices.models import Office
from loket.standards.queries import settings_of, spec_of
from loket.tickets.models import IssuedDocument, Ticket
from loket.tickets.queries.documents import asked_documents
from loket.tickets.queries.reading import readable_code
from loket.tickets.queries.words import document_title, service_title
from loket.ui.navigation import LOOKUP
from loket.ui.templatetags.dates import tanggal


def issued_named(ticket: Ticket, number: str) -> IssuedDocument | None:
    """The document of this ticket with this printed number."""
    found = IssuedDocument.objects.filter(ticket=ticket)
    named = found.select_related("office", "by", "ticket__standard")
    return next((each for each in named if each.number == number), None)


def paper_of(issued: IssuedDocument) -> dict[str, Any]:
    """Everything the template of an issued document prints."""
    ticket, office = issued.ticket, issued.office
    code = readable_code(ticket.public_code)
    return {
        "issued": issued,
        "ticket": ticket,
        "office": office,
        "language": get_language() or settings.LANGUAGE_CODE,
        "title": document_title(office, issued.kind),
        "service": service_title(ticket),
        "decree": _decree(ticket),
        "documents": asked_documents(ticket),
        "place": _place(office),
        "contacts": _contacts(office),
        "code": code,
        "address": f"{settings.SITE_URL}{LOOKUP}{code}/",
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
