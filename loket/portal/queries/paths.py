"""Which step follows which, over all routes and kinds of applicant, and how long each route takes (T9)."""

from string import ascii_lowercase

from django.utils.translation import gettext as _

from loket.portal.queries.flow import Arrow
from loket.standards.pack import StandardSpec, Step
from loket.tickets.queries.words import words


def forks(step: Step) -> bool:
    """Whether a request may leave a step in more than one way: drawn as a decision."""
    return bool(step.exits or step.returns_to) and not (step.ends or step.refuses)


def letters_of(spec: StandardSpec) -> dict[str, str]:
    """a, b ... for the routes, where some step is taken on some of them only."""
    differs = any(step.when.routes for step in spec.procedure)
    return dict(zip(spec.routes, ascii_lowercase, strict=False)) if differs else {}


def arrows(spec: StandardSpec) -> list[Arrow]:
    """Every line of the chart once, in the order of the steps, labelled where the ways part."""
    return [
        Arrow(step.code, target, label)
        for step in spec.procedure
        for target, label in _ways(spec, step).items()
    ]


def totals(spec: StandardSpec) -> dict[str, int]:
    """Minutes by route: the norms along the way that grants the request, of the longest kind of applicant."""
    return {
        route: max(_minutes(spec, route, kind) for kind in spec.applicants)
        for route in spec.routes
    }


def _ways(spec: StandardSpec, step: Step) -> dict[str, str]:
    """Target to label; a refusal that may be taken back is no line of the printed procedure."""
    found: dict[str, str] = {}
    if step.exits:
        found.update(_exits(spec, step))
    else:
        found.update(_onwards(spec, step))
    if step.returns_to and forks(step):
        if not step.exits and len(found) == 1:
            found = dict.fromkeys(found, _("Ya"))
        found[step.returns_to] = _("Tidak")
    return found


def _exits(spec: StandardSpec, step: Step) -> dict[str, str]:
    found = {}
    for name, target in step.exits.items():
        found[target] = words(step.exit_title(name))
    return found


def _onwards(spec: StandardSpec, step: Step) -> dict[str, str]:
    """The next step by route; where routes part, their letters are the labels."""
    letters, taken = letters_of(spec), dict[str, dict[str, None]]()
    for route in spec.routes:
        for kind in spec.applicants:
            if step.matches(route, kind) and (
                after := spec.next_step(step.code, route, kind)
            ):
                taken.setdefault(after.code, {})[letters.get(route, "")] = None
    if len(taken) == 1:
        return dict.fromkeys(taken, "")
    return {target: ", ".join(filter(None, routes)) for target, routes in taken.items()}


def _minutes(spec: StandardSpec, route: str, kind: str) -> int:
    step: Step | None = spec.first_step(route, kind)
    minutes, seen = 0, set[str]()
    while step and step.code not in seen:
        seen.add(step.code)
        minutes += step.norm or 0
        step = spec.next_step(step.code, route, kind, next(iter(step.exits), None))
    return minutes
