"""The registration standard of each office says what its paper says (C1-C7, C14, C16, D1-D11, L1-L4, T1-T9)."""

from datetime import date

import pytest

# D1-D11: what each kind of applicant brings, given what is true of him.
ASKS = [
    ("bogor", "badan-usaha", set(), ["ktp-pimpinan", "npwp-perusahaan"]),
    ("bogor", "perorangan", set(), ["ktp-pemilik", "npwp-pemilik"]),
    ("bogor", "perusahaan-asing", set(), ["akta-pendirian-asing", "identitas-pajak-asing"]),
    ("depok", "badan-usaha", set(), ["surat-pernyataan", "ktp", "npwp-usaha", "nib", "akta", "skt"]),
    ("depok", "badan-usaha", {"pkp"}, ["surat-pernyataan", "ktp", "npwp-usaha", "nib", "akta", "skt", "sppkp"]),
    ("depok", "perseorangan", set(), ["surat-pernyataan", "ktp", "npwp-pribadi", "nib"]),
    ("depok", "konsultan", set(), ["surat-pernyataan", "ktp", "npwp-pribadi", "ijazah", "nib"]),
    ("depok", "konsultan", {"has_certificate"}, ["surat-pernyataan", "ktp", "npwp-pribadi", "ijazah", "nib", "sertifikat-keahlian"]),
    ("depok", "perusahaan-perorangan", set(), ["surat-pernyataan", "ktp", "npwp-usaha", "nib", "sertifikat-pendirian", "skt"]),
    ("depok", "perusahaan-perorangan", {"pkp"}, ["surat-pernyataan", "ktp", "npwp-usaha", "nib", "sertifikat-pendirian", "skt", "sppkp"]),
    ("batang", "badan-usaha", set(), ["ktp-pimpinan", "npwp-perusahaan"]),
    ("batang", "perorangan", set(), ["ktp-pemilik", "npwp-pemilik"]),
]  # fmt: skip
BRINGS = [
    ("badan-usaha", ["izin-usaha", "akta-perusahaan"]),
    ("perorangan", ["surat-setor-pajak"]),
    ("perusahaan-asing", ["izin-usaha", "akta-perusahaan"]),
]


@pytest.fixture
def newest(bogor, depok, batang):
    """The newest registration standard by office."""
    packs = {"bogor": bogor, "depok": depok, "batang": batang}
    return {name: pack.standards[-1] for name, pack in packs.items()}


@pytest.mark.parametrize(("office", "applicant", "facts", "documents"), ASKS)
def test_each_applicant_brings_his_checklist(
    newest, office, applicant, facts, documents
):
    asked = newest[office].documents_for(applicant, facts)
    assert [code for code, _ in asked] == documents


@pytest.mark.parametrize(("applicant", "documents"), BRINGS)
def test_bogor_advises_documents_for_sikap_beside_the_checklist(
    newest, applicant, documents
):
    advised = newest["bogor"].brought_by(applicant)
    assert [(code, one.purpose) for code, one in advised] == [
        (code, "sikap") for code in documents
    ]


def test_applicant_kinds_are_three_four_and_two(newest):
    assert {name: len(one.applicants) for name, one in newest.items()} == {
        "bogor": 3,
        "depok": 4,
        "batang": 2,
    }


def test_bogor_ships_two_versions(bogor):
    assert [one.effective for one in bogor.standards] == [
        date(2020, 7, 1),
        date(2021, 3, 1),
    ]


def test_bogor_asked_for_copies_only_in_the_older_version(bogor):
    older, newer = bogor.standards
    assert older.requirements["ktp-pimpinan"].show == ("original", "copy")
    assert newer.requirements["ktp-pimpinan"].show == ("original",)
    assert older.requirements["izin-usaha"].show == ()
    assert newer.requirements["izin-usaha"].show == ("original",)


def test_only_the_newer_version_of_bogor_cites_the_perpres_of_2021(bogor):
    older, newer = bogor.standards
    assert newer.legal_basis == ("perpres-12-2021", *older.legal_basis)
    assert older.legal_basis == (
        "perpres-16-2018",
        "perka-lkpp-2-2010",
        "se-deputi-2-lkpp-2-2020",
        "sop-ktbgr-020",
    )


def test_depok_and_batang_cite_their_own_bases(newest):
    assert newest["depok"].legal_basis == (
        "uu-11-2008", "pp-82-2012", "perpres-16-2018", "permendagri-52-2011",
        "permendagri-112-2018", "perlem-lkpp-10-2021",
    )  # fmt: skip
    assert newest["batang"].legal_basis == (
        "perpres-16-2018", "perka-lkpp-9-2015", "perlem-lkpp-9-2018", "perlem-lkpp-14-2018",
        "se-kepala-lkpp-18-2020", "se-deputi-2-lkpp-2-2020", "perbup-87-2019",
    )  # fmt: skip


def test_a_proxy_is_welcome_only_in_depok(newest):
    documents = {
        name: [code for code, _ in one.proxy_documents()]
        for name, one in newest.items()
    }
    assert documents == {
        "bogor": [],
        "depok": ["surat-kuasa", "ktp-kuasa"],
        "batang": [],
    }
    assert [one.proxy.allowed for one in newest.values()] == [False, True, False]


def test_depok_power_of_attorney_is_sealed_signed_and_stamped(newest):
    letter = newest["depok"].requirements["surat-kuasa"]
    assert (letter.meterai, letter.signed, letter.stamped) == (True, True, True)


