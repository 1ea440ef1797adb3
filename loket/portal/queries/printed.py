"""Every paper of an office beside each other: for heads and officers, and for whoever wants to read them (G1)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language, gettext as _

from loket.offices.models import Office
from loket.portal.queries.prints import Kind, Link, link_of
from loket.standards.models import Print, Standard
from loket.standards.queries import all_prints, spec_of
from loket.suppliers.queries.letters import letters_of
from loket.tickets.queries.words import words
from loket.ui import navigation
from loket.ui.templatetags.dates import tanggal

Drawn = Mapping[tuple[int | None, str], dict[str, Print]]


@dataclass(frozen=True)
class Shelf:
    """Papers that belong together: of the office, of one version of a standard, or the letters."""

    title: str
    prints: tuple[Link, ...]


def shelves(office: Office) -> list[Shelf]:
    """The maklumat, each version of each standard, the letters. Three statements, however many there are."""
    drawn = all_prints(office)
    promise = link_of("portal:maklumat", [office.slug], Kind.MAKLUMAT, drawn.get((None, ""), {}))  # fmt: skip
    found = [Shelf(_("Kantor"), (promise,))]
    versions = Standard.objects.filter(office=office).select_related("service")
    for one in versions.defer("document").order_by("service", "-version"):
        parts = [office.slug, one.service.code, str(one.version)]
        links = tuple(
            link_of("portal:print", [*parts, kind], kind, drawn.get((one.pk, ""), {}))
            for kind in (Kind.STANDARD, Kind.SOP)
        )
        found.append(Shelf(_version(one), links))
    letters = tuple(_letters(office, drawn))
    return [*found, Shelf(_("Surat untuk ditandatangani"), letters)] if letters else found  # fmt: skip


def _version(standard: Standard) -> str:
    return _("%(service)s, versi %(number)s, berlaku sejak %(day)s") % {
        "service": words(spec_of(standard.pk).title),
        "number": standard.version,
        "day": tanggal(standard.effective),
    }


def _letters(office: Office, drawn: Drawn) -> Iterator[Link]:
    language = (get_language() or "id")[:2]
    for code, letter in letters_of(office).items():
        spoken = language if letter.speaks(language) else "id"
        is_drawn = f"{Kind.LETTER}.{spoken}" in drawn.get((None, code), {})
        pdf = navigation.letter_pdf(office.slug, code, spoken) if is_drawn else ""
        yield Link(words(letter.title), navigation.letter(office.slug, code), pdf, "")
