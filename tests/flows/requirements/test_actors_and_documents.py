"""A1-A7 and D1-D14: whoever may register comes through the pages of each office and is asked its printed papers."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from loket.standards.pack import check, format_problem
from loket.standards.queries import in_force, spec_of
from loket.suppliers.models import FormOfBusiness, Supplier
from loket.tickets.models import Document, Ticket
from tests.factories.papers import pdf
from tests.factories.people import PASSWORD
from tests.factories.registering import (
    IDENTITY,
    NIK,
    NPWP,
    browser_of,
    confirmed,
    post,
    submitted,
)
from tests.factories.tickets import SERVICE
from tests.flows.contradictions.test_papers import PRINTED
from tests.flows.contradictions.walks import (
    BATANG,
    BOGOR,
    DEPOK,
    OFFICES,
    checklist,
    words,
)
from tests.flows.story import text_of
from tests.unit.portal.reading import service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
COMPANIES = ("pt", "cv", "firma", "koperasi", "yayasan", "blu", "bumdesa", "lain")
PEOPLE = ("perorangan", "ud", "pd")
HIRED = ("konsultan", "tenaga")
# As what each form of business registers at each office; a foreign company in Bogor only (A5, C2)
KINDS = {
    **{(slug, form): "badan-usaha" for slug in OFFICES for form in COMPANIES},
    **{(slug, "pt_perorangan"): "badan-usaha" for slug in (BOGOR, BATANG)},
    **{(slug, form): "perorangan" for slug in (BOGOR, BATANG) for form in (*PEOPLE, *HIRED)},
    **{(DEPOK, form): "perseorangan" for form in PEOPLE},
    **{(DEPOK, form): "konsultan" for form in HIRED},
    (DEPOK, "pt_perorangan"): "perusahaan-perorangan",
    (BOGOR, "asing"): "perusahaan-asing",
}  # fmt: skip
ABROAD = {"country": "SG", "number": "T08GB0001A"}
ADVISED = {
    "badan-usaha": ["Izin usaha sesuai bidangnya", "Akta perusahaan"],
    "perorangan": ["Surat setor pajak"],
    "perusahaan-asing": ["Izin usaha sesuai bidangnya", "Akta perusahaan"],
}
NITKU = "0801234568404000" + "000012"


def through_the_pages(office, form, *, branch="head", tax=None, **identity):
    """From the confirmed link to the ticket, as a browser does it; every question answered with yes."""
    browser = browser_of(confirmed(office))
    spec = spec_of(in_force(office, SERVICE).pk)
    facts = dict.fromkeys(spec.facts_for(spec.kind_of(form)), "yes")
    pages = {
        "usaha": {"form_of_business": form, "branch_kind": branch},
        "npwp": {"password": PASSWORD, "password_again": PASSWORD, **(tax or {"number": NPWP})},
        "identitas": IDENTITY | facts | identity,
        "tinjau": {"consent": "on"},
    }  # fmt: skip
    for page, said in pages.items():
        answered = post(browser, f"/kantor/{office.slug}/daftar/{page}/", said)
        assert answered.status_code == 302, text_of(answered)
    return Ticket.objects.latest("pk"), text_of(browser.get(answered["Location"]))


def test_every_form_of_business_is_tried_where_a_pack_takes_it(packs):
    taken = {
        (slug, form)
        for slug in OFFICES
        for kind in spec_of(in_force(packs[slug], SERVICE).pk).applicants.values()
        for form in kind.forms
    }
    assert (taken, {form for _slug, form in taken}) == (set(KINDS), set(FormOfBusiness.values))  # fmt: skip


@pytest.mark.parametrize(("slug", "form"), KINDS)
def test_a1_to_a5_each_kind_registers_and_is_asked_its_papers(packs, slug, form):
    kind = KINDS[slug, form]
    how = {"tax": ABROAD, "nik": "E1234567"} if form == "asing" else {}
    ticket, shown = through_the_pages(packs[slug], form, **how)
    spec = spec_of(ticket.standard_id)
    titles = [spec.requirements[code].title.id for code in PRINTED[slug, kind]]
    assert (ticket.applicant_kind, checklist(ticket)) == (kind, PRINTED[slug, kind])
    advised = ADVISED[kind] if slug == BOGOR else []
    assert [title for title in titles + advised if title not in shown] == []


def test_d3_foreign_company_needs_no_npwp_and_no_kswp(bogor):
    ticket, _shown = through_the_pages(bogor, "asing", tax=ABROAD, nik="E1234567")
    supplier = Supplier.objects.get()
    assert (supplier.country, supplier.regency, supplier.identity_document) == ("SG", "", "paspor")  # fmt: skip
    spec = spec_of(ticket.standard_id)
    assert [spec.is_checked("perusahaan-asing", kind) for kind in ("npwp", "kswp")] == [False, False]  # fmt: skip


def test_branch_registers_beside_its_head_office(bogor):
    submitted(bogor, "pusat@pandan.example", user_id="pusat")
    ticket, _shown = through_the_pages(bogor, "pt", branch="branch", tax={"number": NITKU})  # fmt: skip
    kinds = Supplier.objects.order_by("pk").values_list("branch_kind", flat=True)
    assert (list(kinds), ticket.applicant_kind) == (["head", "branch"], "badan-usaha")


@pytest.mark.parametrize("number", [NPWP, f"0{NPWP}", NIK])
def test_a2_owner_registers_with_any_of_his_numbers(bogor, number):
    ticket, _shown = through_the_pages(bogor, "perorangan", tax={"number": number})
    assert ticket.applicant_kind == "perorangan"


def test_d9_proxy_papers_are_asked_beside_those_of_the_kind(depok):
    spec = spec_of(in_force(depok, SERVICE).pk)
    proxy = {code: (one.meterai, one.signed, one.stamped) for code, one in spec.proxy_documents()}  # fmt: skip
    assert proxy == {"surat-kuasa": (True, True, True), "ktp-kuasa": (False, False, False)}  # fmt: skip


@pytest.mark.parametrize("slug", [BOGOR, BATANG])
def test_a6_nobody_else_brings_papers_where_the_owner_must_come(packs, slug):
    assert spec_of(in_force(packs[slug], SERVICE).pk).proxy_documents() == []


def test_d12_text_of_spse_is_noted_against_the_standard():
    lines = [format_problem(each) for each in check([settings.PACKS_DIR / BOGOR])]
    assert sum("Berkas perorangan (D12)" in line for line in lines) == 1


@pytest.mark.parametrize("kind", ["badan-usaha", "perorangan", "perusahaan-asing"])
def test_d13_scans_of_the_same_papers_are_taken_online_as_pdf(client, bogor, kind):
    from_form = {"badan-usaha": "cv", "perorangan": "ud", "perusahaan-asing": "asing"}
    how = {"tax": ABROAD, "nik": "E1234567"} if kind == "perusahaan-asing" else {}
    ticket, _shown = through_the_pages(bogor, from_form[kind], **how)
    client.force_login(ticket.parties.get().user)
    for code in PRINTED[BOGOR, kind]:
        data = {"file": uploaded(code)}
        assert post(client, f"/tiket/{ticket.number}/berkas/{code}/", data).status_code == 302  # fmt: skip
    assert Document.objects.count() == len(PRINTED[BOGOR, kind])


def uploaded(code):
    return SimpleUploadedFile(f"{code}.pdf", pdf(), "application/pdf")


def test_d14_published_sop_names_the_records_that_are_kept(client, packs):
    text = words(text_of(client.get(service(BATANG, "standar/1/"))))
    kept = ("Fotokopi KTP dan NPWP", "Foto atau tangkapan layar kegiatan verifikasi daring")  # fmt: skip
    assert [line for line in kept if line not in text] == []
