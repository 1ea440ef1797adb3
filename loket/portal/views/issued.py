"""The public page of an issued document: the code on the paper is the right to see it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from loket.portal.queries.issued import paper_page
from loket.portal.views import guessing


def paper(request: HttpRequest, code: str) -> HttpResponse:
    """Real or not, and whether it holds. Unknown and malformed codes get one and the same answer."""
    if guessing.is_over(request):
        return render(request, "portal/paper_unknown.html", {"wait": True}, status=429)
    if page := paper_page(code):
        context = {"office": page.office, "page": page}
        return render(request, "portal/paper.html", context)
    guessing.count_miss(request)
    return render(request, "portal/paper_unknown.html", status=404)
