"""Small phrases of a standard, for several pages."""

from django.utils.translation import ngettext

from loket.standards.pack import StandardSpec, Step
from loket.tickets.queries.words import words
from loket.ui.templatetags.dates import durasi


def norm_of(step: Step) -> str:
    """The norm of a step in words, "" when the standard prints none."""
    return durasi(step.norm) if step.norm else ""


def headcount(number: int) -> str:
    """How many people: "1 orang"."""
    return ngettext("%(n)d orang", "%(n)d orang", number) % {"n": number}


def variants_of(step: Step, spec: StandardSpec) -> str:
    """For whom a step is meant, when it is not for everybody."""
    routes = [words(spec.routes[code].title) for code in step.when.routes]
    kinds = [words(spec.applicants[code].title) for code in step.when.applicants]
    return ", ".join(routes + kinds)
