"""`loket seed`: fill an empty installation with believable examples, made by the rooms' own actions."""

import argparse
from pathlib import Path

from config import running

STAGES = ("empty", "busy", "busy-day", "year")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--stage", choices=STAGES, required=True)
    parser.add_argument("--random-seed", type=int, default=1, metavar="N")
    parser.add_argument(
        "--accounts-json", type=Path, metavar="FILE", help="write the sign-ins there"
    )


def run(options: argparse.Namespace) -> None:
    """Seed one stage."""
    with running.database():
        running.operations().seed(
            stage=options.stage,
            random_seed=options.random_seed,
            accounts_json=options.accounts_json,
        )
