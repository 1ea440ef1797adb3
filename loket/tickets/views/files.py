"""Page pictures and the office's own PDF files; each look is logged before the first byte leaves."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify

from loket.accounts.models import User
from loket.files.actions import look
from loket.files.models import StoredFile
from loket.tickets.models import IssuedDocument
from loket.tickets.queries.desk import (
    at_desk,
    documents_with_files,
    issued_on,
    own_tickets,
)
from loket.tickets.views.carried_out import SignedIn

LOCKED_DOWN = {
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
}


def page(request: SignedIn, number: str, document: int, page: int) -> HttpResponse:
    """One page of an applicant's document, for an officer."""
    files = documents_with_files(at_desk(request.user))
    found = get_object_or_404(files, pk=document, ticket__number=number)
    return _picture(found.file, page, by=request.user, as_what="officer")


def own_page(request: SignedIn, number: str, document: int, page: int) -> HttpResponse:
    """One page of the applicant's own document."""
    files = documents_with_files(own_tickets(request.user))
    found = get_object_or_404(files, pk=document, ticket__number=number)
    return _picture(found.file, page, by=request.user, as_what="party")


def issued(request: SignedIn, number: str, issued: int) -> HttpResponse:
    """A document the office handed out, for an officer."""
    papers = issued_on(at_desk(request.user))
    found = get_object_or_404(papers, pk=issued, ticket__number=number)
    return _paper(request, found, as_what="officer")


def own_issued(request: SignedIn, number: str, issued: int) -> HttpResponse:
    """A document the office handed out, for the applicant."""
    papers = issued_on(own_tickets(request.user))
    found = get_object_or_404(papers, pk=issued, ticket__number=number)
    return _paper(request, found, as_what="party")


def _picture(
    file: StoredFile | None, page: int, *, by: User, as_what: str
) -> HttpResponse:
    if file is None or not 1 <= page <= file.pages:
        raise Http404
    data = look(file, by=by, as_what=as_what, page=page)
    headers = {**LOCKED_DOWN, "Content-Disposition": "inline"}
    return HttpResponse(data, content_type="image/png", headers=headers)


def _paper(request: SignedIn, found: IssuedDocument, *, as_what: str) -> HttpResponse:
    """The PDF; until a job has drawn it, a page that says so."""
    if found.file is None:
        context = {"issued": found, "office": found.office}
        return render(request, "tickets/being_drawn.html", context, status=202)
    data = look(found.file, by=request.user, as_what=as_what)
    name = f'attachment; filename="{slugify(found.number)}.pdf"'
    headers = {**LOCKED_DOWN, "Content-Disposition": name}
    return HttpResponse(data, content_type=found.file.content_type, headers=headers)
