"""The folder in which the demo keeps its mails, read back for `/_surat/`."""

import re
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from itertools import islice
from pathlib import Path

from django.conf import settings

# Django ends each message with an empty line and dashes; mails of one second may share a file.
END = re.compile(rb"\n-{79}\n(?=Content-Type: |\Z)")


@dataclass(frozen=True)
class KeptMail:
    """One mail as the demo's reader sees it."""

    name: str
    to: str
    subject: str
    date: str
    text: str
    html: str


def kept_mails(*, limit: int = 50) -> list[KeptMail]:
    """The newest mails first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns)
    newest = (mail for file in reversed(files) for mail in reversed(_mails(file)))
    return list(islice(newest, limit))


def kept_mail(name: str) -> KeptMail | None:
    """One mail by its name."""
    file = Path(settings.EMAIL_FILE_PATH) / f"{Path(name).name.rpartition('-')[0]}.log"
    found = _mails(file) if file.is_file() else []
    return next((mail for mail in found if mail.name == name), None)


def _mails(file: Path) -> list[KeptMail]:
    raw = [part for part in END.split(file.read_bytes()) if part]
    return [_parse(f"{file.stem}-{place}", part) for place, part in enumerate(raw)]


def _parse(name: str, raw: bytes) -> KeptMail:
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(raw)
    return KeptMail(
        name=name,
        to=str(message["To"]),
        subject=str(message["Subject"]).strip(),
        date=str(message["Date"]),
        text=_body(message, "plain"),
        html=_body(message, "html"),
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return part.get_content() if part else ""
