"""Why a mail did not arrive, from what mail servers say: reply codes and enhanced codes (RFC 5321, RFC 3463)."""

import re
import smtplib
from dataclasses import dataclass, replace

from loket.kernel.models import Mail

Reason = Mail.Reason
ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
REPLY = re.compile(r"(?<![\d.-])([245]\d\d)[ -]")
SIZE_REPLY = 552
FINAL = 500  # replies from here on mean: do not try again

# The longest beginning that fits decides. Servers that only say "no" (5.0.0) are judged by their reply.
BY_ENHANCED = {
    "1": Reason.UNKNOWN_MAILBOX,
    "1.7": Reason.REFUSED,  # the sender's address, not the reader's
    "1.8": Reason.REFUSED,
    "2": Reason.UNKNOWN_MAILBOX,
    "2.2": Reason.MAILBOX_FULL,
    "2.3": Reason.TOO_LARGE,
    "3": Reason.REFUSED,
    "3.1": Reason.MAILBOX_FULL,
    "3.4": Reason.TOO_LARGE,
    "4": Reason.UNREACHABLE,
    "5": Reason.REFUSED,
    "6": Reason.REFUSED,
    "7": Reason.REFUSED,
}
BY_REPLY = {
    "450": Reason.UNREACHABLE,
    "452": Reason.MAILBOX_FULL,
    "550": Reason.UNKNOWN_MAILBOX,
    "551": Reason.UNKNOWN_MAILBOX,
    "552": Reason.MAILBOX_FULL,
    "553": Reason.UNKNOWN_MAILBOX,
}


@dataclass(frozen=True)
class Refusal:
    """What went wrong, for the page (`reason`) and for whoever looks after the server (`detail`)."""

    reason: Mail.Reason
    detail: str
    is_final: bool


def reason_of(text: str) -> Mail.Reason:
    """The reason in an answer such as `550 5.1.1 <a@b.example>: no such user`."""
    for code in ENHANCED.findall(text):
        subject, detail = code.split(".")[1:]
        reason = BY_ENHANCED.get(f"{subject}.{detail}") or BY_ENHANCED.get(subject)
        if reason:
            return reason
    replies = REPLY.findall(f"{text} ")
    return next(
        (BY_REPLY[each] for each in replies if each in BY_REPLY), Reason.REFUSED
    )


def refusal(error: Exception) -> Refusal:
    """Judge what the transport raised.

    Only the receiving server's 5xx about this reader or this mail is final. A refused sign-in or
    sender is our own mistake, and a person may mend it while the mail is tried again.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return _answered(code, said)
    if isinstance(error, smtplib.SMTPResponseException):
        return _refused_whole(error)
    if isinstance(error, OSError):  # the rest of smtplib's, time-outs, no connection
        return Refusal(Reason.UNREACHABLE, one_line(str(error)), is_final=False)
    return Refusal(Reason.UNWRITTEN, one_line(repr(error)), is_final=False)


def _refused_whole(error: smtplib.SMTPResponseException) -> Refusal:
    """Refused before the reader was named or after he was accepted: by its contents, size or sender."""
    answer = _answered(error.smtp_code, error.smtp_error)
    is_about_us = not isinstance(error, smtplib.SMTPDataError)
    if not ENHANCED.search(answer.detail):
        too_large = error.smtp_code == SIZE_REPLY
        answer = replace(
            answer, reason=Reason.TOO_LARGE if too_large else Reason.REFUSED
        )
    if is_about_us and answer.reason != Reason.TOO_LARGE:
        return replace(answer, is_final=False)
    return answer


def _answered(code: int, said: bytes | str) -> Refusal:
    text = f"{code} {one_line(said)}"
    return Refusal(reason_of(text), text, is_final=code >= FINAL)


def one_line(said: bytes | str) -> str:
    """A stranger's answer as a column can hold it."""
    plain = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(plain.replace("\x00", "").split())
