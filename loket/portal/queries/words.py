"""Words of a pack in the language of the page, and the names of those who act."""

from django.utils.translation import get_language, gettext as _, ngettext

from loket.offices.roles import Role
from loket.standards.pack import OfficeSpec, StandardSpec, Step, Text
from loket.ui.templatetags.dates import durasi


def words(text: Text | None) -> str:
    """The text in the chosen language; Indonesian when the office wrote no other; "" for none."""
    return text.get(get_language() or "id") if text else ""


def actor_name(code: str, settings: OfficeSpec) -> str:
    """Who does a step: the applicant, a role of the office, or the outside party's own name."""
    if code == "applicant":
        return _("Pemohon")
    if code in Role.values:
        return str(Role(code).label)
    party = settings.escalation.get(code)
    return (party.outside if party else None) or code


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
