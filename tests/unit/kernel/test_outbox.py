"""A mail is promised in a transaction, sent by a job, and a failure shows until it is delivered."""

import socket
from datetime import date
from uuid import uuid4

import pytest
from django.core import mail as transport
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from loket.kernel import clock, mail, outbox
from loket.kernel.models import Mail
from loket.kernel.tasks import SENDING, MailNotSent, send_mail
from tests.factories.jobs import run_jobs

TEMPLATE = "pandan/hello"
committed = pytest.mark.django_db(transaction=True)


@mail.renders(TEMPLATE)
def hello(letter):
    return {**letter.context, "link": uuid4().hex, "monday": date(2026, 11, 23)}


@pytest.fixture(autouse=True)
def letter_paper(settings, tmp_path):
    """A mail's three templates."""
    folder = tmp_path / "templates" / "pandan"
    folder.mkdir(parents=True)
    (folder / "hello.subject.txt").write_text("Halo\n {{ name }}\n")
    (folder / "hello.txt").write_text(
        "\nHalo {{ name }}, {{ site_url }}/{{ link }}\n\n"
    )
    (folder / "hello.html").write_text("<p>{{ name }}</p><i>{{ monday|date:'D' }}</i>")
    first = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**first, "DIRS": [folder.parent]}]


@pytest.fixture
def transport_away(settings):
    """Nobody listens where the mail server should be."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = taken.getsockname()
        yield


def promise(key="k1", name="Ratna Widuri", **more):
    return outbox.promise(
        key=key,
        to="ratna@pandan.example",
        template=TEMPLATE,
        context={"name": name},
        **more,
    )


def attempt(letter, *, attempts=0):
    """One run of the job, the library's context given by hand."""

    class Context:
        class job:  # noqa: N801 - the name the library gives it
            pass

    Context.job.attempts = attempts
    send_mail.func(Context, letter.pk)


@pytest.mark.django_db
def test_promise_makes_one_row_and_one_job():
    assert promise() is True
    (letter,) = Mail.objects.all()
    (job,) = ProcrastinateJob.objects.all()
    assert (job.task_name, job.args) == ("loket.kernel.tasks.send_mail", {"mail_id": letter.pk})  # fmt: skip
    assert (letter.sent_at, letter.failed_at, letter.attempts) == (None, None, 0)


@pytest.mark.django_db
def test_same_key_promises_once():
    assert [promise(), promise(name="Tirta Adiguna")] == [True, False]
    assert Mail.objects.get().context == {"name": "Ratna Widuri"}
    assert ProcrastinateJob.objects.count() == 1


@committed
def test_what_is_rolled_back_promises_nothing():
    with transaction.atomic():
        promise()
        transaction.set_rollback(True)
    assert (Mail.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)


@committed
def test_worker_sends_what_was_promised_and_leaves_no_job():
    promise()
    run_jobs()
    (sent,) = transport.outbox
    letter = Mail.objects.get()
    assert (sent.to, sent.subject) == (["ratna@pandan.example"], "Halo Ratna Widuri")
    assert letter.sent_at is not None
    assert sent.extra_headers["Message-ID"] == letter.message_id
    assert ProcrastinateJob.objects.count() == 0


@committed
def test_failed_mail_waits_for_its_next_attempt(transport_away):
    promise()
    run_jobs()
    letter, job = Mail.objects.get(), ProcrastinateJob.objects.get()
    assert (letter.sent_at, letter.failed_at, letter.attempts) == (None, None, 1)
    assert letter.error == "[Errno 111] Connection refused"
    assert (job.status, job.attempts) == ("todo", 1)
    assert job.scheduled_at > clock.now()


@pytest.mark.django_db
def test_mail_goes_out_when_the_transport_is_back(settings, transport_away):
    promise()
    letter = Mail.objects.get()
    with pytest.raises(MailNotSent):
        attempt(letter)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    attempt(letter, attempts=1)

    letter.refresh_from_db()
    assert (len(transport.outbox), letter.error, letter.attempts) == (1, "", 1)


@pytest.mark.django_db
def test_mail_given_up_says_since_when(transport_away):
    promise()
    letter = Mail.objects.get()
    with pytest.raises(MailNotSent):
        attempt(letter, attempts=SENDING.max_attempts - 1)
    letter.refresh_from_db()
    assert letter.failed_at is None
    with pytest.raises(MailNotSent):
        attempt(letter, attempts=SENDING.max_attempts)
    letter.refresh_from_db()
    assert letter.failed_at is not None


def test_attempts_end_after_about_a_day():
    waits = [SENDING.exponential_wait ** (n + 1) for n in range(SENDING.max_attempts)]
    assert 12 <= sum(waits) / 3600 <= 48


@pytest.mark.django_db
def test_mail_is_sent_once_however_often_its_job_runs():
    promise()
    letter = Mail.objects.get()
    for _ in range(3):
        attempt(letter)
    assert len(transport.outbox) == 1


@pytest.mark.django_db
def test_error_longer_than_its_column_is_cut(settings):
    promise(key="k2", name="x" * 10)
    letter = Mail.objects.get()
    Mail.objects.update(template="pandan/" + "x" * 40)
    with pytest.raises(MailNotSent):
        attempt(letter)
    letter.refresh_from_db()
    assert letter.error == f"KeyError('pandan/{'x' * 40}')"


@pytest.mark.django_db
def test_letter_is_written_when_it_is_sent_not_when_promised():
    promise()
    letter = Mail.objects.get()
    assert "http" not in str(letter.context)
    first, second = mail.write(letter), mail.write(letter)
    assert first.text.startswith("Halo Ratna Widuri,\nhttp://localhost:8000/")
    assert first.text.endswith("\n")
    assert first.text != second.text


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "day"), [("id", "Sen"), ("en", "Mon")])
def test_letter_speaks_the_readers_language(language, day):
    promise(language=language)
    assert mail.write(Mail.objects.get()).html == f"<p>Ratna Widuri</p><i>{day}</i>"


@pytest.mark.django_db
def test_mail_names_itself_automatic():
    promise()
    attempt(Mail.objects.get())
    assert transport.outbox[0].extra_headers["Auto-Submitted"] == "auto-generated"
    assert transport.outbox[0].alternatives[0].mimetype == "text/html"


@pytest.mark.django_db
def test_what_did_not_arrive_is_listed_the_newest_first():
    for key in ("sent", "waiting", "late", "lost"):
        promise(key=key)
    now = clock.now()
    Mail.objects.exclude(key="waiting").update(sent_at=now)
    Mail.objects.filter(key="late").update(delayed_at=now)
    Mail.objects.filter(key="lost").update(failed_at=now, reason="refused")
    assert [(each.key, each.state) for each in outbox.undelivered()] == [
        ("lost", "failed"),
        ("late", "delayed"),
        ("waiting", "waiting"),
    ]
