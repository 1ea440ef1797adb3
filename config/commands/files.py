"""`loket files`: compare rows and bytes now, or keep a ticket's documents beyond their time."""

import argparse

from config import running


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    check = verbs.add_parser("check", help="read files through and look for strays")
    check.add_argument("--most", type=int, default=1_000_000, metavar="N")
    check.set_defaults(verb="check_files")
    hold = verbs.add_parser("hold", help="keep a ticket's documents, as in a dispute")
    hold.add_argument("ticket", help="its number")
    hold.add_argument("because", help="the reason")
    hold.set_defaults(verb="hold_files")
    release = verbs.add_parser("release", help="let them be destroyed in their time")
    release.add_argument("ticket", help="its number")
    release.set_defaults(verb="hold_files", because="")


def run(options: argparse.Namespace) -> None:
    """Do it and say what was found."""
    given = {k: v for k, v in vars(options).items() if k not in {"verb", "run"}}
    with running.database():
        for line in getattr(running.operations(), options.verb)(**given):
            print(line)
