"""A QR code as inline SVG: for papers that lead to a page, drawn without a request of its own."""

from collections.abc import Iterator
from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # modules of white around it, without which cameras do not find it (ISO/IEC 18004)


def svg(text: str, label: str) -> SafeString:
    """The code of a text, as wide as its place; `label` says what it leads to, for those who cannot see it."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    rows = code.get_matrix()
    # Of a drawing, the PDF writer reads the title
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="lk-qr" viewBox="0 0 {0} {0}"'
        ' shape-rendering="crispEdges" role="img" aria-label="{1}"><title>{1}</title>'
        '<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path fill="#000" d="{2}"/></svg>',
        len(rows),
        label,
        "".join(_bars(rows)),
    )


def _bars(rows: list[list[bool]]) -> Iterator[str]:
    """Dark modules side by side are one bar: a shorter drawing, without hair lines between them."""
    for y, row in enumerate(rows):
        x = 0
        for is_dark, modules in groupby(row):
            width = len(list(modules))
            if is_dark:
                yield f"M{x} {y}h{width}v1h-{width}z"
            x += width
