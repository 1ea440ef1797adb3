"""The table of statuses, the verbs and the kinds of step agree with one another."""

import ast
import inspect

from loket.standards.kinds import KINDS
from loket.tickets import actions, steps, workflow
from loket.tickets.models import Status
from tests.architecture.sources import nodes


def reachable():
    found, before = {workflow.INITIAL}, set()
    while found != before:
        before = set(found)
        found |= {
            arrow.target for arrow in workflow.TRANSITIONS if arrow.sources & before
        }
    return found


def test_every_arrow_has_a_verb_of_its_name():
    arrows = {arrow.name for arrow in workflow.TRANSITIONS}
    assert arrows - set(actions.__all__) == set()


def test_every_arrow_has_a_constant_of_its_name():
    constants = {
        value.name: name
        for name, value in vars(workflow).items()
        if isinstance(value, workflow.Transition)
    }
    assert constants == {arrow.name: arrow.name.upper() for arrow in workflow.TRANSITIONS}  # fmt: skip


def test_every_verb_asks_who_does_it():
    lax = [
        name
        for name in actions.__all__
        if inspect.isfunction(verb := getattr(actions, name))
        and (by := inspect.signature(verb).parameters.get("by"))
        and (by.default is not by.empty or by.kind is not by.KEYWORD_ONLY)
    ]
    assert lax == []


def test_every_status_can_be_reached():
    assert reachable() == set(Status.values)


def test_every_status_is_final_or_leads_on():
    leading = {source for arrow in workflow.TRANSITIONS for source in arrow.sources}
    assert leading | workflow.FINAL == set(Status.values)
    assert leading & workflow.FINAL == set()


def test_only_move_sets_a_status():
    writers = set()
    for path, function in nodes(ast.FunctionDef):
        for node in ast.walk(function):
            targets = getattr(node, "targets", [getattr(node, "target", None)])
            if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)) and any(
                isinstance(one, ast.Attribute) and one.attr == "status"
                for target in targets
                for one in ast.walk(target)
            ):
                writers.add((path, function.name))
    # A call on video has statuses of its own
    calls = {("loket/verification/actions/holding.py", "end")}
    assert writers == {("loket/tickets/actions/moves.py", "move")} | calls


def test_no_bulk_write_sets_a_status():
    writers = {
        path
        for path, call in nodes(ast.Call)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in {"update", "update_or_create", "bulk_update"}
        and any(word.arg == "status" for word in call.keywords)
    }
    assert writers == set()


def test_every_kind_of_step_is_implemented_once():
    offers = [
        call.args[0].value
        for path, call in nodes(ast.Call)
        if path.endswith("steps.py")
        and isinstance(call.func, ast.Name)
        and call.func.id == "offers"
    ]
    assert sorted(offers) == sorted(KINDS)
    assert steps.implemented() == frozenset(KINDS)
