"""All proofs, or those named: `python -m tests.proofs --only storm --kills 20`."""

import sys
from collections.abc import Callable

from tests.proofs import storm
from tests.proofs.clock import __main__ as edges, years
from tests.proofs.faults import whole


def times(arguments: list[str]) -> int:
    """The edges of all times, then New Year with real processes."""
    return edges.main(arguments) or years.main(arguments)


PROOFS: dict[str, Callable[[list[str]], int]] = {
    "storm": storm.main,
    "jobs": whole.jobs,
    "faults": whole.faults,
    "time": times,
}


def main(arguments: list[str]) -> int:
    """Run them one after the other; how many were not good."""
    chosen = list(PROOFS)
    while "--only" in arguments:
        place = arguments.index("--only")
        chosen = [arguments[place + 1]]
        arguments = arguments[:place] + arguments[place + 2 :]
    wrong = 0
    for name in chosen:
        print(f"== {name}", flush=True)
        wrong += PROOFS[name](arguments) != 0
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
