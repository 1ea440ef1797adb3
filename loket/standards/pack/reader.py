"""Reads one YAML 1.2 file into a typed record; every refusal names its file, its line and the remedy."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from loket.standards.pack.base import Spec
from loket.standards.pack.messages import explain
from loket.standards.pack.source import Problem, Severity, Source

S = TypeVar("S", bound=Spec)


class _Constructor(RoundTripConstructor):
    """Leaves dates to the models: YAML's own reading stops at 30 February without saying where."""


_Constructor.add_constructor(
    "tag:yaml.org,2002:timestamp", RoundTripConstructor.construct_scalar
)
_TAB = re.compile(r"^[ ]*\t", re.MULTILINE)


@dataclass(frozen=True)
class Read(Generic[S]):
    """A record together with the file it came from."""

    spec: S
    source: Source


class Unreadable(Exception):
    """The file is no YAML that could be checked; line and remedy."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


def read_file(path: Path, model: type[S]) -> tuple[Read[S] | None, list[Problem]]:
    """The record of this file, or why it cannot be read."""
    try:
        source = _open(path)
    except Unreadable as why:
        return None, [Problem(path, why.line, Severity.ERROR, why.message)]
    try:
        return Read(model.model_validate(plain(source.root)), source), []
    except ValidationError as refused:
        errors = refused.errors(include_url=False)
        return None, [source.error(explain(one), *one["loc"]) for one in errors]


def plain(node: Any) -> Any:
    """The same content as ordinary dicts and lists."""
    if isinstance(node, dict):
        return {key: plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(value) for value in node]
    return node


def _open(path: Path) -> Source:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Unreadable(1, "berkas bukan UTF-8; simpan ulang sebagai UTF-8") from None
    except OSError:
        raise Unreadable(1, "berkas tidak ada atau tidak dapat dibuka") from None
    if tab := _TAB.search(text):
        line = text.count("\n", 0, tab.start()) + 1
        raise Unreadable(line, "ada tab di awal baris; ganti dengan spasi")
    root = _parse(text)
    if not isinstance(root, dict):
        raise Unreadable(1, "berkas harus berisi pasangan kunci dan nilai")
    return Source(path, root)


def _parse(text: str) -> Any:
    yaml = YAML(typ="rt")
    yaml.Constructor = _Constructor
    try:
        return yaml.load(text)
    except DuplicateKeyError as twice:
        key = re.search(r'"(.+?)"', twice.problem or "")
        name = key.group(1) if key else "?"
        raise _marked(twice, f"kunci '{name}' ditulis dua kali; hapus satu") from twice
    except MarkedYAMLError as wrong:
        advice = "penulisan YAML keliru; periksa titik dua, kurung, kutip dan indentasi"
        raise _marked(wrong, advice) from wrong
    except (YAMLError, ValueError) as wrong:
        advice = "berkas memuat tanda atau nilai yang tidak boleh dalam YAML"
        raise Unreadable(1, advice) from wrong


def _marked(wrong: MarkedYAMLError, message: str) -> Unreadable:
    mark = wrong.problem_mark or wrong.context_mark
    return Unreadable(mark.line + 1 if mark else 1, message)
