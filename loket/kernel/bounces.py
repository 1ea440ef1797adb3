"""What a returned mail says: which of ours, and whether it failed or is only late (RFC 3464).

These are a stranger's bytes: only a signed token names a mail, and nothing else in them counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from email.policy import (
    compat32,
)  # the newer policy raises on headers that are not well formed

from loket.kernel.mail import named_in
from loket.kernel.models import Mail
from loket.kernel.refusals import ENHANCED, REPLY, Reason, one_line, reason_of

READ_AT_MOST = 128 * 1024  # bytes; a report stands before the mail it returns
POSTMASTER = re.compile(r"^\W*(mailer-daemon|postmaster|mail delivery)", re.IGNORECASE)
ACTIONS = {"failed": True, "delayed": False}  # action: is it final?


@dataclass(frozen=True)
class Bounce:
    """One of our mails that did not arrive, or not yet."""

    mail_id: int
    is_final: bool
    reason: Mail.Reason
    detail: str


def read(raw: bytes) -> Bounce | None:
    """The report in these bytes; None for anything that is no report about a mail of ours."""
    # The newer policy raises on headers that are not well formed
    message = BytesParser(policy=compat32).parsebytes(raw[:READ_AT_MOST])
    report = _report(message)
    told = _structured(report) if report is not None else _told_in_words(message)
    mail_id = named_in("\n".join(_texts(message))) if told else None
    if told is None or mail_id is None:
        return None
    is_final, said = told
    reason = reason_of(said) if said else Reason.REFUSED
    return Bounce(mail_id, is_final, reason, one_line(said))


def _report(message: Message) -> Message | None:
    """The part for machines, as Postfix, Exim, Exchange and Gmail send it."""
    if message.get_content_type() != "multipart/report":
        return None
    kinds = (part for part in message.walk() if isinstance(part, Message))
    return next(
        (each for each in kinds if each.get_content_type() == "message/delivery-status"), None
    )  # fmt: skip


def _structured(report: Message) -> tuple[bool, str] | None:
    """The first recipient's answer; ours have one recipient each."""
    for block in report.walk():
        action = str(block.get("Action", "")).strip().lower()
        if action in ACTIONS:
            said = [str(block.get(name, "")) for name in ("Diagnostic-Code", "Status")]
            return ACTIONS[action], " ".join(said)
    return None


def _told_in_words(message: Message) -> tuple[bool, str] | None:
    """A server that writes to people only (qmail, old Exim): from the postmaster, with a reply code."""
    if not POSTMASTER.match(str(message.get("From", ""))):
        return None
    lines = [line for text in _bodies(message) for line in text.splitlines()]
    said = next((each for each in lines if _says_no(each)), "")
    if not said and message.get("X-Failed-Recipients") is None:
        return None
    return True, said


def _says_no(line: str) -> bool:
    codes = ENHANCED.findall(line) or REPLY.findall(f"{line} ")
    return any(code.startswith("5") for code in codes)


def _texts(message: Message) -> Iterator[str]:
    """Headers and texts in which the token may stand: returned mail, its headers, the envelope's address."""
    for part in message.walk():
        yield from (str(value) for value in part.values())
    yield from _bodies(message)


def _bodies(message: Message) -> Iterator[str]:
    for part in message.walk():
        if part.get_content_maintype() == "text":
            data = part.get_payload(decode=True)
            yield data.decode("utf-8", "replace") if isinstance(data, bytes) else ""
