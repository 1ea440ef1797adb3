"""What is passed on outside comes back by a step somebody of the office can do."""

from pathlib import Path
from shutil import copytree

import pytest

from loket.standards.pack import check

DEPOK = Path(__file__).parents[4] / "packs/kota-depok"
FILE = "standards/penanganan-masalah.yaml"
ANSWER = "    kind: receive_outside_result\n    actor: lkpp\n"

ADD = (
    "tambahkan sesudahnya langkah berjenis 'receive_outside_result' dengan actor: lkpp"
)


@pytest.mark.parametrize(
    ("instead", "message"),
    [
        (
            "    kind: explain\n    actor: helpdesk\n",
            f"langkah 'teruskan' meneruskan ke 'lkpp' di luar kantor; {ADD}",
        ),
        (
            "    kind: receive_outside_result\n    actor: helpdesk\n",
            "langkah 'tunggu' menunggu jawaban pihak luar, padahal 'helpdesk' bukan pihak luar di escalation kantor",
        ),
    ],
)
def test_a_request_that_nobody_could_answer_is_refused(tmp_path, instead, message):
    folder = copytree(DEPOK, tmp_path / DEPOK.name)
    text = (folder / FILE).read_text()
    assert ANSWER in text
    (folder / FILE).write_text(text.replace(ANSWER, instead))
    found = [each.message for each in check([folder]) if each.severity == "error"]
    assert message in found
