"""Invented applicants look right to every check of the registration, and no two are the same."""

from random import Random

import pytest

from config.invented import example, invented_nik, invented_npwp, luhn
from loket.offices.numbers import parse_nik, parse_npwp
from loket.standards.queries import in_force, spec_of
from loket.suppliers.queries import tax_identity

SERVICE = "registrasi-verifikasi"
MANY = range(200)


def test_invented_npwp_have_a_right_check_digit():
    random = Random(1)
    for _ in MANY:
        npwp = parse_npwp(invented_npwp(random))
        assert (npwp.kind, npwp.needs_check) == ("npwp16", False)


def test_invented_nik_have_a_date_and_a_region():
    random = Random(1)
    for _ in MANY:
        assert not parse_nik(invented_nik("32.71", random)).needs_check


@pytest.mark.parametrize(
    ("digits", "check"), [("01312166", 0), ("01300066", 6), ("65389112", 7)]
)
def test_check_digit_is_that_of_known_numbers(digits, check):
    assert luhn(digits) == check


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["kota-bogor", "kota-depok", "kabupaten-batang"])
def test_every_kind_of_applicant_has_an_example(packs, slug):
    spec, random = spec_of(in_force(packs[slug], SERVICE).pk), Random(2)
    for serial, kind in enumerate(spec.applicants):
        made = example(spec, kind, serial=serial, random=random)

        tax = made.person.tax
        assert tax_identity(tax["number"], country=tax.get("country", "ID")).key
        assert made.person.business["applicant_kind"] == kind
        assert made.canary in made.person.identity["address"]
        assert made.person.email.endswith(".example")


@pytest.mark.django_db
def test_the_same_dice_make_the_same_example(bogor):
    spec = spec_of(in_force(bogor, SERVICE).pk)

    first, second = (
        example(spec, "badan-usaha", serial=7, random=Random(3)) for _ in range(2)
    )

    assert first == second


@pytest.mark.django_db
def test_serials_keep_addresses_and_user_ids_apart(bogor):
    spec, random = spec_of(in_force(bogor, SERVICE).pk), Random(3)
    made = [example(spec, "badan-usaha", serial=n, random=random) for n in MANY]

    assert len({each.person.email for each in made}) == len(MANY)
    assert len({each.user_id for each in made}) == len(MANY)
