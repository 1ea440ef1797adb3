"""The page of a service: what to bring, how long, what it costs, and where it begins."""

from datetime import date

import pytest

from loket.standards.actions import publish
from loket.standards.queries import in_force, spec_of
from tests.factories.counting import statements
from tests.unit.portal.reading import chips, facts, links, service, text_of

pytestmark = pytest.mark.django_db
BOGOR, DEPOK, BATANG = "kota-bogor", "kota-depok", "kabupaten-batang"


def newer(office, **changes):
    """A version of the registration that holds from today, with something changed."""
    spec = spec_of(in_force(office, "registrasi-verifikasi").pk)
    changed = spec.model_copy(update={"effective": date(2026, 11, 24), **changes})
    return publish(office, changed, is_first_load=False, by=None)


def folds(page):
    """Each kind of applicant with the documents listed below it."""
    return page.texts("details")


@pytest.mark.parametrize(
    ("slug", "shown"),
    [
        (
            BOGOR,
            {
                "Paling lama": "15 menit",
                "Biaya": "Gratis",
                "Jam layanan": "10.00–14.00",
            },
        ),
        (
            DEPOK,
            {
                "Kira-kira": "15 menit",
                "Biaya": "Gratis",
                "Jam layanan": "09.00–12.00, 13.00–14.00",
            },
        ),
        (
            BATANG,
            {
                "Jangka waktu": "Disesuaikan dengan kebutuhan",
                "Biaya": "Tidak disebut",
                "Jam layanan": "Tidak disebut",
                "Hasil": "Akun SPSE yang terverifikasi",
            },
        ),
    ],
)
def test_facts_are_those_of_the_standard(visit, slug, shown):
    found = facts(visit(service(slug)))
    assert {term: found[term] for term in shown} == shown


def test_promise_says_from_when_it_counts(visit):
    assert "sejak berkas diterima kantor" in visit(service(BOGOR)).texts("dd")


def test_hours_of_an_odd_day_stand_beside_the_others(visit):
    notes = visit(service(DEPOK)).texts("dd")
    assert "WIB, Senin–Kamis; Jumat 09.00–11.30, 13.00–14.00" in notes


def test_each_kind_of_applicant_has_its_own_list(visit):
    assert visit(service(DEPOK)).texts("summary") == [
        "Badan usaha (CV/PT)",
        "Orang perseorangan (UMKM)",
        "Orang perseorangan, konsultan perseorangan, PKTT, atau PJLP",
        "Perusahaan perorangan",
    ]


def test_document_says_in_which_form_it_is_brought(visit):
    company, person = folds(visit(service(BATANG)))
    assert company == (
        "Badan usaha KTP direksi, pejabat, atau pimpinan perusahaan, asli dan salinan"
        " NPWP perusahaan, asli dan salinan"
    )
    assert person == (
        "Usaha perorangan KTP pemilik usaha perorangan, asli dan salinan"
        " NPWP pemilik usaha perorangan, asli dan salinan"
    )


def test_statement_with_stamp_duty_says_so(visit):
    first = folds(visit(service(DEPOK)))[0]
    assert (
        "Surat pernyataan kebenaran dokumen, bermeterai, formulir dari kantor" in first
    )


def test_conditional_document_carries_its_question(visit):
    first = folds(visit(service(DEPOK)))[0]
    assert first.endswith(
        "hanya bila jawabannya ya: Apakah perusahaan sudah dikukuhkan sebagai pengusaha kena"
        " pajak (PKP)?"
    )


def test_documents_for_sikap_are_told_apart(visit):
    assert (
        "Akta perusahaan, asli, untuk mengisi SIKaP" in folds(visit(service(BOGOR)))[0]
    )


def test_limit_of_uploads_is_the_offices(visit):
    sentence = "Berkas yang diunggah: PDF, JPG, PNG, paling besar 4 MB tiap berkas."
    assert sentence in text_of(visit(service(DEPOK)))


def test_refused_proxy_is_told_before_the_journey(visit):
    assert "Tidak dapat diwakilkan." in visit(service(BOGOR)).texts("b")


def test_allowed_proxy_is_told_with_his_documents(visit):
    page = visit(service(DEPOK))
    assert "Boleh diwakilkan dengan kuasa." in page.texts("b")
    assert (
        "Surat kuasa dari direktur, bermeterai, bertanda tangan, berstempel, formulir dari kantor"
        " Cetak formulirnya Surat kuasa dari direktur"
    ) in page.texts("li")


def test_whoever_needs_no_power_of_attorney_is_not_told_of_one(visit):
    page = visit(f"/kantor/{BOGOR}/layanan/pelatihan/")
    assert "Boleh diwakilkan." in page.texts("b")
    assert "Boleh diwakilkan dengan kuasa." not in page.texts("b")


