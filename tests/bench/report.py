"""The figures as plain tables, and each goal with pass or miss."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.bench.measuring import Slice

OF_FLOOR = {"worklist": 0.45, "ticket": 0.45, "reply": 0.45, "search rare": 0.4, "search common": 0.4, "create": 0.4}  # fmt: skip
STATEMENTS = {"worklist": 8, "ticket": 10, "create": 20}
GROWTH = {"search rare": 1.5, "search common": 2.5}
GROWN = 1.25
MEMORY, FIRST_VIEW, NEXT_VIEW = 250, 100_000, 15_000


@dataclass
class Result:
    """All slices of one set: by flow, by connections and whose, and what was counted beside."""

    tickets: int
    slices: dict[tuple[str, int, str], list[Slice]] = field(default_factory=dict)
    statements: dict[str, dict[str, tuple[int, int]]] = field(default_factory=dict)
    memory: list[float] = field(default_factory=list)
    memory_with_readers: float = 0
    weights: dict[str, tuple[int, int]] = field(default_factory=dict)

    def ratios(self, flow: str, connections: int) -> list[float]:
        """loket over the floor, neighbour by neighbour."""
        own, floor = (self.slices.get((flow, connections, who), []) for who in ("loket", "floor"))  # fmt: skip
        return [one.rate / other.rate for one, other in zip(own, floor, strict=False)]

    def cpu(self, flow: str, connections: int, who: str = "loket") -> float:
        """Milliseconds of CPU a flow, server and PostgreSQL."""
        found = self.slices[flow, connections, who]
        return sum(each.app + each.database for each in found) * 1000 / sum(len(each.times) for each in found)  # fmt: skip


def table(head: list[str], rows: Iterable[list[object]]) -> None:
    """Columns as wide as they must be."""
    lines = [head, *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())  # fmt: skip
    print(flush=True)


def show(result: Result) -> None:
    """Everything that was measured on one set."""
    print(f"\n{result.tickets:,} tickets")
    rows = []
    for (flow, connections, who), slices in result.slices.items():
        counted = result.statements.get(who, {}).get(flow, ("-", "-"))
        times = Slice(sum(s.seconds for s in slices), [t for s in slices for t in s.times], slices[-1].wire,
                      sum(s.app for s in slices), sum(s.database for s in slices), sum(s.driver for s in slices))  # fmt: skip
        rows.append([
            flow, connections, who, f"{times.rate:.1f}", f"{times.percentile(0.5):.1f}", f"{times.percentile(0.95):.1f}",
            f"{times.each(times.app):.1f}", f"{times.each(times.database):.1f}", f"{times.each(times.driver):.2f}",
            f"{counted[0]} ({counted[1]})", times.wire, len(times.times),
        ])  # fmt: skip
    table(["flow", "conn", "who", "flows/s", "p50 ms", "p95 ms", "CPU app", "CPU pg", "CPU driver", "SQL (all)", "bytes", "n"], rows)  # fmt: skip


def judge(results: list[Result], connections: int) -> int:
    """Print the goals; how many were missed. Ratios must hold with the smallest of the row."""
    rows = [row for result in results for row in _of_set(result, connections)]
    if len(results) > 1:
        rows += _growth(results[0], results[-1], connections)
    table(["goal", "set", "wanted", "found", ""], [[*row[:-1], "pass" if row[-1] else "MISS"] for row in rows])  # fmt: skip
    missed = sum(not row[-1] for row in rows)
    print(f"{len(rows) - missed} of {len(rows)} goals met.")
    return missed


def _of_set(result: Result, connections: int) -> list[list[object]]:
    rows: list[list[object]] = []
    size = f"{result.tickets:,}"
    for flow, least in OF_FLOOR.items():
        if found := result.ratios(flow, connections):
            mean, low = sum(found) / len(found), min(found)
            cpu = result.cpu(flow, connections, "floor") / result.cpu(flow, connections)
            rows.append([f"{flow}: of the floor", size, f">= {least}", f"mean {mean:.2f}, min {low:.2f}, by CPU {cpu:.2f}", low >= least])  # fmt: skip
    for flow, most in STATEMENTS.items():
        if flow in result.statements.get("loket", {}):
            found_sql = result.statements["loket"][flow][0]
            rows.append([f"{flow}: statements", size, f"<= {most}", found_sql, found_sql <= most])  # fmt: skip
    if result.memory:
        total, is_two = sum(result.memory), len(result.memory) == 2
        found_mb = f"{total:.0f} in {len(result.memory)}, with all below {result.memory_with_readers:.0f}"  # fmt: skip
        rows.append(["memory of two web processes, PSS MB", size, f"<= {MEMORY}", found_mb, is_two and total <= MEMORY])  # fmt: skip
    for page, (first, following) in result.weights.items():
        is_light = first < FIRST_VIEW and following < NEXT_VIEW
        rows.append([f"{page} first, next view, bytes", size, f"< {FIRST_VIEW}, {NEXT_VIEW}", f"{first}, {following}", is_light])  # fmt: skip
    return rows


def _growth(small: Result, large: Result, connections: int) -> list[list[object]]:
    """How many times more CPU a flow takes; the rate says the same, but also what else the machine did."""
    rows: list[list[object]] = []
    for flow in dict.fromkeys(each[0] for each in large.slices):
        key = (flow, connections, "loket")
        if key not in small.slices or key not in large.slices:
            continue
        most = GROWTH.get(flow, GROWN)
        cpu = large.cpu(flow, connections) / small.cpu(flow, connections)
        rate = _rate(small.slices[key]) / _rate(large.slices[key])
        rows.append([f"{flow}: growth", f"{small.tickets:,} to {large.tickets:,}", f"<= {most}", f"CPU {cpu:.2f}, time {rate:.2f}", cpu <= most])  # fmt: skip
    return rows


def _rate(slices: list[Slice]) -> float:
    return sum(len(each.times) for each in slices) / sum(each.seconds for each in slices)  # fmt: skip
