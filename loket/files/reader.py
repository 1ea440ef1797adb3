"""The reader: a process of its own that opens what strangers upload, with nothing to lose (docs/adr/0018).

It knows no settings and no secrets, may not open any file or connection, and has bounds on memory
and time that end it. Run as `python -I -m loket.files.reader`; questions and answers are `frames`.
"""

import resource
import select
import sys
from dataclasses import asdict
from io import BytesIO
from typing import Any

import pypdfium2
from PIL import Image

from loket.files import frames
from loket.files.bounds import PDF
from loket.files.papers import Refused, inspect
from loket.files.pictures import bare, draw

# Bytes of addresses; the largest picture there may be needs two thirds
MEMORY = 800 * 1024 * 1024
SECONDS = 6  # of processor, for one file
FILES = 500  # then a fresh process takes over, whatever this one has gathered
IDLE = 300  # seconds


def main() -> None:
    """Answer until nobody asks any more."""
    Image.MAX_IMAGE_PIXELS = None  # papers has a limit of its own, with words
    _load_everything()
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 3),  # stdin, stdout, stderr; no file, no socket
    ):
        resource.setrlimit(what, (most, most))
    for _ in range(FILES):
        if not select.select([0], [], [], IDLE)[0]:
            return
        try:
            question, data = frames.read(sys.stdin.buffer)
        except frames.Torn:
            return
        _bound_processor()
        head, body = _answer(question, data)
        frames.write(sys.stdout.buffer, head, body)


def _answer(question: dict[str, Any], data: bytes) -> frames.Frame:
    try:
        return _work(question, data)
    except Refused as refused:
        reason, number = refused.reason, refused.number
    except MemoryError:
        reason, number = "heavy", 0
    except Exception:  # a parser may fail in any way; one file must not end the reader
        reason, number = "unreadable", 0
    return {"refused": reason, "number": number}, b""


def _work(question: dict[str, Any], data: bytes) -> frames.Frame:
    if question["do"] == "inspect":
        return asdict(inspect(data, question["types"])), b""
    if question["do"] == "strip":
        return {}, bare(data)
    kind = {"content_type": question["content_type"], "mark": question["mark"]}
    return {}, draw(data, question["number"], **kind)


def _bound_processor() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def _load_everything() -> None:
    """Read a sheet and photographs once: libraries load parts late, which is forbidden afterwards."""
    document, sheet = pypdfium2.PdfDocument.new(), BytesIO()
    document.new_page(50, 50)
    document.save(sheet)
    draw(sheet.getvalue(), 1, content_type=PDF, mark="x")
    exif = Image.Exif()
    exif[0x0112] = 6
    for name in ("MPO", "PNG"):
        photograph = BytesIO()
        more = [Image.new("RGB", (9, 9))] if name == "MPO" else []
        Image.new("RGB", (9, 9)).save(
            photograph, name, exif=exif, save_all=bool(more), append_images=more
        )
        found = inspect(photograph.getvalue(), ("jpg", "png"))
        draw(photograph.getvalue(), 1, content_type=found.content_type, mark="x")
        bare(photograph.getvalue())


if __name__ == "__main__":
    main()
