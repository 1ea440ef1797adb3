"""`loket pack`: packs are checked and described without a database, loaded and exported with one."""

import argparse
import datetime as dt
import json
from pathlib import Path

from config import running
from loket.standards.pack import check, format_problem, has_errors, json_schemas


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    checking = verbs.add_parser(
        "check", help="say everything that is wrong, file and line"
    )
    checking.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    checking.set_defaults(verb=_check)
    loading = verbs.add_parser("load", help="publish what is new")
    loading.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    loading.add_argument(
        "--date",
        type=dt.date.fromisoformat,
        help="publish as if on this day (YYYY-MM-DD)",
    )
    loading.set_defaults(verb=_load)
    exporting = verbs.add_parser("export", help="write an office back to YAML")
    exporting.add_argument("office", metavar="OFFICE")
    exporting.add_argument("folder", type=Path, metavar="FOLDER")
    exporting.set_defaults(verb=_export)
    describing = verbs.add_parser("schema", help="print the JSON Schema of both files")
    describing.set_defaults(verb=_schema)


def run(options: argparse.Namespace) -> int:
    """Do the verb; 1 when a pack has errors."""
    return int(options.verb(options) or 0)


def _check(options: argparse.Namespace) -> int:
    problems = check(options.paths)
    for problem in problems:
        print(format_problem(problem))
    return 1 if has_errors(problems) else 0


def _load(options: argparse.Namespace) -> None:
    with running.database():
        for name in running.operations().load_packs(options.paths, on=options.date):
            print(name)


def _export(options: argparse.Namespace) -> None:
    with running.database():
        running.operations().export_pack(options.office, options.folder)


def _schema(options: argparse.Namespace) -> None:
    print(json.dumps(json_schemas(), indent=2, ensure_ascii=False))
