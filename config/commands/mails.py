"""`loket mails`: those held after a restore, which may have gone out before; a person sends or drops them."""

import argparse

from config import running


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(verb="list_mails", ids=None)
    verbs = parser.add_subparsers(metavar="VERB")
    for name, purpose in (("release", "send them after all"), ("drop", "never send them")):  # fmt: skip
        verb = verbs.add_parser(name, help=purpose)
        verb.add_argument("ids", nargs="+", metavar="ID", help="numbers of mails, or all")  # fmt: skip
        verb.set_defaults(verb=f"{name}_mails")


def run(options: argparse.Namespace) -> None:
    """Do it and say how many."""
    given = {"ids": options.ids} if options.ids else {}
    with running.database():
        for line in getattr(running.operations(), options.verb)(**given):
            print(line)
