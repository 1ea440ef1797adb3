"""`loket worker`: run the jobs until a signal."""

import argparse

from config import running


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--concurrency", type=int, default=2, metavar="N")


def run(options: argparse.Namespace) -> None:
    """Run jobs; several workers may run at once."""
    with running.database():
        running.operations().work(options.concurrency)
