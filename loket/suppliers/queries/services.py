"""Which service of an office registers suppliers, and where its accounts live."""

from loket.offices.models import Office
from loket.offices.queries import offices
from loket.standards.models import Standard
from loket.standards.pack import StandardSpec
from loket.standards.queries import services_in_force, settings_of, spec_of
from loket.suppliers.models import Registration


def registration_standard(office: Office) -> Standard | None:
    """The version in force of the service that registers suppliers: the one with a `register` step."""
    for standard in services_in_force(office):
        if any(step.kind == "register" for step in spec_of(standard.pk).procedure):
            return standard
    return None


def registration_spec(office: Office) -> StandardSpec | None:
    """The record of that version; None at an office that registers nobody."""
    standard = registration_standard(office)
    return spec_of(standard.pk) if standard else None


def takers(registration: Registration) -> list[Office]:
    """The offices that could verify this draft: they register suppliers, and its form of business (F15)."""
    form = registration.typed.get("business", {}).get("form_of_business")
    found = []
    for office in offices():
        spec = registration_spec(office)
        if spec and (form is None or spec.kind_of(form)):
            found.append(office)
    return found


def outside_system(office: Office) -> str:
    """Where the account lives when the office only accompanies the registration; empty as registrar."""
    if office.registration_mode != "companion":
        return ""
    return next(iter(settings_of(office).applications), "SPSE")
