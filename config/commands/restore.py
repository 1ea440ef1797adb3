"""`loket restore`: a backup into an empty database."""

import argparse
import os
from pathlib import Path

from config import env, running
from config.backups import rings


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="a backup, or the folder of backups: its newest")  # fmt: skip
    parser.add_argument("--keys", type=Path, metavar="FILE", help="the copy of the ring, when it is not in its place")  # fmt: skip
    parser.add_argument("--ledger", type=Path, metavar="FILE", help="the ledger of the lost days, when it is not in its place")  # fmt: skip
    parser.add_argument("--skip", type=int, metavar="N", help="without a ledger: numbers of each series to leave out")  # fmt: skip


def run(options: argparse.Namespace) -> None:
    """Restore and say what a person has to see to."""
    os.environ["LOKET_ROLE"] = "owner"
    rings.place(options.keys, target=env.key_file())
    with running.database():
        done = running.operations().restore(
            options.folder, ledger=options.ledger, skip=options.skip
        )
        for line in done:
            print(line, flush=True)
