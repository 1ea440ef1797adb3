"""The register of legal bases every office shares: which law is in force, changed or revoked, and by what."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from ruamel.yaml import YAML

from loket.standards.pack.base import Code, Count, Spec, Words

REGISTER = Path(__file__).parent.parent / "data" / "legal_basis.yaml"


class LegalBasisSpec(Spec):
    """A law or circular; `successor` is what replaced a revoked one, `changed_by` what amended a changed one."""

    kind: Words
    number: Words
    year: Count
    title: Words
    status: Literal["berlaku", "diubah", "dicabut"]
    successor: Code | None = None
    changed_by: tuple[Code, ...] = ()
    note: Words | None = None

    @property
    def short(self) -> str:
        """How officers call it, as in PP 71/2019."""
        return f"{self.kind} {self.number}/{self.year}"


@lru_cache(maxsize=1)
def legal_register() -> dict[str, LegalBasisSpec]:
    """All entries by code, such as `perpres-16-2018`."""
    entries = YAML(typ="safe", pure=True).load(REGISTER.read_text(encoding="utf-8"))
    return {
        code: LegalBasisSpec.model_validate(entry) for code, entry in entries.items()
    }
