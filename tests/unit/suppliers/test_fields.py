"""Every field of the registration at its limits, and how a refused page says what is wrong."""

import pytest
from django.urls import reverse

from loket.standards.queries import settings_of
from loket.suppliers.actions import answer
from loket.suppliers.forms import (
    BusinessForm,
    EmailForm,
    FollowUpForm,
    IdentityForm,
    tax_form,
)
from loket.suppliers.models import Supplier
from loket.suppliers.queries import registration_spec
from tests.factories.people import PASSWORD, person
from tests.factories.registering import (
    BUSINESS,
    IDENTITY,
    NIK,
    NPWP,
    browser_of,
    confirmed,
    filled_in,
    post,
    submitted,
)

pytestmark = pytest.mark.django_db
FOREIGN = BUSINESS | {"form_of_business": "asing"}
TAX = {"number": NPWP, "password": PASSWORD, "password_again": PASSWORD}


def page(name, office="kota-bogor"):
    return reverse(f"suppliers:{name}", args=[office])


def identity(*, is_foreign=False, **said):
    return IdentityForm(IDENTITY | said, questions={}, is_foreign=is_foreign)


def tax(office, business=BUSINESS, *, email="calon@pandan.example", **said):
    draft = confirmed(office, email)
    answer(draft, page="business", said=business)
    return tax_form(draft, data=TAX | said, rule=settings_of(office).password)


def refused(form):
    """The fields a form refuses, in its order."""
    return list(form.errors)


@pytest.mark.parametrize(
    "value",
    [
        "halo@pandan.example",
        "HALO@Pandan.Example",
        "  halo@pandan.example  ",
        "halo+loket@pandan.example",
        "h.a_l-o@sub.pandan.example",
        "o'neil@pandan.example",
        "1@pandan.example",
        "a" * 64 + "@pandan.example",
    ],
)
def test_address_of_this_shape_is_taken_as_it_is_written(value):
    form = EmailForm({"email": value})
    assert form.is_valid()
    assert form.cleaned_data["email"] == value.strip()


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "halo",
        "halo@",
        "@pandan.example",
        "halo@pandan",
        "halo@@pandan.example",
        "halo@pandan..example",
        "ha lo@pandan.example",
        "halo@pandan.example, lain@pandan.example",
        "halo@pandan.example\nBcc: lain@pandan.example",
        "Ratna <halo@pandan.example>",
        "halo@pandan.example\x00",
        "halo;lain@pandan.example",
        "a" * 300 + "@pandan.example",
        "halo@" + "a" * 250 + ".example",
    ],
)
def test_what_is_no_address_is_refused(value):
    assert refused(EmailForm({"email": value})) == ["email"]


@pytest.mark.parametrize(
    ("field", "longest"),
    [
        ("user_id", 40),
        ("name", 200),
        ("responsible_name", 120),
        ("address", 300),
    ],
)
def test_text_may_be_as_long_as_its_field_and_no_longer(field, longest):
    assert identity(**{field: "n" * longest}).is_valid()
    assert refused(identity(**{field: "n" * (longest + 1)})) == [field]


@pytest.mark.parametrize("field", [*IDENTITY])
def test_blanks_are_no_answer(field):
    for nothing in ("", "   ", "\t\n", "\u00a0"):
        assert refused(identity(**{field: nothing})) == [field]


@pytest.mark.parametrize("field", ["user_id", "address", "phone", "postal_code"])
def test_sign_that_no_table_holds_is_refused(field):
    assert refused(identity(**{field: "CV\x00 12345"})) == [field]


@pytest.mark.parametrize(
    "name",
    [
        "CV Tunas Pandan",
        "PT Çelik & Söhne",
        "UD Ma'mur Jaya – Cabang “Timur”",
        "株式会社パンダン",
        "شركة الباندان",
        "CV 100% <Asli>",
        "CV Tunas 🌱 Pandan",
        "I Gusti Ngurah Pandan, S.T., M.T.",
    ],
)
def test_name_of_any_writing_is_kept_letter_by_letter(bogor, name):
    draft = submitted(bogor, name=name, responsible_name=name)
    kept = Supplier.objects.get()
    assert (kept.name, kept.responsible_name) == (name, name)
    assert draft.ticket.applicant_name == name


