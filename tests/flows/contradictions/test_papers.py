"""Who may apply, in person or by proxy, and with which papers in which form (C1-C4, D1-D11)."""

import pytest

from loket.kernel import clock
from loket.standards.queries import in_force, spec_of
from tests.factories.registering import BUSINESS, browser_of, confirmed, post
from tests.factories.tickets import SERVICE, registration
from tests.flows.contradictions.walks import (
    BATANG,
    BOGOR,
    DEPOK,
    OFFICES,
    checklist,
    wib,
    words,
)
from tests.unit.portal.reading import service
from tests.unit.ui.pages import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
FIRST_VERSION = wib("2021-02-26 11:00")  # the last working day of Bogor's version 1

KINDS = {
    BOGOR: ["badan-usaha", "perorangan", "perusahaan-asing"],
    DEPOK: ["badan-usaha", "perseorangan", "konsultan", "perusahaan-perorangan"],
    BATANG: ["badan-usaha", "perorangan"],
}
BOTH, ORIGINAL, UNSAID = ("original", "copy"), ("original",), ()
DEPOK_COMMON = {"surat-pernyataan": UNSAID, "ktp": BOTH}
DEPOK_TAIL = {"skt": BOTH, "sppkp": BOTH}

# The printed tables of the offices with every "if there is one" answered yes.
PRINTED = {
    (BOGOR, "badan-usaha"): {"ktp-pimpinan": ORIGINAL, "npwp-perusahaan": ORIGINAL},
    (BOGOR, "perorangan"): {"ktp-pemilik": ORIGINAL, "npwp-pemilik": ORIGINAL},
    (BOGOR, "perusahaan-asing"): {
        "akta-pendirian-asing": ORIGINAL, "identitas-pajak-asing": ORIGINAL,
    },
    (DEPOK, "badan-usaha"): {
        **DEPOK_COMMON, "npwp-usaha": BOTH, "nib": UNSAID, "akta": UNSAID, **DEPOK_TAIL,
    },
    (DEPOK, "perseorangan"): {**DEPOK_COMMON, "npwp-pribadi": BOTH, "nib": UNSAID},
    (DEPOK, "konsultan"): {
        **DEPOK_COMMON, "npwp-pribadi": BOTH, "ijazah": BOTH, "nib": UNSAID,
        "sertifikat-keahlian": BOTH,
    },
    (DEPOK, "perusahaan-perorangan"): {
        **DEPOK_COMMON, "npwp-usaha": BOTH, "nib": UNSAID, "sertifikat-pendirian": UNSAID,
        **DEPOK_TAIL,
    },
    (BATANG, "badan-usaha"): {"ktp-pimpinan": BOTH, "npwp-perusahaan": BOTH},
    (BATANG, "perorangan"): {"ktp-pemilik": BOTH, "npwp-pemilik": BOTH},
}  # fmt: skip
EACH = pytest.mark.parametrize(("slug", "kind"), PRINTED)
PROMPTS = ("pkp", "has_certificate")


def listed(page):
    """The documents the page of a service prints, by kind of applicant, and those of a proxy."""
    found, current = {}, None
    for element in page.elements:
        if element.tag == "summary":
            current = found.setdefault(words(element.text), [])
        elif "lk-note" in (element["class"] or "") and current is not None:
            current = found.setdefault("proxy", [])
        elif element.tag in {"section", "h3"} and "proxy" in found:
            break  # how long papers are kept is another list
        elif element.tag == "li" and current is not None:
            current.append(words(element.text))
    return found


@pytest.mark.parametrize(
    ("slug", "told", "papers"),
    [
        (BOGOR, "Tidak dapat diwakilkan. Berkas ditunjukkan sendiri oleh direksi", 0),
        (DEPOK, "Boleh diwakilkan dengan kuasa. Yang datang bukan direktur membawa", 2),
        (BATANG, "Tidak dapat diwakilkan.", 0),
    ],
)
def test_c1_page_tells_whether_a_proxy_may_come_and_with_what(
    read, main, slug, told, papers
):
    address = service(slug)
    assert main(address).count(told) == 1
    assert len(listed(read(address))["proxy"]) == papers


def test_c1_documents_of_a_proxy_are_those_of_depok(read):
    assert listed(read(service(DEPOK)))["proxy"] == [
        "Surat kuasa dari direktur, bermeterai, bertanda tangan, berstempel, formulir dari kantor Cetak formulirnya Surat kuasa dari direktur",
        "KTP penerima kuasa",
    ]


