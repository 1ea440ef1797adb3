"""What the services beside registration differ in, or print twice (C9-C12, C18, C20-C22, C24, C25)."""

import pytest
from django.urls import reverse

from loket.requests.actions import Asked, submit
from loket.requests.queries import ways_to_ask
from loket.standards.pack import check
from loket.standards.queries import in_force, spec_of
from loket.tickets.queries import asked_documents
from loket.tickets.queries.intake import offers
from loket.tickets.queries.words import step_of
from loket.tickets.steps import kind_of
from tests.factories.asking import moved_to, official, supplier, typed
from tests.factories.people import again, officer, person
from tests.factories.registering import post
from tests.flows.contradictions.walks import BATANG, BOGOR, DEPOK, words
from tests.flows.story import text_of
from tests.unit.standards.pack.conftest import PACKS

OWN = "isian_"  # how fields of a standard are named on a form
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def page(slug, code):
    return f"/kantor/{slug}/layanan/{code}/"


def spec(office, code):
    return spec_of(in_force(office, code).pk)


def way_of(office, code, *, form="pt"):
    """Somebody who may ask for it, and as whom."""
    found = spec(office, code)
    user = official(office) if found.audience == "official" else person("Sekar Lintang")
    if found.audience != "official":
        supplier(user, form=form)
    return user, ways_to_ask(user, office, found)[0]


def asked(office, code, **said):
    """A request of it, by the first way."""
    user, way = way_of(office, code)
    standard = in_force(office, code)
    route = spec(office, code).open_routes[0]
    return submit(standard, Asked(way, route, (), said), by=again(user))


def form_of(client, office, code):
    """The form its applicant fills in."""
    user, way = way_of(office, code)
    client.force_login(user)
    address = reverse("requests:ask", args=[office.slug, code])
    return client.get(f"{address}?sebagai={way.code}").context["form"]


def asks(form):
    """The fields of the standard that the form has."""
    return {name.removeprefix(OWN) for name in form.fields if name.startswith(OWN)}


def notes(slug):
    """What `pack check` prints about an office's contradictions."""
    return [each.message for each in check([PACKS / slug]) if each.severity == "note"]


@pytest.mark.parametrize(
    ("slug", "code", "ways"),
    [
        (BOGOR, "konsultasi", {"counter", "phone", "whatsapp", "email"}),
        (BOGOR, "perubahan-data", {"counter"}),
        (DEPOK, "penanganan-masalah", {"counter", "phone", "whatsapp", "email", "lpse_support"}),
        (DEPOK, "akun-pejabat", {"counter", "whatsapp", "email"}),
        (DEPOK, "ruang-bidding", {"counter"}),
    ],
)  # fmt: skip
def test_c9_officers_take_in_what_comes_by_the_ways_of_the_paper(packs, slug, code, ways):  # fmt: skip
    offered = {each.standard.service.code: each for each in offers(packs[slug])}
    assert {*offered[code].channels} == ways


@pytest.mark.parametrize(("slug", "code"), [(BOGOR, "konsultasi"), (DEPOK, "ruang-bidding")])  # fmt: skip
def test_c9_applicants_fill_the_same_form_themselves(client, packs, slug, code):
    kind = next(iter(spec(packs[slug], code).applicants))
    fields = spec(packs[slug], code).fields_for(kind)
    assert asks(form_of(client, packs[slug], code)) == {*fields}
    assert "Ajukan permohonan" in text_of(client.get(page(slug, code)))


def test_c10_consultation_needs_its_own_form_and_no_document(client, bogor):
    form = form_of(client, bogor, "konsultasi")
    assert asks(form) == {"topik", "pertanyaan"}
    assert spec(bogor, "konsultasi").documents_for("penyedia", set()) == []
    booking = next(one for one in spec(bogor, "konsultasi").procedure if one.code == "booking")  # fmt: skip
    assert booking.optional


def test_c11_bogor_wants_a_letter_and_depok_a_form_and_more(bogor, depok):
    said = {"data_diubah": ["alamat"], "alamat_baru": "Jalan Kenanga 21"}
    here = asked(bogor, "perubahan-data", **said)
    letters = [each.code for each in asked_documents(here) if each.requirement.template]
    assert letters == ["surat-permohonan"]
    kinds = [
        {*spec(office, "perubahan-data").fields_for("badan-usaha")[name].choices}
        for office, name in ((bogor, "data_diubah"), (depok, "data"))
    ]
    assert [sorted(each) for each in kinds] == [
        ["alamat", "email", "nama", "npwp"],
        ["alamat", "email", "lain", "npwp", "pkp", "telepon"],
    ]


