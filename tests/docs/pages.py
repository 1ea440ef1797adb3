"""The project's pages as the tests see them: files, links and fenced blocks."""

import re
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOP = (
    "README.md",
    "ARCHITECTURE.md",
    "STYLE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
)
_FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def pages():
    """Every page written by hand, top level and docs/."""
    return [ROOT / name for name in TOP] + sorted((ROOT / "docs").rglob("*.md"))


def tracked():
    """Every file of the repository; without git, which refuses folders of other users."""
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text().split()]
    return [file for file in _below(ROOT, [*ignored, ".git"]) if file.is_file()]


def _below(folder, ignored):
    for one in sorted(folder.iterdir()):
        if any(fnmatch(one.name, pattern) for pattern in ignored):
            continue
        yield from _below(one, ignored) if one.is_dir() else [one]


def blocks(page):
    """The fenced blocks of a page: language, attributes such as `title`, text."""
    for language, info, text in _FENCE.findall(page.read_text()):
        yield language, dict(one.split("=", 1) for one in info.split()), text


def links(page):
    """The targets of a page's links that lead to files, without their anchors."""
    targets = _LINK.findall(page.read_text())
    return [
        one.partition("#")[0] for one in targets if "://" not in one and one[0] != "#"
    ]
