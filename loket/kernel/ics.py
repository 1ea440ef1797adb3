"""One appointment as programs for calendars read it (RFC 5545), sent along with a mail."""

from dataclasses import dataclass
from datetime import UTC, datetime

OCTETS = 75  # of a line, without its end (3.1)
TYPE = "text/calendar; method={method}"
PRODUCT = "-//loket//loket//ID"


@dataclass(frozen=True)
class Appointment:
    """A time that was agreed between `organizer`, who writes from the address `sender`, and the address `guest`; a later `sequence` of the same `uid` takes the place of the earlier one."""

    uid: str
    sequence: int
    starts: datetime
    ends: datetime
    title: str
    text: str
    place: str
    organizer: str
    sender: str
    guest: str
    is_cancelled: bool = False

    @property
    def method(self) -> str:
        """What the reader's calendar does with it (RFC 5546)."""
        return "CANCEL" if self.is_cancelled else "REQUEST"

    @property
    def content_type(self) -> str:
        return TYPE.format(method=self.method)

    def written(self, now: datetime) -> str:
        """The whole file, made at `now`."""
        lines = (
            "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", f"METHOD:{self.method}",
            "BEGIN:VEVENT", f"UID:{self.uid}", f"SEQUENCE:{self.sequence}", f"DTSTAMP:{_utc(now)}",
            f"DTSTART:{_utc(self.starts)}", f"DTEND:{_utc(self.ends)}",
            f"STATUS:{'CANCELLED' if self.is_cancelled else 'CONFIRMED'}",
            f"SUMMARY:{_text(self.title)}", f"DESCRIPTION:{_text(self.text)}", f"LOCATION:{_text(self.place)}",
            f"ORGANIZER;CN={_quoted(self.organizer)}:mailto:{self.sender}", f"ATTENDEE;RSVP=FALSE:mailto:{self.guest}",
            "END:VEVENT", "END:VCALENDAR",
        )  # fmt: skip
        return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    """Signs with a meaning of their own, escaped (3.3.11); a line of its own would be a property of its own."""
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        words = words.replace(sign, written)
    return "\\n".join(words.splitlines())


def _quoted(words: str) -> str:
    """A parameter, which knows no escape (3.2): without quotes and control signs."""
    return '"' + "".join(sign for sign in words if sign.isprintable() and sign != '"') + '"'  # fmt: skip


def _folded(line: str) -> str:
    """Lines of at most 75 octets, no letter cut in two; each further one begins with a space."""
    rows, used = [""], 0
    for sign in line:
        size = len(sign.encode())
        if used + size > OCTETS:
            rows.append(" ")
            used = 1
        rows[-1] += sign
        used += size
    return "\r\n".join(rows)
