"""`bin/bench`: make the sets, put load on loket and on the floor in turns, print figures and goals."""

import argparse
import json
import sys

from loket.kernel import postgres
from tests.bench.flows import FLOOR, FLOWS, LOKET, ONLY_LOKET, Known
from tests.bench.machine import FOLDER, Sets, Web
from tests.bench.measuring import Target, memory_of
from tests.bench.report import Result, judge, show
from tests.bench.shape import Size
from tests.bench.weight import weigh

MANY = 8  # connections of the ratios
WARM = 12.0  # seconds in which every connection has planned its statements (ADR 0035)


def main() -> int:
    """Measure what was asked for; 1 when a goal was missed."""
    options = _options()
    FOLDER.mkdir(parents=True, exist_ok=True)
    sizes = [10_000] if options.quick and not options.sizes else options.sizes or [10_000, 200_000]  # fmt: skip
    with postgres.start(FOLDER / "postgres", durable=True) as server:
        sets = Sets(server)
        names = {size: sets.keep(Size(size)) for size in sizes}
        results = [_measure(sets, size, name, options) for size, name in names.items()]
    return 1 if judge(results, MANY) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench")
    parser.add_argument("--quick", action="store_true", help="10,000 tickets, short")
    parser.add_argument("--only", action="append", choices=list(FLOWS), metavar="FLOW")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="TICKETS")
    parser.add_argument("--seconds", type=float, help="of each slice")
    options = parser.parse_args()
    options.seconds = options.seconds or (1.5 if options.quick else 6.0)
    return options


def _measure(sets: Sets, size: int, name: str, options: argparse.Namespace) -> Result:
    result = Result(size)
    with (
        sets.copied(name) as run,
        sets.serving(run, loket=True) as web,
        sets.serving(run, loket=False) as floor,
    ):
        for who in ("loket", "floor"):
            said = sets.inside(run, "known", loket=False)
            result.statements[who] = sets.inside(run, "count", json.dumps(said), loket=who == "loket")  # fmt: skip
        known = Known(**sets.inside(run, "known", loket=False))
        targets = {
            "loket": _target(sets, run, web, known, loket=True),
            "floor": _target(sets, run, floor, known, loket=False),
        }
        for flow in options.only or FLOWS:
            _load(result, targets, flow, options)
        result.memory, result.memory_with_readers = memory_of(web.pid)
        result.weights = weigh(web.port)
    show(result)
    return result


def _target(sets: Sets, run: str, web: Web, known: Known, *, loket: bool) -> Target:
    process = sets.server.process
    cookies = sets.inside(run, "sign_in", loket=loket)
    site = LOKET if loket else FLOOR
    return Target(web.port, web.pid, process.pid if process else 0, cookies, site, known)  # fmt: skip


def _load(result: Result, targets: dict[str, Target], flow: str, options: argparse.Namespace) -> None:  # fmt: skip
    """Floor, loket, loket, floor at eight connections; loket alone at one and at thirty-two."""
    act = FLOWS[flow]
    order = ["loket"] * 2 if flow in ONLY_LOKET else ["floor", "loket", "loket", "floor"]  # fmt: skip
    for who in dict.fromkeys(order):
        targets[who].load(act, MANY, 1.0 if options.quick else WARM)
    plan = [(who, MANY) for who in order]
    if not options.quick:
        plan += [("loket", 1), ("loket", 32)]
    for who, connections in plan:
        slice_ = targets[who].load(act, connections, options.seconds)
        result.slices.setdefault((flow, connections, who), []).append(slice_)
        print(f"{result.tickets:>7,} {flow:<14} {connections:>2} {who}  {slice_.rate:6.1f}/s", file=sys.stderr, flush=True)  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
