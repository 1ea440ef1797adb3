"""The desk that decides about officials; only the roles the pack names see anything here."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from loket.access_rights import actions
from loket.access_rights.forms import ReasonForm
from loket.access_rights.models import AccessRequest
from loket.access_rights.permissions import may_decide, offices_deciding
from loket.access_rights.queries import (
    grants_at,
    history_of,
    masked,
    requests_at,
    waiting_first,
)
from loket.files.actions import look
from loket.files.permissions import Withheld
from loket.offices.models import Office
from loket.offices.queries import office_group, offices_by
from loket.offices.views.carried_out import SignedIn, carried_out
from loket.tickets.views.lost import explains_loss
from loket.ui.navigation import desk_group

LOCKED_DOWN = {
    "Cache-Control": "private, no-store",
    "Content-Disposition": "inline",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}


def requests(request: SignedIn, office: str) -> HttpResponse:
    """What waits, what was decided lately, and who holds access now."""
    place = _deciding(request, office)
    context = _page(request, place) | {
        "requests": waiting_first(requests_at(place)),
        "grants": grants_at(place),
    }
    return render(request, "access_rights/requests.html", context)


def one(request: SignedIn, office: str, asked: int) -> HttpResponse:
    """One request with its letter and the decision."""
    return _show(request, _asked(request, office, asked))


def approve(request: SignedIn, office: str, asked: int) -> HttpResponse:
    """Give the access."""
    found = _asked(request, office, asked)
    try:
        actions.approve(found, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("access_rights:request", office, found.pk)
    messages.success(request, _("Akses diberikan. Pejabat diberi tahu lewat e-mail."))
    return redirect("access_rights:requests", office)


def refuse(request: SignedIn, office: str, asked: int) -> HttpResponse:
    """Turn the request down with a reason."""
    found = _asked(request, office, asked)
    form = ReasonForm(request.POST)
    if not carried_out(form, partial(actions.refuse, found, by=request.user)):
        return _show(request, found, form)
    messages.success(request, _("Permohonan ditolak. Pejabat diberi tahu lewat e-mail."))  # fmt: skip
    return redirect("access_rights:requests", office)


def nip(request: SignedIn, office: str, asked: int) -> HttpResponse:
    """The number in full, once; loading the page again asks again and is recorded again (G11)."""
    found = _asked(request, office, asked)
    return _show(request, found, shown=actions.reveal(found, by=request.user))


@explains_loss
def letter(request: SignedIn, office: str, asked: int, page: int) -> HttpResponse:
    """One page of the surat tugas as a picture; the look is logged before the first byte leaves."""
    found = _asked(request, office, asked)
    if found.letter is None or not 1 <= page <= found.letter.pages:
        raise Http404
    try:
        data = look(found.letter, by=request.user, as_what="officer", page=page)
    except Withheld as reason:
        return HttpResponse(str(reason), status=409, content_type="text/plain")
    except ValidationError as error:  # the reader is busy, or died of this page
        return HttpResponse(error.messages[0], status=503, content_type="text/plain")
    return HttpResponse(data, content_type="image/png", headers=LOCKED_DOWN)


def end(request: SignedIn, office: str, grant: int) -> HttpResponse:
    """Take access away before its time."""
    place = _deciding(request, office)
    actions.end(get_object_or_404(grants_at(place), pk=grant), by=request.user)
    messages.success(request, _("Akses diakhiri."))
    return redirect("access_rights:requests", office)


def _deciding(request: SignedIn, slug: str) -> Office:
    return get_object_or_404(offices_by(offices_deciding(request.user)), slug=slug)


def _asked(request: SignedIn, slug: str, pk: int) -> AccessRequest:
    return get_object_or_404(requests_at(_deciding(request, slug)), pk=pk)


def _page(request: SignedIn, office: Office) -> dict[str, object]:
    return {"office": office, "rail": (desk_group(), office_group(office, request.path))}  # fmt: skip


def _pages(asked: AccessRequest) -> range:
    """The numbers of the letter's pages, none when it is gone."""
    letter = asked.letter
    return range(1, letter.pages + 1) if letter and not letter.destroyed_at else range(0)  # fmt: skip


def _show(request: SignedIn, asked: AccessRequest, form: ReasonForm | None = None, shown: str = "") -> HttpResponse:  # fmt: skip
    context = _page(request, asked.office) | {
        "asked": asked,
        "nip": shown or masked(asked.nip),
        "is_shown": bool(shown),
        "pages": _pages(asked),
        "lines": history_of(asked),
        "may_decide": asked.is_waiting and may_decide(request.user, asked),
        "form": form or ReasonForm(),
    }
    return render(request, "access_rights/request.html", context, status=422 if form else 200)  # fmt: skip
