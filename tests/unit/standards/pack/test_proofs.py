"""A User ID is told only where the pack names two proofs of identity for everybody who may ask."""

from pathlib import Path
from shutil import copytree

import pytest

from loket.standards.pack import check

BOGOR = Path(__file__).parents[4] / "packs/kota-bogor"
PROOFS = "proofs: [ktp-pimpinan, npwp-perusahaan, ktp-pemilik, npwp-pemilik, akta-pendirian-asing, identitas-pajak-asing]"


@pytest.mark.parametrize(
    ("proofs", "message"),
    [
        ("", "langkah 'beri-tahu' berjenis 'disclose_user_id', yang memerlukan 'proofs'; tambahkan"),
        (PROOFS.replace("identitas-pajak-asing", "paspor"), "langkah 'beri-tahu' memakai bukti 'paspor' yang tidak ada di requirements"),
        (PROOFS.replace("ktp-pemilik, ", ""), "langkah 'beri-tahu' harus memakai sedikitnya dua berkas yang diminta dari 'perorangan'"),
    ],
)  # fmt: skip
def test_one_proof_of_identity_is_refused(tmp_path, proofs, message):
    folder = copytree(BOGOR, tmp_path / BOGOR.name)
    file = folder / "standards/informasi-user-id.yaml"
    text = file.read_text()
    assert PROOFS in text
    file.write_text(text.replace(PROOFS, proofs))
    found = [each.message for each in check([folder]) if each.severity == "error"]
    assert message in found
