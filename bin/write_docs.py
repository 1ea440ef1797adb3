"""The pages of docs/ that are made from the code: who may do what, and how a ticket moves."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
# What stands in docs/ is a real installation, whatever the shell says.
os.environ.update(DJANGO_SETTINGS_MODULE="config.settings", LOKET_DEMO="0", DEBUG="0")

import django  # noqa: E402 - after the environment is set

django.setup()

from loket.kernel.routes import Route, all_routes  # noqa: E402
from loket.offices.roles import OFFICERS, PERMISSIONS, Permission, Role  # noqa: E402
from loket.tickets import workflow  # noqa: E402
from loket.tickets.models import Status  # noqa: E402

MADE = "<!-- Made by bin/docs from the code; do not edit. -->"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    lines = [list(head), ["---"] * len(list(head)), *(list(row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def permissions() -> str:
    """What each role holds, and whose each address is."""
    held = table(
        ["Role", *(f"`{each}`" for each in Permission)],
        (
            [f"`{role}`", *("x" if each in PERMISSIONS[role] else "" for each in Permission)]
            for role in Role.values
        ),
    )  # fmt: skip
    addresses = table(
        ["Address", "Name", "Methods", "Who"],
        (address(route) for route in all_routes()),
    )
    return "\n".join([
        MADE,
        "# Who may do what",
        "\nRead at every request from the memberships that hold at that moment. What a step of a",
        "procedure asks for stands in the office's standard, not here.",
        "\n## Roles of an office\n",
        held,
        "\n## Addresses\n",
        "An address answers only to these methods and people. Which object they may see is a",
        "further gate: what is not visible to somebody does not exist for him (404).\n",
        addresses,
        "",
    ])  # fmt: skip


def address(route: Route) -> list[str]:
    """One line of the table of addresses."""
    if route.policy is None:
        return [f"`{route.path}`", f"`{route.name}`", "", "nobody"]
    roles = set(route.policy.roles)
    every = roles == set(OFFICERS)
    who = "every officer" if every else ", ".join(f"`{role}`" for role in sorted(roles))
    return [f"`{route.path}`", f"`{route.name}`", " ".join(route.policy.methods), who]


def ticket_workflow() -> str:
    """The statuses of a ticket as a drawing, and every arrow with who may walk it."""
    arrows = [
        f"    {source} --> {arrow.target}: {arrow.name}"
        for arrow in workflow.TRANSITIONS
        for source in sorted(arrow.sources)
    ]
    words = (
        [f"`{status.value}`", str(status.label)] for status in Status.__members__.values()
    )  # fmt: skip
    return "\n".join([
        MADE,
        "# Statuses of a ticket\n",
        "```mermaid",
        "stateDiagram-v2",
        f"    [*] --> {workflow.INITIAL.value}",
        *arrows,
        "```\n",
        table(["Arrow", "From", "To", "Who", "Reason asked", "Outcome"], map(arrow_line, workflow.TRANSITIONS)),
        "",
        table(["Status", "On screen"], words),
        "",
    ])  # fmt: skip


def arrow_line(arrow: workflow.Transition) -> list[str]:
    """One line of the table of arrows."""
    return [
        f"`{arrow.name}`",
        ", ".join(f"`{source}`" for source in sorted(arrow.sources)),
        f"`{arrow.target}`",
        (arrow.who.__doc__ or "").splitlines()[0],
        "yes" if arrow.needs_note else "",
        f"`{arrow.outcome}`" if arrow.outcome else "",
    ]


def main(*, only_check: bool) -> int:
    """Write what differs; with `only_check`, name it and answer 1."""
    pages = {"permissions.md": permissions, "workflows/tickets.md": ticket_workflow}
    stale = 0
    for name, page in pages.items():
        path, text = ROOT / "docs" / name, page()
        if path.is_file() and path.read_text() == text:
            continue
        stale = 1
        print(f"docs/{name} {'is stale: run bin/docs' if only_check else 'written'}")  # noqa: T201
        if not only_check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    return stale if only_check else 0


if __name__ == "__main__":
    sys.exit(main(only_check="--check" in sys.argv[1:]))
