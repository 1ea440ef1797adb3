"""What pages read: the registering service, openings, papers in words, who holds a number."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from loket.kernel import clock
from loket.offices.models import Calendar, Office
from loket.standards.models import Standard
from loket.standards.queries import in_force, spec_of
from loket.suppliers.actions import answer
from loket.suppliers.queries import (
    checklist,
    is_claimed,
    is_foreign,
    next_opening,
    outside_system,
    receipt,
    registration_spec,
    registration_standard,
    summary,
    tax_identity,
)
from tests.factories.people import person
from tests.factories.registering import BUSINESS, NPWP, filled_in, submitted
from tests.factories.tickets import SERVICE

pytestmark = pytest.mark.django_db
FOREIGN = BUSINESS | {"applicant_kind": "perusahaan-asing", "form_of_business": "asing"}


@pytest.fixture
def newcomer(db):
    """An office that has published nothing yet."""
    return Office.objects.create(
        slug="kota-baru", code="BRU", name="LPSE Kota Baru", loaded_at=clock.now()
    )


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_registering_service_is_the_one_whose_procedure_registers(packs):
    for office in packs.values():
        assert registration_standard(office) == in_force(office, SERVICE)


def test_service_without_register_step_registers_nobody(bogor):
    standard = in_force(bogor, SERVICE)
    steps = [
        each for each in standard.document["procedure"] if each["kind"] != "register"
    ]
    other = standard.document | {"procedure": steps, "effective": "2026-11-01"}
    Standard.objects.create(
        office=bogor,
        service=standard.service,
        version=standard.version + 1,
        effective="2026-11-01",
        document=other,
        published_at=clock.now(),
    )
    with clock.at(at("2026-11-23 03:00")):
        assert registration_spec(bogor) is None


def test_office_without_standards_registers_nobody(newcomer, client):
    assert registration_standard(newcomer) is None
    assert client.get(f"/kantor/{newcomer.slug}/daftar/").status_code == 404


@pytest.mark.parametrize(
    ("now", "opens", "closes"),
    [
        (
            "2026-11-23 01:00",
            "2026-11-23 03:00",
            "2026-11-23 07:00",
        ),  # Monday before ten
        ("2026-11-23 04:30", "2026-11-23 04:30", "2026-11-23 07:00"),  # while open
        (
            "2026-11-27 08:00",
            "2026-11-30 03:00",
            "2026-11-30 07:00",
        ),  # Friday afternoon
    ],
)
def test_next_opening_is_that_of_the_service(bogor, now, opens, closes):
    with clock.at(at(now)):
        found = next_opening(bogor, registration_spec(bogor))
    assert found == (at(opens), at(closes))


def test_service_without_printed_hours_names_no_opening(batang):
    assert next_opening(batang, registration_spec(batang)) is None


def test_office_that_never_opens_names_no_opening(bogor):
    Calendar.objects.filter(office=bogor).update(week={})
    assert next_opening(bogor, registration_spec(bogor)) is None


def test_checklist_names_the_form_of_each_document(depok):
    brought = checklist(registration_spec(depok), "badan-usaha", [])
    assert [each.form for each in brought] == [
        "bermeterai", "asli, salinan", "asli, salinan", "", "", "asli, salinan",
    ]  # fmt: skip


def test_checklist_speaks_the_language_of_the_page(bogor):
    with translation.override("en"):
        first, *_rest = checklist(registration_spec(bogor), "perorangan", [])
    assert first.title == "Identity card (KTP) of the owner"


def test_every_kind_of_every_office_has_its_own_checklist(packs):
    counts = {
        (slug[5:] if slug.startswith("kota") else slug[10:], kind): len(
            checklist(spec, kind, [])
        )
        for slug, office in packs.items()
        for spec in [registration_spec(office)]
        for kind in spec.applicants
    }
    assert counts == {
        ("bogor", "badan-usaha"): 2,
        ("bogor", "perorangan"): 2,
        ("bogor", "perusahaan-asing"): 2,
        ("batang", "badan-usaha"): 2,
        ("batang", "perorangan"): 2,
        ("depok", "badan-usaha"): 6,
        ("depok", "perseorangan"): 4,
        ("depok", "konsultan"): 5,
        ("depok", "perusahaan-perorangan"): 6,
    }


def test_registrar_has_no_system_outside(bogor):
    assert outside_system(bogor) == ""
    bogor.registration_mode = "companion"
    assert outside_system(bogor) == "SPSE"


def test_number_is_claimed_by_submission_not_by_a_draft(bogor, depok):
    draft = filled_in(bogor)
    assert is_claimed(tax_identity(NPWP)) is False
    submitted(depok, "lain@pandan.example", user_id="lain")
    assert is_claimed(tax_identity(f"0{NPWP}")) is True
    assert draft.supplier is None


def test_foreign_company_reads_its_country_in_the_summary(bogor):
    draft = filled_in(bogor, business=FOREIGN, regency="", nik="")
    answer(draft, page="tax", said={"country": "SG", "number": "T26LL0042K"})
    facts = {
        fact.term: fact.value
        for part in summary(draft, registration_spec(bogor))
        for fact in part.facts
    }
    assert is_foreign(draft) is True
    assert (facts["Negara"], facts["Nomor pajak"]) == ("Singapura", "••••••042K")
    assert facts["Alamat"] == "Jalan Cendana 12, Singapura 16123"


def test_summary_leads_back_to_each_page(bogor):
    parts = summary(filled_in(bogor), registration_spec(bogor))
    assert [part.url for part in parts] == [
        "suppliers:business", "suppliers:tax", "suppliers:identity",
    ]  # fmt: skip


def test_receipt_shows_what_to_bring_to_the_applicant_only(bogor):
    ticket = submitted(bogor).ticket
    applicant, stranger = ticket.parties.get().user, person()
    shown = [
        (reader, len(receipt("kota-bogor", ticket.public_code, reader)["documents"]))
        for reader in (applicant, stranger)
    ]
    assert shown == [(applicant, 4), (stranger, 0)]


def test_receipt_reads_the_code_as_people_write_it(bogor):
    ticket = submitted(bogor).ticket
    written = f"{ticket.public_code[:4]}-{ticket.public_code[4:]}".lower()
    found = receipt("kota-bogor", written, ticket.parties.get().user)
    step = spec_of(ticket.standard_id).step(ticket.step)
    assert (found["ticket"], found["next_step"]) == (ticket, step.text.id)
