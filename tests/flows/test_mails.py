"""Every mail any room can write, in both languages and both bodies, as its reader gets it."""

import re

import pytest
from django.conf import settings

from loket.kernel import mail
from loket.kernel.mail import COLUMNS
from loket.standards.queries import settings_of
from tests.factories.mails import MAKERS
from tests.unit.ui.pages import Page

pytestmark = pytest.mark.django_db
INDONESIAN = re.compile(r"\b(anda|yang|dan|dengan|untuk|tidak|sudah|bila|tautan)\b", re.I)  # fmt: skip
ENGLISH = re.compile(r"\b(you|the|and|with|this|not|your|link)\b", re.I)
ADDRESS = re.compile(r"https?://\S+")
AUTOMATIC = {
    "id": "E-mail ini dikirim otomatis; jangan dibalas.",
    "en": "This e-mail was sent automatically; please do not reply.",
}
# What a pack or a person wrote, which stays as it was written
AS_WRITTEN = re.compile(r"^- .*(\n  .*)*|Alasannya: .*|The reason: .*", re.M)


@pytest.fixture(params=MAKERS)
def made(request, depok):
    return MAKERS[request.param](depok)


def written(made, language):
    made.language = language
    return mail.write(made)


def words(letter):
    """The sentences loket itself wrote, without addresses."""
    return ADDRESS.sub("", AS_WRITTEN.sub("", f"{letter.subject}\n{letter.text}"))


def test_every_registered_mail_is_looked_at():
    ours = [name for name in mail.templates() if not name.startswith("pandan/")]
    assert sorted({name.split()[0] for name in MAKERS}) == ours


def test_each_language_is_whole(made):
    indonesian, english = written(made, "id"), written(made, "en")
    assert ENGLISH.findall(words(indonesian)) == []
    assert INDONESIAN.findall(words(english)) == []
    assert [AUTOMATIC["id"] in indonesian.text, AUTOMATIC["en"] in english.text] == [True, True]  # fmt: skip


def test_text_reads_in_a_narrow_window_and_names_no_markup(made):
    letter = written(made, "id")
    lines = [line for line in letter.text.splitlines() if not ADDRESS.search(line)]
    assert [line for line in lines if len(line) > COLUMNS] == []
    assert re.findall(r"<[a-z/]|&[a-z#0-9]+;|\{\{|\{%|None|\(\)", letter.text) == []
    assert re.findall(r"\n\n\n|:\n*\Z|:\n\n(?![-h])", letter.text) == []
    assert (letter.subject.count("\n"), 0 < len(letter.subject) < 100) == (0, True)


def test_sender_is_the_office_or_loket(made, depok):
    assert written(made, "en").sender in {depok.name, "Loket LPSE", ""}


def test_page_has_one_heading_says_its_language_and_loads_nothing(made):
    page = Page(written(made, "en").html)
    tags = [each.tag for each in page.elements]
    assert page.one("html")["lang"] == "en"
    assert (tags.count("h1"), page.one("h1").text.strip() != "") == (1, True)
    assert {"img", "script", "link", "iframe"} & set(tags) == set()


def test_text_and_page_lead_to_the_same_places_within_loket(made, depok):
    """SIKaP alone is named in words, in both bodies, and never a link."""
    sikap = settings_of(depok).sikap.url
    letter = written(made, "id")
    links = {e["href"] for e in Page(letter.html).elements if e.tag == "a"}
    named = {address.rstrip(".)") for address in ADDRESS.findall(letter.text)} - {sikap}
    assert (sikap in letter.text) == (sikap in letter.html)
    assert {without_token(each) for each in links} == {without_token(each) for each in named}  # fmt: skip
    assert [each for each in links if not each.startswith(settings.SITE_URL)] == []


def without_token(address):
    """Links are the same in one letter; only their tokens are nobody's business."""
    return re.sub(r"[A-Za-z0-9_-]{43}", "TOKEN", address)


@pytest.mark.parametrize("language", ["id", "en"])
def test_correction_with_nothing_missing_says_so(depok, language):
    letter = written(MAKERS["tickets/mail/correction none"](depok), language)
    said = {
        "id": "Sekarang tidak ada lagi berkas yang kurang",
        "en": "By now no document is missing any more",
    }[language]
    assert [said in " ".join(body.split()) for body in (letter.text, letter.html)] == [True, True]  # fmt: skip
    assert [line for line in letter.text.splitlines() if line.startswith("- ")] == []
