"""`loket backup`: database, files and, apart, the ring of keys, while people work."""

import argparse
import os
from pathlib import Path

from config import running


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", type=Path, help="where backups stand, one folder each"
    )
    parser.add_argument("--keys", type=Path, metavar="FOLDER", help="another place, for the ring of keys")  # fmt: skip


def run(options: argparse.Namespace) -> None:
    """Make one and say what it holds."""
    os.environ["LOKET_ROLE"] = "owner"  # the serving role sees only its rows
    with running.database():
        for line in running.operations().backup(options.folder, keys=options.keys):
            print(line)
