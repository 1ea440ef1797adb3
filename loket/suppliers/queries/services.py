"""Which service of an office registers suppliers, and where its accounts live."""

from loket.offices.models import Office
from loket.standards.models import Standard
from loket.standards.pack import StandardSpec
from loket.standards.queries import services_in_force, settings_of, spec_of


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


def outside_system(office: Office) -> str:
    """Where the account lives when the office only accompanies the registration; empty as registrar."""
    if office.registration_mode != "companion":
        return ""
    return next(iter(settings_of(office).applications), "SPSE")
