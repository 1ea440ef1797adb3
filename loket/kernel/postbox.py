"""Reads the mailbox to which refused mail returns, once each; leaves whatever else lies there as it was.

How far it was read stands in the database and moves on in the transaction of what was read, so a
worker that dies between repeats nothing and loses nothing.
"""

import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import SplitResult, unquote, urlsplit

from django.db import transaction
from imap_tools import AND, MailBox, MailBoxStartTls, MailBoxUnencrypted, U
from imap_tools.mailbox import BaseMailBox

from loket.kernel import bounces, clock, failing
from loket.kernel.models import Mail, Postbox

log = logging.getLogger(__name__)
PORTS = {"imaps": 993, "imap+starttls": 143, "imap": 143}
TIMEOUT = 20  # seconds
AT_ONCE = 500  # mails; the next run reads on
LOOK_BACK = timedelta(days=14)  # no server holds a mail longer before it returns it


def read_new(url: str) -> int:
    """Read what came since the last time; the number of our mails it changed."""
    place = urlsplit(url)
    folder = unquote(place.path.strip("/")) or "INBOX"
    name = f"{unquote(place.username or '')}@{place.hostname}/{folder}"[:200]
    with connected(url) as box:
        validity = int(box.client.response("UIDVALIDITY")[1][0])
        last = _opened(name, validity)
        since = (clock.now() - LOOK_BACK).date()
        wanted = AND(uid=U(str(last + 1), "*"), date_gte=since)
        found = sorted(int(uid) for uid in box.uids(wanted, charset=None))
        # "n:*" always gives the newest mail too, however old
        return sum(_take(box, name, uid) for uid in found[:AT_ONCE] if uid > last)


@contextmanager
def connected(url: str) -> Iterator[BaseMailBox]:
    """Signed in, with the folder of the address open. Raises what the connection raises."""
    place = urlsplit(url)
    folder = unquote(place.path.strip("/")) or "INBOX"
    box = _box(place)
    with (
        box.client
    ):  # closes the connection also of a refused sign-in, unlike the library's own
        box.login(unquote(place.username or ""), unquote(place.password or ""), folder)
        yield box


def _box(place: SplitResult) -> BaseMailBox:
    host, port = place.hostname or "", place.port or PORTS[place.scheme]
    if place.scheme == "imap":
        return MailBoxUnencrypted(host, port, timeout=TIMEOUT)
    kind = MailBox if place.scheme == "imaps" else MailBoxStartTls
    # The library's own default trusts any certificate
    context = ssl.create_default_context()
    return kind(host, port, timeout=TIMEOUT, ssl_context=context)


@transaction.atomic
def _opened(name: str, validity: int) -> int:
    """The last mail read of this mailbox; none when its server numbered everything anew."""
    now = clock.now()
    known, _ = Postbox.objects.select_for_update().get_or_create(
        name=name, defaults={"uid_validity": validity, "read_at": now}
    )
    if known.uid_validity != validity:
        known.uid_validity, known.last_uid = validity, 0
    known.read_at = now
    known.save()
    return known.last_uid


def _take(box: BaseMailBox, name: str, uid: int) -> bool:
    """Read one mail; one that was acted on is marked as seen after the commit."""
    raw = _fetched(box, uid)
    with transaction.atomic():
        known = Postbox.objects.select_for_update().get(name=name)
        if known.last_uid >= uid:
            return False
        known.last_uid = uid
        known.save(update_fields=["last_uid"])
        is_ours = _note(_bounce(raw, uid))
    if is_ours:
        # Not the library's `flag`: it expunges what others have marked as deleted
        box.client.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")
    return is_ours


def _fetched(box: BaseMailBox, uid: int) -> bytes:
    """The beginning of a mail, however large it is; empty when somebody deleted it meanwhile."""
    wanted = f"(BODY.PEEK[]<0.{bounces.READ_AT_MOST}>)"
    _, parts = box.client.uid("FETCH", str(uid), wanted)
    return next((part[1] for part in parts if isinstance(part, tuple)), b"")


def _bounce(raw: bytes, uid: int) -> bounces.Bounce | None:
    try:
        return bounces.read(raw)
    except Exception:  # the parser must not let one broken mail stop the mailbox
        log.warning("Mail %s of the mailbox for returned mail cannot be read", uid)
        return None


def _note(bounce: bounces.Bounce | None) -> bool:
    """Write it on the mail it names; nothing on one that failed before or was never sent."""
    if bounce is None:
        return False
    found = Mail.objects.select_for_update().filter(pk=bounce.mail_id, failed_at=None)
    mail = found.exclude(sent_at=None).first()
    if mail is None:
        return False
    if bounce.is_final:
        failing.fail(mail, reason=bounce.reason, detail=bounce.detail)
    else:
        failing.delay(mail, detail=bounce.detail)
    return True
