"""Letters to sign: blank for everybody, filled for the applicant, without identity numbers for the counter."""

import pytest
from django.test import Client

from loket.offices.roles import Role
from loket.standards.pack import Letter
from loket.suppliers.queries.letters import blank, filled_for, letters_for, letters_of
from tests.factories.people import officer
from tests.factories.registering import submitted
from tests.unit.tickets.browsing import signed_in

pytestmark = pytest.mark.django_db


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_an_office_prints_the_letters_its_services_ask_for(depok, bogor):
    assert list(letters_of(depok)) == ["surat-pernyataan", "surat-kuasa"]
    assert list(letters_of(bogor)) == ["surat-permohonan"]


def test_a_blank_letter_needs_no_sign_in_and_leaves_lines_to_write_on(depok):
    page = text(Client().get("/kantor/kota-depok/formulir/surat-kuasa/"))
    assert "LPSE Kota Depok" in page
    assert page.count("diisi tangan") == 8


def test_a_letter_nobody_asks_for_does_not_exist(depok, bogor):
    assert Client().get("/kantor/kota-bogor/formulir/surat-kuasa/").status_code == 404


@pytest.fixture
def ticket(depok):
    return submitted(depok).ticket


def test_the_applicant_finds_his_own_data_in_his_letter(ticket):
    supplier = ticket.registration.supplier
    sheet = filled_for(ticket, "surat-pernyataan", language="id", with_identity=True)

    lines = dict(sheet.blocks[0].lines)
    assert lines["Nama"] == supplier.responsible_name
    assert lines["NIK"] == supplier.responsible_nik
    assert lines["NPWP atau nomor pajak"] == supplier.tax_id
    assert lines["Jabatan"] == ""  # loket never asked for it
    assert "{" not in sheet.blocks[1].opening
    assert sheet.blocks[1].opening.endswith("di LPSE Kota Depok bahwa:")


def test_the_letter_is_written_in_the_language_asked_for(ticket):
    sheet = filled_for(ticket, "surat-pernyataan", language="en", with_identity=True)
    assert sheet.title == "Statement that the documents are true"
    assert [label for label, _ in sheet.blocks[0].lines][1] == "Position"


def test_only_the_applicant_reads_his_numbers_in_it(ticket, bogor):
    supplier = ticket.registration.supplier
    mine = f"/tiket/{ticket.number}/formulir/surat-pernyataan/"
    desk = f"/meja{mine}"
    applicant = ticket.parties.get().user

    assert supplier.responsible_nik in text(signed_in(applicant).get(mine))
    at_counter = text(signed_in(officer(ticket.office)).get(desk))
    assert supplier.name in at_counter
    assert supplier.responsible_nik not in at_counter
    assert supplier.tax_id not in at_counter
    assert Client().get(mine).status_code == 302
    assert signed_in(officer(bogor)).get(desk).status_code == 404
    assert signed_in(officer(ticket.office, Role.FRONT_OFFICE)).get(mine).status_code in {403, 404}  # fmt: skip


def test_a_letter_of_another_kind_of_applicant_is_not_offered(ticket):
    assert [*letters_for(ticket)] == ["surat-pernyataan", "surat-kuasa"]
    assert filled_for(ticket, "surat-lain", language="id", with_identity=True) is None
    assert blank(ticket.office, "surat-lain", language="id") is None


def test_an_unknown_placeholder_is_refused_by_the_pack():
    with pytest.raises(ValueError, match="isian nama tidak dikenal"):
        Letter(title="Surat", blocks=[{"opening": "Saya {nama}"}])
