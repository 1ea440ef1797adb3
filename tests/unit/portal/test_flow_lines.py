"""Lines of a flow chart that lead elsewhere never share a side of a symbol where another way is free."""

from loket.portal.queries.flow_lines import Line, ways


def test_what_comes_in_and_what_goes_out_use_two_sides_of_a_decision():
    lines = [Line(0, 1, "b"), Line(0, 2, "a"), Line(1, 4), Line(2, 3, "Ya"), Line(2, 0, "Tidak")]  # fmt: skip
    found = dict(zip(lines, ways([0, 1, 1, 1, 0], lines), strict=True))
    comes, goes = found[lines[1]], found[lines[4]]
    assert comes.arrives != goes.leaves
    assert found[lines[0]].channel == ""  # to the next row it falls


def test_two_jumps_beside_one_column_take_two_channels():
    lines = [Line(0, 2), Line(1, 3), Line(2, 3)]
    first, second, _falls = ways([0, 0, 0, 0], lines)
    assert first.channel != second.channel


def test_lines_to_one_target_may_arrive_together():
    lines = [Line(0, 3), Line(1, 3), Line(2, 3)]
    assert [way.arrives for way in ways([1, 1, 1, 0], lines)][-1] == "top"
