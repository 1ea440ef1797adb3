"""What a receiving server may do with a mail, and what the outbox makes of it."""

from email import policy
from email.parser import BytesParser

import pytest
from django.db import IntegrityError
from procrastinate.contrib.django.models import ProcrastinateJob

from loket.kernel import mail
from loket.kernel.models import Mail
from loket.kernel.tasks import SENDING, MailNotSent
from tests.factories.jobs import run_jobs_here
from tests.factories.smtp import CutInData, Desk, serving
from tests.unit.kernel.paper import TO, attempt, lay_out, promised, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def letter_paper(settings, tmp_path):
    lay_out(settings, tmp_path / "templates")
    told.clear()


@pytest.fixture
def letter():
    return promised()


def refused(letter, **more):
    """One attempt that does not deliver."""
    with pytest.raises(MailNotSent):
        attempt(letter, **more)
    letter.refresh_from_db()


@pytest.mark.parametrize(
    ("where", "answer", "reason"),
    [
        ("rcpt", "550 5.1.1 no such user", "unknown_mailbox"),
        ("rcpt", "550 no such user here", "unknown_mailbox"),
        ("rcpt", "552 5.2.2 mailbox full", "mailbox_full"),
        ("rcpt", "554 5.7.1 relay access denied", "refused"),
        ("data", "554 5.7.1 looks like spam", "refused"),
        ("data", "550 not wanted", "refused"),
        ("data", "552 too big", "too_large"),
    ],
)
def test_permanent_refusal_is_final_at_once(settings, letter, where, answer, reason):
    with serving(settings, Desk(**{where: [answer]})):
        attempt(letter)
    assert (letter.state, letter.reason, letter.error) == ("failed", reason, answer)
    assert (letter.sent_at, letter.attempts) == (None, 1)


def test_mail_too_large_for_the_server_is_final(settings, letter):
    with serving(settings, data_size_limit=100):
        attempt(letter)
    assert (letter.state, letter.reason) == ("failed", "too_large")


def test_mail_that_was_refused_is_not_sent_again(settings, letter):
    with serving(settings, Desk(rcpt=["550 5.1.1 no", "250 OK"])) as desk:
        attempt(letter)
        attempt(letter)
    assert (desk.envelopes, letter.attempts) == ([], 1)


def test_refusal_is_told_to_whoever_listens_once(settings, letter):
    with serving(settings, Desk(rcpt=["550 5.1.1 no"])):
        run_jobs_here()
        run_jobs_here()
    assert told == [letter.pk]


def test_greylisted_mail_is_tried_again_and_arrives(settings, letter):
    with serving(settings, Desk(rcpt=["451 4.7.1 come again", "250 OK"])) as desk:
        refused(letter)
        assert (letter.state, letter.error) == ("waiting", "451 4.7.1 come again")
        attempt(letter, attempts=1)
    assert (letter.state, letter.error, len(desk.envelopes)) == ("sent", "", 1)
    assert told == []


def test_refusal_for_now_becomes_final_with_the_last_attempt(settings, letter):
    with serving(settings, Desk(rcpt=["452 4.2.2 mailbox full"])):
        refused(letter, attempts=SENDING.max_attempts)
    assert (letter.state, letter.reason) == ("failed", "mailbox_full")
    assert ProcrastinateJob.objects.filter(task_name__endswith=".tell_failed").count() == 1  # fmt: skip


def test_refused_sender_is_our_mistake_and_tried_again(settings, letter):
    class Strict(Desk):
        async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 - the library's name
            return "550 5.7.1 sender not allowed"

    with serving(settings, Strict()):
        refused(letter)
    assert (letter.state, letter.error) == ("waiting", "550 5.7.1 sender not allowed")


def test_slow_server_is_left_and_tried_again(settings, letter):
    settings.EMAIL_TIMEOUT = 0.2
    with serving(settings, Desk(waits=1)):
        refused(letter)
    assert (letter.state, letter.attempts) == ("waiting", 1)


def test_connection_cut_in_the_mail_sends_it_once_later(settings, letter):
    with serving(settings, kind=CutInData):
        refused(letter)
    assert letter.state == "waiting"
    with serving(settings) as desk:
        attempt(letter, attempts=1)
        attempt(letter, attempts=2)
    assert (letter.state, len(desk.envelopes)) == ("sent", 1)


def test_connection_cut_before_the_answer_repeats_the_same_message_id(settings, letter):
    """Nobody can know whether it was taken; the reader's server sees that both are one mail."""
    with serving(settings, Desk(data=["hang up", "250 OK"])) as desk:
        refused(letter)
        attempt(letter, attempts=1)
    first, second = (parsed(each)["Message-ID"] for each in desk.envelopes)
    assert (first, letter.attempts, letter.state) == (second, 1, "sent")


def parsed(envelope):
    return BytesParser(policy=policy.default).parsebytes(envelope.content)


@pytest.fixture
def arrived(settings, letter):
    """A mail as it came out of the wire."""
    settings.DEFAULT_FROM_EMAIL = "Loket <loket@pandan.example>"
    with serving(settings) as desk:
        attempt(letter)
    return desk.envelopes[0]


def test_mail_names_the_office_as_sender(arrived):
    assert str(parsed(arrived)["From"]) == "LPSE Kota Pandan <loket@pandan.example>"
    assert (arrived.mail_from, arrived.rcpt_tos) == ("loket@pandan.example", [TO])


def test_mail_carries_a_signed_name_and_its_language(arrived, letter):
    head = parsed(arrived)
    assert head["Message-ID"] == letter.message_id == f"<mail-{mail.token_of(letter.pk)}@pandan.example>"  # fmt: skip
    assert (head["Content-Language"], head["Auto-Submitted"]) == ("id", "auto-generated")  # fmt: skip


def test_program_that_shows_the_last_it_understands_shows_html(arrived):
    message = parsed(arrived)
    assert message.get_content_type() == "multipart/alternative"
    kinds = [(part.get_content_type(), part.get_content_charset()) for part in message.iter_parts()]  # fmt: skip
    assert kinds == [("text/plain", "utf-8"), ("text/html", "utf-8")]


def test_return_path_names_the_mail_where_the_server_can(settings, letter):
    settings.MAIL_RETURN_PATH = "loket+{token}@pandan.example"
    with serving(settings) as desk:
        attempt(letter)
    assert desk.envelopes[0].mail_from == f"loket+{mail.token_of(letter.pk)}@pandan.example"  # fmt: skip
    assert mail.named_in(f"Delivered-To: {desk.envelopes[0].mail_from}") == letter.pk


@pytest.mark.parametrize("forged", ["{pk}", "{pk}.", "{pk}.{zeros}", "{other}.{signature}", "1{token}", "{token}0"])  # fmt: skip
def test_name_nobody_signed_names_nothing(forged):
    token = mail.token_of(7)
    said = forged.format(pk=7, zeros="0" * 20, other=8, signature=token[2:], token=token)  # fmt: skip
    assert (mail.named_in(said), mail.named_in(f"<mail-{token}@x>")) == (None, 7)


def test_failed_mail_without_a_reason_cannot_be_kept(letter):
    letter.failed_at = letter.created_at
    with pytest.raises(IntegrityError, match="mail_failed_for_a_reason"):
        letter.save()


def test_state_of_a_mail_that_was_just_promised(letter):
    assert Mail.objects.get().state.label == "menunggu dikirim"