def test_c11_the_supplier_of_depok_changes_sikap_before(main):
    told = [main(page(slug, "perubahan-data")) for slug in (BOGOR, DEPOK)]
    assert ["Mengubah data sendiri di SIKaP" in each for each in told] == [False, True]


def test_c12_only_bogor_prints_how_much_the_stamp_costs(main):
    told = [main(page(slug, "perubahan-data")) for slug in (BOGOR, DEPOK)]
    assert ["bermeterai" in each.lower() for each in told] == [True, True]
    assert ["Rp10.000" in each for each in told] == [True, False]


def test_c12_no_letter_of_batang_bears_a_stamp(batang):
    found = spec(batang, "registrasi-verifikasi").requirements.values()
    assert [one.meterai for one in found if one.meterai] == []


@pytest.mark.parametrize("code", ["informasi-user-id", "konsultasi"])
def test_c18_what_one_office_lists_apart_another_does_not(read, code):
    read(page(BOGOR, code))
    read(page(DEPOK, code), status=404)
    read(page(BATANG, code), status=404)


def test_c18_depok_advises_as_part_of_problem_handling(depok):
    steps = [one.kind for one in spec(depok, "penanganan-masalah").procedure]
    assert "explain" in steps


def test_c20_each_service_prints_the_competence_of_its_own_paper(main):
    levels = {"akun-pejabat": "D3", "perubahan-akun": "S1"}
    for code, level in levels.items():
        told = main(page(DEPOK, code) + "standar/1/").split("Admin Agency")
        assert any(each.strip(" :").startswith(f"paling rendah {level};") for each in told)  # fmt: skip
    assert sum("Kompetensi (C20)" in each for each in notes(DEPOK)) == 2


def test_c21_lkpp_comes_first_and_bssn_with_its_own_number(depok):
    ticket = asked(depok, "uji-forensik", kode_tender="9012077", paket="Jembatan", aplikasi="Apendo 5", gejala="Galat.")  # fmt: skip
    offered = {}
    for code in ("eskalasi", "eskalasi-bssn"):
        moved_to(ticket, code)
        form = kind_of(step_of(ticket, code)).form(ticket, step_of(ticket, code))
        offered[code] = [name for _code, name in form.fields["party"].choices]
    assert offered == {"eskalasi": ["LKPP"], "eskalasi-bssn": ["BSSN"]}
    assert any("Tujuan (C21)" in each for each in notes(DEPOK))


def test_c22_bogor_wants_a_letter_and_depok_only_for_a_scheduled_one(bogor, depok):
    asked_for = spec(bogor, "pelatihan").documents_for("badan-usaha", set())
    assert [code for code, _one in asked_for] == ["surat-permohonan"]
    found = spec(depok, "pelatihan")
    wanted = [[code for code, _one in found.documents_for("penyedia", facts)] for facts in (set(), {"terjadwal"})]  # fmt: skip
    assert wanted == [[], ["surat-permohonan"]]
    assert len(found.fields_for("penyedia")["cara"].choices) == 3
    assert any("Cara pelatihan (C22)" in each for each in notes(DEPOK))


def test_c24_visitors_show_the_number_they_have(client, depok):
    form = form_of(client, depok, "ruang-bidding")
    assert asks(form) & {"nik", "nip"} == {"nik"}
    user = official(depok)
    client.force_login(user)
    address = reverse("requests:ask", args=[DEPOK, "ruang-bidding"])
    form = client.get(f"{address}?sebagai=pejabat").context["form"]
    assert asks(form) & {"nik", "nip"} == {"nip"}
    wrong = typed(form) | {f"{OWN}nip": "1985"}
    answered = post(client, f"{address}?sebagai=pejabat", wrong)
    assert [*answered.context["form"].errors] == [f"{OWN}nip"]


def test_c25_help_comes_before_the_leaving_is_noted(read, client, depok):
    steps = words(text_of(client.get(page(DEPOK, "pendampingan-upload"))))
    helped, left = (steps.index(each) for each in ("Mendampingi pemasukan penawaran", "Mencatat waktu keluar"))  # fmt: skip
    assert helped < left
    helpdesk = officer(depok, "helpdesk")
    ticket = moved_to(asked(depok, "pendampingan-upload", kode_tender="9012077"), "dampingi")  # fmt: skip
    step = step_of(ticket, "dampingi")
    kind_of(step).complete(ticket, step, by=again(helpdesk), body="Sudah didampingi.")
    ticket.refresh_from_db()
    assert (ticket.step, ticket.is_open) == ("keluar", True)
