"""Decree, SOP sheet and maklumat: what they say, how they are drawn, kept and served (K1-K3, T9)."""

from io import BytesIO

import pypdfium2
import pytest
from django.utils.translation import override

from loket.files import drawing
from loket.offices.models import Office
from loket.portal.queries.decree import decree_page
from loket.portal.queries.pledge import BLANK, pledge_page
from loket.portal.queries.prints import Paper, html_of, papers, starts_of
from loket.portal.queries.sop import sop_page
from loket.portal.queries.sop_chart import NOTHING
from loket.portal.tasks import draw_if_changed
from loket.standards.actions import publish
from loket.standards.models import Print, Standard
from loket.standards.pack import COMPONENTS
from loket.standards.queries import in_force, settings_of, spec_of
from tests.unit.portal.reading import links, service, text_of

pytestmark = pytest.mark.django_db
OFFICES = ["kota-bogor", "kota-depok", "kabupaten-batang"]
SERVICE = "registrasi-verifikasi"


def standard_of(office):
    return in_force(office, SERVICE)


def pages(data):
    with pypdfium2.PdfDocument(BytesIO(data)) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def drawn(paper):
    starts = starts_of(paper, drawing.pages_of)
    return starts, drawing.pdf_of(html_of(paper, starts))


def sheet_of(office, starts=()):
    return sop_page(office, standard_of(office), starts)


def test_batang_adds_its_steps_up_to_76_minutes_beside_what_it_printed(packs):
    sheet = sheet_of(packs["kabupaten-batang"])
    assert (sheet.total, sheet.printed_total) == (
        "76 menit",
        "Disesuaikan dengan kebutuhan",
    )
    assert [one.time for one in sheet.totals] == ["71 menit", "76 menit"]


@pytest.mark.parametrize("slug", OFFICES)
def test_every_step_is_a_row_with_one_symbol_in_the_column_of_its_actor(packs, slug):
    spec, sheet = spec_of(standard_of(packs[slug]).pk), sheet_of(packs[slug])
    [rows] = sheet.charts
    assert [row.code for row in rows] == [step.code for step in spec.procedure]
    assert {len([one for one in row.lanes if one.symbol]) for row in rows} == {1}
    assert {len(row.lanes) for row in rows} == {len(sheet.actors)}


def test_symbols_follow_what_a_step_may_lead_to(packs):
    [rows] = sheet_of(packs["kota-depok"]).charts
    shown = {row.code: next(o.symbol for o in row.lanes if o.symbol) for row in rows}
    assert shown == {
        "daftar": "terminator",
        "datang": "process",
        "cocokkan": "decision",
        "putuskan": "decision",
        "aktifkan": "process",
        "bukti": "terminator",
        "tolak": "terminator",
    }


def test_a_symbol_says_where_its_lines_lead(packs):
    [rows] = sheet_of(packs["kota-depok"]).charts
    said = {row.code: next(one.alt for one in row.lanes if one.symbol) for row in rows}
    assert said["putuskan"] == (
        "Verifikator: keputusan, Terima ke langkah 5, Tolak ke langkah 7"
    )


def test_missing_facts_of_an_sop_are_dashes(packs):
    facts = {one.term: one.value for one in sheet_of(packs["kota-bogor"]).identity}
    assert facts["Nomor SOP"] == facts["Disahkan oleh"] == NOTHING


@pytest.mark.parametrize("slug", OFFICES)
def test_an_annex_prints_every_published_component(packs, slug):
    standard = standard_of(packs[slug])
    [annex] = decree_page(packs[slug], standard).annexes
    titles = [entry.title for group in annex.groups for _n, entry in group.entries]
    spec = spec_of(standard.pk)
    assert titles == [one.title for one in COMPONENTS if one.present(spec)]


def test_only_an_office_with_a_decree_prints_its_head(packs):
    heads = {
        slug: decree_page(packs[slug], standard_of(packs[slug])).head
        for slug in OFFICES
    }
    assert [slug for slug, head in heads.items() if head] == ["kota-depok"]
    assert [ordinal for ordinal, _text in heads["kota-depok"].dictums] == [
        "KESATU", "KEDUA", "KETIGA", "KEEMPAT",
    ]  # fmt: skip


def test_a_standard_without_a_decree_says_so_and_is_not_signed(packs):
    without, having = [
        html_of(Paper(packs[slug], standard_of(packs[slug]), "standar", "id"))
        for slug in ("kota-bogor", "kota-depok")
    ]
    said = "tidak menerbitkan keputusan penetapan"
    assert [said in without, said in having] == [True, False]
    assert ["lk-sign" in without, "lk-sign" in having] == [False, True]


def test_a_decree_names_its_place_and_decides_in_the_words_of_the_office(packs):
    office = packs["kota-depok"]
    head = decree_page(office, standard_of(office)).head
    assert (head.place, head.date) == ("Depok", "1 September 2023")
    spec = settings_of(office).decrees["kpts-2023"]
    assert [text for _ordinal, text in head.dictums] == [one.id for one in spec.dictums]


@pytest.mark.parametrize("slug", OFFICES)
def test_only_first_and_last_steps_are_capsules(packs, slug):
    spec = spec_of(standard_of(packs[slug]).pk)
    [rows] = sheet_of(packs[slug]).charts
    shown = {row.code: next(o.symbol for o in row.lanes if o.symbol) for row in rows}
    ends = [one.code for one in spec.procedure if one.ends or one.refuses]
    assert [code for code, symbol in shown.items() if symbol == "terminator"] == [
        *dict.fromkeys([spec.procedure[0].code, *ends])
    ]


