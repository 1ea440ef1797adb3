"""Every word of the screen has its English, and a page in English says nothing in Indonesian."""

import subprocess
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.core import mail as outbox
from django.test import Client

from loket.kernel import clock
from loket.offices.roles import Role
from tests.architecture.words import (
    BLANK,
    CATALOGUE,
    calls,
    catalogue,
    left_indonesian,
    of_sources,
    singular,
)
from tests.factories.jobs import run_jobs_here
from tests.factories.people import officer
from tests.factories.registering import browser_of, filled_in, send
from tests.factories.tickets import SERVICE
from tests.unit.tickets.browsing import at_verification, signed_in

TUESDAY = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # 11.00 WIB
OFFICE = "/kantor/kota-bogor/"
PUBLIC = [
    "/", OFFICE, f"{OFFICE}layanan/{SERVICE}/", f"{OFFICE}layanan/{SERVICE}/standar/1/",
    f"{OFFICE}daftar/", f"{OFFICE}daftar/terkirim/", f"{OFFICE}daftar/tautan/x/",
    "/kantor/kabupaten-batang/", "/kantor/kota-depok/", "/lacak/", "/lacak/2222-2222/",
    "/masuk/", "/masuk/nonaktif/", "/tidak-ada/",
]  # fmt: skip


@pytest.fixture(autouse=True)
def tuesday():
    with clock.at(TUESDAY):
        yield


def read(client, address, language="en"):
    client.cookies["bahasa"] = language
    return client.get(address, follow=True).content.decode()


def test_catalogue_and_sources_hold_the_same_words():
    kept = {singular(key) for key in catalogue()}
    found = of_sources()
    assert sorted(found - kept) == []
    plurals = {given[1] for _, name, given in calls() if name.startswith("ng")}
    assert sorted(kept - found - plurals) == []


def test_only_names_of_components_and_notes_are_translated_from_elsewhere():
    bare = [path for path, _, given in calls() if not given]
    assert bare == [f"loket/portal/queries/{name}.py" for name in ("components", "laws", "standard")]  # fmt: skip


def test_no_english_is_empty_or_unsure():
    assert [key for key, english in catalogue().items() if not english] == []
    assert "fuzzy" not in (CATALOGUE / "django.po").read_text()


def test_english_has_the_blanks_of_its_indonesian():
    different = [
        singular(key)
        for key, english in catalogue().items()
        if Counter(BLANK.findall(singular(key))) != Counter(BLANK.findall(english))
    ]
    assert [each for each in different if "satu" not in each.casefold().split()] == []


def test_compiled_catalogue_is_not_stale(tmp_path):
    fresh = tmp_path / "django.mo"
    subprocess.run(
        ["msgfmt", "--check", "-o", fresh, CATALOGUE / "django.po"],
        check=True,
    )
    assert fresh.read_bytes() == (CATALOGUE / "django.mo").read_bytes()


@pytest.mark.parametrize("address", PUBLIC)
def test_public_page_in_english_says_nothing_in_indonesian(packs, client, address):
    assert left_indonesian(read(client, address)) == []


def test_page_in_indonesian_would_be_noticed(packs, client):
    assert len(left_indonesian(read(client, "/", "id"))) > 10


@pytest.mark.parametrize("page", ["usaha", "npwp", "identitas", "tinjau"])
def test_registration_in_english_says_nothing_in_indonesian(bogor, page):
    browser = browser_of(filled_in(bogor))
    assert left_indonesian(read(browser, f"{OFFICE}daftar/{page}/")) == []


def test_ticket_in_english_says_nothing_in_indonesian(bogor):
    ticket = at_verification(bogor)
    applicant, verifier = signed_in(ticket.applicant), signed_in(officer(bogor))
    pages = [
        read(Client(), f"/lacak/{ticket.public_code}/"),
        read(applicant, "/tiket/"),
        read(applicant, f"/tiket/{ticket.number}/"),
        read(applicant, f"/tiket/{ticket.number}/berkas/"),
        read(verifier, "/meja/"),
        read(verifier, f"/meja/tiket/{ticket.number}/"),
        read(signed_in(officer(bogor, Role.AUDITOR)), f"/meja/cari/?q={ticket.number}"),
    ]
    assert [left_indonesian(page) for page in pages] == [[]] * len(pages)


def test_mails_are_written_in_the_language_of_whom_they_go_to(bogor):
    draft = filled_in(bogor)
    draft.language = "en"
    draft.save()
    ticket = send(draft)
    run_jobs_here()
    letter = outbox.outbox[-1]
    assert letter.subject == f"We have received registration {ticket.number}"
    html, _kind = letter.alternatives[0]
    said = [*letter.body.splitlines(), html]
    assert [each for each in said if left_indonesian(each)] == []
