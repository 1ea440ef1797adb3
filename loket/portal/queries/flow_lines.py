"""Which way each line of a flow chart takes, so that no two are mistaken for one another (PermenPANRB 35/2012).

A line to the next row falls from symbol to symbol. Any other runs in a channel beside the symbols of its target's
column. It leaves sideways, or downwards where nothing falls; it arrives from the side, or from above where nothing does.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

CHANNELS = {"left": ("l1", "r1", "l2", "r2"), "right": ("r1", "l1", "r2", "l2")}
ROUNDS = 4  # a way found early is looked for again once its neighbours have theirs
TROUBLE = {"point": 4, "channel": 3, "bend": 1}
Side = Literal["left", "right", "top", "down"]
Point = tuple[int, Side]


@dataclass(frozen=True)
class Line:
    """From row to row of one page; the label says when it is taken."""

    source: int
    target: int
    label: str = ""


@dataclass(frozen=True)
class Way:
    """The sides it leaves and arrives by, its channel, and the half rows it runs past; "" is a plain fall."""

    leaves: Side
    arrives: Side
    channel: str = ""
    halves: range = range(0)


def ways(columns: Sequence[int], lines: Sequence[Line]) -> list[Way]:
    """One way for each line; `columns` holds the column of every row's symbol."""
    found = [
        Way("down", "top") if line.target == line.source + 1 else None for line in lines
    ]
    free = [place for place, way in enumerate(found) if way is None]
    for _round in range(ROUNDS):
        before = list(found)
        for place in free:
            others = {
                lines[other]: way
                for other, way in enumerate(found)
                if way and other != place
            }
            found[place] = _best(columns, lines[place], others)
        if found == before:
            break
    return [way for way in found if way]


def _best(columns: Sequence[int], line: Line, others: Mapping[Line, Way]) -> Way:
    """The way with the fewest troubles; lines to one target may share theirs."""
    foreign = [one for one in others.items() if one[0].target != line.target]
    touched = Counter(point for one in foreign for point in _points(*one))
    for one, way in others.items():
        if one.target == line.target:
            touched[(one.source, way.leaves)] += 1
    runs = [
        (columns[one.target], way.channel, way.halves)
        for one, way in foreign
        if way.channel
    ]

    def troubles(way: Way) -> int:
        met = sum(touched[point] for point in _points(line, way))
        shared = sum(
            (column, channel) == (columns[line.target], way.channel)
            and _meet(halves, way.halves)
            for column, channel, halves in runs
        )
        bends = (way.leaves == "down") + (way.arrives == "top")
        return (
            TROUBLE["point"] * met
            + TROUBLE["channel"] * shared
            + TROUBLE["bend"] * bends
        )

    return min(_possible(columns, line), key=troubles)


def _possible(columns: Sequence[int], line: Line) -> Iterator[Way]:
    start, end = columns[line.source], columns[line.target]
    leftwards = start < end or (start == end and line.target < line.source)
    names = CHANNELS["left" if leftwards else "right"]
    tops = (False, True) if line.target else (False,)
    for is_down, is_top, channel in product((False, True), tops, names):
        beside: Side = "left" if channel.startswith("l") else "right"
        onwards: Side = "right" if start < end else "left"
        yield Way(
            "down" if is_down else beside if start == end else onwards,
            "top" if is_top else beside,
            channel,
            _halves(2 * line.source + 1 + is_down, 2 * line.target + 1 - is_top),
        )


def _halves(begun: int, ended: int) -> range:
    return range(min(begun, ended), max(begun, ended))


def _meet(one: range, other: range) -> bool:
    """Also end to end: two lines that touch look like one."""
    return one.start <= other.stop and other.start <= one.stop


def _points(line: Line, way: Way) -> Iterator[Point]:
    """Sides of symbols it touches; the lower edge of a row is one for the row above and the row below."""
    yield line.source, way.leaves
    if way.arrives == "top":
        if way.leaves != "down" or line.source != line.target - 1:
            yield line.target - 1, "down"
    else:
        yield line.target, way.arrives