@pytest.mark.parametrize(
    ("office", "kind", "value", "covers"),
    [
        ("bogor", "max", 15, ("verifikasi", "tanda-terima", "aktifkan")),
        ("depok", "about", 15, ("cocokkan", "putuskan", "aktifkan", "bukti")),
        ("batang", "none", None, ()),
    ],
)
def test_the_promised_time_is_at_most_about_or_none(
    newest, office, kind, value, covers
):
    time = newest[office].time
    assert (time.kind, time.value, newest[office].covers) == (kind, value, covers)


def test_the_clock_starts_when_the_documents_arrive(newest):
    starts = {name: one.time.counts_from for name, one in newest.items()}
    arrived = "documents_received"
    assert starts == {"bogor": arrived, "depok": arrived, "batang": None}


def test_two_offices_open_the_remote_way(newest):
    assert {name: one.open_routes for name, one in newest.items()} == {
        "bogor": ("counter", "remote"),
        "depok": ("counter",),
        "batang": ("counter", "remote"),
    }
    assert list(newest["depok"].routes) == ["counter"]


def test_hours_follow_the_office_calendars(newest):
    assert {name: one.hours for name, one in newest.items()} == {
        "bogor": "mpp",
        "depok": "loket",
        "batang": None,
    }


def test_cost_is_free_where_it_is_printed(newest):
    assert newest["bogor"].cost.amount == 0
    assert newest["depok"].cost.amount == 0
    assert newest["batang"].cost is None


@pytest.mark.parametrize("version", [0, 1])
def test_bogor_runs_its_thirteen_points_in_working_order(bogor, version):
    steps = bogor.standards[version].steps_for("counter", "badan-usaha")
    assert [(one.code, one.kind, one.actor, one.prints) for one in steps] == [
        ("daftar", "register", "applicant", (2, 3)),
        ("booking", "record_outside", "applicant", (1,)),
        ("siapkan", "receive_documents", "applicant", (6,)),
        ("periksa", "receive_documents", "front_office", (4, 5)),
        ("verifikasi", "verify_documents", "verifikator", (7,)),
        ("tanda-terima", "issue_receipt", "front_office", (8,)),
        ("evaluasi", "record_outside", "applicant", (9,)),
        ("ikm", "record_outside", "applicant", (10,)),
        ("aktifkan", "activate_account", "verifikator", (11, 12)),
        ("sikap", "follow_up_sikap", "verifikator", (13,)),
    ]


@pytest.mark.parametrize("office", ["bogor", "depok", "batang"])
def test_an_officer_may_record_what_an_applicant_did_at_the_counter(newest, office):
    recorded = [
        (one.code, "verifikator" in one.also)
        for one in newest[office].procedure
        if one.actor == "applicant" and one.kind != "register"
    ]
    assert recorded == [(code, True) for code, _ in recorded]


def test_booking_and_surveys_of_bogor_never_hold_the_procedure(bogor):
    procedure = bogor.standards[-1].procedure
    optional = [one.code for one in procedure if one.optional]
    assert optional == ["booking", "evaluasi", "ikm"]


def test_depok_accepts_or_refuses(newest):
    standard = newest["depok"]
    decision = standard.step("putuskan")
    assert decision.exits == {"terima": "aktifkan", "tolak": "tolak"}
    assert sum(one.norm or 0 for one in standard.procedure) == standard.time.value


def test_depok_publishes_the_components_that_run_nothing(newest):
    printed = newest["depok"].printed
    assert [item.id for item in printed.facilities] == [
        "Komputer",
        "Server",
        "Aplikasi",
    ]
    assert printed.staff == {"verifikator": 1, "helpdesk": 1}
    assert [
        (one.role, one.at_least, len(one.fields)) for one in printed.competence
    ] == [
        ("verifikator", "D3", 4),
        ("helpdesk", "D3", 0),
    ]
    assert [one.every for one in printed.evaluation] == [
        "month",
        "year",
        "year",
        "year",
    ]
    assert newest["depok"].supervised_by == "kepala_tim"


def test_batang_prints_eight_steps_of_76_minutes(newest):
    procedure = newest["batang"].steps_for("remote", "perorangan")
    assert [one.norm for one in procedure] == [5, 10, 5, 5, 30, 1, 5, 15]
    assert sum(one.norm for one in procedure) == 76
    assert [one.prints for one in procedure] == [(n,) for n in range(1, 9)]
    assert [one.actor for one in procedure] == [
        "applicant", "applicant", "applicant", "verifikator", "verifikator",
        "verifikator", "verifikator", "applicant",
    ]  # fmt: skip


def test_batang_schedules_a_video_call_only_on_the_remote_route(newest):
    standard = newest["batang"]
    remote = standard.steps_for("remote", "perorangan")
    counter = standard.steps_for("counter", "perorangan")
    assert [one.code for one in remote if one not in counter] == ["jadwal", "verifikasi-daring"]  # fmt: skip
    assert [one.prints for one in counter] == [(n,) for n in (1, 2, 3, 5, 6, 7, 8)]


def test_batang_identity_block_is_complete(newest):
    sop = newest["batang"].printed.sop
    assert sop.number == "01.09.03./SOP/2020"
    assert (sop.made, sop.revised, sop.effective) == (
        date(2020, 8, 22), None, date(2020, 8, 22),
    )  # fmt: skip
    assert list(sop.qualification) == ["applicant", "verifikator"]
    assert len(sop.equipment) == 3
    assert (len(sop.warning), len(sop.recording)) == (2, 2)
    assert sop.total_time.id == "Disesuaikan dengan kebutuhan"


def test_products_are_an_account_and_in_depok_a_sheet(newest):
    assert {name: list(one.products) for name, one in newest.items()} == {
        "bogor": ["akun-aktif"],
        "depok": ["lembar-bukti-verifikasi", "akun-aktif"],
        "batang": ["akun-terverifikasi"],
    }
