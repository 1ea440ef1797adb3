"""`loket keys`: replace the keys that protect files and columns, while people work."""

import argparse

from config import running


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    status = verbs.add_parser("status", help="count what stands under which key")
    status.set_defaults(verb="keys_status")
    rotate = verbs.add_parser("rotate", help="put a new key in use")
    which = rotate.add_mutually_exclusive_group(required=True)
    which.add_argument("--office", metavar="SLUG")
    which.add_argument("--installation", action="store_true")
    rotate.set_defaults(verb="rotate_keys")
    retire = verbs.add_parser("retire", help="drop replaced keys nothing needs")
    retire.set_defaults(verb="retire_keys")


def run(options: argparse.Namespace) -> None:
    """Do it and say what was done."""
    given = {"office": options.office} if options.verb == "rotate_keys" else {}
    with running.database():
        for line in getattr(running.operations(), options.verb)(**given):
            print(line)
