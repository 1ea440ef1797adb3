"""Papers to print: which there are, as page and as PDF, and the page a PDF is drawn from (K1-K3, G1)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, override

from loket.offices.models import Office
from loket.portal.queries.decree import decree_page
from loket.portal.queries.pledge import pledge_page
from loket.portal.queries.sop import sop_page
from loket.standards.models import Print, Standard
from loket.standards.queries import prints_of, settings_of, spec_of
from loket.suppliers.queries.letters import blank_html, letters_of

Kind = Print.Kind
KILOBYTE = 1024


@dataclass(frozen=True)
class Paper:
    """One paper of an office: of a version of a standard, its maklumat, or a blank letter by its code."""

    office: Office
    standard: Standard | None
    kind: str
    language: str
    letter: str = ""

    @property
    def row(self) -> Print:
        """The row it is kept in, still without content."""
        return Print(
            office=self.office,
            standard=self.standard,
            kind=self.kind,
            letter=self.letter,
            language=self.language,
        )


@dataclass(frozen=True)
class Link:
    """How a paper is offered: the page, and the PDF once it is drawn (`pdf` is "" until then)."""

    title: str
    page: str
    pdf: str
    size: str


def papers(office: Office) -> Iterator[Paper]:
    """Every paper the office should have, in each of its languages."""
    for language in settings_of(office).languages:
        yield Paper(office, None, Kind.MAKLUMAT, language)
        for standard in Standard.objects.filter(office=office).order_by("pk"):
            yield Paper(office, standard, Kind.STANDARD, language)
            yield Paper(office, standard, Kind.SOP, language)
        for code, letter in letters_of(office).items():
            if letter.speaks(language):
                yield Paper(office, None, Kind.LETTER, language, code)


def page_of(
    paper: Paper, starts: Iterable[str] = (), address: Callable[[str], str] = static
) -> object:
    """What a paper prints, in the language that is active; `starts` are steps a sheet begins with."""
    if paper.standard is None:
        return pledge_page(paper.office)
    if paper.kind == Kind.SOP:
        return sop_page(paper.office, paper.standard, starts, address=address)
    return decree_page(paper.office, paper.standard)


def html_of(
    paper: Paper, starts: Iterable[str] = (), *, is_measured: bool = False
) -> str:
    """The whole page a PDF is drawn from; one to measure leaves room for connectors at every break."""
    if paper.letter:
        return blank_html(paper.office, paper.letter, language=paper.language)
    with override(paper.language):
        context = {
            "page": page_of(paper, starts, str),
            "kind": paper.kind,
            "language": paper.language,
            "is_measured": is_measured,
        }
        return render_to_string("portal/prints/paper.html", context)


def starts_of(paper: Paper, measure: Callable[[str], dict[str, int]]) -> list[str]:
    """The steps a new page begins with; none when the chart and its legend fit on one page."""
    if paper.standard is None or paper.kind != Kind.SOP:
        return []
    rows = [f"langkah-{one.code}" for one in spec_of(paper.standard.pk).procedure]
    whole = measure(html_of(paper))
    if len({whole[row] for row in (*rows, "langkah-")}) == 1:
        return []
    pages = measure(html_of(paper, is_measured=True))
    return [
        after.removeprefix("langkah-")
        for before, after in pairwise(rows)
        if pages[after] != pages[before]
    ]


def links_of(office: Office, service: str, standard_id: int, number: int) -> list[Link]:
    """What can be printed of one version; one statement."""
    drawn = prints_of(office, standard_id)
    parts = [office.slug, service, str(number)]
    return [
        link_of("portal:print", [*parts, kind], kind, drawn)
        for kind in (Kind.STANDARD, Kind.SOP)
    ]


def office_links(office: Office) -> list[Link]:
    """What can be printed of the office itself; one statement."""
    drawn = prints_of(office, None)
    return [link_of("portal:maklumat", [office.slug], Kind.MAKLUMAT, drawn)]


def link_of(name: str, parts: list[str], kind: Kind, drawn: dict[str, Print]) -> Link:
    """One paper, with its PDF in the language of the page, or in Indonesian, among what is drawn."""
    language = (get_language() or "id")[:2]
    page = reverse(name, args=parts)
    one = drawn.get(f"{kind}.{language}") or drawn.get(f"{kind}.id")
    if one is None:
        return Link(str(kind.label), page, "", "")
    size = _("%(pages)s halaman, %(size)s KB") % {
        "pages": one.pages,
        "size": -(-one.size // KILOBYTE),
    }
    pdf = reverse(f"{name}_pdf", args=[*parts, one.language])
    return Link(str(kind.label), page, pdf, size)
