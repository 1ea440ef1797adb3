"""The drawing of a QR code says the same as the code."""

import re

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from loket.ui import qr

ADDRESS = "https://loket.example/bukti/7KQ4-M2XP-ABCD-EFGH/"
BAR = re.compile(r"M(\d+) (\d+)h(\d+)v1h-\3z")


def _modules(drawn: str) -> set[tuple[int, int]]:
    bars = [map(int, found) for found in BAR.findall(drawn)]
    return {(x + n, y) for x, y, width in bars for n in range(width)}


def test_every_dark_module_of_the_code_is_drawn_and_no_other():
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(ADDRESS)
    wanted = {
        (x, y)
        for y, row in enumerate(code.get_matrix())
        for x, is_dark in enumerate(row)
        if is_dark
    }
    assert _modules(qr.svg(ADDRESS, "Kode")) == wanted


def test_four_modules_of_quiet_stand_around_it():
    drawn = qr.svg(ADDRESS, "Kode")
    side = int(re.search(r'viewBox="0 0 (\d+) ', drawn)[1])
    places = [place for module in _modules(drawn) for place in module]
    assert (min(places), max(places)) == (4, side - 5)


def test_the_label_is_read_out_and_cannot_become_markup():
    drawn = qr.svg(ADDRESS, "<b>Kode</b>")
    assert re.findall("<title>(.*)</title>", drawn) == ["&lt;b&gt;Kode&lt;/b&gt;"]
