"""`loket seed`: fill an empty installation with believable examples, made by the rooms' own actions."""

import argparse
from pathlib import Path

from config import running
from config.commands import Refused

STAGES = ("empty", "busy", "busy-day", "year")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--stage", choices=STAGES, required=True)
    parser.add_argument("--random-seed", type=int, default=1, metavar="N")
    parser.add_argument(
        "--accounts-json", type=Path, metavar="FILE", help="write the sign-ins there"
    )


def run(options: argparse.Namespace) -> None:
    """Seed one stage; refused where somebody has an account already."""
    with running.database():
        operations = running.operations()
        if operations.has_people():
            raise Refused(
                "This installation is not empty; examples go into an empty one only."
            )
        operations.seed(
            stage=options.stage,
            random_seed=options.random_seed,
            accounts_json=options.accounts_json,
        )
