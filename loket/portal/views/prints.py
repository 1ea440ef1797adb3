"""Papers to print: the page for screen and printer, and the PDF once a job has drawn it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import quote_etag

from loket.offices.models import Office
from loket.offices.queries import offices
from loket.portal.queries.printed import shelves
from loket.portal.queries.prints import (
    Kind,
    Link,
    Paper,
    links_of,
    office_links,
    page_of,
)
from loket.standards.models import Standard
from loket.standards.queries import print_of, versions


def standard(
    request: HttpRequest, office: str, service: str, version: int, kind: str
) -> HttpResponse:
    """A version of a standard as decree with annex, or as SOP sheet."""
    found = get_object_or_404(offices(), slug=office)
    return _page(request, found, _version(found, service, version), kind)


def maklumat(request: HttpRequest, office: str) -> HttpResponse:
    """What the office promises (UU 25/2009 article 22)."""
    found = get_object_or_404(offices(), slug=office)
    return _page(request, found, None, Kind.MAKLUMAT)


def every(request: HttpRequest, office: str) -> HttpResponse:
    """All papers of an office, to read and to print."""
    found = get_object_or_404(offices(), slug=office)
    context = {"office": found, "shelves": shelves(found)}
    return render(request, "portal/prints.html", context)


def standard_pdf(
    request: HttpRequest,
    office: str,
    service: str,
    version: int,
    kind: str,
    language: str,
) -> HttpResponse:
    """The same as PDF."""
    found = get_object_or_404(offices(), slug=office)
    return _pdf(request, found, _version(found, service, version), (kind, language))


def maklumat_pdf(request: HttpRequest, office: str, language: str) -> HttpResponse:
    """The maklumat as PDF."""
    found = get_object_or_404(offices(), slug=office)
    return _pdf(request, found, None, (Kind.MAKLUMAT, language))


def letter_pdf(
    request: HttpRequest, office: str, letter: str, language: str
) -> HttpResponse:
    """A letter to sign, blank; its page is that of the suppliers' room."""
    found = get_object_or_404(offices(), slug=office)
    return _pdf(request, found, None, (Kind.LETTER, language), letter)


def _version(office: Office, service: str, version: int) -> Standard:
    return get_object_or_404(versions(office, service), version=version)


def _links(office: Office, standard: Standard | None) -> list[Link]:
    if standard is None:
        return office_links(office)
    return links_of(office, standard.service.code, standard.pk, standard.version)


def _page(
    request: HttpRequest, office: Office, standard: Standard | None, kind: str
) -> HttpResponse:
    offered = [each for each in _links(office, standard) if each.page == request.path]
    if not offered:
        raise Http404
    page = page_of(Paper(office, standard, kind, ""))
    context = {
        "office": office,
        "standard": standard,
        "kind": kind,
        "page": page,
        "link": offered[0],
    }
    return render(request, "portal/print.html", context)


def _pdf(
    request: HttpRequest,
    office: Office,
    standard: Standard | None,
    named: tuple[str, str],
    letter: str = "",
) -> HttpResponse:
    paper = print_of(office, standard, *named, letter=letter)
    if paper is None:
        raise Http404
    etag = quote_etag(paper.sha256)
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    service = f"-{standard.service.code}-v{standard.version}" if standard else ""
    name = f"{letter or named[0]}-{office.slug}{service}.{named[1]}.pdf"
    return HttpResponse(
        bytes(paper.data),
        content_type="application/pdf",
        headers={
            "ETag": etag,
            "Content-Length": str(paper.size),
            "Content-Disposition": f'inline; filename="{name}"',
        },
    )
