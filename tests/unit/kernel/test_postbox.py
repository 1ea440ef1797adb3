"""Returned mail is read from a real mailbox, once each, and acts on nothing but the mail it names."""

import contextlib
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from django.db import connection, transaction

from loket.kernel import clock, mail, postbox, tasks
from loket.kernel.models import Mail, Postbox
from tests.factories import postbox as dovecot, returned
from tests.factories.jobs import in_a_thread, run_jobs_here
from tests.unit.kernel.paper import lay_out, promised, told

DAY = timedelta(days=1)
committed = pytest.mark.django_db(transaction=True)
READ = "import django, sys; django.setup(); from loket.kernel.postbox import read_new; read_new(sys.argv[1])"  # fmt: skip
DEEP = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2500))  # fmt: skip


@pytest.fixture(scope="module")
def server():
    with dovecot.running() as url:
        yield url


@pytest.fixture
def box(server, settings, tmp_path):
    """An empty mailbox, and templates for the mails that will come back."""
    lay_out(settings, tmp_path / "templates")
    told.clear()
    dovecot.empty(server)
    return server


def sent(key="k1"):
    """A mail that went out."""
    letter = promised(key)
    mail.send(letter)
    return letter


def states():
    return sorted((each.key, each.state) for each in Mail.objects.all())


@pytest.mark.django_db
def test_returned_mail_fails_with_its_reason_and_tells(box):
    letter = sent()
    dovecot.deliver(box, returned.postfix(letter.message_id))
    assert postbox.read_new(box) == 1
    letter.refresh_from_db()
    assert (letter.state, letter.reason) == ("failed", "unknown_mailbox")
    assert letter.sent_at is not None
    run_jobs_here()
    assert told == [letter.pk]


@pytest.mark.django_db
def test_returned_mail_is_marked_read_and_acts_once(box):
    letter = sent()
    dovecot.deliver(box, *[returned.postfix(letter.message_id)] * 2)
    assert [postbox.read_new(box), postbox.read_new(box)] == [1, 0]
    assert dovecot.flags(box) == [("\\Seen",), ()]


@pytest.mark.django_db
def test_late_mail_is_noted_and_may_still_come_back(box):
    letter = sent()
    dovecot.deliver(box, returned.late(letter.message_id))
    postbox.read_new(box)
    assert states() == [("k1", "delayed")]
    dovecot.deliver(box, returned.gmail(letter.message_id))
    postbox.read_new(box)
    assert states() == [("k1", "failed")]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [returned.away, returned.read_receipt])
def test_other_mail_is_left_untouched(box, kind):
    letter = sent()
    dovecot.deliver(box, kind(letter.message_id), b"From: a@b.example\n\nHalo\n")
    assert postbox.read_new(box) == 0
    assert (states(), dovecot.flags(box)) == ([("k1", "sent")], [(), ()])


@pytest.mark.django_db
def test_mail_others_marked_as_deleted_is_not_thrown_away(box):
    letter = sent()
    dovecot.deliver(box, b"From: a@b.example\n\nHalo\n", returned.postfix(letter.message_id))  # fmt: skip
    with dovecot.signed_in(box) as people:
        people.client.uid("STORE", people.uids()[0], "+FLAGS", r"(\Deleted)")
    postbox.read_new(box)
    assert dovecot.flags(box) == [("\\Deleted",), ("\\Seen",)]


@pytest.mark.django_db
def test_forged_report_changes_nothing(box):
    letter = sent()
    dovecot.deliver(box, returned.postfix(f"<mail-{letter.pk}.{'0' * 20}@pandan.example>"))  # fmt: skip
    assert (postbox.read_new(box), states()) == (0, [("k1", "sent")])


@pytest.mark.django_db
def test_mail_that_never_went_out_cannot_come_back(box):
    letter = promised()
    dovecot.deliver(box, returned.postfix(f"<mail-{mail.token_of(letter.pk)}@pandan.example>"))  # fmt: skip
    assert (postbox.read_new(box), states()) == (0, [("k1", "waiting")])


@pytest.mark.django_db
def test_twenty_at_once_are_each_read(box):
    letters = [sent(f"k{n:02}") for n in range(20)]
    dovecot.deliver(box, *(returned.exim(each.message_id) for each in letters))
    assert postbox.read_new(box) == 20
    assert {state for _, state in states()} == {"failed"}
    assert Postbox.objects.get().name == "loket@127.0.0.1/INBOX"


@pytest.mark.django_db
def test_more_than_one_run_reads_is_read_by_the_next(box, monkeypatch):
    monkeypatch.setattr(postbox, "AT_ONCE", 2)
    letters = [sent(f"k{n}") for n in range(3)]
    dovecot.deliver(box, *(returned.exim(each.message_id) for each in letters))
    assert [postbox.read_new(box) for _ in range(3)] == [2, 1, 0]


