"""As whom a person may ask for a service, and what it then asks him."""

from dataclasses import dataclass

from loket.access_rights.queries import grants_of
from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.models import Office
from loket.offices.permissions import standing
from loket.standards.kinds import KINDS
from loket.standards.models import Standard
from loket.standards.pack import StandardSpec
from loket.standards.queries import services_in_force, spec_of
from loket.suppliers.models import Supplier
from loket.suppliers.queries import owned_by
from loket.tickets.queries.words import words


@dataclass(frozen=True)
class As:
    """One way to ask: the kind of applicant, and the business in whose name, None for oneself."""

    kind: str
    title: str
    supplier: Supplier | None = None

    @property
    def code(self) -> str:
        """How the way stands in the address."""
        return f"{self.kind}.{self.supplier.pk}" if self.supplier else self.kind


def requestable(office: Office, service: str) -> Standard | None:
    """The version in force of a service that is asked for with a form, online; None for any other."""
    for standard in services_in_force(office):
        if standard.service.code == service and asks_online(spec_of(standard.pk)):
            return standard
    return None


def asks_online(spec: StandardSpec) -> bool:
    """Whether the service takes requests here, by a form at the start of its procedure."""
    first = KINDS[spec.procedure[0].kind]
    return first.asks and "portal" in spec.intake and bool(spec.open_routes)


def ways_to_ask(user: User, office: Office, spec: StandardSpec) -> list[As]:
    """A kind with forms of business is asked in the name of a business; the others by the person himself.

    A service for officials needs access at this office.
    """
    businesses = owned_by(user)
    is_open = spec.audience != "official" or _is_official(user, office)
    found = []
    for kind, one in spec.applicants.items():
        title = words(one.title)
        mine = [each for each in businesses if each.form_of_business in one.forms]
        found += [As(kind, f"{each.name} – {title}", each) for each in mine]
        if not one.forms and is_open:
            found.append(As(kind, title))
    return found


def _is_official(user: User, office: Office) -> bool:
    """Whether his access at this office holds now, or he works there."""
    if office.pk in standing(user).by_office:
        return True
    mine = grants_of(user).filter(office=office, since__lte=clock.now())
    return bool(mine.filter(until__gt=clock.now()).exists())
