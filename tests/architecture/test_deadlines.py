"""No time at which something ends or begins by itself is without a test of its edges."""

import re
from pathlib import Path
from types import SimpleNamespace

from django.apps import apps
from django.db import models

from tests.proofs.clock.table import FIELDS, SETTINGS

ROOT = Path(__file__).resolve().parents[2]
# By name: a moment at which something happened ends in a participle (`used_at`), a deadline does not
DEADLINE = re.compile(
    r"(^|_)(until|expires?|expiry|expire|due|soon|ends?|valid|lapses|effective|deadline|held_until)(_|$)"
)


def deadlines(found):
    """Fields of dates and times whose names say that something is still to come."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in found
        for field in model._meta.fields
        if isinstance(field, models.DateField) and DEADLINE.search(field.name)
    }


def missing(named):
    """Tests that are named in the table and are not there."""
    return sorted({each for each in named if not _is_there(*each.partition("::")[::2])})


def _is_there(path, function):
    file = ROOT / path
    return file.is_file() and (not function or f"def {function}(" in file.read_text())


def test_every_deadline_is_in_the_table():
    ours = [each for each in apps.get_models() if each.__module__.startswith("loket.")]
    assert sorted(deadlines(ours) ^ FIELDS.keys()) == []


def test_every_test_of_the_table_exists():
    assert missing([*FIELDS.values(), *SETTINGS.values()]) == []


def test_new_deadline_would_be_found():
    fields = [
        models.DateField(name="valid_until"),
        models.DateTimeField(name="used_at"),
    ]
    permit = SimpleNamespace(_meta=SimpleNamespace(label="x.Permit", fields=fields))
    assert deadlines([permit]) == {"x.Permit.valid_until"}


def test_test_that_is_gone_would_be_found():
    gone = "tests/architecture/test_deadlines.py::test_that_never_was"
    assert missing([gone, "tests/gone.py", __file__]) == [gone, "tests/gone.py"]
