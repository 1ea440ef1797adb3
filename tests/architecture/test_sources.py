"""Rules of the house that can be read from the sources."""

import ast
import re

import pytest

from loket.standards.pack import read_pack
from tests.architecture.sources import ROOT, modules, nodes, templates, texts

PACKS = sorted((ROOT / "packs").iterdir())
UNEXPLAINED = {
    "form",
    "button",
    "panel",
    "complete",
}  # the protocol says it, not each kind


def packs():
    return [read_pack(path) for path in PACKS]


def office_words():
    """Slugs and names that only one office's pack may know."""
    return {
        word
        for pack in packs()
        for word in (pack.office.office, pack.office.name)
    } | {spec.service for pack in packs() for spec in pack.standards}  # fmt: skip


def step_codes():
    """What the packs call the steps of their procedures."""
    return {
        step.code
        for pack in packs()
        for spec in pack.standards
        for step in spec.procedure
    }


def test_no_office_or_service_stands_in_the_code():
    words = office_words()
    found = [(path, line, word) for path, line, text in texts() for word in words if word in text]  # fmt: skip
    assert found == []


def test_no_office_or_service_stands_in_a_template():
    words = office_words()
    found = [(name, word) for name, text in templates().items() for word in words if word in text]  # fmt: skip
    assert found == []


def test_no_office_code_stands_in_the_code():
    codes = {pack.office.code for pack in packs()}
    found = [
        (path, line, text)
        for path, line, text in texts()
        if codes & set(re.findall(r"[A-Z]{3}", text)) and "`" not in text
    ]
    assert found == []


def test_no_step_of_a_procedure_is_compared_in_the_code():
    codes = step_codes()
    found = [
        (path, side.lineno, side.value)
        for path, node in nodes(ast.Compare)
        if isinstance(node.ops[0], (ast.Eq, ast.NotEq))
        for side in ast.walk(node)
        if isinstance(side, ast.Constant) and side.value in codes
    ]
    assert found == []


def imports():
    for path, node in nodes(ast.Import, ast.ImportFrom):
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{each.name}" for each in node.names]
        else:
            names = [each.name for each in node.names]
        for name in names:
            yield path, name


def test_the_product_does_not_know_its_entry_points():
    assert [each for each in imports() if each[1].split(".")[0] == "config"] == []


def test_nobody_listens_to_signals():
    found = [
        (path, name)
        for path, name in imports()
        if "signals" in name.split(".") or name.startswith("django.dispatch")
    ]
    assert found == []


def test_there_is_one_clock():
    asking = {
        path
        for path, call in nodes(ast.Call)
        if isinstance(call.func, ast.Attribute)
        and (
            call.func.attr in {"now", "today", "utcnow"}
            and getattr(call.func.value, "id", "") in {"datetime", "date", "timezone", "dt"}
        )
    }  # fmt: skip
    assert asking == {"loket/kernel/clock.py"}


def test_actions_ask_who_does_it_and_never_assume():
    lax = [
        (path, node.name)
        for path, node in nodes(ast.FunctionDef)
        if "actions" in path
        for word, default in zip(
            node.args.kwonlyargs, node.args.kw_defaults, strict=True
        )
        if word.arg == "by" and default is not None
    ]
    assert lax == []


def is_public(node):
    return not node.name.startswith("_") and node.name not in UNEXPLAINED


@pytest.mark.parametrize("path", list(modules()))
def test_what_others_use_says_what_it_is_for(path):
    tree = modules()[path]
    silent = [] if ast.get_docstring(tree) or not tree.body else ["module"]
    silent += [
        node.name
        for node in tree.body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
        and is_public(node)
        and not ast.get_docstring(node)
    ]
    assert silent == []
