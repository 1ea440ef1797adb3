"""What each page of the registration accepts, and the sentence for what it does not."""

from typing import get_args

import pytest

from loket.offices.registers import provinces, regencies
from loket.standards.pack.standard import FormCode
from loket.standards.queries import settings_of
from loket.suppliers.actions import answer
from loket.suppliers.forms import (
    BusinessForm,
    EmailForm,
    IdentityForm,
    tax_form,
)
from loket.suppliers.forms.address import POSTAL_ZONES, regions
from loket.suppliers.models import FormOfBusiness
from loket.suppliers.queries import registration_spec, tax_identity
from tests.factories.people import PASSWORD, person
from tests.factories.registering import (
    BUSINESS,
    EMAIL,
    IDENTITY,
    NIK,
    NPWP,
    confirmed,
    filled_in,
    send,
    submitted,
)

pytestmark = pytest.mark.django_db
BRANCH = f"0{NPWP}000001"


def wrong(form):
    """The messages of a form by field, as sentences."""
    return {
        name: [str(each) for each in errors] for name, errors in form.errors.items()
    }


def tax(office, business=BUSINESS, **said):
    draft = confirmed(office, "calon@pandan.example")
    answer(draft, page="business", said=business)
    data = {"number": NPWP, "password": PASSWORD, "password_again": PASSWORD} | said
    return tax_form(draft, data=data, rule=settings_of(office).password)


def identity(*, questions=None, is_foreign=False, **said):
    return IdentityForm(
        IDENTITY | said, questions=questions or {}, is_foreign=is_foreign
    )


def test_email_must_be_one():
    assert EmailForm({"email": EMAIL}).is_valid()
    assert list(wrong(EmailForm({"email": "halo"}))) == ["email"]


def test_kinds_of_applicant_are_those_of_the_office(bogor, depok):
    for office in (bogor, depok):
        spec = registration_spec(office)
        offered = BusinessForm(spec=spec).fields["form_of_business"].choices
        assert offered == [
            (kind.title.id, [(form, FormOfBusiness(form).label) for form in kind.forms])
            for kind in spec.applicants.values()
        ]


@pytest.mark.parametrize(
    ("form", "kind"),
    [("cv", "badan-usaha"), ("ud", "perseorangan"), ("tenaga", "konsultan"), ("pt_perorangan", "perusahaan-perorangan")],
)  # fmt: skip
def test_form_of_business_decides_the_kind_of_applicant(depok, form, kind):
    said = BUSINESS | {"form_of_business": form, "applicant_kind": "konsultan"}
    chosen = BusinessForm(said, spec=registration_spec(depok))
    assert (chosen.is_valid(), chosen.cleaned_data["applicant_kind"]) == (True, kind)


def test_form_of_business_the_office_does_not_serve_is_refused(depok):
    said = BUSINESS | {"form_of_business": "asing"}
    assert wrong(BusinessForm(said, spec=registration_spec(depok))) == {
        "form_of_business": [
            "Kantor ini tidak melayani bentuk usaha itu. Pilih salah satu di bawah."
        ]
    }


@pytest.mark.parametrize("form", ["perorangan", "konsultan", "asing"])
def test_only_a_business_of_indonesia_has_a_branch(bogor, form):
    said = {"form_of_business": form, "branch_kind": "branch"}
    assert wrong(BusinessForm(said, spec=registration_spec(bogor))) == {
        "branch_kind": ["Hanya badan usaha Indonesia punya cabang. Pilih kantor pusat."]
    }


def test_packs_and_suppliers_know_the_same_forms_of_business():
    assert sorted(get_args(FormCode)) == sorted(FormOfBusiness.values)


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("halo @pandan.example", "Hapus spasi di dalam alamat e-mail."),
        ("halo@pandan,example", "Ganti koma di dalam alamat e-mail dengan titik."),
        ("halo.pandan.example", "Tulis alamat e-mail yang lengkap, dengan tanda @."),
    ],
)
def test_mistake_in_an_address_is_named(typed, advice):
    assert wrong(EmailForm({"email": typed})) == {"email": [advice]}


def test_number_is_read_in_any_spelling(bogor):
    form = tax(bogor, number="80.123.456.8-404.000")
    assert form.is_valid()
    assert form.cleaned_data == {"number": NPWP, "password": PASSWORD}


def test_registered_number_is_refused_without_telling_whose_it_is(bogor):
    submitted(bogor)
    form = tax(bogor, number=f"0{NPWP}")
    (message,) = wrong(form)["number"]
    assert message == (
        "Nomor ini sudah terdaftar. Bila itu usaha Anda, masuk dengan akunnya"
        " atau hubungi kantor ini."
    )


def test_branch_needs_the_number_of_a_branch(bogor):
    branch = BUSINESS | {"branch_kind": "branch"}
    assert wrong(tax(bogor, branch)) == {
        "number": ["Ini nomor kantor pusat. Tulis NITKU kantor cabang, 22 angka."]
    }
    assert tax(bogor, branch, number=BRANCH).is_valid()


