"""What follows from a ticket's events: the PDF of an issued document, and mails to the applicant."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from loket.files.actions import store
from loket.files.content import PDF, examine
from loket.files.models import StoredFile
from loket.files.scanning import when_infected
from loket.files.signatures import report_signatures
from loket.kernel.mail import on_failed, renders
from loket.kernel.models import Mail
from loket.kernel.outbox import promise
from loket.standards.kinds import KINDS
from loket.standards.queries import settings_of, spec_of
from loket.tickets.actions import note_lost_mail
from loket.tickets.actions.documents import note_infected
from loket.tickets.actions.issuing import withdraw_overtaken
from loket.tickets.models import Document, Event, Ticket
from loket.tickets.queries import asked_documents
from loket.tickets.queries.answers import party_name, waiting_outside
from loket.tickets.queries.corrections import to_mend
from loket.tickets.queries.paper import issued_named, paper_of
from loket.tickets.queries.reading import reachable_parties, readable_code
from loket.tickets.queries.signatures import roots_of
from loket.tickets.queries.words import service_title, words
from loket.tickets.subscriptions import on
from loket.ui.navigation import LOOKUP

DRAWING = "loket.files.drawing"  # not imported above: page servers must not pay for WeasyPrint


@on("issue")
def draw(event: Event) -> None:
    """Draw the document that was numbered, and keep it with the office's files."""
    issued = issued_named(event.ticket, str(event.data.get("number", "")))
    if issued is None or issued.file_id is not None:
        return
    html = render_to_string("tickets/issued/receipt.html", paper_of(issued))
    data = import_module(DRAWING).pdf_of(html)
    name = f"{issued.kind}-{issued.ticket.number}.pdf"
    pages = examine(data, types=("pdf",)).pages
    issued.file = store(
        issued.office, data=data, name=name, content_type=PDF, pages=pages, by=None
    )
    issued.save(update_fields=["file"])


@on("reopen", "sent_back", "correction_asked")
def withdraw_papers(event: Event) -> None:
    """What was handed out at a step that is done again holds no longer."""
    withdraw_overtaken(event.ticket, by=None)


@on("correction_asked")
def ask_to_mend(event: Event) -> None:
    """The applicant reads which documents are missing or must be mended (G6)."""
    _promise(event, "correction")


@on("document_given")
def read_signatures(event: Event) -> None:
    """What is signed inside a PDF, told to the officer as a hint (H8)."""
    said = {name: event.data.get(name) for name in ("requirement", "version")}
    given = Document.objects.filter(ticket=event.ticket, file__isnull=False, **said)
    for document in given.select_related("file__office", "file__key__office"):
        if document.file:
            report_signatures(document.file, roots_of(event.ticket))


@on("reject")
def tell_rejected(event: Event) -> None:
    """The applicant learns that he was refused, and where the reason can be read (C17)."""
    _promise(event, "rejected")


@on("answered")
def tell_answered(event: Event) -> None:
    """The applicant learns that there is an answer; whoever has no account gets it told at his address."""
    _promise(event, "answered")
    if event.ticket.email and not reachable_parties(event.ticket):
        promise(
            key=f"answered:{event.pk}",
            to=event.ticket.email,
            template="tickets/mail/answered",
            context={"ticket": event.ticket_id},
            office_id=event.office_id,
        )


@on("chase_due")
def tell_to_chase(event: Event) -> None:
    """Whoever holds the ticket asks the other side how far it is; without a holder the office's address (G14)."""
    holder = event.ticket.assignee
    if holder is None:
        _promise_office(event, "chase")
        return
    promise(
        key=f"chase:{event.pk}",
        to=holder.email,
        template="tickets/mail/chase",
        context={"ticket": event.ticket_id},
        office_id=event.office_id,
        language=holder.language,
    )


@renders("tickets/mail/answered")
def answered(mail: Mail) -> dict[str, Any]:
    """The answer itself stands on the ticket, not in a mail."""
    return _letter(_ticket(mail), "tickets:own")


@renders("tickets/mail/chase")
def chase(mail: Mail) -> dict[str, Any]:
    """Who has it stands in the mail; what was tried does not."""
    ticket = _ticket(mail)
    waiting = waiting_outside(ticket)
    party = party_name(waiting) if waiting else ""
    return _letter(ticket, "tickets:ticket") | {"party": party}


@on("submit")
def tell_received(event: Event) -> None:
    """Whoever asked with a form, or gave an address at the desk, gets number and code; nobody must give one (X6)."""
    ticket = event.ticket
    if KINDS[spec_of(ticket.standard_id).procedure[0].kind].asks:
        _promise(event, "received")
    if event.ticket.email:
        promise(
            key=f"received:{event.pk}",
            to=event.ticket.email,
            template="tickets/mail/received",
            context={"ticket": event.ticket_id},
            office_id=event.office_id,
        )


