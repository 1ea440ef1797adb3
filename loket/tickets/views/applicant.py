"""The applicant's own tickets; nobody else's can be reached from here."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.offices.permissions import is_officer
from loket.tickets import actions
from loket.tickets.forms import ReplyForm, UploadForm
from loket.tickets.models import Ticket
from loket.tickets.queries.desk import own_tickets
from loket.tickets.queries.documents import with_checklist
from loket.tickets.queries.merging import leads_on
from loket.tickets.queries.progress import with_segments
from loket.tickets.queries.rows import rows
from loket.tickets.views.carried_out import SignedIn, carried_out, placed, refused_step
from loket.tickets.views.own_page import limits_of, show_documents, show_ticket


def _found(request: SignedIn, number: str) -> Ticket:
    return get_object_or_404(own_tickets(request.user), number=number)


def _to_read(request: SignedIn, number: str) -> Ticket:
    mine = with_segments(with_checklist(own_tickets(request.user)))
    return get_object_or_404(mine, number=number)


def mine(request: SignedIn) -> HttpResponse:
    """Every request of this person, the newest first."""
    context = {
        "rows": rows(own_tickets(request.user)),
        "works_at_desk": is_officer(request.user),
    }
    return render(request, "tickets/mine.html", context)


def own(request: SignedIn, number: str) -> HttpResponse:
    """One request: whose turn, how long, what happened."""
    found = _to_read(request, number)
    return _led_on(request, found, "own") or show_ticket(request, found)


def _led_on(request: SignedIn, found: Ticket, page: str) -> HttpResponse | None:
    """To the same page of the ticket this one was merged into, if it was."""
    if not (leads_to := leads_on(found)):
        return None
    told = _("Tiket %(number)s digabung ke tiket ini.") % {"number": found.number}
    messages.info(request, told)
    return redirect(f"tickets:{page}", leads_to)


def documents(request: SignedIn, number: str) -> HttpResponse:
    """What was asked, what was given, and what must be mended."""
    found = _to_read(request, number)
    return _led_on(request, found, "documents") or show_documents(request, found)


def upload(request: SignedIn, number: str, requirement: str) -> HttpResponse:
    """Give one document; only the missing or refused one is asked again."""
    found = _found(request, number)
    limits = limits_of(found)
    form = placed(
        UploadForm(request.POST, request.FILES, limits=limits),
        f"unggah-{requirement}",
    )

    def give(file: "UploadedFile[bytes]") -> None:
        _give(found, requirement, file, by=request.user)

    if not carried_out(form, give):
        return show_documents(
            request, _to_read(request, number), (f"unggah-{requirement}", form)
        )
    messages.success(request, _("Berkas diunggah."))
    return redirect("tickets:documents", number)


def _give(
    ticket: Ticket, requirement: str, file: "UploadedFile[bytes]", *, by: User
) -> None:
    """What is wrong with a file is said at the field where it was chosen."""
    data, name = file.read(), file.name or ""
    try:
        actions.give_document(ticket, requirement, by=by, data=data, name=name)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error


def own_step(request: SignedIn, number: str, step: str) -> HttpResponse:
    """The applicant completes his step, or records an optional one."""
    if refused := refused_step(request, _found(request, number), step):
        return show_ticket(request, _to_read(request, number), refused)
    messages.success(request, _("Tercatat. Terima kasih."))
    return redirect("tickets:own", number)


def own_message(request: SignedIn, number: str) -> HttpResponse:
    """Write to the office."""
    form = placed(ReplyForm(request.POST), "pesan")
    found = _found(request, number)
    if not carried_out(form, partial(actions.write_message, found, by=request.user)):
        return show_ticket(request, _to_read(request, number), ("pesan", form))
    messages.success(request, _("Pesan terkirim."))
    return redirect("tickets:own", number)


def withdraw(request: SignedIn, number: str) -> HttpResponse:
    """The applicant takes the request back."""
    actions.withdraw(_found(request, number), by=request.user)
    messages.success(request, _("Permohonan dibatalkan."))
    return redirect("tickets:own", number)
