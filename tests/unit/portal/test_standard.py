"""One published version with all its components, in force or not (G1)."""

from datetime import UTC, date, datetime

import pytest

from loket.kernel import clock
from loket.standards.actions import publish
from loket.standards.pack import COMPONENTS
from loket.standards.queries import in_force, spec_of
from tests.factories.counting import statements
from tests.unit.portal.reading import chips, facts, links, service, text_of

pytestmark = pytest.mark.django_db
DEPOK = service("kota-depok", "standar/1/")
BATANG = service("kabupaten-batang", "standar/1/")


def rows(page):
    """The table: each heading with the text beside it."""
    return dict(zip(page.texts("th"), page.texts("td"), strict=True))


@pytest.mark.parametrize("slug", ["kota-bogor", "kota-depok", "kabupaten-batang"])
def test_every_published_component_has_its_row(visit, packs, slug):
    standard = in_force(packs[slug], "registrasi-verifikasi")
    spec = spec_of(standard.pk)
    table = rows(visit(service(slug, f"standar/{standard.version}/")))

    published = [one.title for one in COMPONENTS if one.present(spec)]
    assert [title for title in table if title in published] == published
    bare = [title for title, text in table.items() if not text]
    assert bare == []


def test_depok_prints_all_sixteen_rows(visit):
    table = rows(visit(DEPOK))
    assert len([one for one in COMPONENTS if one.title in table]) == 16


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Jangka waktu penyelesaian",
            (
                "Kurang lebih 15 menit Dihitung sejak berkas diterima kantor Mencakup: Mencocokkan"
                " berkas dengan data pendaftaran; Menerima atau menolak pendaftaran; Mengaktifkan"
                " akun; Menyerahkan lembar bukti"
            ),
        ),
        ("Biaya/tarif", "Tidak dipungut biaya"),
        (
            "Penanganan pengaduan, saran, dan masukan",
            (
                "Telepon: 021-7521440 WhatsApp: 08111355507 E-mail: hdlpsedepok@gmail.com,"
                " infolpse@ukpbj.depok.go.id, helpdesklpse@ukpbj.depok.go.id"
                " Laman: https://lpse.depok.go.id Kotak saran: ada"
            ),
        ),
        ("Sarana, prasarana, dan/atau fasilitas", "Komputer Server Aplikasi"),
        (
            "Kompetensi pelaksana",
            (
                "Verifikator paling rendah D3; Teknik Informatika, Manajemen Informatika,"
                " Sistem Informasi, Teknik Komputer Helpdesk paling rendah D3"
            ),
        ),
        ("Pengawasan internal", "Kepala Tim LPSE"),
        ("Jumlah pelaksana", "Verifikator: 1 orang Helpdesk: 1 orang"),
        (
            "Jaminan keamanan dan keselamatan pelayanan",
            "Kebijakan mutu dan keamanan informasi",
        ),
        (
            "Evaluasi kinerja pelaksana",
            (
                "Pemantauan sasaran pelayanan LPSE, setiap bulan Audit internal, setiap tahun"
                " Rapat tinjauan manajemen, setiap tahun Audit eksternal, setiap tahun"
            ),
        ),
        (
            "Waktu pelayanan",
            (
                "Senin–Kamis: 09.00–12.00, 13.00–14.00 WIB Jumat: 09.00–11.30, 13.00–14.00 WIB"
                " Sabtu, Minggu: Tutup"
            ),
        ),
        (
            "Sistem pendaftaran",
            "Mendaftar daring di lpse.depok.go.id, lalu datang membawa berkas.",
        ),
    ],
)
def test_component_prints_what_the_standard_says(visit, title, text):
    assert rows(visit(DEPOK))[title] == text


def test_procedure_prints_what_a_step_needs_and_gives(visit):
    line = visit(BATANG).texts("li")
    assert (
        "Menyetujui hasil verifikasi (Verifikator, 1 menit); kelengkapan: Akun verifikator LPSE;"
        " hasil: Akun SPSE terverifikasi" in line
    )


def test_law_stands_with_its_status_today(visit):
    bases = rows(visit(DEPOK))["Dasar hukum"]
    assert "Perlem LKPP 10/2021: Unit Kerja Pengadaan Barang/Jasa Berlaku" in bases
    assert "Perpres 16/2018: Pengadaan Barang/Jasa Pemerintah Diubah" in bases


