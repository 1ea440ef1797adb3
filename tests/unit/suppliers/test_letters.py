"""Letters to sign: blank for everybody, filled for the applicant, without identity numbers for the counter."""

from io import BytesIO

import pypdfium2
import pytest
from django.test import Client

from loket.files import drawing
from loket.offices.roles import Role
from loket.portal.queries.prints import Paper
from loket.portal.tasks import draw_if_changed
from loket.standards.pack import Letter, Text
from loket.standards.queries import settings_of
from loket.suppliers.queries.letters import (
    blank,
    blank_html,
    filled_for,
    letters_for,
    letters_of,
)
from loket.suppliers.queries.proxies import Scope
from tests.factories.people import officer
from tests.factories.registering import submitted
from tests.unit.tickets.browsing import signed_in

pytestmark = pytest.mark.django_db


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_an_office_prints_the_letters_its_services_ask_for(depok, bogor):
    assert list(letters_of(depok)) == ["surat-pernyataan", "surat-kuasa"]
    assert list(letters_of(bogor)) == [
        "surat-permohonan", "surat-permohonan-perusahaan", "surat-permohonan-pemilik",
    ]  # fmt: skip


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


OFFICES = ("kota-bogor", "kota-depok", "kabupaten-batang")


@pytest.mark.parametrize("slug", OFFICES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_blank_letter_is_one_tagged_page(packs, slug, language):
    office = packs[slug]
    for code in letters_of(office):
        data = drawing.pdf_of(blank_html(office, code, language=language))
        with pypdfium2.PdfDocument(BytesIO(data)) as found:
            size = tuple(round(side) for side in found[0].get_size())
            assert (len(found), size) == (1, (595, 842))
            assert pypdfium2.raw.FPDFCatalog_IsTagged(found)
            title = settings_of(office).letters[code].title.get(language)
            assert found.get_metadata_value("Title") == f"{title} – {office.name}"


@pytest.mark.parametrize("form", ["cv", "perorangan"])
def test_only_companies_have_room_for_a_letterhead(ticket, form):
    supplier = ticket.registration.supplier
    supplier.form_of_business = form
    supplier.save()
    sheet = filled_for(ticket, "surat-pernyataan", language="id", with_identity=True)
    assert sheet.has_head == (form == "cv")


def test_a_letter_without_english_is_indonesian_for_everybody(depok):
    said = blank(depok, "surat-kuasa", language="en")
    plain = settings_of(depok).letters["surat-kuasa"].model_copy(update={"closing": Text(id="Sekian.")})  # fmt: skip
    assert (said.language, plain.speaks("en"), plain.speaks("id")) == ("en", False, True)  # fmt: skip


def test_a_blank_letter_is_offered_as_pdf_once_it_is_drawn(depok):
    page, pdf = (f"/kantor/kota-depok/formulir/surat-kuasa/{end}" for end in ("", "id.pdf"))  # fmt: skip
    client = Client()
    assert "PDF sedang disiapkan" in text(client.get(page))
    assert client.get(pdf).status_code == 404
    draw_if_changed(Paper(depok, None, "surat", "id", "surat-kuasa"))
    assert f'href="{pdf}"' in text(client.get(page))
    first = client.get(pdf)
    assert first.content.startswith(b"%PDF")
    again = client.get(pdf, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_letters_are_linked_where_they_are_needed(ticket, bogor):
    owner, worker = ticket.parties.get().user, officer(ticket.office)
    own = f'href="/tiket/{ticket.number}/formulir/surat-kuasa/"'
    scope = Scope(ticket.service, ticket)
    grant = f"/usaha/{ticket.registration.supplier.pk}/kuasa/beri/?untuk="
    browser = signed_in(owner)
    assert own in text(browser.get(f"/tiket/{ticket.number}/"))
    assert own in text(browser.get(grant + scope.key))
    blank_one = 'href="/kantor/kota-depok/formulir/surat-kuasa/"'
    assert blank_one in text(browser.get(grant + Scope(ticket.service).key))
    desk = text(signed_in(worker).get(f"/meja/tiket/{ticket.number}/"))
    assert own.replace("/tiket", "/meja/tiket") in desk