@pytest.mark.parametrize("slug", OFFICES)
def test_c2_registration_offers_the_kinds_of_its_office_only(packs, slug):
    browser = browser_of(confirmed(packs[slug]))
    page = Page(browser.get(f"/kantor/{slug}/daftar/usaha/").content.decode())
    offered = [each["value"] for each in page.all("input", name="form_of_business")]
    spec = spec_of(in_force(packs[slug], SERVICE).pk)
    kinds = [spec.kind_of(form) for form in offered]
    assert list(dict.fromkeys(kinds)) == KINDS[slug]


@pytest.mark.parametrize("slug", [DEPOK, BATANG])
def test_c2_foreign_company_registers_in_bogor_only(packs, slug):
    browser = browser_of(confirmed(packs[slug]))
    address = f"/kantor/{slug}/daftar/usaha/"
    answered = post(browser, address, BUSINESS | {"form_of_business": "asing"})
    assert answered.status_code == 422


@EACH
def test_c3_checklist_of_a_ticket_is_the_printed_table(packs, slug, kind):
    ticket = registration(packs[slug], kind=kind, facts=PROMPTS)
    assert checklist(ticket) == PRINTED[slug, kind]


@EACH
def test_c3_page_lists_the_same_documents_in_the_same_forms(read, packs, slug, kind):
    spec = spec_of(in_force(packs[slug], SERVICE).pk)
    shown = listed(read(service(slug)))[spec.applicants[kind].title.id]
    forms = {BOTH: ", asli dan salinan", ORIGINAL: ", asli", UNSAID: ""}
    wanted = [
        spec.requirements[code].title.id + forms[show]
        for code, show in PRINTED[slug, kind].items()
    ]
    begins = [line.startswith(text) for line, text in zip(shown, wanted, strict=False)]
    assert begins == [True] * len(wanted)
    assert len(shown) == len(wanted) + len(spec.applicants[kind].brings)


@pytest.mark.parametrize(
    ("kind", "facts", "left_out"),
    [
        ("badan-usaha", ["pkp"], set()),
        ("badan-usaha", [], {"sppkp"}),
        ("konsultan", ["has_certificate"], set()),
        ("konsultan", [], {"sertifikat-keahlian"}),
        ("perseorangan", ["pkp", "has_certificate"], set()),
    ],
)
def test_c3_conditional_document_is_asked_of_whom_it_concerns(
    depok, kind, facts, left_out
):
    asked = checklist(registration(depok, kind=kind, facts=facts))
    assert set(PRINTED[DEPOK, kind]) - set(asked) == left_out


@pytest.mark.parametrize("kind", KINDS[BOGOR])
def test_c4_first_version_of_bogor_asks_for_copies_too(bogor, kind):
    with clock.at(FIRST_VERSION):
        before = checklist(registration(bogor, kind=kind))
    after = checklist(registration(bogor, kind=kind))
    assert list(before) == list(after)
    assert (set(before.values()), set(after.values())) == ({BOTH}, {ORIGINAL})


def test_c4_ticket_of_the_first_version_keeps_asking_for_copies(bogor):
    with clock.at(FIRST_VERSION):
        ticket = registration(bogor)
    assert set(checklist(ticket).values()) == {BOTH}


@pytest.mark.parametrize(
    ("day", "form", "advised"),
    [
        (FIRST_VERSION, "NPWP perusahaan, asli dan salinan", "Akta perusahaan, untuk mengisi SIKaP"),
        (wib("2021-03-01 11:00"), "NPWP perusahaan, asli", "Akta perusahaan, asli, untuk mengisi SIKaP"),
    ],
    ids=["002", "000"],
)  # fmt: skip
def test_c4_page_prints_the_form_of_its_version(read, day, form, advised):
    with clock.at(day):
        shown = listed(read(service(BOGOR)))["Badan usaha (PT/CV)"]
    assert (shown[1], shown[3]) == (form, advised)


@pytest.mark.parametrize("slug", OFFICES)
def test_c4_upload_page_tells_the_applicant_which_form(packs, slug, client):
    ticket = registration(packs[slug], kind="badan-usaha")
    client.force_login(ticket.applicant)
    page = client.get(f"/tiket/{ticket.number}/berkas/").content.decode()
    both = sum(show == BOTH for show in PRINTED[slug, "badan-usaha"].values())
    asked_back = page.count("Asli, salinan")
    assert asked_back == (both - 1 if slug == DEPOK else both)  # no SPPKP: not a PKP
