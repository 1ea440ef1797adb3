"""What a reader sees on a parsed page."""

from itertools import pairwise


def text_of(page):
    """All text of the page's main part, blanks collapsed."""
    return " ".join(page.one("main").text.split())


def facts(page):
    """Every key and value printed as a fact."""
    found = {}
    for term, value in pairwise(e for e in page.elements if e.tag in {"dt", "dd"}):
        if term.tag == "dt":
            found[" ".join(term.text.split())] = " ".join(value.text.split())
    return found


def chips(page):
    """The words of the chips in their order."""
    return page.texts("span", **{"class": "lk-chip"})


def links(page):
    """The addresses the page links to."""
    return [element["href"] for element in page.all("a")]


def service(office, rest=""):
    """The address of the registration service of an office."""
    return f"/kantor/{office}/layanan/registrasi-verifikasi/{rest}"
