"""The folder in which the demo keeps its mails, read back for `/_surat/`."""

from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from django.conf import settings


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
    return [_parse(file) for file in reversed(files[-limit:])]


def kept_mail(name: str) -> KeptMail | None:
    """One mail by the name of its file."""
    file = Path(settings.EMAIL_FILE_PATH) / f"{Path(name).name}.log"
    return _parse(file) if file.is_file() else None


def _parse(file: Path) -> KeptMail:
    # Django ends each message of the folder with a line of dashes
    raw = file.read_bytes().rsplit(b"-" * 79, 1)[0]
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(raw)
    return KeptMail(
        name=file.stem,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        date=str(message["Date"]),
        text=_body(message, "plain"),
        html=_body(message, "html"),
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return part.get_content() if part else ""
