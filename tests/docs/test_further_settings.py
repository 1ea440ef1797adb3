"""What docs/howto/add-an-office.md says an office may settle besides: its blocks are checked, loaded and used."""

from datetime import UTC, datetime, timedelta

import pytest
from ruamel.yaml import YAML

from loket.kernel import clock
from loket.offices.roles import Role
from loket.standards.actions import load_packs
from loket.standards.pack import check, missing_components, read_pack
from loket.standards.queries import in_force, settings_of, spec_of
from loket.tickets.actions import (
    Applicant,
    DoneBefore,
    Request,
    give_document,
    open_ticket,
)
from loket.tickets.queries import asked_checks, asked_documents
from loket.tickets.queries.reasons import reasons_of
from loket.tickets.seeds import applicant_of
from loket.verification.actions import Plan, propose
from loket.verification.seeds import hold_call
from tests.docs.pages import blocks
from tests.docs.test_add_an_office import (
    FOLDER,
    PAGE,
    SERVICE,
    complete,
    write_blocks,
)
from tests.factories.papers import pdf
from tests.factories.people import again, officer, person

MONDAY = datetime(2027, 9, 6, 1, 0, tzinfo=UTC)  # 09.00 WITA
yaml = YAML(typ="safe")


@pytest.fixture
def pack(tmp_path, monkeypatch):
    """The page's pack with every further setting, the third version included."""
    monkeypatch.chdir(tmp_path)
    write_blocks(tmp_path)
    folder = tmp_path / FOLDER
    for _language, about, text in blocks(PAGE):
        if "more" in about:
            settle(folder, about["more"], yaml.load(text))
    return folder


def settle(folder, name, more):
    """Office settings are added; a standard becomes a version of its own."""
    source = folder / name
    whole = yaml.load(source.read_text()) | more
    target = folder / f"standards/{SERVICE}.{more['effective']}.yaml" if "effective" in more else source  # fmt: skip
    with target.open("w") as out:
        yaml.dump(whole, out)


@pytest.fixture
def office(pack, db):
    with clock.at(MONDAY):
        (made,) = load_packs([pack], by=None)
        yield made


def test_further_settings_are_right(pack):
    assert [each.message for each in check([pack]) if each.severity == "error"] == []


def test_the_last_version_has_all_components(pack):
    assert missing_components(read_pack(pack).standards[-1]) == ()


def test_every_setting_is_in_force(office):
    settings, spec = settings_of(office), spec_of(in_force(office, SERVICE).pk)
    assert "stempel-kabur" in reasons_of(office)
    assert settings.registers["daftar-hitam"].evidence == "required"
    assert settings.due_soon_minutes == 3
    assert (settings.evidence_keep_days, settings.sikap.remind_after_days) == (60, (2, 5))  # fmt: skip
    assert (spec.open_routes, spec.letters) == (("counter", "remote"), ("surat-permohonan",))  # fmt: skip
    assert spec.step("putuskan").not_by == ("periksa", "panggilan")


def test_letter_and_maklumat_are_printed(office, client):
    for address in ("/kantor/kota-contoh/formulir/surat-permohonan/", "/kantor/kota-contoh/maklumat/"):  # fmt: skip
        assert client.get(address).status_code == 200


def test_remote_ticket_comes_to_the_head_after_its_call(office):
    verifier, head = officer(office), officer(office, Role.KEPALA_TIM)
    ticket = remote(office)
    at = MONDAY + timedelta(hours=1)
    session = propose(ticket, Plan(at, "phone", "0812 0000 0177"), by=again(verifier))
    with clock.at(at):
        hold_call(session, by=again(verifier))
        ticket.refresh_from_db()
        assert ticket.step == "putuskan"
        complete(ticket, head, exit="setuju")
    assert ticket.step == "aktifkan"
    assert [each.kind for each in asked_checks(ticket)].count("daftar-hitam") == 1


def remote(office):
    """A request from afar whose documents were uploaded and handed in."""
    user, now = person("Sekar Lintang"), clock.now()
    before = (DoneBefore("daftar", now - timedelta(minutes=8), now),)
    asked_for = Request(in_force(office, SERVICE), "remote", "koperasi", "portal")
    who = Applicant("Koperasi Sinar Pandan", user, "0812 0000 0177")
    ticket = open_ticket(office, asked_for, who, by=user, before=before)
    applicant = applicant_of(ticket)
    for asked in asked_documents(ticket):
        give_document(ticket, asked.code, by=applicant, data=pdf(), name="a.pdf")
    complete(ticket, applicant)
    return ticket
