"""Submission: draft becomes account, supplier and ticket, all of it or nothing."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from loket.accounts.actions import open_account
from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.kernel.fence import as_system
from loket.standards.models import Standard
from loket.standards.pack import StandardSpec
from loket.standards.queries import spec_of
from loket.suppliers.models import Registration, Representative, Supplier
from loket.suppliers.queries import (
    HOME_COUNTRY,
    first_unanswered,
    nik_digest,
    registration_standard,
    tax_identity,
)
from loket.tickets.actions import Applicant, DoneBefore, Request, open_ticket
from loket.tickets.models import Ticket


class Taken(Conflict):
    """Somebody registered the same in the meantime; `page` is where it can be changed, if anywhere."""

    def __init__(self, message: str, *, page: str = "") -> None:
        super().__init__(message)
        self.page = page


@as_system()
def submit(registration: Registration, *, route: str, terms_version: str) -> Ticket:
    """Send the registration in: claim the tax identity, open account and ticket (F15, F16).

    A second call gives the same ticket. Raises `Taken` when tax identity, User ID or
    address went to somebody else since the form was filled in.
    """
    registration.refresh_from_db(from_queryset=Registration.objects.select_for_update())
    if registration.ticket is not None:
        return registration.ticket
    standard = _standard_for(registration)
    supplier = _claim(registration)
    user = _open_account(registration)
    Representative.objects.create(supplier=supplier, user=user, since=clock.now())
    ticket = _open_ticket(registration, standard, supplier, user=user, route=route)
    _finish(registration, supplier, ticket, terms_version=terms_version)
    return ticket


def _standard_for(registration: Registration) -> Standard:
    """The version in force, if all its questions were answered."""
    standard = registration_standard(registration.office)
    if standard is None:
        raise Taken(_("Kantor ini tidak lagi menerima pendaftaran."))
    page = first_unanswered(registration, spec_of(standard.pk))
    if page != "review":
        raise Taken(_("Pendaftaran ini belum lengkap."), page=page)
    return standard


def _claim(registration: Registration) -> Supplier:
    """The supplier under its tax identity; the table refuses a second one."""
    supplier = _supplier(registration.typed, at=clock.now())
    try:
        with transaction.atomic():
            supplier.save(force_insert=True)
    except IntegrityError as error:
        expect_duplicate(error)
        message = _(
            "Nomor pajak ini sudah terdaftar. Bila itu usaha Anda, masuk dengan akunnya "
            "atau hubungi kantor ini."
        )
        raise Taken(message, page="tax") from error
    return supplier


def expect_duplicate(error: IntegrityError) -> None:
    """Go on only when a unique index refused; any other refusal is a defect, not a rival."""
    if not isinstance(error.__cause__, UniqueViolation):
        raise error


def _supplier(typed: dict[str, Any], *, at: datetime) -> Supplier:
    business, tax, person = typed["business"], typed["tax"], typed["identity"]
    country = tax.get("country", HOME_COUNTRY)
    identity = tax_identity(tax["number"], country=country)
    regency, nik = person.get("regency", ""), person.get("nik", "")
    return Supplier(
        name=person["name"],
        form_of_business=business["form_of_business"],
        branch_kind=business["branch_kind"],
        country=country,
        tax_id=identity.number,
        tax_id_digest=identity.digest,
        needs_check=identity.needs_check,
        address=person["address"],
        province=regency[:2],
        regency=regency,
        postal_code=person["postal_code"],
        phone=person["phone"],
        responsible_name=person["responsible_name"],
        responsible_nik=nik,
        nik_digest=nik_digest(nik),
        claimed_at=at,
    )


def _open_account(registration: Registration) -> User:
    person = registration.typed["identity"]
    try:
        with transaction.atomic():
            return open_account(
                user_id=person["user_id"],
                email=registration.email,
                name=person["responsible_name"],
                password_hash=registration.password_hash,
                language=registration.language,
            )
    except IntegrityError as error:
        expect_duplicate(error)
        if User.objects.registered(registration.email):
            raise Taken(
                _("Alamat e-mail ini sudah punya akun. Silakan masuk.")
            ) from error
        raise Taken(
            _("User ID ini sudah dipakai. Pilih yang lain."), page="identity"
        ) from error


def _open_ticket(
    registration: Registration,
    standard: Standard,
    supplier: Supplier,
    *,
    user: User,
    route: str,
) -> Ticket:
    spec, typed = spec_of(standard.pk), registration.typed
    kind = typed["business"]["applicant_kind"]
    yes = typed["identity"].get("facts", [])
    request = Request(
        standard=standard,
        route=route,
        applicant_kind=kind,
        channel="portal",
        facts=tuple(fact for fact in spec.facts_for(kind) if fact in yes),
    )
    applicant = Applicant(supplier.name, user, supplier.phone)
    before = _done_before(registration, spec, route, kind)
    return open_ticket(registration.office, request, applicant, by=user, before=before)


def _done_before(
    registration: Registration, spec: StandardSpec, route: str, kind: str
) -> tuple[DoneBefore, ...]:
    """The `register` steps at their true times: asking for the link, then filling in the form."""
    steps = [step.code for step in spec.registration_steps(route, kind)]
    began, confirmed = (
        registration.requested_at,
        registration.confirmed_at or clock.now(),
    )
    if len(steps) < 2:
        return tuple(DoneBefore(code, began, clock.now()) for code in steps)
    middle = (DoneBefore(code, confirmed, confirmed) for code in steps[1:-1])
    first, last = (
        DoneBefore(steps[0], began, confirmed),
        DoneBefore(steps[-1], confirmed, clock.now()),
    )
    return (first, *middle, last)


def _finish(
    registration: Registration,
    supplier: Supplier,
    ticket: Ticket,
    *,
    terms_version: str,
) -> None:
    """Close the draft; its answers stand in supplier and account now and are not kept twice."""
    registration.ticket, registration.supplier = ticket, supplier
    registration.finished_at = registration.consented_at = clock.now()
    registration.terms_version = terms_version
    registration.answers = registration.password_hash = ""
    registration.save()
