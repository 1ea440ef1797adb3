"""`loket number`: is this NIK or NPWP well formed? Needs neither settings nor a database."""

import argparse
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ValidationError

from config.commands import Refused
from loket.offices.numbers import Nik, Npwp, parse_nik, parse_npwp

PARSERS: dict[str, Callable[[str], Nik | Npwp]] = {"nik": parse_nik, "npwp": parse_npwp}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=sorted(PARSERS))
    parser.add_argument("value")


def run(options: argparse.Namespace) -> None:
    """Print the normalised number, or refuse with the reason."""
    if not settings.configured:
        settings.configure(USE_I18N=False)
    try:
        number = PARSERS[options.kind](options.value)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    print(number.digits, "(perlu dicek)" if number.needs_check else "(benar)")
