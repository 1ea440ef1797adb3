"""Every component of every published standard is printed once, in both languages; the status page at every step."""

import pytest
from django.utils import translation

from loket.kernel import clock
from loket.portal.queries.components import Sheet, entries
from loket.standards.actions import publish
from loket.standards.pack import COMPONENTS, Text
from loket.standards.queries import in_force, settings_of, spec_of, versions
from loket.tickets.queries.words import words
from tests.factories.tickets import SERVICE, registration
from tests.flows.contradictions.walks import (
    BATANG,
    BOGOR,
    DEPOK,
    NAMES,
    OFFICES,
    do,
    fresh,
    staff,
    walk,
)
from tests.unit.portal.conftest import TUESDAY
from tests.unit.portal.reading import service, text_of

pytestmark = pytest.mark.django_db
PUBLISHED = [(BOGOR, 1), (BOGOR, 2), (DEPOK, 1), (BATANG, 1)]
EACH = pytest.mark.parametrize(("slug", "version"), PUBLISHED)
LANGUAGES = pytest.mark.parametrize("language", ["id", "en"])
PERSONAL = ("CV Tunas Pandan", "Tirta Adiguna", "081200000177", "pandan.example", *NAMES.values())  # fmt: skip
TURNS = {
    "office": "Sekarang giliran kantor",
    "applicant": "Sekarang giliran Anda",
    "nobody": "Layanan selesai",
}


def spec_at(office, version):
    return spec_of(versions(office, SERVICE).get(version=version).pk)


def one_line(text):
    return " ".join(text.split())


def texts_of(spec):
    """Everything the office wrote that its table must show."""
    kinds = [kind.title for kind in spec.applicants.values()]
    papers = [one.title for one in spec.requirements.values()]
    steps = [step.text for step in spec.procedure]
    products = [one.title for one in spec.products.values()]
    ways = [route.how for route in spec.routes.values()]
    return [*kinds, *papers, *steps, *products, *ways, spec.how_to_register, spec.time.printed]  # fmt: skip


@EACH
@LANGUAGES
def test_every_component_stands_once_with_its_lines(
    visit, packs, slug, version, language
):
    office, spec = packs[slug], spec_at(packs[slug], version)
    page = visit(service(slug, f"standar/{version}/"), language=language)
    heads, cells = page.texts("th"), page.texts("td")
    with translation.override(language):
        wanted = entries(Sheet(spec, office, settings_of(office)))
    titles = [each.title for each in wanted]
    assert heads[: len(titles)] == titles
    assert [heads.count(title) for title in titles] == [1] * len(titles)
    for entry, cell in zip(wanted, cells, strict=False):
        lines = [line for block in entry.blocks for line in block.lines]
        assert [line for line in lines if one_line(line) not in cell] == []


@EACH
@LANGUAGES
def test_every_text_of_the_office_is_printed_in_the_language_it_has(
    visit, packs, slug, version, language
):
    spec = spec_at(packs[slug], version)
    text = text_of(visit(service(slug, f"standar/{version}/"), language=language))
    with translation.override(language):
        wanted = [one_line(words(each)).rstrip(".") for each in texts_of(spec)]
    assert [each for each in wanted if each not in text] == []


@LANGUAGES
def test_titles_of_all_components_are_translated(language):
    with translation.override(language):
        shown = [translation.gettext(one.title) for one in COMPONENTS]
    same = [title for title, one in zip(shown, COMPONENTS, strict=True) if title == one.title]  # fmt: skip
    assert len(same) == (len(COMPONENTS) if language == "id" else 0)


@EACH
def test_absent_component_has_no_row_and_is_named_below(visit, packs, slug, version):
    spec = spec_at(packs[slug], version)
    page = visit(service(slug, f"standar/{version}/"))
    absent = [one for one in COMPONENTS if not one.present(spec)]
    assert {one.title for one in absent} & set(page.texts("th")) == set()
    named = text_of(page).partition("tidak diterbitkan pada versi ini:")[2]
    required = [one.title for one in absent if one.group != "extra"]
    assert [title for title in required if title not in named] == []


def emptied(spec, code):
    """The standard without this component."""
    printed = spec.printed
    without = {
        "SD4": {"cost": None},
        "SD5": {"products": {}},
        "SD6": {"printed": printed.model_copy(update={"complaints": None})},
        "MF1": {"legal_basis": ()},
        "MF2": {"printed": printed.model_copy(update={"facilities": ()})},
        "MF3": {"printed": printed.model_copy(update={"competence": ()})},
        "MF4": {"supervised_by": None},
        "MF5": {"printed": printed.model_copy(update={"staff": {}})},
        "MF6": {"printed": printed.model_copy(update={"guarantee": None})},
        "MF7": {"printed": printed.model_copy(update={"safety": None})},
        "MF8": {"printed": printed.model_copy(update={"evaluation": ()})},
        "X2": {"how_to_register": None},
    }
    return spec.model_copy(update={"effective": TUESDAY.date(), **without[code]})