@pytest.mark.django_db
def test_huge_and_broken_mails_do_not_stop_the_mailbox(box, caplog):
    first, second = sent("k1"), sent("k2")
    huge = returned.postfix(first.message_id) + b"\n" + b"x" * 12_000_000
    dovecot.deliver(box, DEEP, b"\xff\xfe", huge, returned.postfix(second.message_id))
    assert postbox.read_new(box) == 2
    assert [each.message for each in caplog.records] == [
        f"Mail {dovecot_uid(box)} of the mailbox for returned mail cannot be read"
    ]


def dovecot_uid(box):
    """The number of the oldest mail there."""
    with dovecot.signed_in(box) as people:
        return people.uids()[0]


@pytest.mark.django_db
def test_mailbox_that_was_numbered_anew_is_read_again(box):
    letter = sent()
    dovecot.deliver(box, returned.postfix(letter.message_id))
    postbox.read_new(box)
    Postbox.objects.update(uid_validity=1, last_uid=10**9)
    another = sent("k2")
    dovecot.deliver(box, returned.postfix(another.message_id))
    assert (postbox.read_new(box), states()) == (1, [("k1", "failed"), ("k2", "failed")])  # fmt: skip


@pytest.mark.django_db
def test_mail_older_than_two_weeks_is_not_read(box):
    letter = sent()
    dovecot.deliver(box, returned.postfix(letter.message_id))
    with clock.at(clock.now() + postbox.LOOK_BACK * 2):
        assert postbox.read_new(box) == 0


@committed
def test_worker_killed_between_reading_and_commit_reads_once_more(box, settings):
    letter = sent()
    dovecot.deliver(box, returned.postfix(letter.message_id))
    with transaction.atomic():
        Mail.objects.select_for_update().get()
        worker = subprocess.Popen([sys.executable, "-c", READ, box], env=environment(settings))  # fmt: skip
        try:
            wait_for(waiting_for_a_lock)
        finally:
            worker.kill()
            worker.wait()
    wait_for(lambda: not waiting_for_a_lock())
    assert states() == [("k1", "sent")]
    assert [postbox.read_new(box), postbox.read_new(box)] == [1, 0]
    assert states() == [("k1", "failed")]


@committed
def test_two_workers_at_once_act_once(box):
    letters = [sent(f"k{n}") for n in range(5)]
    dovecot.deliver(box, *(returned.exim(each.message_id) for each in letters))
    changed = []
    threads = [
        threading.Thread(target=in_a_thread, args=[lambda: changed.append(postbox.read_new(box))])
        for _ in range(2)
    ]  # fmt: skip
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sum(changed) == 5


def environment(settings):
    """What another process needs to work on the test's database."""
    served = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    return os.environ | {
        "LOKET_KEY_FILE": str(settings.LOKET_KEY_FILE),
        "DATABASE_URL": served._replace(path=f"/{name}").geturl(),
    }


def waiting_for_a_lock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


def wait_for(happened):
    deadline = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.django_db
def test_job_without_a_mailbox_does_nothing(settings):
    settings.LOKET_IMAP = ""
    tasks.read_postbox.func(0)
    assert Postbox.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["imap://loket:salah@{host}", "imap://loket:x@127.0.0.1:1/"])  # fmt: skip
def test_mailbox_that_is_away_is_read_next_time(box, settings, caplog, wrong):
    settings.LOKET_IMAP = wrong.format(host=box.rpartition("@")[2])
    tasks.read_postbox.func(0)
    assert [each.message.partition(":")[0] for each in caplog.records] == ["The mailbox for returned mail could not be read"]  # fmt: skip
    assert "salah" not in caplog.text


@pytest.mark.django_db
def test_job_reads_the_mailbox_it_is_told(box, settings):
    letter = sent()
    dovecot.deliver(box, returned.postfix(letter.message_id))
    settings.LOKET_IMAP = box
    tasks.read_postbox.func(0)
    assert states() == [("k1", "failed")]


@pytest.fixture
def stranger(tmp_path):
    """A server whose certificate nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = clock.now()
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now - DAY, now + DAY)  # fmt: skip
    pem = made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    pem += key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "pem").write_bytes(pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "pem")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        answering = threading.Thread(target=greet, args=[listening, context])
        answering.start()
        yield listening.getsockname()[1]
        answering.join()


def greet(listening, context):
    """Take one connection; a client that refuses the certificate ends it."""
    with contextlib.suppress(OSError), listening.accept()[0] as line:
        context.wrap_socket(line, server_side=True).close()


@pytest.mark.django_db
def test_password_is_not_told_to_a_server_nobody_vouches_for(stranger):
    with pytest.raises(ssl.SSLCertVerificationError):
        postbox.read_new(f"imaps://loket:rahasia@127.0.0.1:{stranger}/INBOX")
