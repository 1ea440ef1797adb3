"""The geometry of flow charts: falls, jumps, and connectors where a page ends."""

from itertools import combinations

from hypothesis import given, strategies as st

from loket.portal.queries.flow import Arrow, Node, drawn_pages
from loket.portal.queries.flow_lines import Line, ways


def chain(*columns):
    """Steps s1, s2 ... in these columns, each leading to the next."""
    nodes = [Node(f"s{n}", column, "process") for n, column in enumerate(columns, 1)]
    lines = [Arrow(f"s{n}", f"s{n + 1}") for n in range(1, len(columns))]
    return nodes, lines


def lines(row, column):
    return row.cells[column].lines


def test_a_line_to_the_next_row_falls_along_its_lower_edge():
    [rows] = drawn_pages(*chain(0, 2))
    assert [lines(rows[0], column) for column in range(3)] == [
        {"down", "foot-right"},
        {"foot-left", "foot-right"},
        {"foot-left"},
    ]
    assert lines(rows[1], 2) == {"up"}
    assert rows[1].cells[2].heads == {"top"}


def test_a_return_runs_beside_the_symbols_and_enters_from_the_side():
    nodes, arrows = chain(0, 0, 1)
    [rows] = drawn_pages(nodes, [*arrows, Arrow("s3", "s1", "Tidak")])
    assert lines(rows[2], 0) == {"r1-up", "r1-middle-edge"}
    assert {"r1-up", "r1-down"} <= lines(rows[1], 0)
    assert rows[0].cells[0].heads == {"right"}
    assert rows[2].cells[1].labels == {"left": "Tidak"}


def test_lines_to_different_steps_never_share_a_channel():
    nodes, arrows = chain(0, 0, 0, 0)
    more = [Arrow("s3", "s1"), Arrow("s4", "s2")]
    [rows] = drawn_pages(nodes, [*arrows, *more])
    used = {part[:2] for part in lines(rows[1], 0) if part[0] in "lr"}
    assert len(used) == 2


def test_forty_steps_are_joined_over_every_break():
    nodes, arrows = chain(*[n % 3 for n in range(40)])
    pages = drawn_pages(nodes, arrows, ["s15", "s29"])
    kept = [[row.node.key for row in page if not row.node.end] for page in pages]
    assert [len(page) for page in kept] == [14, 14, 12]
    ends = [[(r.node.end, r.node.letter) for r in page if r.node.end] for page in pages]
    assert ends == [
        [("out", "A")],
        [("in", "A"), ("out", "B")],
        [("in", "B")],
    ]


def test_a_return_over_a_break_has_its_own_connectors():
    nodes, arrows = chain(0, 1, 0, 1)
    pages = drawn_pages(nodes, [*arrows, Arrow("s4", "s1", "Tidak")], ["s3"])
    first, second = [[(row.node.key, row.node.end) for row in page] for page in pages]
    assert first == [("s1", ""), ("s2", ""), ("s3", "out"), ("s1", "in")]
    assert second == [("s1", "out"), ("s3", "in"), ("s3", ""), ("s4", "")]


def batang():
    """Two ways to one decision, and a return from it: three lines at one symbol."""
    nodes = [
        Node("apply", 0, "process"),
        Node("call", 1, "process"),
        Node("look", 1, "decision"),
        Node("watch", 1, "decision"),
        Node("agree", 1, "process"),
    ]
    arrows = [
        Arrow("apply", "call", "b"),
        Arrow("apply", "look", "a"),
        Arrow("call", "watch"),
        Arrow("look", "agree", "Ya"),
        Arrow("look", "apply", "Tidak"),
        Arrow("watch", "agree", "Ya"),
        Arrow("watch", "apply", "Tidak"),
    ]
    return nodes, arrows


def test_a_return_leaves_by_another_side_than_the_one_a_line_arrives_at():
    [rows] = drawn_pages(*batang())
    look = rows[2].cells[1]
    assert (look.heads, look.labels) == ({"left"}, {"right": "Ya", "down": "Tidak"})
    assert "foot-left" in look.lines


@given(st.data())
def test_no_line_leaves_where_one_to_another_step_arrives(data):
    """Up to eight rows in three columns, each step leading on and one of them back."""
    columns = data.draw(st.lists(st.integers(0, 2), min_size=3, max_size=8))
    last = len(columns) - 1
    source = data.draw(st.integers(1, last))
    target = data.draw(st.integers(0, source - 1))
    links = [*((n, n + 1) for n in range(last)), (source, target)]
    lines = [Line(*each) for each in links]
    *falls, back = ways(columns, lines)
    assert {(way.leaves, way.arrives) for way in falls} == {("down", "top")}
    assert (back.leaves, back.arrives) in {
        (leaves, arrives)
        for leaves in (
            ("left", "right") if source < last else ("left", "right", "down")
        )
        for arrives in (("left", "right") if target else ("left", "right", "top"))
    }


def test_returns_to_two_steps_run_in_channels_that_never_touch():
    columns = [0, 0, 1, 0, 1, 0]
    links = [*((n, n + 1) for n in range(5)), (4, 0), (5, 1), (3, 0)]
    lines = [Line(*each) for each in links]
    ran = [
        (line.target, way.channel, {*way.halves})
        for line, way in zip(lines, ways(columns, lines), strict=True)
        if way.channel
    ]
    for one, other in combinations(ran, 2):
        if one[0] != other[0] and one[1] == other[1]:
            assert not one[2] & other[2]
