"""All papers of an office on one page, and when they are drawn."""

import shutil
from collections import Counter

import pytest
from django.conf import settings
from procrastinate.contrib.django.models import ProcrastinateJob

from config import operations
from loket.offices.roles import Role
from loket.portal.queries.printed import shelves
from loket.portal.queries.prints import Paper
from loket.portal.tasks import draw_if_changed, draw_soon
from tests.factories.people import officer
from tests.unit.portal.reading import links
from tests.unit.ui.pages import Page

pytestmark = pytest.mark.django_db


def waiting():
    found = ProcrastinateJob.objects.filter(status="todo")
    return Counter(found.values_list("task_name", flat=True))


def test_every_version_stands_on_a_shelf_the_newest_first(packs):
    found = shelves(packs["kota-bogor"])
    mine = [one for one in found if one.title.startswith("Registrasi luring")]
    assert [len(one.prints) for one in mine] == [2, 2]
    assert [one.title.partition(", ")[2] for one in mine] == [
        "versi 2, berlaku sejak 1 Maret 2021",
        "versi 1, berlaku sejak 1 Juli 2020",
    ]


def test_a_pdf_is_linked_once_it_is_drawn(packs, visit):
    office = packs["kota-depok"]
    address = "/kantor/kota-depok/cetakan/"
    assert [one for one in links(visit(address)) if one.endswith(".pdf")] == []
    draw_if_changed(Paper(office, None, "maklumat", "id"))
    draw_if_changed(Paper(office, None, "surat", "id", "surat-kuasa"))
    assert [one for one in links(visit(address)) if one.endswith(".pdf")] == [
        "/kantor/kota-depok/maklumat/id.pdf",
        "/kantor/kota-depok/formulir/surat-kuasa/id.pdf",
    ]


def test_more_versions_cost_no_more_statements(packs, django_assert_num_queries):
    for slug in ("kota-depok", "kota-bogor"):
        shelves(packs[slug])  # reads each standard's record, which is kept
        with django_assert_num_queries(3):
            shelves(packs[slug])


@pytest.mark.parametrize("role", [Role.KEPALA_BAGIAN, Role.VERIFIKATOR])
def test_the_desk_leads_heads_and_officers_to_the_papers(client, packs, role):
    office = packs["kota-depok"]
    client.force_login(officer(office, role))
    page = client.get(f"/meja/{office.slug}/giliran-saya/")
    assert f"/kantor/{office.slug}/cetakan/" in links(Page(page.content.decode()))


def test_loading_a_pack_has_its_papers_drawn_at_once(packs, tmp_path):
    slug = "kota-depok"
    folder = shutil.copytree(settings.PACKS_DIR / slug, tmp_path / slug)
    operations.load_packs([folder])
    assert waiting()["loket.portal.tasks.draw_prints"] == 1


def test_papers_asked_for_twice_are_drawn_once(db):
    draw_soon()
    draw_soon()
    assert waiting() == {"loket.portal.tasks.draw_prints": 1}


def test_a_page_of_no_office_is_not_found(client):
    assert client.get("/kantor/kota-entah/cetakan/").status_code == 404
