"""What each office's paper prints and what is read into it (C14, C19, C23, C26, C27)."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from loket.kernel import clock
from loket.standards.pack import check, format_problem, missing_components
from loket.standards.queries import in_force, spec_of
from tests.factories.tickets import SERVICE
from tests.flows.contradictions.walks import BATANG, BOGOR, DEPOK, OFFICES, words
from tests.flows.story import Supplier, link_in
from tests.unit.portal.reading import service, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
# How many of the law's fourteen components each version publishes, and how many rows it prints.
COMPONENTS = [(BOGOR, 1, 6, 7), (BOGOR, 2, 6, 7), (DEPOK, 1, 14, 16), (BATANG, 1, 7, 7)]
EXTRA_ROWS = {"Menimbang", "Mengingat", "Keterkaitan", "Peringatan", "Pencatatan"}
LAWS = {
    (BOGOR, 1): ["Perpres 16/2018", "Perka LKPP 2/2010", "2/2020", "SOP-LPSE.KTBGR-020"],
    (BOGOR, 2): [
        "Perpres 12/2021", "Perpres 16/2018", "Perka LKPP 2/2010", "2/2020", "SOP-LPSE.KTBGR-020",
    ],
    (DEPOK, 1): [
        "UU 11/2008", "PP 82/2012", "Perpres 16/2018", "Permendagri 52/2011",
        "Permendagri 112/2018", "Perlem LKPP 10/2021",
    ],
    (BATANG, 1): [
        "Perpres 16/2018", "Perka LKPP 9/2015", "Perlem LKPP 9/2018", "Perlem LKPP 14/2018",
        "18/2020", "2/2020", "Perbup Batang 87/2019",
    ],
}  # fmt: skip


def sheet(read, slug, version):
    """The rows of one published version: heading and the cell beside it."""
    page = read(service(slug, f"standar/{version}/"))
    return dict(zip(page.texts("th"), page.texts("td"), strict=True)), page


@pytest.mark.parametrize(("slug", "version", "of_law", "rows"), COMPONENTS)
def test_c14_each_form_of_standard_prints_its_own_number_of_rows(
    read, packs, slug, version, of_law, rows
):
    table, _page = sheet(read, slug, version)
    spec = spec_of(in_force(packs[slug], SERVICE).pk)
    assert len(set(table) - EXTRA_ROWS) == rows
    assert 14 - len(missing_components(spec)) == of_law


@pytest.mark.parametrize(
    ("slug", "noted"), [(BOGOR, "6/14"), (DEPOK, "14/14"), (BATANG, "7/14")]
)
def test_c14_pack_check_says_how_many_of_the_fourteen_are_there(slug, noted):
    lines = [format_problem(each) for each in check([settings.PACKS_DIR / slug])]
    counted = [line for line in lines if "komponen UU 25/2009" in line]
    assert [f" {noted} " in line for line in counted] == [True] * len(counted)
    assert len(counted) == {BOGOR: 6, DEPOK: 12, BATANG: 1}[slug]


@pytest.mark.parametrize("slug", OFFICES)
def test_c19_supervisor_is_printed_where_the_paper_names_one(read, slug):
    table, _page = sheet(read, slug, 1)
    printed = table.get("Pengawasan internal", "")
    assert printed == ("Kepala Tim LPSE" if slug == DEPOK else "")


def cited(read, slug, version):
    """The laws of one version: what is cited and its standing."""
    page = read(service(slug, f"standar/{version}/"))
    table = dict(zip(page.texts("th"), page.all("td"), strict=True))
    return words(table["Dasar hukum"].text)


@pytest.mark.parametrize(("slug", "version"), LAWS)
def test_c23_each_version_cites_its_own_rules_in_order(read, slug, version):
    # What stands before each colon ends with the name of the next rule.
    begun = cited(read, slug, version).split(": ")[:-1]
    pairs = zip(begun, LAWS[slug, version], strict=True)
    assert [line for line, name in pairs if not line.endswith(name)] == []


def test_c23_perpres_12_of_2021_came_with_the_second_version(read):
    counted = [cited(read, BOGOR, version).count("Perpres 12/2021") for version in (1, 2)]  # fmt: skip
    assert counted == [0, 1]


@pytest.mark.parametrize(
    ("slug", "line"),
    [
        (DEPOK, "Dicabut diganti PP 71/2019"),
        (DEPOK, "Perpres 16/2018: Pengadaan Barang/Jasa Pemerintah Diubah"),
        (BATANG, "Dicabut diganti Perlem LKPP 12/2021"),
        (BATANG, "Dicabut diganti Perlem LKPP 10/2021"),
    ],
)
def test_c23_rule_is_printed_with_its_standing_of_today(read, slug, line):
    assert cited(read, slug, 1).count(line) == 1


@pytest.mark.parametrize("slug", OFFICES)
@pytest.mark.parametrize(("hours", "status"), [(71.99, 200), (72, 410)])
def test_c26_link_works_for_the_hours_of_its_office(packs, monday, slug, hours, status):
    link = link_in(Supplier(packs[slug]).ask_for_link())
    with clock.at(monday + timedelta(hours=hours)):
        assert Client().get(link).status_code == status


@pytest.mark.parametrize("slug", OFFICES)
def test_c26_page_and_mail_tell_how_long_the_link_works(packs, slug):
    supplier = Supplier(packs[slug])
    letter = supplier.ask_for_link()
    page = supplier.browser.get(supplier.page("sent")).content.decode()
    assert page.count("Tautan berlaku 72 jam") == 1
    assert letter.body.count("72 jam") == 1


def test_c26_batang_prints_until_when_the_link_is_delivered(read):
    table, _page = sheet(read, BATANG, 1)
    note = "Tautan diterima paling lambat dua hari setelah pendaftaran dikirim"
    assert table["Sistem, mekanisme, dan prosedur"].count(note) == 1


@pytest.mark.parametrize(("slug", "hours"), [(BOGOR, None), (DEPOK, None), (BATANG, 48)])  # fmt: skip
def test_c26_only_batang_promises_a_delivery(packs, slug, hours):
    stored = packs[slug].settings["confirm_link"]
    assert (stored["valid_hours"], stored.get("deliver_within_hours")) == (72, hours)


@pytest.mark.parametrize("address", [f"/kantor/{BOGOR}/", service(BOGOR)])
def test_c27_chosen_number_stands_on_the_pages_and_the_other_nowhere(read, address):
    page = read(address)
    assert text_of(page).count("WhatsApp 08151667956") == 1
    assert page.source.count("0815667956") == 0


def test_c27_pack_check_names_both_numbers_for_the_office():
    lines = [format_problem(each) for each in check([settings.PACKS_DIR / BOGOR])]
    [note] = [line for line in lines if "(C27)" in line]
    assert note.endswith(
        "catatan: Nomor WhatsApp (C27): tercetak 08151667956 pada daftar kontak,"
        " 0815667956 pada gambar beranda; dipakai 08151667956"
    )
