"""The services of docs/howto/add-a-service.md are checked, loaded and used as the page says."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from loket.kernel import clock, once
from loket.offices.roles import Role
from loket.standards.actions import load_packs
from loket.standards.kinds import KINDS
from loket.standards.pack import check
from loket.standards.queries import spec_of
from loket.tickets.models import Outcome, Status, Ticket, Turn
from loket.tickets.steps import kind_of
from tests.docs.pages import ROOT, blocks
from tests.docs.test_add_an_office import FOLDER, SERVICE, write, write_blocks, yaml
from tests.factories.asking import NIP, official, supplier
from tests.factories.people import again, officer, person

PAGE = ROOT / "docs/howto/add-a-service.md"
MONDAY = datetime(2026, 12, 7, 1, 0, tzinfo=UTC)  # 09.00 WITA


@pytest.fixture
def pack(tmp_path, monkeypatch):
    """The office of the other page, with what this page adds."""
    monkeypatch.chdir(tmp_path)
    write_blocks(tmp_path)
    folder = tmp_path / FOLDER
    (folder / f"standards/{SERVICE}.2027-03-01.yaml").unlink()
    for language, about, text in blocks(PAGE):
        if language == "yaml" and "title" in about:
            write(tmp_path / about["title"], text, like=None)
        elif "more" in about:
            source = folder / about["more"]
            whole = yaml.load(source.read_text()) | yaml.load(text)
            with source.open("w") as out:
                yaml.dump(whole, out)
    return folder


@pytest.fixture
def office(pack, db):
    with clock.at(MONDAY):
        (made,) = load_packs([pack], by=None)
        yield made


def ask(office, service, user, way="", **said):
    browser = Client()
    browser.force_login(user)
    address = reverse("requests:ask", args=[office.slug, service])
    named = {f"isian_{name}": value for name, value in said.items()}
    answered = browser.post(
        f"{address}?sebagai={way}", named | {once.FIELD: once.new_key()}
    )
    assert answered.status_code == 302, answered.context["form"].errors
    return Ticket.objects.latest("pk")


def complete(ticket, by, **said):
    ticket.refresh_from_db()
    step = spec_of(ticket.standard_id).step(ticket.step)
    kind_of(step).complete(ticket, step, by=again(by), **said)


def test_the_services_are_right(pack):
    assert [one.message for one in check([pack]) if one.severity == "error"] == []


def test_the_page_knows_each_kind_such_a_service_may_use():
    told = PAGE.read_text()
    elsewhere = {
        "change_schedule",
        "apply_data_change",
        "hold_change",
        "disclose_user_id",
        "take_exhibit",
        "record_trial",
        "register",
        "activate_account",
        "follow_up_sikap",
        "plan_session",
        "remote_session",
    }
    assert [
        kind for kind in KINDS if kind not in elsewhere and f"`{kind}`" not in told
    ] == []


def test_a_question_is_answered(office):
    asker = person("Sekar Lintang")
    ticket = ask(
        office, "konsultasi", asker, topik="penawaran", pertanyaan="Di mana tombolnya?"
    )
    assert (ticket.step, ticket.due_at is not None) == ("jawab", True)
    complete(ticket, officer(office, Role.FRONT_OFFICE), body="Di menu Penawaran.")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.outcome) == (Status.DONE, Outcome.FULFILLED)
    page = Client()
    page.force_login(asker)
    assert (
        "Di menu Penawaran."
        in page.get(reverse("tickets:own", args=[ticket.number])).content.decode()
    )


def test_an_unclear_question_comes_back_as_it_was_typed(office):
    asker = person()
    ticket = ask(office, "konsultasi", asker, topik="penawaran", pertanyaan="Tombol?")
    complete(
        ticket,
        officer(office, Role.FRONT_OFFICE),
        body="Tombol yang mana?",
        goes_back=True,
    )
    ticket.refresh_from_db()
    assert (ticket.step, ticket.turn) == ("tanya", Turn.APPLICANT)
    page = Client()
    page.force_login(asker)
    told = page.get(reverse("tickets:own", args=[ticket.number])).content.decode()
    assert "Tombol?" in told
    assert "Tombol yang mana?" in told


def test_a_problem_goes_on_to_lkpp_and_its_answer_comes_back(office):
    asker, desk = official(office), officer(office, Role.FRONT_OFFICE)
    ticket = ask(
        office,
        "gangguan",
        asker,
        "pejabat",
        aplikasi="spse",
        gejala="Galat 500",
        nip=NIP,
    )
    complete(ticket, desk, exit="lkpp")
    complete(ticket, desk, party="lkpp", tried="Sudah dimuat ulang.", reference="")
    ticket.refresh_from_db()
    assert (ticket.turn, ticket.status) == (Turn.OUTSIDE, Status.WAITING_OUTSIDE)
    complete(ticket, desk, result="Perbaikan sudah dipasang.", reference="LKPP-77")
    complete(ticket, desk, body="Silakan coba lagi.")
    ticket.refresh_from_db()
    assert ticket.outcome == Outcome.FULFILLED


def test_a_business_asks_by_its_own_kind(office):
    owner = person()
    business = supplier(owner, form="cv", name="CV Sinar Pandan")
    ticket = ask(
        office,
        "gangguan",
        owner,
        f"penyedia.{business.pk}",
        aplikasi="sikap",
        gejala="Kosong",
    )
    assert (ticket.applicant_name, ticket.applicant_kind) == (
        "CV Sinar Pandan",
        "penyedia",
    )