def test_both_ways_are_explained_where_they_begin(visit, batang):
    text = text_of(visit(service(BATANG)))
    spec = spec_of(in_force(batang, "registrasi-verifikasi").pk)
    for route in spec.routes.values():
        assert str(route.how) in text
    assert "Cara ini berjalan di luar loket." not in text


def test_steps_stand_in_order_with_their_norms(visit):
    page = visit(service(BATANG))
    norms = page.texts("span", **{"class": "lk-steps__time"})
    assert norms == [
        "5 menit", "10 menit", "5 menit", "5 menit", "30 menit", "30 menit", "1 menit", "5 menit", "15 menit",
    ]  # fmt: skip


def test_step_says_who_acts_where_and_for_whom(visit):
    notes = visit(service(BATANG)).texts("small")
    assert "Verifikator · hanya Daring" in notes
    assert "Verifikator · hanya Tatap muka" in notes


def test_step_that_holds_nothing_up_says_so(visit):
    notes = visit(service(BOGOR)).texts("small")
    assert "Pemohon · di Survei IKM · tidak menahan proses" in notes


def test_refusal_is_marked_as_an_exception(visit):
    notes = visit(service(DEPOK)).texts("small")
    assert "Verifikator · hanya bila permohonan ditolak" in notes


@pytest.mark.parametrize("slug", [BOGOR, DEPOK, BATANG])
def test_registration_begins_here(visit, slug):
    assert f"/kantor/{slug}/daftar/" in links(visit(service(slug)))


def without_registration(spec):
    return tuple(step for step in spec.procedure if step.kind != "register")


@pytest.mark.parametrize(
    "change",
    [
        lambda spec: {"audience": "official"},
        lambda spec: {"intake": ("counter",)},
        lambda spec: {"procedure": without_registration(spec)},
    ],
    ids=["for officials", "only at the counter", "nothing to register"],
)
def test_nothing_begins_here_otherwise(visit, bogor, change):
    newer(bogor, **change(spec_of(in_force(bogor, "registrasi-verifikasi").pk)))
    assert "/kantor/kota-bogor/daftar/" not in links(visit(service(BOGOR)))


def test_page_follows_the_version_in_force(visit, bogor):
    before = facts(visit(service(BOGOR)))["Paling lama"]
    time = spec_of(in_force(bogor, "registrasi-verifikasi").pk).time
    newer(bogor, time=time.model_copy(update={"value": 20}))

    assert (before, facts(visit(service(BOGOR)))["Paling lama"]) == (
        "15 menit",
        "20 menit",
    )


def test_every_version_is_one_click_away(visit):
    page = visit(service(BOGOR))
    standards = [link for link in links(page) if "/standar/" in link and "/cetak/" not in link]  # fmt: skip
    assert standards == [service(BOGOR, "standar/2/"), service(BOGOR, "standar/1/")]
    assert chips(page)[-2:] == ["Berlaku", "Tidak berlaku lagi"]


def test_decree_is_named(visit):
    assert "Keputusan nomor 821.2/003/Kpts/UKPBJ/2023" in text_of(visit(service(DEPOK)))


def test_complaint_channels_are_printed(visit):
    page = visit(service(BOGOR))
    assert "Pengaduan, saran, dan pertanyaan" in page.texts("h2")
    assert "mailto:lpse@kotabogor.go.id" in links(page)
    assert "Pusat panggilan LKPP: 021-29935777, 144" in text_of(page)


def test_service_speaks_english_where_its_standard_does(visit):
    page = visit(service(BOGOR), language="en")
    assert page.one("h1").text == "Registration and document verification"


def test_price_above_zero_is_printed_in_rupiah(visit, bogor):
    cost = spec_of(in_force(bogor, "registrasi-verifikasi").pk).cost
    newer(bogor, cost=cost.model_copy(update={"amount": 50000}))
    assert facts(visit(service(BOGOR)))["Biaya"] == "Rp 50.000"


def test_promise_by_the_wall_clock_is_printed_in_hours(visit, bogor):
    time = spec_of(in_force(bogor, "registrasi-verifikasi").pk).time
    newer(bogor, time=time.model_copy(update={"value": 24, "unit": "calendar_hours"}))
    assert facts(visit(service(BOGOR)))["Paling lama"] == "24 jam"


def test_unknown_service_is_not_found(visit):
    visit("/kantor/kota-bogor/layanan/tidak-ada/", status=404)


def test_service_page_needs_three_statements(visit):
    visit(service(DEPOK))
    with statements() as sent:
        visit(service(DEPOK))
    assert len(sent) == 3


def test_page_says_how_long_uploads_are_kept(visit):
    (kept,) = [
        line for line in visit(service(BATANG)).texts("li") if "tiket ditutup" in line
    ]
    assert kept == (
        "30 hari sejak tiket ditutup: KTP direksi, pejabat, atau pimpinan perusahaan; "
        "NPWP perusahaan; KTP pemilik usaha perorangan; NPWP pemilik usaha perorangan"
    )
