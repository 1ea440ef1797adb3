"""Where the lines of a flow chart run: pure geometry over rows and columns, page by page (PermenPANRB 35/2012).

Every row holds one symbol. A line to the next row falls from the middle of its column. Any other line leaves its
symbol sideways and runs in a channel beside the symbols of the target's column. Lines never leave a page: they end
in a connector of the same letter on both pages.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Literal

End = Literal["", "out", "in"]
CHANNELS = {"left": ("l1", "r1", "l2", "r2"), "right": ("r1", "l1", "r2", "l2")}


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
    ) -> tuple[list[Node], list[tuple[int, int, str]]]:
        """Rows of one page, and its lines as (row, row, label)."""
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
        return rows, [(at[one], at[other], label) for one, other, label in ends]

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


def _draw(
    rows: list[Node], lines: list[tuple[int, int, str]], *, columns: int
) -> list[Drawn]:
    grid = [[Cell() for _ in range(columns)] for _ in rows]
    channels = _Channels(rows)
    for source, target, label in lines:
        if target == source + 1:
            _fall(grid, rows, source, label)
        else:
            channel = channels.take(source, target)
            _jump(grid, rows, (source, target, label), channel)
    return [Drawn(node, tuple(cells)) for node, cells in zip(rows, grid, strict=True)]


def _fall(grid: list[list[Cell]], rows: list[Node], source: int, label: str) -> None:
    """Down to the next row, along the lower edge when that is another column."""
    start, end = rows[source].column, rows[source + 1].column
    grid[source][start].lines.add("down")
    for column in range(min(start, end), max(start, end) + 1):
        if column > min(start, end):
            grid[source][column].lines.add("foot-left")
        if column < max(start, end):
            grid[source][column].lines.add("foot-right")
    grid[source + 1][end].lines.add("up")
    grid[source + 1][end].heads.add("top")
    if label:
        grid[source][start].labels["down"] = label


class _Channels:
    """Finds the way beside the symbols: no two lines in one channel, none leaving where another arrives."""

    def __init__(self, rows: list[Node]) -> None:
        self.rows = rows
        self.taken: dict[tuple[int, str], list[tuple[int, int, int]]] = {}
        self.sides: dict[tuple[int, str], set[int]] = {}

    def take(self, source: int, target: int) -> str:
        """The channel with the fewest troubles; lines to the same step may share theirs."""
        start, end = self.rows[source].column, self.rows[target].column
        leftwards = start < end or (start == end and target < source)
        names = CHANNELS["left" if leftwards else "right"]
        name = min(names, key=lambda one: self._troubles(one, source, target))
        first, last = sorted((source, target))
        self.taken.setdefault((end, name), []).append((first, last, target))
        for place in self._touched(name, source, target):
            self.sides.setdefault(place, set()).add(target)
        return name

    def _troubles(self, name: str, source: int, target: int) -> int:
        first, last = sorted((source, target))
        used = self.taken.get((self.rows[target].column, name), ())
        shared = any(
            goal != target and begun <= last and first <= ended
            for begun, ended, goal in used
        )
        touched = self._touched(name, source, target)
        met = [place for place in touched if self.sides.get(place, set()) - {target}]
        return 3 * shared + len(met)

    def _touched(
        self, name: str, source: int, target: int
    ) -> tuple[tuple[int, str], ...]:
        start, end = self.rows[source].column, self.rows[target].column
        beside = name[0]
        leaves = beside if start == end else "r" if start < end else "l"
        return (source, leaves), (target, beside)


def _jump(
    grid: list[list[Cell]],
    rows: list[Node],
    line: tuple[int, int, str],
    channel: str,
) -> None:
    """Sideways out of the symbol, along the channel, sideways into the other symbol."""
    source, target, label = line
    start, end = rows[source].column, rows[target].column
    for column, part in _sideways(start, end, channel):
        grid[source][column].lines.add(part)
    for row in range(min(source, target), max(source, target) + 1):
        if row != max(source, target):
            grid[row][end].lines.add(f"{channel}-down")
        if row != min(source, target):
            grid[row][end].lines.add(f"{channel}-up")
    goal = grid[target][end]
    goal.lines.add(f"{channel}-in")
    side = "left" if channel.startswith("l") else "right"
    if not rows[target].end:
        goal.heads.add(side)
    if label:
        away = side if start == end else "left" if end < start else "right"
        grid[source][start].labels[away] = label


def _sideways(start: int, end: int, channel: str) -> Iterator[tuple[int, str]]:
    if start == end:
        yield end, f"{channel}-in"
        return
    out, into = ("right", "left") if start < end else ("left", "right")
    yield start, f"middle-{out}"
    for column in range(min(start, end) + 1, max(start, end)):
        yield column, "middle-left"
        yield column, "middle-right"
    if channel.startswith(into[0]):
        yield end, f"{channel}-out"
    else:
        yield end, f"middle-{into}"
        yield end, f"{channel}-in"
