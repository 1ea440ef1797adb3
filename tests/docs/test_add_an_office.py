"""The office of docs/howto/add-an-office.md is checked, loaded and served as the page says."""

from datetime import UTC, datetime, timedelta

import pytest
from ruamel.yaml import YAML

from config.cli import main
from loket.kernel import clock
from loket.offices.roles import Role
from loket.standards.actions import PackRefused, load_packs
from loket.standards.pack import (
    COMPONENTS,
    check,
    format_problem,
    has_errors,
    read_pack,
)
from loket.standards.queries import in_force, spec_of
from loket.tickets.actions import (
    Applicant,
    DoneBefore,
    Finding,
    Request,
    judge,
    open_ticket,
)
from loket.tickets.queries import asked_documents, pending_optional
from loket.tickets.steps import kind_of
from tests.docs.pages import ROOT, blocks
from tests.factories.people import again, officer, person
from tests.factories.walking import link

PAGE = ROOT / "docs/howto/add-an-office.md"
FOLDER = "packs/kota-contoh"
NO_ENGLISH = "catatan: belum ada padanan Inggris (en)"  # the page leaves these out
SERVICE = "pendaftaran-penyedia"
SATURDAY = datetime(2026, 12, 5, 3, 10, tzinfo=UTC)  # 11.10 WITA
yaml = YAML(typ="safe")


def said(title):
    """A text block of the page: what a command prints."""
    (text,) = [
        text
        for language, about, text in blocks(PAGE)
        if language == "text" and about["title"] == title
    ]
    return text


@pytest.fixture
def pack(tmp_path, monkeypatch):
    """The folder of the page, beside which the reader stands."""
    monkeypatch.chdir(tmp_path)
    write_blocks(tmp_path)
    return tmp_path / FOLDER


def write_blocks(folder):
    for language, about, text in blocks(PAGE):
        if language == "yaml" and "title" in about:
            write(folder / about["title"], text, like=about.get("like"))


