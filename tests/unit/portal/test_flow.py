"""The geometry of flow charts: falls, jumps, and connectors where a page ends."""

from loket.portal.queries.flow import Arrow, Node, drawn_pages


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
    assert lines(rows[2], 0) == {"r1-up", "r1-out"}
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
