"""Page pictures, originals that were scanned, and the office's own PDF files; each look is logged first."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from loket.files.actions import look
from loket.files.models import StoredFile
from loket.files.permissions import Withheld
from loket.tickets.models import IssuedDocument
from loket.tickets.queries.desk import (
    at_desk,
    documents_with_files,
    issued_on,
    own_tickets,
)
from loket.tickets.queries.proofs import proofs_on
from loket.tickets.queries.words import file_name
from loket.tickets.views.carried_out import SignedIn
from loket.tickets.views.lost import explains_loss

LOCKED_DOWN = {
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
}


@explains_loss
def page(request: SignedIn, number: str, document: int, page: int) -> HttpResponse:
    """One page of an applicant's document, for an officer."""
    files = documents_with_files(at_desk(request.user))
    found = get_object_or_404(files, pk=document, ticket__number=number)
    return _picture(request, found.file, page, as_what="officer")


@explains_loss
def own_page(request: SignedIn, number: str, document: int, page: int) -> HttpResponse:
    """One page of the applicant's own document."""
    files = documents_with_files(own_tickets(request.user))
    found = get_object_or_404(files, pk=document, ticket__number=number)
    return _picture(request, found.file, page, as_what="party")


@explains_loss
def original(request: SignedIn, number: str, document: int) -> HttpResponse:
    """An applicant's document as it was uploaded, for an officer."""
    files = documents_with_files(at_desk(request.user))
    found = get_object_or_404(files, pk=document, ticket__number=number)
    name = file_name(found)
    return download(request, found.file, name, as_what="officer")


@explains_loss
def own_original(request: SignedIn, number: str, document: int) -> HttpResponse:
    """The applicant's own document as he uploaded it."""
    files = documents_with_files(own_tickets(request.user))
    found = get_object_or_404(files, pk=document, ticket__number=number)
    name = file_name(found)
    return download(request, found.file, name, as_what="party")


@explains_loss
def issued(request: SignedIn, number: str, issued: int) -> HttpResponse:
    """A document the office handed out, for an officer."""
    papers = issued_on(at_desk(request.user))
    found = get_object_or_404(papers, pk=issued, ticket__number=number)
    return _paper(request, found, as_what="officer")


@explains_loss
def own_issued(request: SignedIn, number: str, issued: int) -> HttpResponse:
    """A document the office handed out, for the applicant."""
    papers = issued_on(own_tickets(request.user))
    found = get_object_or_404(papers, pk=issued, ticket__number=number)
    return _paper(request, found, as_what="party")


@explains_loss
def proof_page(request: SignedIn, number: str, proof: int, page: int) -> HttpResponse:
    """One page of a piece of evidence, for an officer."""
    proofs = proofs_on(at_desk(request.user))
    found = get_object_or_404(proofs, pk=proof, ticket__number=number)
    return _picture(request, found.file, page, as_what="officer")


@explains_loss
def own_proof_page(
    request: SignedIn, number: str, proof: int, page: int
) -> HttpResponse:
    """One page of the evidence this person gave himself."""
    proofs = proofs_on(own_tickets(request.user)).filter(by=request.user)
    found = get_object_or_404(proofs, pk=proof, ticket__number=number)
    return _picture(request, found.file, page, as_what="party")


def _picture(
    request: SignedIn, file: StoredFile | None, page: int, *, as_what: str
) -> HttpResponse:
    if file is None or not 1 <= page <= file.pages:
        raise Http404
    try:
        data = look(file, by=request.user, as_what=as_what, page=page)
    except Withheld as reason:
        return _withheld(request, reason)
    except ValidationError as error:  # the reader is busy, or died of this page
        return HttpResponse(error.messages[0], status=503, content_type="text/plain")
    headers = {**LOCKED_DOWN, "Content-Disposition": "inline"}
    return HttpResponse(data, content_type="image/png", headers=headers)


def _paper(request: SignedIn, found: IssuedDocument, *, as_what: str) -> HttpResponse:
    """The PDF; until a job has drawn it, a page that says so."""
    if found.file is None:
        context = {"issued": found, "office": found.office}
        return render(request, "tickets/being_drawn.html", context, status=202)
    name = f"{slugify(found.number)}.pdf"
    return download(request, found.file, name, as_what=as_what)


def download(
    request: SignedIn, file: StoredFile | None, name: str, *, as_what: str
) -> HttpResponse:
    """The bytes themselves, after the look was logged; nothing is run in them."""
    if file is None:
        raise Http404
    try:
        data = look(file, by=request.user, as_what=as_what)
    except Withheld as reason:
        return _withheld(request, reason)
    disposition = content_disposition_header(True, name) or "attachment"
    headers = {**LOCKED_DOWN, "Content-Disposition": disposition}
    return HttpResponse(data, content_type=file.content_type, headers=headers)


def _withheld(request: SignedIn, reason: Withheld) -> HttpResponse:
    context = {"reason": str(reason)}
    return render(request, "tickets/withheld.html", context, status=409)
