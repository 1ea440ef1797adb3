"""Jobs of the kernel, the accounts and the files."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from allauth.mfa.totp.internal.auth import TOTP
from django.db import connection

from loket.accounts import tasks as accounts
from loket.accounts.actions.emails import (
    ask_email_change,
    confirm_email_change,
    new_confirm_link,
)
from loket.accounts.models import Session
from loket.files import resealing, tasks as files
from loket.files.actions import Limits, path_of, store_upload
from loket.kernel import clock, failing, outbox, tasks as kernel
from loket.kernel.models import Mail, OnceKey
from loket.kernel.ring import ensure_key
from loket.suppliers.models import Registration
from tests.factories import postbox as dovecot, returned
from tests.factories.papers import pdf
from tests.factories.people import person
from tests.factories.registering import requested
from tests.factories.tickets import registration
from tests.proofs.faults.scenes import scene

TICK = {"timestamp": 0}
LIMITS = Limits(("pdf", "jpg"), 4)


@scene(kernel.send_mail)
def mail_waits(stage):
    return {"mail_id": requested(stage.bogor).mail.pk}


def _failed(stage):
    ticket = registration(stage.bogor)
    outbox.promise(
        key="surat", to="ratna@pandan.example", template="tickets/mail/received",
        context={"ticket": ticket.pk}, office_id=stage.bogor.pk,
    )  # fmt: skip
    return Mail.objects.get(key="surat")


@scene(kernel.tell_failed)
def mail_failed(stage):
    letter = _failed(stage)
    failing.fail(letter, reason=Mail.Reason.UNKNOWN_MAILBOX, detail="550 5.1.1")
    return {"mail_id": letter.pk}


@scene(kernel.read_postbox)
def mail_came_back(stage):
    stage.settings.LOKET_IMAP = stage.mailbox()
    letter = _failed(stage)
    letter.message_id, letter.sent_at = "<mail-1.0@x>", clock.now()
    letter.message_id = f"<mail-{kernel.mail.token_of(letter.pk)}@localhost>"
    letter.save()
    dovecot.empty(stage.settings.LOKET_IMAP)
    dovecot.deliver(stage.settings.LOKET_IMAP, returned.postfix(letter.message_id))
    return TICK


@scene(kernel.sweep_once_keys, days=8)
def old_keys(stage):
    for number in range(3):
        OnceKey.objects.create(key=f"{number:032x}", at=clock.now())
    return TICK


@scene(kernel.take_up_left_jobs)
def worker_died(stage):
    for _ in range(2):
        accounts.answer_reset.defer(**reset_asked(stage))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL")  # fmt: skip
    return TICK


@scene(accounts.answer_reset)
def reset_asked(stage):
    key = f"kunci-{person().pk}"
    sealed = accounts.protect(person().email.encode(), purpose=accounts.RESET, bound_to=key)  # fmt: skip
    return {"sealed": sealed.hex(), "key": key}


@scene(accounts.apply_email_changes, hours=73)
def address_changes(stage):
    for _ in range(2):
        user = person()
        change = ask_email_change(user, email=f"baru-{user.pk}@pandan.example")
        confirm_email_change(new_confirm_link(change))
    return TICK


@scene(accounts.sweep_sessions, days=60)
def old_sessions(stage):
    past = clock.now() - timedelta(days=90)
    for number in range(2):
        Session.objects.create(
            session_key=f"{number:032x}", session_data="", expire_date=past, handle=uuid4(),
            began_at=past, seen_at=past,
        )  # fmt: skip
    return TICK


def _everything_sealed(stage):
    stage.settings.LOKET_KEY_FILE = str(stage.folder / "keys" / "installation.key")
    ensure_key(Path(stage.settings.LOKET_KEY_FILE))
    for _ in range(3):
        _uploaded(stage)
    for number in range(3):
        Registration.objects.create(
            office=stage.bogor, email=f"t{number}@pandan.example",
            requested_at=clock.now(), answers="3271000000000007",
        )  # fmt: skip
    TOTP.activate(person(), "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    resealing.replace_key()
    return {}


scene(files.renew_keys)(_everything_sealed)
scene(files.renew_keys_nightly)(lambda stage: _everything_sealed(stage) | TICK)


def _uploaded(stage, by=None):
    return store_upload(stage.bogor, data=pdf(), name="npwp.pdf", limits=LIMITS, by=by or person())  # fmt: skip


@scene(files.check_files, days=200)
def damaged_and_left_over(stage):
    stage.settings.CLAMD = ""
    damaged, missing, _whole = (_uploaded(stage) for _ in range(3))
    path_of(damaged.place).write_bytes(b"LOKET1\nx")
    path_of(missing.place).unlink()
    for name in ("0" * 32, "0" * 31 + "1"):
        path_of(name).parent.mkdir(parents=True, exist_ok=True)
        path_of(name).write_bytes(b"sisa")
    return TICK


@scene(files.scan_file)
def held(stage):
    stage.settings.CLAMD = stage.scanner()
    return {"file_id": _uploaded(stage).pk}


@scene(files.sweep_scans, instead_of=[files.scan_file], hours=1)
def held_long(stage):
    stage.settings.CLAMD = stage.scanner()
    for _ in range(2):
        _uploaded(stage)
    return TICK
