"""What the tables refuse, whoever writes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from loket.kernel import clock
from loket.suppliers.models import Registration, Representative, Supplier
from tests.factories.people import officer, person
from tests.factories.registering import NIK, NPWP, asked, submitted

pytestmark = pytest.mark.django_db


def refused(rows, **values):
    """The name of the constraint that refuses this change, "" when it is allowed."""
    try:
        with transaction.atomic():
            rows.update(**values)
    except IntegrityError as error:
        return error.__cause__.diag.constraint_name
    return ""


@pytest.fixture
def supplier(bogor):
    return submitted(bogor).supplier


def copy_of(supplier, **changes):
    other = Supplier.objects.get(pk=supplier.pk)
    other.pk = None
    for name, value in changes.items():
        setattr(other, name, value)
    return other


def test_one_tax_identity_is_held_once(supplier):
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_of(supplier).save()


def test_freed_tax_identity_can_be_held_again(supplier):
    Supplier.objects.update(freed_at=clock.now())
    copy_of(supplier, freed_at=None).save()
    assert Supplier.objects.claiming(supplier.tax_id_digest).count() == 1


def test_activation_names_when_who_and_where_together(supplier, bogor):
    rows, user = Supplier.objects.filter(pk=supplier.pk), officer(bogor)
    rule = "supplier_activated_by_somebody_somewhere"
    whole = {
        "activated_at": clock.now(),
        "activated_by": user,
        "activated_office": bogor,
        "activated_in": "SPSE",
    }
    for missing in whole:
        part = {name: value for name, value in whole.items() if name != missing}
        assert refused(rows, **part) == rule
    assert refused(rows, **whole) == ""


def test_active_supplier_keeps_its_tax_identity(supplier, bogor):
    rows = Supplier.objects.filter(pk=supplier.pk)
    rows.update(
        activated_at=clock.now(),
        activated_by=officer(bogor),
        activated_office=bogor,
        activated_in="SPSE",
    )
    assert (
        refused(rows, freed_at=clock.now()) == "supplier_active_keeps_its_tax_identity"
    )


def test_supplier_of_indonesia_has_a_region(supplier):
    rows = Supplier.objects.filter(pk=supplier.pk)
    assert refused(rows, regency="") == "supplier_of_indonesia_has_region"
    assert refused(rows, regency="", province="", country="SG") == ""


def test_finished_registration_has_ticket_and_consent(supplier):
    rows = Registration.objects.all()
    rule = "registration_finished_with_ticket_and_consent"
    for missing in ({"ticket": None}, {"consented_at": None}, {"terms_version": ""}):
        assert refused(rows, **missing) == rule


def test_link_always_ends(bogor):
    asked(bogor)
    rows = Registration.objects.all()
    assert refused(rows, token_hash="ab") == "registration_link_expires"


def test_two_registrations_never_share_a_link(bogor):
    for draft in (asked(bogor), asked(bogor, "lain@pandan.example")):
        rows = Registration.objects.filter(pk=draft.pk)
        expires = clock.now() + timedelta(hours=1)
        last = refused(rows, token_hash="ab", token_expires_at=expires)
    assert last == "registration_one_per_link"


def test_person_acts_for_a_supplier_once_at_a_time(supplier):
    user, since = person(), clock.now()
    first = Representative.objects.create(supplier=supplier, user=user, since=since)
    with pytest.raises(IntegrityError), transaction.atomic():
        Representative.objects.create(supplier=supplier, user=user, since=since)
    first.until = clock.now()
    first.save()
    Representative.objects.create(supplier=supplier, user=user, since=since)
    assert Representative.objects.filter(user=user).count() == 2


def test_identity_numbers_stand_encrypted_and_are_shown_masked(supplier):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tax_id, responsible_nik FROM suppliers_supplier")
        stored = "".join(cursor.fetchone())
    assert (NPWP in stored, NIK in stored) == (False, False)
    assert (supplier.masked_tax_id, supplier.masked_nik) == (
        "•••••••••••4000",
        "••••••••••••0003",
    )


def test_rows_introduce_themselves(supplier, bogor):
    draft, deputy = Registration.objects.get(), Representative.objects.get()
    assert str(supplier) == "CV Tunas Pandan"
    assert str(draft) == f"registration {draft.pk} at {bogor}"
    assert str(deputy) == "Ratna Widuri for CV Tunas Pandan"