def test_revoked_law_names_its_successor(visit):
    bases = rows(visit(DEPOK))["Dasar hukum"]
    assert "Elektronik Dicabut diganti PP 71/2019" in bases


def test_rule_of_the_office_itself_has_no_national_status(visit):
    last = visit(BATANG).all("td")[4].text.split("Perbup")[1]
    assert " ".join(last.split()) == (
        "Batang 87/2019: Kedudukan, Susunan Organisasi, Tugas dan Fungsi serta Tata Kerja"
        " Sekretariat Daerah"
    )


def test_components_left_out_are_named(visit):
    assert (
        "Komponen UU 25/2009 yang tidak diterbitkan pada versi ini: Biaya/tarif, Penanganan"
        " pengaduan, saran, dan masukan, Pengawasan internal, Jumlah pelaksana, Jaminan"
        " pelayanan, Jaminan keamanan dan keselamatan pelayanan, Evaluasi kinerja pelaksana."
    ) in text_of(visit(BATANG))


def test_complete_standard_leaves_nothing_out(visit):
    assert "yang tidak diterbitkan" not in text_of(visit(DEPOK))


def test_decree_is_printed_with_its_reasons(visit):
    page = visit(DEPOK)
    assert facts(page)["Nomor"] == "821.2/003/Kpts/UKPBJ/2023"
    assert facts(page)["Tanggal"] == "1 September 2023"
    assert rows(page)["Mengingat"].startswith("UU 39/2008: Kementerian Negara Diubah")
    assert "perlu ditetapkan dengan keputusan." in rows(page)["Menimbang"]


def test_head_of_an_sop_is_printed(visit):
    page = visit(BATANG)
    assert facts(page)["Nomor SOP"] == "01.09.03./SOP/2020"
    assert facts(page)["Disahkan oleh"] == "Pj. Sekretaris Daerah Kabupaten Batang"
    assert rows(page)["Pencatatan"] == (
        "Fotokopi KTP dan NPWP Foto atau tangkapan layar kegiatan verifikasi daring"
    )


def test_old_version_stays_readable_and_says_that_it_is_old(visit):
    page = visit(service("kota-bogor", "standar/1/"))
    assert chips(page)[0] == "Tidak berlaku lagi"
    assert "asli dan salinan" in rows(page)["Persyaratan"]


def test_shown_version_is_marked_in_the_list(visit):
    page = visit(service("kota-bogor", "standar/1/"))
    assert page.one("a", **{"aria-current": "page", "class": "lk-act"})[
        "href"
    ] == service("kota-bogor", "standar/1/")


def announce(office):
    """Version 3, promising 20 minutes from 1 February 2027."""
    spec = spec_of(in_force(office, "registrasi-verifikasi").pk)
    time = spec.time.model_copy(update={"value": 20})
    future = spec.model_copy(update={"effective": date(2027, 2, 1), "time": time})
    publish(office, future, is_first_load=False, by=None)


def test_announced_version_is_printed_before_it_holds(visit, bogor):
    announce(bogor)

    page = visit(service("kota-bogor", "standar/3/"))
    assert chips(page)[0] == "Berlaku mulai 1 Februari 2027"
    assert facts(visit(service("kota-bogor")))["Paling lama"] == "15 menit"
    assert service("kota-bogor", "standar/3/") in links(visit(service("kota-bogor")))


def test_announced_version_takes_over_on_its_day(visit, bogor):
    announce(bogor)

    with clock.at(datetime(2027, 1, 31, 17, 0, tzinfo=UTC)):  # 1 February, 00.00 WIB
        assert facts(visit(service("kota-bogor")))["Paling lama"] == "20 menit"
        assert (
            chips(visit(service("kota-bogor", "standar/2/")))[0] == "Tidak berlaku lagi"
        )


def test_version_never_published_is_not_found(visit):
    visit(service("kota-bogor", "standar/9/"), status=404)


def test_standard_page_needs_five_statements(visit):
    visit(DEPOK)
    with statements() as sent:
        visit(DEPOK)
    assert len(sent) == 5
