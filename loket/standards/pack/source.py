"""A YAML file that remembers its lines, and the problems found in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq


class Severity(StrEnum):
    """An error refuses the pack; a warning asks for a look; a note only tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


LABELS = {
    Severity.ERROR: "",
    Severity.WARNING: "peringatan: ",
    Severity.NOTE: "catatan: ",
}


@dataclass(frozen=True)
class Problem:
    """Something wrong or worth knowing in one line of a pack, in words for the officer who wrote it."""

    path: Path
    line: int
    severity: Severity
    message: str


def format_problem(problem: Problem) -> str:
    """One line for a terminal: file, line, and what to do."""
    label = LABELS[problem.severity]
    return f"{problem.path}:{problem.line}: {label}{problem.message}"


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems refuses the pack."""
    return any(problem.severity is Severity.ERROR for problem in problems)


@dataclass(frozen=True)
class Source:
    """One file as read, with the lines of its keys."""

    path: Path
    root: Any

    def line(self, *where: str | int) -> int:
        """The line of the deepest part of `where` that the file really has."""
        node, line = self.root, 1
        for key in where:
            found = _line_of(node, key)
            if found is None:
                break
            node, line = node[key], found
        return line

    def error(self, message: str, *where: str | int) -> Problem:
        """A refusal at this place."""
        return Problem(self.path, self.line(*where), Severity.ERROR, message)

    def warning(self, message: str, *where: str | int) -> Problem:
        """Something to look at in this place."""
        return Problem(self.path, self.line(*where), Severity.WARNING, message)

    def note(self, message: str, *where: str | int) -> Problem:
        """Something to know about this place."""
        return Problem(self.path, self.line(*where), Severity.NOTE, message)


def _line_of(node: Any, key: str | int) -> int | None:
    if isinstance(node, CommentedMap) and key in node:
        places = node.lc.data or {}
        return places[key][0] + 1 if key in places else None
    if isinstance(node, CommentedSeq) and isinstance(key, int) and key < len(node):
        return int(node.lc.item(key)[0]) + 1
    return None
