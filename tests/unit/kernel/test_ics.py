"""A time in a mail, as RFC 5545 wants it: lines, escapes, folds, and what takes the place of what."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from loket.kernel.ics import Appointment

NOW = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)
START = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
CALL = Appointment(
    uid="BGR-26-00001@loket.example", sequence=2, starts=START, ends=START + timedelta(minutes=30),
    title="Panggilan video, tiket BGR-26-00001", text="https://loket.example/tiket/BGR-26-00001/",
    place="0812 0000 0177", organizer="LPSE Kota Contoh", sender="loket@loket.example", guest="cv@pandan.example",
)  # fmt: skip


def lines(**more):
    return replace(CALL, **more).written(NOW).split("\r\n")


def unfolded(**more):
    return replace(CALL, **more).written(NOW).replace("\r\n ", "").split("\r\n")


def test_whole_appointment_is_written_in_utc():
    assert unfolded() == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//loket//loket//ID",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:BGR-26-00001@loket.example",
        "SEQUENCE:2",
        "DTSTAMP:20261123T033000Z",
        "DTSTART:20261124T030000Z",
        "DTEND:20261124T033000Z",
        "STATUS:CONFIRMED",
        "SUMMARY:Panggilan video\\, tiket BGR-26-00001",
        "DESCRIPTION:https://loket.example/tiket/BGR-26-00001/",
        "LOCATION:0812 0000 0177",
        'ORGANIZER;CN="LPSE Kota Contoh":mailto:loket@loket.example',
        "ATTENDEE;RSVP=FALSE:mailto:cv@pandan.example",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_cancelled_one_takes_itself_back():
    found = unfolded(is_cancelled=True, sequence=3)
    assert [found[3], found[6], found[10]] == ["METHOD:CANCEL", "SEQUENCE:3", "STATUS:CANCELLED"]  # fmt: skip
    assert replace(CALL, is_cancelled=True).content_type == "text/calendar; method=CANCEL"  # fmt: skip


def test_no_line_has_more_than_75_octets_and_no_letter_is_cut():
    title = "Panggilan vidéo — " * 12
    assert max(len(line.encode()) for line in lines(title=title)) == 75
    assert f"SUMMARY:{title}" in unfolded(title=title)


def test_words_never_become_a_property_of_their_own():
    evil = "Rapat\r\nATTENDEE:mailto:lain@x.example;a,b\\"
    assert "LOCATION:Rapat\\nATTENDEE:mailto:lain@x.example\\;a\\,b\\\\" in unfolded(place=evil)  # fmt: skip
    found = unfolded(organizer='LPSE "A"\r\nX-EVIL:1')
    assert 'ORGANIZER;CN="LPSE AX-EVIL:1":mailto:loket@loket.example' in found
