"""What the tables refuse, whoever writes."""

import pytest
from django.db import IntegrityError, connection, transaction

from loket.kernel import clock
from loket.suppliers.actions import new_link
from loket.suppliers.models import Link, Registration, Representative, Supplier
from tests.factories.people import officer, person
from tests.factories.registering import NIK, NPWP, asked, filled_in, submitted

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


def test_link_leads_to_a_draft_or_reports_something(bogor):
    new_link(asked(bogor))
    assert refused(Link.objects.all(), registration=None) == "link_leads_somewhere"
    assert refused(Link.objects.all(), purpose="else") == "link_leads_somewhere"


def test_two_links_never_share_a_token(bogor):
    draft = asked(bogor)
    for _link in range(2):
        new_link(draft)
    assert "token_hash" in refused(Link.objects.all(), token_hash="ab")


def test_stopped_registration_holds_no_answers(bogor):
    filled_in(bogor)
    stopped = refused(Registration.objects.all(), stopped_at=clock.now())
    assert stopped == "registration_stopped_is_blank"


def test_person_acts_for_a_supplier_once_at_a_time(supplier):
    user, since = person(), clock.now()
    first = Representative.objects.create(supplier=supplier, user=user, since=since)
    with pytest.raises(IntegrityError), transaction.atomic():
        Representative.objects.create(supplier=supplier, user=user, since=since)
    first.until, first.ended_by = clock.now(), user
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
