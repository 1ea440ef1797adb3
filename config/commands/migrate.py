"""`loket migrate`: bring the tables up to date, as the role that owns them."""

import argparse
import os

from config import running


def arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(_: argparse.Namespace) -> None:
    """Migrate with the owner's address, which the settings choose by LOKET_ROLE."""
    os.environ["LOKET_ROLE"] = "owner"
    with running.database():
        running.operations().migrate()