def test_line_is_kept_without_what_nobody_sees():
    form = identity(name="  CV  Tunas\x00\u202e Pandan ", address=" Jalan\nCendana ")
    assert form.is_valid()
    assert form.cleaned_data["name"] == "CV Tunas Pandan"
    assert form.cleaned_data["address"] == "Jalan\nCendana"


def test_longest_answers_go_through_to_the_ticket(bogor):
    longest = {
        "user_id": "u" * 40,
        "name": "Ñ" * 200,
        "responsible_name": "é" * 120,
        "address": "ß" * 300,
        "phone": "+" + "6 " * 14 + "6",
    }
    browser = browser_of(filled_in(bogor))
    assert post(browser, page("identity"), IDENTITY | longest).url == page("review")
    assert post(browser, page("review"), {"consent": "on"}).status_code == 302
    kept = Supplier.objects.get()
    assert [len(each) for each in (kept.name, kept.address, kept.phone)] == [200, 300, 30]  # fmt: skip


@pytest.mark.parametrize(
    "phone",
    [
        "081200000177", "0812 0000 0177", "0812-0000-0177", "+62 812 0000 0177",
        "(0251) 000177", "0251/000177", "0251.000177", "000177", "+65 6000 0177",
    ],
)  # fmt: skip
def test_telephone_number_is_taken_as_people_write_it(phone):
    form = identity(phone=phone)
    assert form.is_valid()
    assert form.cleaned_data["phone"] == phone


@pytest.mark.parametrize(
    "phone",
    ["12345", "nol delapan", "0812abc00177", "++62812000177", "0812 0000 0177 ext 3",
     "-0812000177", "٠٨١٢٠٠٠٠٠١٧٧", "0" * 31],
)  # fmt: skip
def test_what_nobody_can_call_is_refused(phone):
    assert refused(identity(phone=phone)) == ["phone"]


@pytest.mark.parametrize("postal_code", ["10000", "16123", "49999", " 16123 "])
def test_postal_code_has_five_digits(postal_code):
    assert identity(postal_code=postal_code).is_valid()


@pytest.mark.parametrize(
    "postal_code",
    ["1612", "161234", "1612a", "16 123", "16-123", "１６１２３", "-1612"],
)
def test_other_postal_code_is_refused(postal_code):
    assert refused(identity(postal_code=postal_code)) == ["postal_code"]


@pytest.mark.parametrize(
    ("postal_code", "wrong"),
    [("SW1A 1AA", []), ("018989", []), ("1" * 12, []), ("1" * 13, ["postal_code"])],
)
def test_postal_code_abroad_has_any_shape_up_to_its_length(postal_code, wrong):
    assert refused(identity(is_foreign=True, postal_code=postal_code)) == wrong


@pytest.mark.parametrize("regency", ["32.71 ", "3271", "32", "32.00", "99.99", "Kota Bogor", "32.71.01"])  # fmt: skip
def test_regency_is_one_of_the_list(regency):
    assert refused(identity(regency=regency)) == ["regency"]


@pytest.mark.parametrize(
    "user_id",
    ["abcd", "ABCD", "1234", "a.b_c-d", "9Tunas", "a...", "tunas-pandan_2026.id"],
)
def test_user_id_of_this_shape_is_taken_as_it_is_written(user_id):
    form = identity(user_id=user_id)
    assert form.is_valid()
    assert form.cleaned_data["user_id"] == user_id


@pytest.mark.parametrize(
    "user_id",
    ["abc", ".abcd", "-abcd", "_abcd", "ab cd", "ab@cd", "ab/cd", "tunás", "тунас",
     "abcd<b>", "abcd\n1", "ab%20cd", "ab+cd"],
)  # fmt: skip
def test_other_user_id_is_refused(user_id):
    assert refused(identity(user_id=user_id)) == ["user_id"]


@pytest.mark.parametrize("user_id", ["tunaspandan", "TUNASPANDAN", "tunasPANDAN", " TunasPandan "])  # fmt: skip
def test_user_id_is_taken_in_any_capitals(user_id):
    person(user_id="TunasPandan")
    assert refused(identity(user_id=user_id)) == ["user_id"]


