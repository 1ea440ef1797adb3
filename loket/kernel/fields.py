"""Columns that Django does not have."""

import json
from typing import TYPE_CHECKING, Any

from django.db import models

# Django's fields take type arguments for the type checker only.
if TYPE_CHECKING:
    Text = models.TextField[dict[str, Any], dict[str, Any]]
else:
    Text = models.TextField


class OrderedJSONField(Text):
    """A record whose keys keep the order they were written in; PostgreSQL's jsonb would sort them."""

    def to_python(self, value: Any) -> Any:
        return json.loads(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        return json.dumps(value, ensure_ascii=False)

    def from_db_value(self, value: str | None, *_: object) -> Any:
        return None if value is None else json.loads(value)

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.get_prep_value(self.value_from_object(obj)))
