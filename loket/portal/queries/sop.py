"""The SOP sheet of a standard: identity, flow chart and *mutu baku* (PermenPANRB 35/2012; K3, C14)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from loket.offices.models import Office
from loket.portal.queries.naming import law_names
from loket.portal.queries.paths import letters_of, totals
from loket.portal.queries.sop_chart import LEGEND, NOTHING, Chart, SopRow, minutes
from loket.standards.models import Standard
from loket.standards.pack import Decree, OfficeSpec, StandardSpec, Text
from loket.standards.queries import settings_of, spec_of
from loket.tickets.queries.words import actor_name, words
from loket.ui.parts import Fact, in_indonesian
from loket.ui.templatetags.dates import tanggal

ROOMY, NARROW = 4, 6  # most actors an A4 sheet holds in columns of 27 mm, and of 21 mm


@dataclass(frozen=True)
class Total:
    """The norms of one way through the procedure, summed."""

    title: str
    time: str


@dataclass(frozen=True)
class SopPage:
    """Everything the sheet prints; missing facts are a dash, never invented."""

    office: str
    parent: str
    title: str
    version: str
    identity: tuple[Fact, ...]
    laws: tuple[str, ...]
    lists: tuple[tuple[str, tuple[str, ...]], ...]
    actors: tuple[str, ...]
    charts: tuple[tuple[SopRow, ...], ...]
    total: str
    totals: tuple[Total, ...]
    printed_total: str
    routes: tuple[tuple[str, str], ...]
    legend: tuple[tuple[str, str], ...]

    @property
    def breadth(self) -> tuple[str, ...]:
        """Narrow columns for many actors, and a sheet of A3 (`wide`) for more: texts beside must stay legible."""
        count = len(self.actors)
        return ("many", "wide")[: (count > ROOMY) + (count > NARROW)]

    @property
    def pairs(self) -> list[list[tuple[str, tuple[str, ...]]]]:
        """The blocks under the identity, the legal basis first, two beside each other."""
        blocks = [(_("Dasar hukum"), self.laws), *self.lists]
        return [blocks[place : place + 2] for place in range(0, len(blocks), 2)]


def sop_page(
    office: Office,
    standard: Standard,
    starts: Iterable[str] = (),
    *,
    address: Callable[[str], str] = str,
) -> SopPage:
    """The sheet of one version; `starts` are the steps a new page begins with, `address` is where a drawing is read."""
    spec, settings = spec_of(standard.pk), settings_of(office)
    pictures = {name: address(f"portal/flow/{name}.svg") for name in LEGEND}
    chart = Chart(office, spec, pictures)
    norms = totals(spec)
    return SopPage(
        office=settings.name,
        parent=settings.parent,
        title=words(spec.printed.sop.title if spec.printed.sop else spec.title),
        version=_("Dicetak dari standar versi %(number)s")
        % {"number": standard.version},
        identity=tuple(_identity(spec, settings)),
        laws=tuple(law_names(spec.legal_basis, settings)) or (NOTHING,),
        lists=tuple(_lists(office, spec)),
        actors=tuple(actor_name(office, code) for code in chart.actors),
        charts=tuple(tuple(page) for page in chart.pages(starts)),
        total=minutes(max(norms.values())),
        totals=tuple(_ways(spec, norms)),
        printed_total=_printed_total(spec),
        routes=tuple(
            (letter, words(spec.routes[code].title))
            for code, letter in letters_of(spec).items()
        ),
        legend=tuple((pictures[code], str(name)) for code, name in LEGEND.items()),
    )


def _printed_total(spec: StandardSpec) -> str:
    sop = spec.printed.sop
    return words(sop.total_time if sop else None) or words(spec.time.printed)


def _ways(spec: StandardSpec, norms: dict[str, int]) -> Iterable[Total]:
    if len(set(norms.values())) > 1:
        for route, count in norms.items():
            yield Total(words(spec.routes[route].title), minutes(count))


def _identity(spec: StandardSpec, settings: OfficeSpec) -> Iterable[Fact]:
    sop = spec.printed.sop
    decree: Decree | None = settings.decrees[spec.decree] if spec.decree else None
    effective = (sop.effective if sop else None) or spec.effective
    signed = sop.approved_by if sop else decree.signed_by if decree else None
    yield Fact(_("Nomor SOP"), sop.number if sop else NOTHING)
    if decree:
        yield Fact(_("Keputusan"), f"{decree.number}, {tanggal(decree.date)}")
    yield Fact(_("Tanggal pembuatan"), tanggal(sop.made if sop else None) or NOTHING)
    yield Fact(_("Tanggal revisi"), tanggal(sop.revised if sop else None) or NOTHING)
    yield Fact(_("Tanggal efektif"), tanggal(effective))
    yield Fact(_("Disahkan oleh"), in_indonesian(signed or "") or NOTHING, "sign")
    yield Fact(_("Nama SOP"), words(sop.title) if sop else words(spec.title), "name")


def _lists(office: Office, spec: StandardSpec) -> Iterable[tuple[str, tuple[str, ...]]]:
    sop, printed = spec.printed.sop, spec.printed
    able = [*(sop.qualification.items() if sop else ())]
    trained = [_competence(office, one.role, one) for one in printed.competence]
    qualified = [f"{actor_name(office, role)}: {words(text)}" for role, text in able]
    equipment = sop.equipment if sop else printed.facilities
    yield _("Kualifikasi pelaksana"), (*qualified, *trained) or (NOTHING,)
    yield _("Keterkaitan"), _said(sop.related if sop else ())
    yield _("Peralatan dan perlengkapan"), _said(equipment)
    yield _("Peringatan"), _said(sop.warning if sop else ())
    yield _("Pencatatan dan pendataan"), _said(sop.recording if sop else ())


def _competence(office: Office, role: str, one: object) -> str:
    level = getattr(one, "at_least", None) or ""
    fields = ", ".join(words(each) for each in getattr(one, "fields", ()))
    able = words(getattr(one, "able_to", None))
    known = "; ".join(filter(None, (level, fields, able)))
    return f"{actor_name(office, role)}: {known}"


def _said(texts: tuple[Text, ...]) -> tuple[str, ...]:
    return tuple(words(one) for one in texts) or (NOTHING,)