def test_head_office_needs_the_number_of_a_head_office(bogor):
    assert wrong(tax(bogor, number=BRANCH)) == {
        "number": ["Ini nomor kantor cabang. Tulis NPWP kantor pusat."]
    }


def test_foreign_company_is_asked_for_country_and_number(bogor):
    foreign = BUSINESS | {"form_of_business": "asing"}
    form = tax(bogor, foreign, country="sg", number="T26-LL 0042K")
    assert form.is_valid()
    assert (form.cleaned_data["country"], form.cleaned_data["number"]) == (
        "SG",
        "T26LL0042K",
    )
    assert list(form.fields) == ["country", "number", "password", "password_again"]


def test_foreign_company_is_not_of_indonesia_and_has_a_number(bogor):
    foreign = BUSINESS | {"form_of_business": "asing"}
    assert list(wrong(tax(bogor, foreign, country="ID", number="T1"))) == ["country"]
    assert list(wrong(tax(bogor, foreign, country="SG", number="--"))) == ["number"]


def test_foreign_number_is_held_once(bogor):
    foreign = BUSINESS | {"form_of_business": "asing"}
    draft = filled_in(bogor, "lain@pandan.example", business=foreign)
    answer(draft, page="tax", said={"country": "SG", "number": "T26"})
    send(draft)
    assert list(wrong(tax(bogor, foreign, country="SG", number="T-26"))) == ["number"]
    assert tax(bogor, foreign, country="JP", number="T-26").is_valid()


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("kunci-pandan-27", "Kata sandi ini belum memuat huruf besar."),
        ("KUNCI-PANDAN-27", "Kata sandi ini belum memuat huruf kecil."),
        ("Kunci-Pandan-xy", "Kata sandi ini belum memuat angka."),
        ("KunciPandan27", "Kata sandi ini belum memuat karakter khusus."),
        (
            "kuncipandan",
            "Kata sandi ini belum memuat huruf besar, angka, karakter khusus.",
        ),
        (
            "Password-1234",
            "Bagian dari kata sandi ini sering dipakai orang. Ganti dengan kata lain.",
        ),
    ],
)
def test_password_follows_the_rule_of_the_office(bogor, password, message):
    form = tax(bogor, password=password, password_again=password)
    assert (list(wrong(form)), wrong(form)["password"][0]) == (["password"], message)


def test_short_password_is_refused(bogor):
    assert list(wrong(tax(bogor, password="Xq7-bz", password_again="Xq7-bz"))) == [
        "password"
    ]


def test_password_longer_than_the_meter_reads_is_refused(bogor):
    long = "Kunci-27" * 10
    assert "password" in wrong(tax(bogor, password=long, password_again=long))


def test_own_address_is_no_password(bogor):
    guess = "Calon@pandan.example1"
    form = tax(bogor, password=guess, password_again=guess)
    assert list(wrong(form)) == ["password"]


def test_password_is_repeated_alike(bogor):
    form = tax(bogor, password_again="Kunci-Pandan")
    assert wrong(form) == {
        "password_again": ["Ulangi kata sandi dengan tulisan yang sama"]
    }


def test_password_may_stay_empty_once_it_is_chosen(bogor):
    draft = confirmed(bogor)
    answer(draft, page="business", said=BUSINESS)
    answer(draft, page="tax", said={"number": NPWP, "password": PASSWORD})
    rule = settings_of(bogor).password
    assert tax_form(draft, data={"number": NPWP}, rule=rule).is_valid()


def test_looking_a_number_up_leaves_the_password_alone(bogor):
    form = tax(bogor, password="x", password_again="y")
    form.ask_no_password()
    assert form.is_valid()
    assert form.cleaned_data == {"number": NPWP, "password": ""}


def test_identity_is_read_as_it_will_be_kept():
    form = identity(nik="3276 0155 0895 0003")
    assert form.is_valid()
    assert form.cleaned_data == IDENTITY | {"nik": NIK, "pkp_number": "", "facts": []}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("user_id", "abc"),
        ("user_id", "dua kata"),
        ("user_id", "halo@pandan.example"),
        ("nik", "327601550895000"),
        ("postal_code", "1612"),
        ("phone", "nol delapan"),
        ("regency", "99.99"),
        ("address", ""),
        ("name", " "),
    ],
)
def test_identity_names_the_field_that_is_wrong(field, value):
    assert list(wrong(identity(**{field: value}))) == [field]


def test_user_id_in_other_capitals_is_taken():
    person(user_id="TunasPandan")
    assert wrong(identity()) == {
        "user_id": ["User ID ini sudah dipakai. Pilih yang lain."]
    }


def test_every_regency_stands_below_its_province():
    grouped = regions()
    assert len(grouped) == 38
    listed = {code for _province, places in grouped for code, _name in places}
    assert listed == set(regencies())


