"""Documents given, judged and asked for again; outside checks; what each of them refuses."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from loket.files.actions import contents
from loket.files.models import StoredFile
from loket.kernel import clock
from loket.offices.roles import Role
from loket.tickets.actions import (
    Answer,
    Finding,
    WrongStatus,
    give_document,
    judge,
    record_check,
    withdraw,
)
from loket.tickets.forms import VerdictForm
from loket.tickets.models import Check, Document, Event, Ticket, Verdict
from loket.tickets.queries import asked_checks, asked_documents
from loket.tickets.queries.documents import with_checklist
from loket.tickets.queries.reasons import COMMON, reasons_of
from tests.factories.people import again, officer, person
from tests.factories.tickets import registration
from tests.factories.walking import complete
from tests.unit.tickets.browsing import (
    as_page,
    at_verification,
    give_all,
    pdf,
    send,
    signed_in,
)
from tests.unit.tickets.trying import answer

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
KTP, NPWP = "ktp-pimpinan", "npwp-perusahaan"
ACCEPTED = Finding(True, original_seen=True)
REFUSED = Finding(False, reason="cut_off", note="Sisi kanan hilang.")


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def ratna(bogor):
    return again(officer(bogor))


@pytest.fixture
def waiting(bogor):
    """The applicant's turn: nothing was uploaded yet."""
    return registration(bogor)


@pytest.fixture
def checked(bogor):
    """Uploaded and complete: the verifier's turn."""
    return at_verification(bogor)


def upload(ticket, code=KTP, by=None, data=None):
    who = again(by or ticket.applicant)
    return give_document(
        ticket, code, by=who, data=pdf() if data is None else data, name="a.pdf"
    )


def asked(ticket, code=KTP):
    return next(each for each in asked_documents(ticket) if each.code == code)


def document(ticket, code=KTP):
    return asked(ticket, code).document


def states(ticket):
    return {each.code: (each.state, each.version) for each in asked_documents(ticket)}


def sent_back(ticket, ratna):
    """Only the identity card is refused."""
    judge(document(ticket), REFUSED, by=ratna, after=0)
    judge(document(ticket, NPWP), ACCEPTED, by=ratna, after=0)
    complete(ticket, ratna)


def test_upload_is_a_version_with_its_file_and_an_event(waiting):
    data = pdf()
    given = upload(waiting, data=data)
    assert (given.version, given.given_by, given.at) == (1, waiting.applicant, MONDAY)
    assert contents(StoredFile.objects.get(pk=given.file_id)) == data
    event = Event.objects.get(name="document_given")
    assert event.data == {"requirement": KTP, "version": 1}


def test_later_upload_is_the_next_version_and_the_earlier_stays(waiting):
    first, second = upload(waiting), upload(waiting)
    assert [first.version, second.version] == [1, 2]
    assert Document.objects.filter(ticket=waiting).count() == 2
    assert asked(waiting).document == second


def test_original_at_the_counter_is_a_document_without_a_file(waiting, ratna):
    given = give_document(waiting, KTP, by=ratna, data=None)
    assert (given.file, given.given_by, asked(waiting).state) == (None, ratna, "given")


def test_document_nobody_asked_for_is_refused(waiting):
    for code in ("akta-perusahaan", "entah"):
        with pytest.raises(ValidationError):
            upload(waiting, code)
    assert not Document.objects.exists()


def test_broken_file_leaves_neither_document_nor_event(waiting):
    with pytest.raises(ValidationError):
        upload(waiting, data=b"%PDF-1.4 cut off")
    assert not Document.objects.exists()
    assert not Event.objects.filter(name="document_given").exists()


# Who gives a document: an upload, and the original at the counter, while it is the applicant's turn.
GIVERS = {
    "applicant": ("done", "denied"),
    "stranger": ("denied", "denied"),
    "foreigner": ("denied", "denied"),
    "auditor": ("denied", "denied"),
    "front_office": ("done", "done"),
    "verifikator": ("done", "done"),
}


@pytest.mark.parametrize("word", GIVERS)
def test_only_applicant_and_office_give_documents(word, waiting, bogor, depok):
    build = {
        "applicant": lambda: waiting.applicant,
        "stranger": person,
        "foreigner": lambda: officer(depok),
    }
    by = build[word]() if word in build else officer(bogor, Role(word))
    answers = tuple(
        answer(lambda data=data: give_document(waiting, KTP, by=again(by), data=data))
        for data in (pdf(), None)
    )
    assert answers == GIVERS[word]


def test_nothing_is_uploaded_while_the_office_checks(checked):
    with pytest.raises(WrongStatus):
        upload(checked)
    assert states(checked)[KTP] == ("given", 1)


def test_ended_ticket_takes_no_document(waiting, ratna):
    withdraw(waiting, by=again(waiting.applicant))
    for act in (
        lambda: upload(waiting),
        lambda: give_document(waiting, KTP, by=ratna, data=None),
    ):
        assert answer(act) == "late"