@pytest.mark.parametrize(
    "code", ["SD4", "SD5", "SD6", "MF1", "MF2", "MF3", "MF4", "MF5", "MF6", "MF7", "MF8", "X2"]
)  # fmt: skip
def test_component_taken_out_is_hidden_and_nothing_else(visit, depok, code):
    spec = emptied(spec_at(depok, 1), code)
    publish(depok, spec, is_first_load=False, by=None)
    before = visit(service(DEPOK, "standar/1/")).texts("th")
    after = visit(service(DEPOK, "standar/2/")).texts("th")
    [gone] = [one.title for one in COMPONENTS if one.code == code]
    assert [title for title in before if title not in after] == [gone]
    visit(service(DEPOK))


@pytest.mark.parametrize("show", [("original", "copy"), ("copy", "original")])
def test_order_in_which_a_pack_writes_the_forms_is_of_no_matter(visit, depok, show):
    spec = spec_at(depok, 1)
    nib = spec.requirements["nib"].model_copy(update={"show": show})
    changes = {"effective": TUESDAY.date(), "requirements": spec.requirements | {"nib": nib}}  # fmt: skip
    publish(depok, spec.model_copy(update=changes), is_first_load=False, by=None)
    printed = visit(service(DEPOK)).texts("li")
    wanted = "Nomor Induk Berusaha (NIB) dari OSS, asli dan salinan"
    assert printed.count(wanted) == 4


@pytest.mark.parametrize("slug", OFFICES)
def test_status_page_names_the_right_turn_at_every_step(visit, packs, slug):
    people, told, wanted = staff(packs[slug]), [], []
    ticket = registration(packs[slug])
    for _step in range(20):
        page = visit(f"/lacak/{ticket.public_code}/")
        told.append(page.one("h1").text)
        wanted.append(TURNS[ticket.turn])
        assert [word for word in PERSONAL if word in page.source] == []
        if not ticket.is_open:
            break
        ticket = do(fresh(ticket), people)
    assert (told, ticket.status) == (wanted, "done")


@pytest.mark.parametrize("slug", OFFICES)
def test_status_page_names_this_step_and_the_one_that_really_follows(
    visit, packs, slug
):
    people = staff(packs[slug])
    ticket = registration(packs[slug])
    steps = {step.code: step.text.id for step in spec_of(ticket.standard_id).procedure}
    now, following = [], []
    while fresh(ticket).is_open:
        text = text_of(visit(f"/lacak/{ticket.public_code}/"))
        code = fresh(ticket).step
        now.append(f"Langkah sekarang: {steps[code]}" in text)
        ticket = do(fresh(ticket), people)
        after = steps[ticket.step] if ticket.is_open else None
        said = f"Berikutnya: {after}" in text if after else "Berikutnya:" not in text
        following.append((code, said))
    assert now == [True] * len(now)
    assert [code for code, said in following if not said] == []


def test_status_page_of_a_refusal_is_the_applicants_and_gives_no_reason(visit, depok):
    people = staff(depok)
    ticket = registration(depok)
    walk(ticket, people, until="putuskan")
    do(fresh(ticket), people, exit="tolak")
    at_refusal = visit(f"/lacak/{ticket.public_code}/").one("h1").text
    do(fresh(ticket), people)
    page = visit(f"/lacak/{ticket.public_code}/")
    assert (at_refusal, page.one("h1").text) == (TURNS["office"], "Permohonan ditolak")
    assert page.source.count("Data usaha tidak sesuai") == 0


def test_status_speaks_english_where_the_pack_does(visit, bogor):
    ticket = registration(bogor)
    text = text_of(visit(f"/lacak/{ticket.public_code}/", language="en"))
    assert text.count("Prepare the documents asked for") >= 1
    assert text.count("Menyiapkan berkas yang diminta") == 0


def test_text_without_english_is_printed_as_the_office_wrote_it(visit, bogor):
    spec = spec_of(in_force(bogor, SERVICE).pk)
    changes = {"effective": TUESDAY.date(), "how_to_register": Text(id="Daftar saja.")}
    publish(bogor, spec.model_copy(update=changes), is_first_load=False, by=None)
    with clock.at(TUESDAY):
        page = visit(service(BOGOR, "standar/3/"), language="en")
    assert page.texts("td").count("Daftar saja.") == 1
