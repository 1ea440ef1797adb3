"""A draft goes to another office: what was typed stays, and only what that office asks besides is asked again."""

import json
from typing import Any

from django.utils.translation import gettext as _

from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.kernel.fence import as_system
from loket.offices.models import Office
from loket.standards.pack import StandardSpec
from loket.standards.queries import settings_of
from loket.suppliers.models import Registration
from loket.suppliers.queries import registration_spec


@as_system()
def move(registration: Registration, office: Office) -> None:
    """Have another office verify (F15). Raises Conflict when it cannot, or when the draft is over."""
    registration.refresh_from_db(from_queryset=Registration.objects.select_for_update())
    if registration.is_finished or registration.stopped_at:
        raise Conflict(_("Pendaftaran ini sudah dikirim atau dihentikan."))
    before, spec = registration_spec(registration.office), registration_spec(office)
    if spec is None:
        raise Conflict(_("Kantor ini tidak menerima pendaftaran."))
    typed = _retyped(registration.typed, before, spec)
    if settings_of(office).password != settings_of(registration.office).password:
        registration.password_hash = ""  # nobody can say whether it keeps that rule
        typed = _open_again(typed, "tax")
    registration.answers = json.dumps(typed) if typed else ""
    registration.office, registration.touched_at = office, clock.now()
    registration.save()


def _retyped(
    typed: dict[str, Any], before: StandardSpec | None, spec: StandardSpec
) -> dict[str, Any]:
    """The answers under the other standard: the kind by its own names, new questions open."""
    if "business" not in typed:
        return typed
    business = typed["business"]
    kind = spec.kind_of(business["form_of_business"])
    if kind is None:
        raise Conflict(_("Kantor ini tidak melayani bentuk usaha itu."))
    was = business["applicant_kind"]
    known = before.facts_for(was) if before and was in before.applicants else {}
    moved = typed | {"business": business | {"applicant_kind": kind}}
    if spec.facts_for(kind).keys() <= known.keys():
        return moved
    person = dict(typed.get("identity", {}))
    person.pop("facts", None)  # a question nobody answered must not look answered
    return _open_again(moved | ({"identity": person} if person else {}), "identity")


def _open_again(typed: dict[str, Any], page: str) -> dict[str, Any]:
    answered = {each: True for each in typed.get("answered", {}) if each != page}
    return typed | {"answered": answered}
