"""`loket drill`: prove that the newest backup can be restored, without touching what runs."""

import argparse
import os
from pathlib import Path

from config import running


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, nargs="?", help="a backup, or the folder of backups; else that of the last backup")  # fmt: skip
    parser.add_argument("--keys", type=Path, metavar="FILE", help="try this copy of the ring")  # fmt: skip


def run(options: argparse.Namespace) -> None:
    """Print one page; 1 when something differs."""
    os.environ["LOKET_ROLE"] = "owner"
    if options.keys:
        os.environ["LOKET_KEY_FILE"] = str(options.keys.resolve())
    with running.database():
        for line in running.operations().drill(options.folder):
            print(line, flush=True)
