"""What a file carries beside what it shows: scripts and attached files of a PDF, a second type behind the first.

PDFium tells of named scripts and attachments; actions tied to opening, pages or fields are found here
by their names, in the objects that lie open and in those packed into object streams. What hides in
comments, odd filters or behind a lock without password is open in the copy PDFium writes (`papers`).
"""

import re
import zlib
from collections.abc import Iterator
from itertools import chain

ACTIONS = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|XFA|GoTo[ER]|Rendition)"
    rb"(?![A-Za-z0-9_.+-])"
)
# What makes a browser, an interpreter or an unpacker take the same bytes for something else
FACES = rb"(?i:<\?php|<html|<script)|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c"
IN_PICTURE = re.compile(FACES + rb"|%PDF-")
IN_PDF = re.compile(FACES + rb"|PK\x03\x04")
END_OF_ZIP, LONGEST_END = b"PK\x05\x06", 65_557  # an archive is read from its end
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb">>\s{0,20}stream\r?\n")
ABOUT = 2000  # bytes before a stream in which its dictionary is looked for
MOST_UNPACKED = (
    8 * 1024 * 1024
)  # of all object streams; honest ones hold some kilobytes
MARKER = re.compile(rb"\xff+([\x02-\xcf\xd9-\xfe])")
END_OF_PICTURE, SCAN = b"\xd9", b"\xda"
MOST_SCANS, MOST_PARTS = (
    100,
    2000,
)  # of a JPEG; honest ones have a dozen, and some hundreds


def has_second_face(data: bytes, *, is_pdf: bool) -> bool:
    """Whether another program would take the file for an archive, a page of the web or a script."""
    if END_OF_ZIP in data[-LONGEST_END:]:
        return True
    if is_pdf:
        return IN_PDF.search(_without_streams(data)) is not None
    return IN_PICTURE.search(data) is not None


def acts(data: bytes) -> bool:
    """Whether a PDF names a script, a program to start, a form to send or a file inside."""
    return any(
        ACTIONS.search(ESCAPE.sub(_sign, part)) is not None
        for part in chain([_without_streams(data)], _object_streams(data))
    )


def _without_streams(data: bytes) -> bytes:
    """A PDF's objects without pictures, fonts and text, in which any word turns up by chance."""
    parts, rest = [], 0
    for begin, end in _streams(data):
        parts.append(data[rest:begin])
        rest = end
    return b"".join([*parts, data[rest:]])


def _streams(data: bytes) -> Iterator[tuple[int, int]]:
    rest = 0
    while found := STREAM.search(data, rest):
        rest = data.find(b"endstream", found.end())
        if rest < 0:
            return
        yield found.end(), rest


def _object_streams(data: bytes) -> Iterator[bytes]:
    """Objects packed into streams, as far as they unpack; locked ones stay closed."""
    left = MOST_UNPACKED
    for begin, end in _streams(data):
        about = data[max(0, begin - ABOUT) : begin].rpartition(b" obj")[2]
        if b"/ObjStm" in ESCAPE.sub(_sign, about):
            yield (part := _unpacked(data[begin:end], left))
            left = max(1, left - len(part))  # 0 would mean all of it


def _unpacked(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return b""


def _sign(escape: re.Match[bytes]) -> bytes:
    return bytes([int(escape[1], 16)])


def is_tangled(data: bytes) -> bool:
    """Whether a JPEG has so many scans or parts that opening it takes minutes, however small it is."""
    place = parts = scans = 0
    while (found := MARKER.search(data, place)) and found[1] != END_OF_PICTURE:
        parts, scans = parts + 1, scans + (found[1] == SCAN)
        if parts > MOST_PARTS or scans > MOST_SCANS:
            return True
        place = found.end() + int.from_bytes(data[found.end() : found.end() + 2])
    return False
