"""Writes a pack back as YAML in one canonical order; reading it gives equal records."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from loket.standards.pack.base import Spec
from loket.standards.pack.check import Pack

WIDTH = 100


def write_pack(pack: Pack, folder: Path) -> None:
    """Write `office.yaml` and one file per version; the first version of a service has no date in its name."""
    if pack.office is None:
        raise ValueError("a pack without its office cannot be written")
    (folder / "standards").mkdir(parents=True, exist_ok=True)
    _write(pack.office, folder / "office.yaml")
    named = set[str]()
    for one in sorted(pack.standards, key=lambda each: each.effective):
        dated = f".{one.effective}" if one.service in named else ""
        named.add(one.service)
        _write(one, folder / "standards" / f"{one.service}{dated}.yaml")


def _write(spec: Spec, path: Path) -> None:
    yaml = YAML(typ="rt")
    yaml.width = WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    content = spec.model_dump(by_alias=True, exclude_defaults=True)
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(_plain(content), file)


def _plain(value: Any) -> Any:
    """Tuples as lists: YAML knows no other sequence."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
