"""The `loket` command. Each subcommand is one module of config/commands, imported only when it is asked for."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from config.commands import Refused

COMMANDS = {
    "demo": "set up everything with examples and serve it until Ctrl-C",
    "serve": "serve the pages",
    "worker": "run the jobs: mails, notices, clean-up",
    "migrate": "bring the tables up to date",
    "seed": "fill an empty installation with believable examples",
    "pack": "check, load, export or describe the packs of offices",
    "holidays": "correct the national holidays, or close an office on a day",
    "appoint": "give an office its first head",
    "keys": "replace the keys that protect files and numbers",
    "files": "check stored files, or keep those of a ticket",
    "unlock": "take a lost second factor from somebody",
    "clock": "say when a promise falls due in an office's hours",
    "number": "check a NIK or an NPWP",
    "routes": "list every address with its methods and roles",
    "backup": "copy database and files, and the ring of keys to another place",
    "restore": "put a backup into an empty database",
    "drill": "prove that the newest backup can be restored",
    "mails": "send or drop mails that were held after a restore",
    "doctor": "say what this machine lacks",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; 0 when done, 1 when refused with a sentence, 2 when typed wrongly."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    os.environ["LOKET_ACTOR"] = "" if given[:1] == ["serve"] else "system"
    options = _parser(given[0] if given else "").parse_args(given)
    try:
        return int(options.run(options) or 0)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser(wanted: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="loket")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, purpose in COMMANDS.items():
        command = commands.add_parser(name, help=purpose, description=purpose)
        if name == wanted:
            module = import_module(f"config.commands.{name}")
            module.arguments(command)
            command.set_defaults(run=module.run)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
