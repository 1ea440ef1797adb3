"""The SOP sheet of a standard: identity, flow chart and *mutu baku* (PermenPANRB 35/2012; K3, C14)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from loket.offices.models import Office
from loket.portal.queries.flow import Arrow, Drawn, Node, drawn_pages
from loket.portal.queries.naming import law_names
from loket.portal.queries.paths import arrows, forks, letters_of, totals
from loket.portal.queries.words import variants_of
from loket.standards.models import Standard
from loket.standards.pack import Decree, OfficeSpec, StandardSpec, Step, Text
from loket.standards.queries import settings_of, spec_of
from loket.tickets.queries.words import actor_name, words
from loket.ui.parts import Fact, in_indonesian
from loket.ui.templatetags.dates import tanggal

NOTHING = "–"
SYMBOLS = {
    "terminator": gettext_lazy("mulai atau berakhir"),
    "process": gettext_lazy("kegiatan"),
    "decision": gettext_lazy("keputusan"),
    "connector": gettext_lazy("sambungan ke halaman lain"),
}
LEGEND = SYMBOLS | {"arrow": gettext_lazy("arah")}


@dataclass(frozen=True)
class Lane:
    """One cell of an actor: the classes of its lines, and its symbol with all that stands at it."""

    lines: str
    symbol: str = ""
    picture: str = ""
    alt: str = ""
    heads: tuple[str, ...] = ()
    letter: str = ""
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class SopRow:
    """A step, or a connector without number."""

    lanes: tuple[Lane, ...]
    number: int | None = None
    code: str = ""
    text: str = ""
    needs: tuple[str, ...] = ()
    time: str = ""
    output: str = ""
    notes: tuple[str, ...] = ()


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
    sheet = _Sheet(office, spec, pictures)
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
        actors=tuple(actor_name(office, code) for code in sheet.actors),
        charts=tuple(tuple(page) for page in sheet.charts(starts)),
        total=_minutes(max(norms.values())),
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
        for route, minutes in norms.items():
            yield Total(words(spec.routes[route].title), _minutes(minutes))


def _minutes(count: int) -> str:
    """Minutes also beyond an hour: they are to be compared with the column above."""
    return (
        ngettext("%(n)d menit", "%(n)d menit", count) % {"n": count}
        if count
        else NOTHING
    )


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


class _Sheet:
    """Turns the procedure into rows, with the geometry of the chart in words a screen reader can say."""

    def __init__(
        self, office: Office, spec: StandardSpec, pictures: dict[str, str]
    ) -> None:
        self.office, self.spec, self.pictures = office, spec, pictures
        self.actors = [*dict.fromkeys(one.actor for one in spec.procedure)]
        self.numbers = {one.code: n for n, one in enumerate(spec.procedure, 1)}
        self.arrows = arrows(spec)

    def charts(self, starts: Iterable[str]) -> Iterable[list[SopRow]]:
        nodes = [
            Node(one.code, self.actors.index(one.actor), self._symbol(one))
            for one in self.spec.procedure
        ]
        lines = [Arrow(one.source, one.target, str(one.label)) for one in self.arrows]
        for page in drawn_pages(nodes, lines, starts):
            yield [self._row(each) for each in page]

    def _symbol(self, step: Step) -> str:
        first = step is self.spec.procedure[0]
        if first or step.ends or step.refuses:
            return "terminator"
        return "decision" if forks(step) else str(step.symbol)

    def _row(self, drawn: Drawn) -> SopRow:
        node = drawn.node
        if node.end:
            alt = self._joins(node)
            return SopRow(tuple(self._lanes(drawn, alt)), text=alt)
        step = self.spec.step(node.key)
        return SopRow(
            tuple(self._lanes(drawn, self._says(step, node))),
            number=self.numbers[step.code],
            code=step.code,
            text=words(step.text),
            needs=tuple(words(one) for one in step.needs) or (NOTHING,),
            time=_minutes(step.norm or 0),
            output=words(step.output) or NOTHING,
            notes=tuple(self._notes(step)),
        )

    def _joins(self, node: Node) -> str:
        number = self.numbers[node.key]
        words_of = (
            _("%(letter)s: lanjut ke langkah %(number)s")
            if node.end == "out"
            else _("%(letter)s: masuk ke langkah %(number)s")
        )
        return words_of % {"letter": node.letter, "number": number}

    def _says(self, step: Step, node: Node) -> str:
        """The symbol as a sentence: who, what shape, and where each of its lines leads."""
        ways = [
            _("%(label)s ke langkah %(number)s")
            % {"label": one.label, "number": self.numbers[one.target]}
            for one in self.arrows
            if one.source == step.code
        ]
        known = f"{actor_name(self.office, step.actor)}: {SYMBOLS[node.symbol]}"
        return ", ".join([known, *(way.strip() for way in ways)])

    def _notes(self, step: Step) -> Iterable[str]:
        if step.note:
            yield words(step.note)
        if step.where:
            yield _("Di %(place)s.") % {"place": words(step.where)}
        if only := variants_of(step, self.spec):
            yield _("Hanya %(variants)s.") % {"variants": only}
        if step.optional:
            yield _("Tidak menahan proses.")

    def _lanes(self, drawn: Drawn, alt: str) -> Iterable[Lane]:
        for column, cell in enumerate(drawn.cells):
            lines = " ".join(f"lk-f-{part}" for part in sorted(cell.lines))
            if column != drawn.node.column:
                yield Lane(lines)
                continue
            yield Lane(
                lines,
                symbol=drawn.node.symbol,
                picture=self.pictures[drawn.node.symbol],
                alt=alt,
                heads=tuple(sorted(cell.heads)),
                letter=drawn.node.letter,
                labels=tuple(sorted(cell.labels.items())),
            )
