"""The flow chart of an SOP sheet: a row for each step, with a sentence for each symbol (PermenPANRB 35/2012)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from loket.offices.models import Office
from loket.portal.queries.flow import Arrow, Drawn, Node, drawn_pages
from loket.portal.queries.paths import arrows, forks
from loket.portal.queries.words import variants_of
from loket.standards.pack import StandardSpec, Step
from loket.tickets.queries.words import actor_name, words

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


def minutes(count: int) -> str:
    """Minutes also beyond an hour: they are to be compared with the column above."""
    return (
        ngettext("%(n)d menit", "%(n)d menit", count) % {"n": count}
        if count
        else NOTHING
    )


class Chart:
    """Turns the procedure into rows, with the geometry of the chart in words a screen reader can say."""

    def __init__(
        self, office: Office, spec: StandardSpec, pictures: dict[str, str]
    ) -> None:
        self.office, self.spec, self.pictures = office, spec, pictures
        self.actors = [*dict.fromkeys(one.actor for one in spec.procedure)]
        self.numbers = {one.code: n for n, one in enumerate(spec.procedure, 1)}
        self.arrows = arrows(spec)

    def pages(self, starts: Iterable[str]) -> Iterable[list[SopRow]]:
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
        return "decision" if forks(step) else "process"

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
            time=minutes(step.norm or 0),
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
