"""Taking, handing over, giving back, reopening; and the page for whoever came second."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel.errors import Conflict
from loket.kernel.middleware import explains_conflicts
from loket.tickets import actions
from loket.tickets.forms import AssignForm, NoteForm, ReplyForm
from loket.tickets.models import Ticket
from loket.tickets.permissions import hands_over
from loket.tickets.queries.desk import at_desk, own_tickets, rail, to_read
from loket.tickets.queries.documents import with_checklist
from loket.tickets.queries.hands import colleagues, events_since, last_event
from loket.tickets.queries.story import history
from loket.tickets.queries.words import service_title, turn_of
from loket.tickets.views.carried_out import SignedIn, carried_out, placed
from loket.tickets.views.desk_page import show
from loket.tickets.views.holding import REOPEN, SECOND, empty_reopen_form
from loket.tickets.views.own_page import show_ticket
from loket.tickets.views.typed import number_in, typed

HOLDER, SEEN = "pemegang", "dilihat"


def _found(request: SignedIn, number: str) -> Ticket:
    return get_object_or_404(at_desk(request.user), number=number)


def _to_read(request: SignedIn, number: str) -> Ticket:
    return get_object_or_404(to_read(request.user), number=number)


def take(request: SignedIn, number: str) -> HttpResponse:
    """The officer makes the ticket his own, knowing out of whose hands."""
    holder = number_in(request, HOLDER)
    try:
        actions.take(_found(request, number), by=request.user, holder=holder)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Tiket ini sekarang Anda pegang."))
    return redirect("tickets:ticket", number)


def assign(request: SignedIn, number: str) -> HttpResponse:
    """Hand the ticket to a colleague: who is here, whose role fits, who is away."""
    ticket = _found(request, number)
    if not hands_over(request.user, ticket):
        if request.method == "POST":
            raise PermissionDenied
        return redirect("tickets:ticket", number)
    people = colleagues(ticket)
    form = AssignForm(request.POST or None, people=people)

    def hand_over(to: User) -> None:
        actions.assign(ticket, to, by=request.user, holder=number_in(request, HOLDER))

    if request.method == "POST" and carried_out(form, hand_over):
        words = _("Tiket diserahkan kepada %(name)s.")
        messages.success(request, words % {"name": form.cleaned_data["to"].name})
        return redirect("tickets:ticket", number)
    context = {
        "ticket": ticket,
        "office": ticket.office,
        "rail": rail(ticket.office, request.user),
        "form": form,
        "away": [each for each in people if not each.can_hold],
        "seen_event": last_event(ticket),
    }
    status = 422 if form.errors else 200
    return render(request, "tickets/assign.html", context, status=status)


def give_back(request: SignedIn, number: str) -> HttpResponse:
    """Put the ticket among those nobody holds."""
    holder = number_in(request, HOLDER)
    actions.give_back(_found(request, number), by=request.user, holder=holder)
    messages.success(request, _("Tiket kembali ke daftar Belum diambil."))
    return redirect("tickets:ticket", number)


def waive(request: SignedIn, number: str) -> HttpResponse:
    """A head lets the same officer do the step."""
    form = placed(NoteForm(request.POST), SECOND)
    found = _found(request, number)
    if not carried_out(form, partial(actions.waive_second, found, by=request.user)):
        return show(request, _to_read(request, number), (SECOND, form))
    messages.success(request, _("Pengecualian dicatat bersama alasannya."))
    return redirect("tickets:ticket", number)


def reopen(request: SignedIn, number: str) -> HttpResponse:
    """The head opens an ended ticket again, at the step he chose."""
    found = _found(request, number)
    form = placed(empty_reopen_form(found, request.POST), REOPEN)
    if not carried_out(form, partial(actions.reopen, found, by=request.user)):
        return show(request, _to_read(request, number), (REOPEN, form))
    messages.success(request, _("Tiket dibuka kembali."))
    return redirect("tickets:ticket", number)


def ask_reopening(request: SignedIn, number: str) -> HttpResponse:
    """The applicant asks for his ended ticket to be opened again."""
    form = placed(ReplyForm(request.POST), REOPEN)
    found = get_object_or_404(own_tickets(request.user), number=number)
    if not carried_out(form, partial(actions.ask_reopening, found, by=request.user)):
        mine = with_checklist(own_tickets(request.user))
        return show_ticket(request, get_object_or_404(mine, number=number), (REOPEN, form))  # fmt: skip
    messages.success(request, _("Permintaan Anda terkirim. Kantor memutuskannya."))
    return redirect("tickets:own", number)


@explains_conflicts
def explain(
    request: HttpRequest, conflict: Conflict, named: dict[str, Any]
) -> HttpResponse | None:
    """What the other person did since the reader's page was made, and all that the reader typed."""
    match, user = request.resolver_match, request.user
    if match is None or not user.is_authenticated or "number" not in named:
        return None
    for_office = match.route.startswith("meja/")
    seen_by = at_desk(user) if for_office else own_tickets(user)
    ticket = seen_by.filter(number=named["number"]).first()
    if ticket is None:
        return None
    events = events_since(ticket, number_in(request, SEEN), for_office=for_office)
    context = {
        "reason": str(conflict),
        "ticket": ticket,
        "service": service_title(ticket),
        "turn": turn_of(ticket, for_office=for_office),
        "moments": history(ticket, events, for_office=for_office),
        "typed": typed(request, match.func),
        "has_files": bool(request.FILES),
        "page": "tickets:ticket" if for_office else "tickets:own",
    }
    return render(request, "tickets/conflict.html", context, status=409)
