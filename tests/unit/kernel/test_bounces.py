"""A returned mail says which of ours it was and why; anything else says nothing."""

import pytest

from loket.kernel import bounces, mail
from loket.kernel.refusals import reason_of
from tests.factories import returned

PK = 4711


@pytest.fixture
def message_id():
    return f"<mail-{mail.token_of(PK)}@pandan.example>"


@pytest.mark.parametrize(
    ("server", "reason"),
    [
        (returned.postfix, "unknown_mailbox"),
        (returned.exim, "unknown_mailbox"),
        (returned.gmail, "mailbox_full"),
        (returned.exchange, "refused"),
        (returned.in_words, "unknown_mailbox"),
    ],
)
def test_returned_mail_names_ours_and_the_reason(message_id, server, reason):
    bounce = bounces.read(server(message_id))
    assert (bounce.mail_id, bounce.is_final, bounce.reason) == (PK, True, reason)


def test_detail_is_what_the_other_server_answered(message_id):
    assert bounces.read(returned.postfix(message_id)).detail == f"{returned.UNKNOWN} 5.1.1"  # fmt: skip


def test_warning_of_a_delay_is_not_final(message_id):
    bounce = bounces.read(returned.late(message_id))
    assert (bounce.mail_id, bounce.is_final, bounce.reason) == (PK, False, "unreachable")  # fmt: skip


def test_given_up_after_days_is_final(message_id):
    raw = returned.report(message_id, status="4.4.7", diagnostic="")
    bounce = bounces.read(raw)
    assert (bounce.is_final, bounce.reason) == (True, "unreachable")


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded", ""])
def test_report_of_arrival_changes_nothing(message_id, action):
    assert bounces.read(returned.report(message_id, action=action)) is None


@pytest.mark.parametrize("kind", [returned.away, returned.read_receipt])
def test_answer_of_a_person_s_program_is_no_returned_mail(message_id, kind):
    assert bounces.read(kind(message_id)) is None


def test_words_of_somebody_who_is_no_server_are_no_returned_mail(message_id):
    assert bounces.read(returned.in_words(message_id, sender=returned.TO)) is None


def test_words_without_a_refusal_are_no_returned_mail(message_id):
    said = "The server has not answered for 4 hours; it will be tried again. 451 4.4.1"
    assert bounces.read(returned.in_words(message_id, said=said)) is None


@pytest.mark.parametrize(
    "message_id",
    [f"<mail-{PK}@pandan.example>", f"<mail-{PK}.{'0' * 20}@pandan.example>", "<mail@x>", ""],
)  # fmt: skip
@pytest.mark.parametrize("server", [returned.postfix, returned.gmail, returned.in_words])  # fmt: skip
def test_forged_report_names_nothing(server, message_id):
    assert bounces.read(server(message_id)) is None


def test_report_to_the_mail_s_own_return_path_names_it():
    path = f"Delivered-To: loket+{mail.token_of(PK)}@pandan.example\n".encode()
    assert bounces.read(path + returned.postfix("<gone@x>")).mail_id == PK


def test_huge_report_is_read_at_its_beginning(message_id):
    raw = returned.postfix(message_id) + b"x" * 30_000_000
    assert bounces.read(raw).mail_id == PK


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"Content-Type: multipart/report; boundary=\n\n",
        (
            b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x\n"
            b"Content-Type: message/delivery-status\n\n\xff\n\nAction: failed\nStatus: \xff\n"
        ),
        b"From: =?x?q?=\nContent-Type: text/plain; charset=nothing\n\n550 5.1.1\n",
        b"From: mailer-daemon\nContent-Transfer-Encoding: base64\n\n\xff===550\n",
    ],
)
def test_broken_mail_is_no_returned_mail(raw):
    assert bounces.read(raw) is None


def test_cut_report_still_names_ours(message_id):
    raw = returned.postfix(message_id)
    assert bounces.read(raw[: raw.index(b"MIME-Version", 200)]) is None
    assert bounces.read(raw[: raw.rindex(b"@pandan.example>") + 20]).mail_id == PK


def test_detail_fits_into_a_column(message_id):
    raw = returned.in_words(message_id, said="550 5.1.1 no\x00 such \tuser")
    assert bounces.read(raw).detail == "550 5.1.1 no such user"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("550 5.1.1 user unknown", "unknown_mailbox"),
        ("550 5.1.8 bad sender", "refused"),
        ("550 5.2.1 mailbox disabled", "unknown_mailbox"),
        ("552 5.2.3 message too big", "too_large"),
        ("552 5.3.4 message too big", "too_large"),
        ("554 5.4.4 host not found", "unreachable"),
        ("550 5.7.26 unauthenticated", "refused"),
        ("smtp; 550 5.0.0 no such user", "unknown_mailbox"),
        ("550-no such user", "unknown_mailbox"),
        ("554 no", "refused"),
        ("5.9.9 something new", "refused"),
        ("blocked by 10.5.1.1 on 12.5.1.1.2", "refused"),
        ("", "refused"),
    ],
)
def test_answer_of_a_server_has_one_reason(said, reason):
    assert reason_of(said) == reason
