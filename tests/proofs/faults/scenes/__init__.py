"""One scene for every task: what there is to do when it begins, and its arguments."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from procrastinate.contrib.django import app

MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # eleven in the morning in Jakarta


@dataclass(frozen=True)
class Scene:
    """Set up at MONDAY, played so much later; `instead_of`: jobs enqueued by setting up, which would do its work before."""

    task: str
    set_up: Callable
    after: timedelta
    job: dict[str, str]
    instead_of: tuple[str, ...]

    @property
    def moment(self) -> datetime:
        return MONDAY + self.after


SCENES: dict[str, Scene] = {}


def scene(task, *, job=None, instead_of=(), **after):
    """Register the function that sets up what this task finds; it returns the task's arguments."""

    def register(function):
        SCENES[task.name] = Scene(
            task.name, function, timedelta(**after), job or {}, tuple(each.name for each in instead_of)
        )  # fmt: skip
        return function

    return register


def without_scene() -> set[str]:
    """Tasks nobody can watch dying."""
    ours = {name for name, task in app.tasks.items() if task.name == name and task.func.__module__.startswith("loket.")}  # fmt: skip
    return ours - set(SCENES)