def test_only_what_was_refused_is_asked_again(checked, ratna):
    sent_back(checked, ratna)
    assert states(checked) == {KTP: ("refused", 1), NPWP: ("accepted", 1)}
    upload(checked, KTP)
    assert states(checked) == {KTP: ("given", 2), NPWP: ("accepted", 1)}


def test_accepted_document_cannot_be_replaced(checked, ratna):
    sent_back(checked, ratna)
    with pytest.raises(WrongStatus):
        upload(checked, NPWP)
    assert states(checked)[NPWP] == ("accepted", 1)


def test_mended_document_needs_a_verdict_of_its_own(checked, bogor, ratna):
    sent_back(checked, ratna)
    upload(checked, KTP)
    complete(checked, checked.applicant)
    complete(checked, officer(bogor, Role.FRONT_OFFICE), complete=True)
    with pytest.raises(ValidationError):
        complete(checked, ratna)
    judge(document(checked), ACCEPTED, by=ratna, after=0)
    complete(checked, ratna)
    assert checked.step == "tanda-terima"


@pytest.mark.parametrize("reason", [each.code for each in COMMON])
def test_refusal_names_one_of_the_coded_reasons(checked, ratna, reason):
    verdict = judge(document(checked), Finding(False, reason=reason), by=ratna, after=0)
    assert (verdict.accepted, verdict.reason) == (False, reason)
    event = Event.objects.get(name="document_refused")
    assert event.data == {"requirement": KTP, "reason": reason}


def test_form_offers_exactly_the_coded_reasons(bogor):
    form = VerdictForm(reasons=reasons_of(bogor))
    codes = [each.code for each in COMMON]
    assert [code for code, _ in form.fields["reason"].choices] == ["", *codes]


@pytest.mark.parametrize("reason", ["", "jelek", "Cut_off"])
def test_refusal_for_another_reason_is_asked_again(checked, ratna, reason):
    with pytest.raises(ValidationError) as refusal:
        judge(document(checked), Finding(False, reason=reason), by=ratna, after=0)
    assert refusal.value.message_dict == {"reason": ["Pilih alasannya."]}
    assert not Verdict.objects.exists()


def test_acceptance_keeps_no_reason(checked, ratna):
    verdict = judge(document(checked), Finding(True, original_seen=True, reason="expired"), by=ratna, after=0)  # fmt: skip
    assert verdict.reason == ""


def test_changed_mind_is_a_revision_and_the_last_one_stands(checked, ratna):
    judge(document(checked), REFUSED, by=ratna, after=0)
    judge(document(checked), ACCEPTED, by=ratna, after=1)
    revisions = Verdict.objects.order_by("revision").values_list("revision", "accepted")
    assert [*revisions] == [(1, False), (2, True)]
    assert (asked(checked).state, asked(checked).verdict.original_seen) == (
        "accepted",
        True,
    )


def test_original_that_the_standard_asks_for_must_be_seen(checked, ratna):
    with pytest.raises(ValidationError):
        judge(document(checked), Finding(True), by=ratna, after=0)
    assert not Verdict.objects.exists()


@pytest.mark.parametrize("first", [ACCEPTED, REFUSED])
def test_second_officer_who_saw_an_older_state_is_told(checked, bogor, ratna, first):
    bayu = again(officer(bogor, name="Bayu Lesmana"))
    judge(document(checked), first, by=ratna, after=0)
    with pytest.raises(WrongStatus):
        judge(document(checked), ACCEPTED, by=bayu, after=0)
    assert [verdict.by for verdict in Verdict.objects.all()] == [ratna]


# Who judges while the ticket stands at the verifier's step.
# The helpdesk judged before the ticket went on, so it is told that somebody was faster
JUDGES = {"verifikator": "done", "front_office": "late", "kepala_tim": "denied", "auditor": "denied"}  # fmt: skip


@pytest.mark.parametrize("word", JUDGES)
def test_documents_are_judged_by_those_who_do_the_step(word, checked, bogor):
    by = again(officer(bogor, Role(word)))
    assert answer(lambda: judge(document(checked), REFUSED, by=by, after=0)) == JUDGES[word]  # fmt: skip


def test_nobody_outside_the_office_judges(checked, depok):
    for somebody in (checked.applicant, person(), officer(depok)):
        with pytest.raises(PermissionDenied):
            judge(
                document(checked),
                Finding(True, original_seen=True),
                by=again(somebody),
                after=0,
            )


def test_nobody_judges_his_own_documents(bogor):
    own = officer(bogor)
    ticket = at_verification(bogor, user=own)
    with pytest.raises(PermissionDenied):
        judge(document(ticket), ACCEPTED, by=again(own), after=0)


