"""JSON Schema of both files of a pack, so that editors complete and check them."""

from typing import Any

from loket.standards.pack.office import OfficeSpec
from loket.standards.pack.standard import StandardSpec


def json_schemas() -> dict[str, dict[str, Any]]:
    """The schemas by file: `office` for office.yaml, `standard` for standards/*.yaml."""
    return {
        name: {"$schema": "https://json-schema.org/draft/2020-12/schema"}
        | model.model_json_schema(by_alias=True)
        for name, model in (("office", OfficeSpec), ("standard", StandardSpec))
    }
