"""`loket unlock`: take a lost second factor from somebody no other officer can help, such as the only head."""

import argparse

from config import running


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("login", help="user ID or e-mail")


def run(options: argparse.Namespace) -> None:
    """Remove the factors, sign the person out and tell him by mail."""
    with running.database():
        print(running.operations().unlock(options.login))