@pytest.mark.parametrize("nik", [NIK, f" {NIK} ", "3276-0155-0895-0003", "3276.0155.0895.0003"])  # fmt: skip
def test_nik_is_read_in_any_spelling(nik):
    form = identity(nik=nik)
    assert form.is_valid()
    assert form.cleaned_data["nik"] == NIK


@pytest.mark.parametrize(
    "nik",
    [NIK[:-1], NIK + "1", "O" + NIK[1:], "٣" + NIK[1:], "0" * 16, NIK[:12] + "0000",
     "3276013208950003", "1" * 31],
)  # fmt: skip
def test_impossible_nik_is_refused_without_repeating_it(nik):
    form = identity(nik=nik)
    assert refused(form) == ["nik"]
    assert nik not in str(form.errors.as_data())


@pytest.mark.parametrize(
    ("password", "is_taken"),
    [
        (PASSWORD, True),
        ("Kunci Pandan 27!", True),
        ("  Kunci-Pandan-27", True),
        ("Ünci-Påndan-2711", True),
        ("Ku-27🌱pandanwangi", True),
        ("Kp-" + "x7Qz" * 17 + "!", True),
        ("Kun-Pa27x", False),
        ("kunci-pandan-27", False),
        ("KUNCI-PANDAN-27", False),
        ("Kunci-Pandan-xy", False),
        ("KunciPandan2711", False),
        ("Kunci Pandan 27", False),
        ("Aaaaaaaaa-1", False),
        ("Calon@pandan.example1", False),
    ],
)
def test_password_meets_the_rule_of_its_office(bogor, password, is_taken):
    form = tax(bogor, password=password, password_again=password)
    assert refused(form) == ([] if is_taken else ["password"])


def test_password_keeps_its_spaces(bogor):
    said = "  Kunci-Pandan-27 "
    form = tax(bogor, password=said, password_again=said)
    assert (form.is_valid(), form.cleaned_data["password"]) == (True, said)


@pytest.mark.parametrize("again", ["", "kunci-pandan-27", f"{PASSWORD} ", PASSWORD[:-1]])  # fmt: skip
def test_repetition_differs_by_a_single_sign(bogor, again):
    assert refused(tax(bogor, password_again=again)) == ["password_again"]


@pytest.mark.parametrize(
    "number",
    [NPWP[:-1], f"{NPWP}12", "80123456840400A", "811234568404000", "0" * 15, "", "1" * 41],
)  # fmt: skip
def test_impossible_npwp_is_refused(bogor, number):
    assert refused(tax(bogor, number=number)) == ["number"]


@pytest.mark.parametrize(
    ("country", "kept"), [("SG", "SG"), ("jp", "JP"), (" nl ", "NL"), ("Us", "US")]
)
def test_country_is_two_letters_in_any_capitals(bogor, country, kept):
    form = tax(bogor, FOREIGN, country=country, number="T26LL0042K")
    assert form.is_valid()
    assert form.cleaned_data["country"] == kept


@pytest.mark.parametrize("country", ["", "S", "SGP", "id", "ID", "12", "S1", "ÄÖ", "65"])  # fmt: skip
def test_country_is_named_and_not_indonesia(bogor, country):
    assert refused(tax(bogor, FOREIGN, country=country, number="T26")) == ["country"]


@pytest.mark.parametrize("number", ["", "-", "...", "T" * 41])
def test_foreign_number_has_letters_or_digits(bogor, number):
    assert refused(tax(bogor, FOREIGN, country="SG", number=number)) == ["number"]


@pytest.mark.parametrize("field", ["form_of_business", "branch_kind"])
@pytest.mark.parametrize("value", ["", "tiada", "CV", "<b>"])
def test_business_is_chosen_from_the_lists(bogor, field, value):
    form = BusinessForm(BUSINESS | {field: value}, spec=registration_spec(bogor))
    assert refused(form) == [field]


@pytest.mark.parametrize(("signs", "wrong"), [(500, []), (501, ["note"])])
def test_note_of_the_follow_up_has_its_length(signs, wrong):
    assert refused(FollowUpForm({"result": "waived", "note": "n" * signs})) == wrong
