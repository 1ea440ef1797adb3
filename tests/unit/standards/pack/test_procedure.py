"""The way through a procedure: variants, exits, ends, and what happens before the ticket."""

import pytest

from loket.standards.kinds import KINDS, PARAMETERS, Symbol
from loket.standards.pack import Text


@pytest.fixture
def depok_standard(depok):
    return depok.standards[0]


def walk(standard, route, applicant):
    step = standard.first_step(route, applicant)
    while step:
        yield step.code
        way_out = next(iter(step.exits), None)
        step = standard.next_step(step.code, route, applicant, way_out)


def test_a_decision_needs_to_be_told_its_exit(depok_standard):
    with pytest.raises(KeyError, match="needs an exit"):
        depok_standard.next_step("putuskan", "counter", "konsultan")


@pytest.mark.parametrize(
    ("way_out", "code"), [("terima", "aktifkan"), ("tolak", "tolak")]
)
def test_an_exit_leads_to_its_step(depok_standard, way_out, code):
    after = depok_standard.next_step("putuskan", "counter", "konsultan", way_out)
    assert after.code == code


@pytest.mark.parametrize("code", ["bukti", "tolak"])
def test_nothing_follows_an_end(depok_standard, code):
    assert depok_standard.next_step(code, "counter", "konsultan") is None


def test_an_unknown_step_is_an_error(depok_standard):
    with pytest.raises(KeyError):
        depok_standard.step("terbang")


def test_the_way_of_an_accepted_supplier(depok_standard):
    assert list(walk(depok_standard, "counter", "badan-usaha")) == [
        "daftar", "datang", "cocokkan", "putuskan", "aktifkan", "bukti",
    ]  # fmt: skip


def test_optional_steps_are_still_on_the_way(bogor):
    standard = bogor.standards[-1]
    codes = [one.code for one in standard.procedure if one.matches("counter", "perorangan")]  # fmt: skip
    assert list(walk(standard, "counter", "perorangan")) == codes
    assert [one.code for one in standard.procedure if one.optional] == ["booking", "evaluasi", "ikm"]  # fmt: skip


def test_a_step_of_another_route_is_passed_over(batang):
    standard = batang.standards[0]
    counter = standard.next_step("ajukan", "counter", "perorangan")
    remote = standard.next_step("ajukan", "remote", "perorangan")
    assert (counter.code, remote.code) == ("verifikasi", "jadwal")


def test_registration_happens_before_the_ticket(bogor, depok, batang):
    codes = [
        [one.code for one in pack.standards[-1].registration_steps("counter", kind)]
        for pack, kind in ((bogor, "perorangan"), (depok, "konsultan"), (batang, "perorangan"))
    ]  # fmt: skip
    assert codes == [["daftar"], ["daftar"], ["daftar", "isi"]]


def test_questions_follow_the_checklist(depok_standard):
    asked = {
        kind: list(depok_standard.facts_for(kind)) for kind in depok_standard.applicants
    }
    assert asked == {
        "badan-usaha": ["pkp"],
        "perseorangan": [],
        "konsultan": ["has_certificate"],
        "perusahaan-perorangan": ["pkp"],
    }


def test_last_steps_and_decisions_have_their_symbols(depok_standard):
    symbols = {one.code: one.symbol for one in depok_standard.procedure}
    assert symbols == {
        "daftar": Symbol.TERMINATOR,
        "datang": Symbol.PROCESS,
        "cocokkan": Symbol.PROCESS,
        "putuskan": Symbol.DECISION,
        "aktifkan": Symbol.PROCESS,
        "bukti": Symbol.TERMINATOR,
        "tolak": Symbol.TERMINATOR,
    }


def test_texts_fall_back_to_indonesian():
    text = Text(id="Komputer")
    assert text.get("en") == text.get("id") == str(text) == "Komputer"


def test_the_kinds_of_the_first_step_are_known():
    assert sorted(KINDS) == [
        "activate_account", "apply_data_change", "change_schedule", "decide", "disclose_user_id", "escalate",
        "explain", "follow_up_sikap", "grant_access", "hold_change", "issue_document", "issue_receipt",
        "perform_outside", "plan_session", "receive_documents", "receive_outside_result", "record_outside",
        "record_trial", "register", "reject", "remote_session", "request", "take_exhibit", "verify_documents",
    ]  # fmt: skip


def test_each_parameter_of_a_kind_can_be_written_in_a_step(depok_standard):
    fields = set(type(depok_standard.procedure[0]).model_fields)
    assert PARAMETERS - fields == frozenset()
