"""`loket holidays`: correct the national table or close an office on a day; open due times follow."""

import argparse
import datetime as dt

from config import running

KINDS = ("national_holidays", "cuti_bersama")


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    listing = verbs.add_parser("list", help="print the days of a year")
    listing.add_argument("year", type=int)
    listing.set_defaults(verb="list_holidays")
    for verb, purpose in (
        ("set", "enter or correct a day"),
        ("drop", "take a day out"),
    ):
        command = verbs.add_parser(verb, help=purpose)
        command.add_argument("day", type=dt.date.fromisoformat, metavar="YYYY-MM-DD")
        command.add_argument("--kind", choices=KINDS, default=KINDS[0])
        command.set_defaults(verb=f"{verb}_holiday")
        if verb == "set":
            command.add_argument("name")
            command.add_argument("--source", default="", help="the decree")
    closing = verbs.add_parser("close", help="close one office on a day")
    closing.add_argument("office")
    closing.add_argument("day", type=dt.date.fromisoformat, metavar="YYYY-MM-DD")
    closing.add_argument("reason")
    closing.set_defaults(verb="close_office")


def run(options: argparse.Namespace) -> None:
    """Change the table, then say how many due times moved."""
    given = {
        name: value
        for name, value in vars(options).items()
        if name not in {"verb", "run"}
    }
    with running.database():
        for line in getattr(running.operations(), options.verb)(**given):
            print(line)
