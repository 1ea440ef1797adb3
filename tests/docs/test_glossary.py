"""The glossary holds the words of the code, all of them and no others."""

import pytest
from django.apps import apps
from django.utils import translation

from loket.access_rights.models import Position
from loket.files.models import Scan
from loket.offices.roles import Role
from loket.standards.kinds import KINDS
from loket.suppliers.models import BranchKind, FormOfBusiness
from loket.tickets.models import CheckResult, Outcome, Status, Turn
from loket.tickets.models.ticket import Channel
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs/glossary.md").read_text()
WORDS = {
    "Status": Status,
    "Outcome": Outcome,
    "Turn": Turn,
    "Channel": Channel,
    "Role": Role,
    "Position": Position,
    "Check result": CheckResult,
    "Scan": Scan,
    "Form of business": FormOfBusiness,
    "Branch": BranchKind,
}


def table(heading):
    """The rows under a heading: code and Indonesian word."""
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = (line.split("|") for line in section.splitlines() if line.startswith("| `"))
    return {row[1].strip().strip("`"): row[2].strip() for row in rows}


@pytest.mark.parametrize("heading", WORDS)
def test_each_choice_stands_with_the_word_of_the_screen(heading):
    with translation.override("id"):
        expected = {each.value: str(each.label) for each in WORDS[heading]}
    assert table(heading) == expected


def test_each_model_has_an_indonesian_word():
    models = {
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("loket.")
    }
    words = table("Models")
    assert set(words) == models
    assert [name for name, word in words.items() if not word] == []


def test_each_kind_of_step_is_explained():
    assert set(table("Kind of step")) == set(KINDS)