def test_verdicts_end_with_their_step(checked, ratna):
    for code in (KTP, NPWP):
        judge(
            document(checked, code),
            Finding(True, original_seen=True),
            by=ratna,
            after=0,
        )
    complete(checked, ratna)
    assert answer(lambda: judge(document(checked), REFUSED, by=ratna, after=1)) != "done"  # fmt: skip
    assert asked(checked).is_accepted


def test_ended_ticket_takes_no_verdict(checked, ratna):
    withdraw(checked, by=again(checked.applicant))
    with pytest.raises(WrongStatus):
        judge(document(checked), ACCEPTED, by=ratna, after=0)


def test_list_read_along_agrees_with_the_list_of_the_moment(checked, ratna):
    sent_back(checked, ratna)
    upload(checked)
    read = with_checklist(Ticket.objects.filter(pk=checked.pk)).get()
    assert states(read) == states(checked)


def test_lock_forgets_the_list_read_along(checked, ratna):
    read = with_checklist(Ticket.objects.filter(pk=checked.pk)).get()
    before = states(read)[KTP]
    judge(document(checked), REFUSED, by=ratna, after=0)
    assert states(read)[KTP] == before
    read.lock()
    assert states(read)[KTP] == ("refused", 1)


def test_register_is_unchecked_until_somebody_looked(waiting, ratna):
    assert [(each.kind, each.check) for each in asked_checks(waiting)] == [
        ("npwp", None),
        ("kswp", None),
        ("daftar-hitam", None),
    ]
    found = record_check(waiting, "kswp", Answer("good", "DJP Online"), by=ratna)
    assert [(each.kind, each.check) for each in asked_checks(waiting)] == [
        ("npwp", None),
        ("kswp", found),
        ("daftar-hitam", None),
    ]


def test_later_answer_stands_and_the_earlier_is_kept(waiting, ratna):
    record_check(waiting, "npwp", Answer("unclear", "DJP Online"), by=ratna)
    later = record_check(waiting, "npwp", Answer("good", "Surat KPP 12"), by=ratna)
    assert asked_checks(waiting)[0].check == later
    assert Check.objects.filter(ticket=waiting, kind="npwp").count() == 2


def test_check_names_officer_time_and_source(waiting, ratna):
    row = record_check(waiting, "npwp", Answer("bad", "DJP Online", "Beda nama"), by=ratna)  # fmt: skip
    assert (row.by, row.at, row.source, row.note) == (ratna, MONDAY, "DJP Online", "Beda nama")  # fmt: skip
    event = Event.objects.get(name="check_recorded")
    assert event.data == {"kind": "npwp", "result": "bad"}  # no text of anybody


def test_register_nobody_asks_for_is_not_recorded(waiting, ratna):
    with pytest.raises(ValidationError):
        record_check(waiting, "nib", Answer("good", "OSS"), by=ratna)


def test_ended_ticket_takes_no_check(waiting, ratna):
    withdraw(waiting, by=again(waiting.applicant))
    with pytest.raises(WrongStatus):
        record_check(waiting, "npwp", Answer("good", "DJP"), by=ratna)


RECORDERS = {
    "front_office": "denied", "helpdesk": "done", "verifikator": "done", "admin_ppe": "denied",
    "kepala_tim": "done", "auditor": "denied",
}  # fmt: skip


@pytest.mark.parametrize("word", RECORDERS)
def test_checks_are_recorded_by_examiners_only(word, waiting, bogor):
    by = again(officer(bogor, Role(word)))
    found = Answer("good", "DJP Online")
    answered = answer(lambda: record_check(waiting, "npwp", found, by=by))
    assert answered == RECORDERS[word]


def test_nobody_records_a_check_of_his_own_request(bogor, depok):
    own = officer(bogor, Role.HELPDESK)
    ticket = registration(bogor, user=own)
    for somebody in (own, officer(depok), person()):
        with pytest.raises(PermissionDenied):
            record_check(ticket, "npwp", Answer("good", "DJP"), by=again(somebody))


def test_verdict_after_the_ticket_went_on_to_another_role_keeps_what_was_typed(bogor):
    """Somebody handed the ticket on between the page and the press: 409 with his name, not 403."""
    ticket = registration(bogor)
    give_all(ticket)
    complete(ticket, ticket.applicant)
    front, rival = (officer(bogor, Role.FRONT_OFFICE, name) for name in ("Bayu Lesmana", "Sari Wening"))  # fmt: skip
    desk, asked = signed_in(front), asked_documents(ticket)[0]
    seen = Event.objects.filter(ticket=ticket).latest("id").pk
    complete(ticket, rival, complete=True)
    answered = send(
        desk, "verdict", ticket.number, asked.code, after=asked.revision,
        accepted="no", reason="cut_off", note="Tepi kanan terpotong", dilihat=seen,
    )  # fmt: skip
    assert answered.status_code == 409
    page = as_page(answered)
    assert "Tepi kanan terpotong" in page.texts("textarea")
    assert "Sari Wening" in " ".join(page.texts("small"))
    assert not Verdict.objects.exists()
