"""Where the lines of a flow chart run: pure geometry over rows and columns, page by page (PermenPANRB 35/2012).

Every row holds one symbol; `flow_lines` chooses the ways of the lines between them. Lines never leave a page: they
end in a connector of the same letter on both pages.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Literal

from loket.portal.queries.flow_lines import Line, Way, ways

End = Literal["", "out", "in"]


@dataclass(frozen=True)
class Node:
    """One symbol in its column; `letter` and `end` only for connectors, `key` is then the step they lead to."""

    key: str
    column: int
    symbol: str
    letter: str = ""
    end: End = ""


@dataclass(frozen=True)
class Arrow:
    """A line from step to step; the label says when it is taken."""

    source: str
    target: str
    label: str = ""


@dataclass
class Cell:
    """What is drawn in one cell: names of line parts, arrow heads, and labels by their side."""

    lines: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Drawn:
    """One row: its symbol and a cell for every column."""

    node: Node
    cells: tuple[Cell, ...]


def drawn_pages(
    nodes: Sequence[Node], arrows: Sequence[Arrow], starts: Iterable[str] = ()
) -> list[list[Drawn]]:
    """The rows of every page; `starts` are the steps that begin a new one."""
    pages = _split(nodes, {*starts})
    place = {node.key: page for page, rows in enumerate(pages) for node in rows}
    columns = 1 + max(node.column for node in nodes)
    crossing = [each for each in arrows if place[each.source] != place[each.target]]
    chart = _Chart(nodes, pages, place, crossing)
    return [
        _draw(*chart.page(number, arrows), columns=columns)
        for number in range(len(pages))
    ]


def _split(nodes: Sequence[Node], starts: set[str]) -> list[list[Node]]:
    pages: list[list[Node]] = [[]]
    for node in nodes:
        if node.key in starts and pages[-1]:
            pages.append([])
        pages[-1].append(node)
    return pages


def _letters(targets: Iterable[str]) -> dict[str, str]:
    """A, B ... Z, AA, AB ... in the order of the lines."""
    found: dict[str, str] = {}
    for target in targets:
        if target not in found:
            turn, place = divmod(len(found), len(ascii_uppercase))
            before = ascii_uppercase[turn - 1] if turn else ""
            found[target] = before + ascii_uppercase[place]
    return found


class _Chart:
    """Gives each page its rows, with connectors above and below, and the lines between them."""

    def __init__(
        self,
        nodes: Sequence[Node],
        pages: list[list[Node]],
        place: dict[str, int],
        crossing: list[Arrow],
    ) -> None:
        self.nodes = {node.key: node for node in nodes}
        self.order = [node.key for node in nodes]
        self.pages, self.place = pages, place
        self.crossing = [each.target for each in crossing]
        self.letters = _letters(self.crossing)

    def page(
        self, number: int, arrows: Sequence[Arrow]
    ) -> tuple[list[Node], list[Line]]:
        """Rows of one page, and the lines between them."""
        top: dict[Node, None] = {}
        bottom: dict[Node, None] = {}
        ends: list[tuple[Node, Node, str]] = []
        for arrow in arrows:
            here = [self.place[arrow.source], self.place[arrow.target]]
            if number not in here:
                continue
            source, target = self._ends(arrow, here, number)
            for node, other in ((source, here[0]), (target, here[1])):
                if node.end:
                    (top if other < number else bottom).setdefault(node)
            label = "" if source.end else arrow.label
            ends.append((source, target, label))
        rows = [
            *self._near_last(top, number),
            *self.pages[number],
            *self._near_first(bottom, number),
        ]
        at = {node: row for row, node in enumerate(rows)}
        return rows, [Line(at[one], at[other], label) for one, other, label in ends]

    def _ends(self, arrow: Arrow, here: list[int], number: int) -> tuple[Node, Node]:
        source, target = self.nodes[arrow.source], self.nodes[arrow.target]
        if here[0] == here[1]:
            return source, target
        column = source.column if self._falls(arrow) else target.column
        letter = self.letters[arrow.target]
        if here[0] == number:
            return source, Node(arrow.target, column, "connector", letter, "out")
        return Node(arrow.target, target.column, "connector", letter, "in"), target

    def _falls(self, arrow: Arrow) -> bool:
        """Whether it is the only line over this break to the first step of the next page."""
        follows = self.order.index(arrow.target) == self.order.index(arrow.source) + 1
        return follows and self.crossing.count(arrow.target) == 1

    def _near_last(self, found: dict[Node, None], number: int) -> list[Node]:
        first = self.pages[number][0].key
        return sorted(found, key=lambda one: one.key == first and one.end == "in")

    def _near_first(self, found: dict[Node, None], number: int) -> list[Node]:
        last = self.order.index(self.pages[number][-1].key)
        after = self.order[last + 1 : last + 2]
        return sorted(found, key=lambda one: [one.key] != after or one.end != "out")


def _draw(rows: list[Node], lines: list[Line], *, columns: int) -> list[Drawn]:
    grid = [[Cell() for _ in range(columns)] for _ in rows]
    for line, way in zip(
        lines, ways([node.column for node in rows], lines), strict=True
    ):
        if way.channel:
            _jump(grid, rows, line, way)
        else:
            _fall(grid, rows, line)
        if line.label:
            grid[line.source][rows[line.source].column].labels[way.leaves] = line.label
    return [Drawn(node, tuple(cells)) for node, cells in zip(rows, grid, strict=True)]


def _fall(grid: list[list[Cell]], rows: list[Node], line: Line) -> None:
    """Down to the next row, along the lower edge when that is another column."""
    start, end = rows[line.source].column, rows[line.target].column
    grid[line.source][start].lines.add("down")
    for column in range(min(start, end), max(start, end) + 1):
        if column > min(start, end):
            grid[line.source][column].lines.add("foot-left")
        if column < max(start, end):
            grid[line.source][column].lines.add("foot-right")
    grid[line.target][end].lines.add("up")
    grid[line.target][end].heads.add("top")


def _jump(grid: list[list[Cell]], rows: list[Node], line: Line, way: Way) -> None:
    """Out of the symbol, along the channel, into the other symbol."""
    start, end = rows[line.source].column, rows[line.target].column
    level = "middle"
    if way.leaves == "down":
        level = "foot"
        grid[line.source][start].lines.add("down")
    for column, part in _sideways(start, end, way.channel, level):
        grid[line.source][column].lines.add(part)
    for half in way.halves:
        part = "down" if half % 2 else "up"
        grid[half // 2][end].lines.add(f"{way.channel}-{part}")
    goal = grid[line.target][end]
    if way.arrives == "top":
        grid[line.target - 1][end].lines.add(f"{way.channel}-foot")
        goal.lines.add("up")
    else:
        goal.lines.add(f"{way.channel}-middle")
    if way.arrives == "top" or not rows[line.target].end:
        goal.heads.add(way.arrives)


def _sideways(
    start: int, end: int, channel: str, level: str
) -> Iterator[tuple[int, str]]:
    """From the symbol's column to the channel, in the middle or at the foot of a row."""
    if start == end:
        yield end, f"{channel}-{level}"
        return
    out, into = ("right", "left") if start < end else ("left", "right")
    yield start, f"{level}-{out}"
    for column in range(min(start, end) + 1, max(start, end)):
        yield column, f"{level}-left"
        yield column, f"{level}-right"
    if channel.startswith(into[0]):
        yield end, f"{channel}-{level}-edge"
    else:
        yield end, f"{level}-{into}"
        yield end, f"{channel}-{level}"