@renders("tickets/mail/received")
def received(mail: Mail) -> dict[str, Any]:
    """Number and status code; the code on the stub is never sent."""
    ticket = _ticket(mail)
    code = readable_code(ticket.public_code)
    link = f"{settings.SITE_URL}{LOOKUP}{code}/"
    return _letter(ticket, "tickets:own") | {"link": link, "code": code}


@on("assign")
def tell_new_holder(event: Event) -> None:
    """A colleague learns that a ticket was handed to him, while it is still his."""
    holder = event.ticket.assignee
    is_still_his = holder is not None and holder.pk == event.data["to_person"]
    if holder is None or not is_still_his or holder.pk == event.by_id:
        return
    promise(
        key=f"assign:{event.pk}",
        to=holder.email,
        template="tickets/mail/assigned",
        context={"ticket": event.ticket_id},
        office_id=event.office_id,
        language=holder.language,
    )


@on("reopen_asked")
def tell_of_request(event: Event) -> None:
    """The office learns at its published address that an applicant wants his ticket opened again."""
    _promise_office(event, "reopen_asked")


@on("file_damaged")
def tell_office(event: Event) -> None:
    """The office learns at its published address that a file is damaged, once per event."""
    _promise_office(event, "file_damaged")


@when_infected
def note_virus(file: StoredFile) -> None:
    """In the transaction of the scanner's verdict."""
    note_infected(file, by=None)


@on("document_infected")
def tell_infected(event: Event) -> None:
    """The applicant learns that a file of his was held back and that another is needed."""
    _promise(event, "infected")


def _promise_office(event: Event, name: str) -> None:
    for number, address in enumerate(settings_of(event.office).contacts.email):
        promise(
            key=f"{name}:{event.pk}:{number}",
            to=str(address),
            template=f"tickets/mail/{name}",
            context={"ticket": event.ticket_id},
            office_id=event.office_id,
        )


def _promise(event: Event, name: str) -> None:
    for person in reachable_parties(event.ticket):
        promise(
            key=f"{name}:{event.pk}:{person.pk}",
            to=person.email,
            template=f"tickets/mail/{name}",
            context={"ticket": event.ticket_id},
            office_id=event.office_id,
            language=person.language,
        )


@renders("tickets/mail/correction")
def correction(mail: Mail) -> dict[str, Any]:
    """The documents as they stand when the mail is sent."""
    ticket = _ticket(mail)
    return _letter(ticket, "tickets:documents") | {"mend": to_mend(ticket)}


@renders("tickets/mail/infected")
def infected(mail: Mail) -> dict[str, Any]:
    """The documents that stand infected when the mail is sent."""
    ticket = _ticket(mail)
    found = [each for each in asked_documents(ticket) if each.is_infected]
    titles = [words(each.requirement.title) for each in found]
    return _letter(ticket, "tickets:documents") | {"titles": titles}


@renders("tickets/mail/rejected")
def rejected(mail: Mail) -> dict[str, Any]:
    """The reason itself stands on the ticket, not in a mail."""
    return _letter(_ticket(mail), "tickets:own")


@on_failed(
    "tickets/mail/answered", "tickets/mail/correction", "tickets/mail/received", "tickets/mail/rejected",
)  # fmt: skip
def note_lost(mail: Mail) -> None:
    """Officers see on the ticket that the applicant does not know, and tell him another way."""
    note_lost_mail(_ticket(mail), mail, by=None)


@renders("tickets/mail/file_damaged")
def file_damaged(mail: Mail) -> dict[str, Any]:
    """Which document it is stands in the history, not in a mail."""
    return _letter(_ticket(mail), "tickets:ticket")


@renders("tickets/mail/assigned")
def assigned(mail: Mail) -> dict[str, Any]:
    """Who handed it over stands in the history, not in a mail."""
    return _letter(_ticket(mail), "tickets:ticket")


@renders("tickets/mail/reopen_asked")
def reopen_asked(mail: Mail) -> dict[str, Any]:
    """The reason stands on the ticket, not in a mail."""
    return _letter(_ticket(mail), "tickets:ticket")


def _ticket(mail: Mail) -> Ticket:
    known = Ticket.objects.with_names()
    found: Ticket = known.get(pk=mail.context["ticket"])
    return found


def _letter(ticket: Ticket, page: str) -> dict[str, Any]:
    link = settings.SITE_URL + reverse(page, args=[ticket.number])
    return {
        "ticket": ticket,
        "office": ticket.office,
        "contacts": settings_of(ticket.office).contacts,
        "service": service_title(ticket),
        "link": link,
    }
