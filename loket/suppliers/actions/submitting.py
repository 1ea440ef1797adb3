"""Submission: draft becomes account, supplier and ticket, all of it or nothing."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from loket.accounts.actions import open_account
from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.fence import as_system
from loket.offices.permissions import newcomer
from loket.standards.models import Standard
from loket.standards.queries import spec_of
from loket.suppliers.actions.opening import Asked, Taken, finish, open_registration
from loket.suppliers.actions.sanctions import hold_identity
from loket.suppliers.models import (
    IdentityDocument,
    Registration,
    Representative,
    Supplier,
)
from loket.suppliers.queries import (
    HOME_COUNTRY,
    first_unanswered,
    nik_digest,
    registration_standard,
    tax_identity,
)
from loket.suppliers.queries.sanctions import barring_sanction
from loket.tickets.models import Ticket
from loket.tickets.queries.intake import claim_to_join


@as_system()
def submit(
    registration: Registration, *, route: str, terms_version: str, claim: int = 0
) -> Ticket:
    """Send the registration in: claim the tax identity, open account and ticket (F15, F16).

    A second call gives the same ticket. Raises `Taken` when tax identity, User ID or
    address went to somebody else since the form was filled in. `claim` names the stub whose ticket goes on.
    """
    registration.hold()
    if registration.ticket is not None:
        return registration.ticket
    if registration.stopped_at:
        raise Taken(_("Pendaftaran ini dihentikan oleh pemilik alamat e-mail."))
    standard = _standard_for(registration)
    supplier = _claim(registration)
    user = registration.account = _open_account(registration)
    Representative.objects.create(supplier=supplier, user=user, since=clock.now())
    asked = _asked(registration, route=route)
    ticket = open_registration(
        registration, standard, asked, supplier=supplier, by=user,
        claim=claim_to_join(claim, standard, kind=asked.kind, route=route) if claim else None,
    )  # fmt: skip
    finish(registration, supplier, ticket, terms_version=terms_version)
    return ticket


def _standard_for(registration: Registration) -> Standard:
    """The version in force, if all its questions were answered."""
    standard = registration.standard or registration_standard(registration.office)
    if standard is None:
        raise Taken(_("Kantor ini tidak lagi menerima pendaftaran."))
    page = first_unanswered(registration, spec_of(standard.pk))
    if page != "review":
        raise Taken(_("Pendaftaran ini belum lengkap."), page=page)
    return standard


def _claim(registration: Registration) -> Supplier:
    """The supplier under its tax identity; the table refuses a second one."""
    supplier = _supplier(registration.typed, at=clock.now())
    hold_identity(supplier.tax_id_digest)
    if barring_sanction(supplier.tax_id_digest):
        message = _(
            "Nomor pajak ini tercantum dalam Daftar Hitam, jadi tidak dapat didaftarkan sekarang. "
            "Hubungi kantor ini bila itu keliru."
        )
        raise Taken(message, page="tax")
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
    document = person.get("identity_document", IdentityDocument.KTP)
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
        pkp_number=person.get("pkp_number", ""),
        responsible_name=person["responsible_name"],
        identity_document=document,
        responsible_nik=nik,
        nik_digest=nik_digest(nik, document),
        claimed_at=at,
    )


def _open_account(registration: Registration) -> User:
    person = registration.typed["identity"]
    try:
        with transaction.atomic():
            user = open_account(
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
    return newcomer(user)


def _asked(registration: Registration, *, route: str) -> Asked:
    typed = registration.typed
    facts = tuple(typed["identity"].get("facts", []))
    return Asked(typed["business"]["applicant_kind"], facts, route)