def write(file, text, *, like):
    """A block that is like another file holds only the keys that differ."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if like is None:
        file.write_text(text)
        return
    with file.open("w") as out:
        yaml.dump(yaml.load(file.parent / like) | yaml.load(text), out)


@pytest.fixture
def first_version(pack):
    """The office before its second version."""
    (pack / f"standards/{SERVICE}.2027-03-01.yaml").unlink()
    return pack


@pytest.fixture
def office(first_version, db):
    with clock.at(SATURDAY):
        (made,) = load_packs([first_version], by=None)
        yield made


def register(office, kind="badan-usaha", facts=()):
    user, now = person("Sekar Lintang"), clock.now()
    standard = in_force(office, SERVICE)
    ticket = open_ticket(
        office,
        Request(standard, "counter", kind, "portal", tuple(facts)),
        Applicant("Koperasi Sinar Pandan", user),
        by=user,
        before=(DoneBefore("daftar", now - timedelta(minutes=8), now),),
    )
    ticket.applicant = user
    return ticket


def complete(ticket, by, **answers):
    step = spec_of(ticket.standard_id).step(ticket.step)
    kind_of(step).complete(ticket, step, by=again(by), **answers)


def accept_all(ticket, by):
    for asked in asked_documents(ticket):
        judge(
            asked.document,
            Finding(True, original_seen=True),
            by=again(by),
            after=asked.revision,
        )


def test_the_check_prints_what_the_page_says(first_version, capsys):
    assert main(["pack", "check", FOLDER]) == 0
    lines = capsys.readouterr().out.splitlines(keepends=True)
    assert "".join(line for line in lines if NO_ENGLISH not in line) == said("check")


def test_the_page_names_each_role_and_component():
    told = PAGE.read_text()
    assert [role for role in Role.values if f"`{role}`" not in told] == []
    components = [one.title for one in COMPONENTS if one.group != "extra"]
    assert [title for title in components if f"| {title} |" not in told] == []


def test_the_misspelt_exit_is_refused_as_the_page_says(first_version):
    file = first_version / f"standards/{SERVICE}.yaml"
    file.write_text(file.read_text().replace("tolak: tolak}", "tolak: tolka}"))

    problems = check([first_version])

    assert has_errors(problems)
    assert [one.message for one in problems if one.severity == "error"] == [
        "langkah 'putuskan' menunjuk ke 'tolka' yang tidak ada"
    ]
    (told,) = [one.message for one in problems if one.severity == "error"]
    assert told in PAGE.read_text()


def test_the_clock_prints_what_the_page_says(pack, capsys):
    command = next(
        text for _, _, text in blocks(PAGE) if text.startswith(".venv/bin/loket clock")
    )
    assert main([*command.split()[1:], "--packs", "packs"]) == 0
    assert capsys.readouterr().out == said("clock")


def test_both_versions_are_right_together(pack):
    problems = [one for one in check([pack]) if one.severity == "error"]
    assert [format_problem(one) for one in problems] == []
    assert [each.effective.isoformat() for each in read_pack(pack).standards] == [
        "2026-01-05",
        "2027-03-01",
    ]


@pytest.mark.parametrize(
    ("kind", "facts", "codes"),
    [
        ("badan-usaha", (), ["nib", "npwp-usaha", "akta"]),
        ("badan-usaha", ("pkp",), ["nib", "npwp-usaha", "akta", "sk-pkp"]),
        ("koperasi", (), ["nib", "npwp-usaha", "akta", "pengesahan-koperasi"]),
        ("perorangan", (), ["nib", "ktp-pemilik"]),
    ],
)
def test_each_kind_of_applicant_brings_its_own_documents(office, kind, facts, codes):
    ticket = register(office, kind, facts)
    assert [asked.code for asked in asked_documents(ticket)] == codes


def test_the_public_page_prints_what_the_pack_says(office, client):
    page = client.get(f"/kantor/kota-contoh/layanan/{SERVICE}/")
    text = page.content.decode()

    assert page.status_code == 200
    spec = spec_of(in_force(office, SERVICE).pk)
    asked = {code for kind in spec.applicants.values() for code in kind.asks}
    titles = [spec.requirements[code].title.id for code in sorted(asked)]
    assert [title for title in titles if title not in text] == []
    assert "08.00" in text


def test_a_ticket_walks_from_saturday_to_its_proof(office):
    front, head = officer(office, Role.FRONT_OFFICE), officer(office, Role.KEPALA_TIM)
    verifier = officer(office)
    ticket = register(office)
    assert (ticket.number, ticket.step) == ("CTH-26-00001", "serahkan")

    complete(ticket, front)
    assert ticket.due_at == datetime(2026, 12, 7, 0, 20, tzinfo=UTC)  # Monday 08.20
    assert [step.code for step in pending_optional(ticket)] == ["antre"]
    accept_all(ticket, verifier)
    complete(ticket, verifier)
    complete(ticket, head, exit="setuju")
    link(ticket)
    complete(ticket, verifier, system="SPSE")
    complete(ticket, front)

    assert (ticket.status, ticket.outcome) == ("done", "fulfilled")
    assert [issued.number for issued in ticket.issued.all()] == [
        "0001/BUKTI-TERDAFTAR/CTH/2026"
    ]


def test_the_head_refuses_with_a_reason(office):
    front, head = officer(office, Role.FRONT_OFFICE), officer(office, Role.KEPALA_TIM)
    verifier = officer(office)
    ticket = register(office, "koperasi")
    complete(ticket, front)
    accept_all(ticket, verifier)
    complete(ticket, verifier)
    complete(ticket, head, exit="tolak")
    complete(ticket, head, note="Pengesahan koperasi sudah dicabut.")

    assert (ticket.status, ticket.outcome) == ("rejected", "rejected")


def test_a_changed_version_is_refused_as_the_page_says(office, first_version):
    file = first_version / f"standards/{SERVICE}.yaml"
    file.write_text(file.read_text().replace("value: 40", "value: 45"))

    with pytest.raises(PackRefused) as refused:
        load_packs([first_version], by=None)

    assert f"{refused.value}\n" == said("refused")


def test_a_ticket_keeps_its_version_when_the_second_takes_effect(office, tmp_path):
    early = register(office)
    write_blocks(tmp_path)
    load_packs([tmp_path / FOLDER], by=None)
    with clock.at(datetime(2027, 2, 28, 16, 0, tzinfo=UTC)):  # 1 March, 00.00 WITA
        late = register(office)

    early.refresh_from_db()
    assert [spec_of(each.standard_id).time.value for each in (early, late)] == [40, 30]
