"""An existing account is used at another office ("agregasi"): one supplier, one ticket more (design 4)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.fence import as_system
from loket.offices.models import Office
from loket.standards.queries import spec_of
from loket.suppliers.actions.accounts import hold
from loket.suppliers.actions.offering import adopt
from loket.suppliers.actions.opening import Asked, Taken, finish, open_registration
from loket.suppliers.actions.rights import share
from loket.suppliers.actions.sanctions import refuse_while_sanctioned
from loket.suppliers.models import Registration, Supplier
from loket.suppliers.queries import owns, registered_at, registration_standard
from loket.tickets.models import Ticket
from loket.tickets.queries.intake import claim_to_join, open_claim


@as_system()
def join(
    supplier: Supplier, office: Office, asked: Asked, *, by: User, terms_version: str, claim: int = 0
) -> Ticket:  # fmt: skip
    """Register a known supplier at an office, without a second account or a second claim.

    Where it is registered already its ticket is given, and the stub's comes beside it, to be merged. A tax identity that was freed is claimed
    again; raises `Taken` when somebody else holds it by now. `claim` names the stub whose ticket goes on.
    """
    supplier.refresh_from_db(
        from_queryset=Supplier.objects.select_for_update(of=("self",))
    )
    if not owns(by, supplier):
        raise PermissionDenied
    if (known := registered_at(supplier, office)) and known.ticket:
        if stub := open_claim(claim, office):
            adopt(stub, by=by)
        return known.ticket
    refuse_while_sanctioned(supplier)
    standard = registration_standard(office)
    if standard is None:
        raise Taken(_("Kantor ini tidak menerima pendaftaran."))
    spec = spec_of(standard.pk)
    if (
        asked.kind != spec.kind_of(supplier.form_of_business)
        or asked.route not in spec.open_routes
    ):
        raise ValidationError(_("Standar kantor ini baru saja berganti. Isi lagi."))
    if supplier.freed_at is not None:
        hold(supplier)
        supplier.claimed_at = clock.now()
        supplier.save(update_fields=["claimed_at"])
    registration = Registration.objects.create(
        office=office,
        email=by.email,
        language=by.language,
        requested_at=clock.now(),
        confirmed_at=clock.now(),
    )
    ticket = open_registration(
        registration, standard, asked, supplier=supplier, by=by,
        claim=claim_to_join(claim, standard, kind=asked.kind, route=asked.route),
    )  # fmt: skip
    share(ticket, supplier)
    finish(registration, supplier, ticket, terms_version=terms_version)
    return ticket