def test_a_maklumat_promises_time_and_cost_of_every_service(packs):
    page = pledge_page(packs["kota-depok"])
    promised = {one.title: (one.time, one.cost) for one in page.services}
    assert len(promised) == 12
    assert promised["Registrasi dan verifikasi penyedia"] == (
        "Kira-kira 15 menit",
        "Gratis",
    )


def test_a_maklumat_is_signed_by_a_position_at_the_day_of_the_decree(packs):
    page = pledge_page(packs["kota-depok"])
    assert (page.signed_by, page.dated) == (
        "Kepala Bagian Pengadaan Barang/Jasa Sekretariat Daerah Kota Depok",
        "Depok, 1 September 2023",
    )


def test_a_maklumat_without_a_date_leaves_a_line_to_write_it_on(packs):
    assert pledge_page(packs["kota-bogor"]).dated == f"Bogor, {BLANK}"


def test_a_maklumat_nobody_signs_has_no_line(packs):
    office = packs["kota-bogor"]
    del office.settings["maklumat"]
    office.save(update_fields=["settings"])
    page = pledge_page(Office.objects.get(pk=office.pk))
    assert (page.dated, page.signed_by, len(page.promises)) == ("", "", 3)


def test_a_maklumat_fits_on_one_page(packs):
    _starts, data = drawn(Paper(packs["kota-depok"], None, "maklumat", "id"))
    assert len(pages(data)) == 1


def test_a_pdf_is_tagged_named_and_numbered(packs):
    office = packs["kota-depok"]
    _starts, data = drawn(Paper(office, standard_of(office), "standar", "id"))
    texts = pages(data)
    assert [
        f"halaman {n} dari {len(texts)}" in text for n, text in enumerate(texts, 1)
    ] == [True] * len(texts)
    with pypdfium2.PdfDocument(BytesIO(data)) as pdf:
        assert pypdfium2.raw.FPDFCatalog_IsTagged(pdf)
        assert pdf.get_metadata_value("Title").startswith("Standar pelayanan")


def forty(office):
    """An invented version with forty steps that returns from its end to its beginning."""
    spec = spec_of(standard_of(office).pk)
    step = next(one for one in spec.procedure if one.kind == "follow_up_sikap")
    plain = {"ends": False}
    steps = [
        step.model_copy(
            update=plain
            | {"code": f"langkah-{n}", "actor": ["applicant", "verifikator"][n % 2]}
        )
        for n in range(1, 40)
    ]
    last = step.model_copy(update=plain | {"code": "akhir", "ends": True})
    back = steps[20].model_copy(update={"returns_to": "langkah-2"})
    steps[20] = back
    return spec.model_copy(
        update={
            "effective": spec.effective.replace(year=2027),
            "procedure": (*steps, last),
            "time": spec.time.model_copy(update={"covers": ()}),
        }
    )


def test_forty_steps_break_between_rows_and_are_joined(packs):
    office = packs["kabupaten-batang"]
    standard = publish(office, forty(office), is_first_load=False, by=None)
    paper = Paper(office, standard, "sop", "id")
    starts, data = drawn(paper)
    texts = pages(data)
    assert len(starts) >= 2
    assert len(texts) == len(starts) + 2
    measured = drawing.pages_of(html_of(paper, starts))
    assert [measured[f"langkah-{code}"] for code in starts] == list(
        range(2, len(starts) + 2)
    )
    joined = [("lanjut ke" in text, "masuk ke" in text) for text in texts[1:]]
    assert joined[0][0]
    assert joined[-1][1]


def test_papers_are_drawn_once_until_they_say_something_else(packs):
    office = packs["kota-depok"]
    paper = Paper(office, None, "maklumat", "id")
    assert [draw_if_changed(paper), draw_if_changed(paper)] == [True, False]
    kept = Print.objects.get(office=office)
    assert (kept.pages, kept.size) == (1, len(bytes(kept.data)))


def test_every_version_has_two_papers_in_each_language_beside_maklumat_and_letters(
    packs,
):
    office = packs["kota-bogor"]
    versions = Standard.objects.filter(office=office).count()
    letters = 3
    assert len(list(papers(office))) == (versions * 2 + 1 + letters) * 2


def test_a_page_offers_itself_until_the_pdf_is_drawn(visit, packs):
    address = "/kantor/kota-depok/maklumat/"
    assert "PDF sedang dibuat" in text_of(visit(address))
    draw_if_changed(Paper(packs["kota-depok"], None, "maklumat", "id"))
    assert "/kantor/kota-depok/maklumat/id.pdf" in links(visit(address))


def test_a_pdf_is_served_to_anybody_and_not_twice(client, packs):
    address = "/kantor/kota-depok/maklumat/id.pdf"
    assert client.get(address).status_code == 404
    draw_if_changed(Paper(packs["kota-depok"], None, "maklumat", "id"))
    first = client.get(address)
    assert first.content.startswith(b"%PDF")
    assert first["Content-Length"] == str(len(first.content))
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("kind", ["sop", "standar"])
def test_a_version_has_a_page_to_print(visit, kind):
    page = visit(service("kabupaten-batang", f"standar/1/cetak/{kind}/"))
    assert "Verifikator" in text_of(page)


def test_an_unknown_paper_is_not_found(visit):
    visit(service("kota-depok", "standar/1/cetak/rahasia/"), status=404)


def test_labels_are_english_where_the_reader_is(packs):
    with override("en"):
        assert sheet_of(packs["kabupaten-batang"]).total == "76 minutes"
