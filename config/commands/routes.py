"""`loket routes`: every address with its policy, read from the resolver; needs no database."""

import argparse
import json
from dataclasses import asdict
from typing import Any

from config import running


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs")


def run(options: argparse.Namespace) -> None:
    """Print one address a line, or a JSON list."""
    rows = [_row(route) for route in running.operations().all_routes()]
    if options.json:
        print(json.dumps(rows, indent=2))
        return
    for row in rows:
        print(
            f"{'|'.join(row['methods']):10} {row['path']:60} {' '.join(row['roles'])}"
        )


def _row(route: Any) -> dict[str, Any]:
    policy = asdict(route.policy) if route.policy else {"methods": [], "roles": []}
    return {
        "path": route.path,
        "name": route.name,
        "methods": list(policy["methods"]),
        "roles": list(policy["roles"]),
        "id_params": list(route.id_params),
    }
