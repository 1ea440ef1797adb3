"""Registers and roots of signatures in a pack: what is refused, with a message that says what to do."""

from pathlib import Path

import pytest

from loket.standards.pack import check, write_pack
from loket.standards.pack.check import read_pack
from tests.factories.signing import Certified

BOGOR = Path(__file__).parents[4] / "packs/kota-bogor"
FILE = "standards/registrasi-verifikasi.yaml"


@pytest.fixture
def pack(tmp_path):
    """A copy of a real pack, to be broken."""
    folder = tmp_path / BOGOR.name
    (folder / "standards").mkdir(parents=True)
    (folder / "office.yaml").write_text((BOGOR / "office.yaml").read_text())
    (folder / FILE).write_text((BOGOR / FILE).read_text())
    return folder


def refused(folder, file, old, new):
    """The messages after one change."""
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))
    return [each.message for each in check([folder]) if each.severity == "error"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("checks: [npwp, kswp]", "checks: [npwp, pajak]", "register 'pajak' tidak ada di registers kantor"),
        ("before: aktifkan", "before: entah", "periksa 'daftar-hitam' sebelum langkah 'entah', yang tidak ada"),
        ("rechecks: [daftar-hitam]", "rechecks: [nib]", "langkah 'aktifkan' memeriksa ulang 'nib' yang tidak ada di checks standar ini"),
    ],
)  # fmt: skip
def test_what_nobody_described_is_refused(pack, old, new, message):
    assert refused(pack, FILE, old, new) == [message]


def test_root_that_is_no_certificate_is_refused(pack):
    root = "signature_roots:\n  - {name: Induk, use: meterai, certificate: bukan}\nregisters:"
    [message] = refused(pack, "office.yaml", "registers:", root)
    assert "bukan sertifikat X.509 dalam bentuk PEM" in message


def test_root_is_written_back_as_it_was_read(pack, tmp_path):
    pem = Certified("Root Uji").pem.replace("\n", "\n      ").strip()
    root = f"signature_roots:\n  - name: Induk\n    use: meterai\n    certificate: |\n      {pem}\nregisters:"
    assert refused(pack, "office.yaml", "registers:", root) == []
    read = read_pack(pack)
    write_pack(read, tmp_path / "again" / BOGOR.name)
    assert read_pack(tmp_path / "again" / BOGOR.name).office == read.office