def test_office_asks_what_decides_its_checklist(depok):
    questions = registration_spec(depok).facts_for("badan-usaha")
    assert list(wrong(identity(questions=questions))) == ["pkp"]
    form = identity(questions=questions, pkp="yes")
    assert form.is_valid()
    assert form.cleaned_data["facts"] == ["pkp"]


def test_answered_question_is_shown_again(depok):
    questions = registration_spec(depok).facts_for("badan-usaha")
    shown = [
        IdentityForm(initial={"facts": facts}, questions=questions, is_foreign=False)
        for facts in (["pkp"], [])
    ]
    assert [form["pkp"].value() for form in shown] == ["yes", "no"]


def test_foreign_company_has_no_nik_and_no_region_here():
    form = identity(is_foreign=True, postal_code="SW1A 1AA")
    assert form.is_valid()
    said = form.cleaned_data
    assert ("regency" in said, said["identity_document"], said["nik"]) == (False, "paspor", NIK)  # fmt: skip


@pytest.mark.parametrize(
    ("document", "number", "kept"),
    [
        ("ktp", "3276 0155 0895 0003", NIK),
        ("kitas", "2c1-1je 0042-t", "2C11JE0042T"),
        ("kitap", "2D41AF0007", "2D41AF0007"),
    ],
)
def test_each_document_of_identity_has_its_number(document, number, kept):
    form = identity(identity_document=document, nik=number)
    assert (form.errors, form.cleaned_data["nik"]) == ({}, kept)


@pytest.mark.parametrize(
    ("document", "number", "advice"),
    [
        ("ktp", NPWP, "Ini NPWP. Tulis NIK, 16 angka pada KTP."),
        ("ktp", f"0{NPWP}", "Ini NPWP. Tulis NIK, 16 angka pada KTP."),
        (
            "ktp",
            "2C11JE0042T",
            "NIK hanya berisi angka, titik, dan tanda hubung. Hapus tanda lainnya.",
        ),
        (
            "kitas",
            "ABCDEF",
            (
                "Nomor kartu terdiri atas 5 sampai 20 huruf dan angka, sedikitnya satu angka. "
                "Salin lagi dari kartu atau paspor."
            ),
        ),
    ],
)
def test_wrong_number_of_identity_is_answered_with_advice(document, number, advice):
    assert wrong(identity(identity_document=document, nik=number)) == {"nik": [advice]}


def test_passport_is_no_document_of_a_resident():
    assert list(wrong(identity(identity_document="paspor"))) == ["identity_document"]


def test_owner_writes_the_nik_only_once(bogor):
    owner = {"form_of_business": "perorangan", "branch_kind": "head"}
    form = tax(bogor, owner, number=NIK)
    assert form.is_valid()
    again = IdentityForm(questions={}, is_foreign=False, own_nik=NIK)
    assert again["nik"].value() == NIK
    other = IdentityForm(IDENTITY | {"nik": "3276015508950004"}, questions={}, is_foreign=False, own_nik=NIK)  # fmt: skip
    assert wrong(other) == {
        "nik": [
            "NIK ini berbeda dari NIK yang Anda tulis sebagai NPWP. Periksa keduanya."
        ]
    }


def test_nik_is_no_tax_number_of_a_company(bogor):
    assert wrong(tax(bogor, number=NIK)) == {
        "number": [
            "Ini NIK seseorang. Tulis NPWP badan usaha, 16 angka yang biasanya diawali 0."
        ]
    }


def test_number_of_an_unknown_series_is_taken_to_be_checked(bogor):
    form = tax(bogor, number="1000000000123456")
    assert form.is_valid()
    assert tax_identity(form.cleaned_data["number"]).needs_check is True


@pytest.mark.parametrize(
    ("field", "typed", "advice"),
    [
        ("user_id", EMAIL, "User ID bukan alamat e-mail. Pilih nama pendek tanpa tanda @."),
        ("regency", "", "Pilih kabupaten atau kota. Bila kosong, data Anda ditolak saat agregasi INAPROC."),
        ("postal_code", "60123", "Kode pos ini bukan dari Jawa Barat. Periksa kode pos, atau kabupaten dan kotanya."),
        ("postal_code", "1612", "Kode pos terdiri atas 5 angka."),
        ("phone", "0812 0000 0177 (Ratna)", "Hapus huruf dari nomor telepon. Tulis satu nomor, misalnya 0812 0000 0177."),
        ("phone", "0812 0000 0177 0812 0000", "Tulis nomor telepon dengan angka, misalnya 0812 0000 0177."),
    ],
)  # fmt: skip
def test_known_mistake_is_answered_with_advice(field, typed, advice):
    assert wrong(identity(**{field: typed})) == {field: [advice]}


def test_every_province_has_its_postal_codes():
    assert set(POSTAL_ZONES) == set(provinces())
