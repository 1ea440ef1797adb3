"""The ring of keys: the first seals, all open, digests never change, and the file is never half written."""

import base64
import os
import stat
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.exceptions import ImproperlyConfigured

from loket.kernel import ring
from loket.kernel.crypto import digest, protect, reveal, seal

SECRET = b"3271000000000007"


@pytest.fixture
def path(settings, tmp_path):
    """A ring of our own."""
    settings.LOKET_KEY_FILE = str(tmp_path / "keys" / "installation.key")
    found = Path(settings.LOKET_KEY_FILE)
    ring.ensure_key(found)
    return found


def kept(data=SECRET):
    return protect(data, purpose="columns", bound_to="here")


def opened(sealed):
    return reveal(sealed, purpose="columns", bound_to="here")


def test_new_ring_has_one_key_and_another_for_digests(path):
    made = ring.ring()
    assert len(made.keys) == 1
    assert made.digests != made.current.secret
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_sealed_begins_with_the_id_of_the_key_and_tells_nothing_of_it(path):
    key = ring.ring().current
    assert kept()[: ring.ID] == key.id
    assert key.id not in key.secret


def test_new_key_seals_at_once_and_the_old_one_still_opens(path):
    old, before = kept(), ring.ring().current
    key = ring.add_key(path)
    assert kept()[: ring.ID] == key.id
    assert [each.id for each in ring.ring().keys] == [key.id, before.id]
    assert opened(old) == opened(kept()) == SECRET
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_dropped_key_opens_nothing_any_more(path):
    old, before = kept(), ring.ring().current
    ring.add_key(path)
    ring.drop_key(path, before.id)
    with pytest.raises(InvalidTag):
        opened(old)
    assert opened(kept()) == SECRET


def test_current_key_is_never_dropped(path):
    ring.drop_key(path, ring.ring().current.id)
    assert opened(kept()) == SECRET


def test_digests_survive_every_rotation(path):
    before = digest("3271000000000007", purpose="nik")
    for _ in range(3):
        replaced = ring.ring().current
        ring.add_key(path)
        ring.drop_key(path, replaced.id)
    assert digest("3271000000000007", purpose="nik") == before


def test_file_of_one_bare_key_opens_what_it_sealed_and_keeps_its_digests(path):
    """Installations from before the ring: nothing they hold may become unreadable."""
    secret = os.urandom(32)
    path.write_bytes(base64.b64encode(secret))
    unnamed = seal(SECRET, key=_derived_from(secret), bound_to="here")
    before = digest("3271000000000007", purpose="nik")
    ring.add_key(path)
    assert opened(unnamed) == SECRET
    assert digest("3271000000000007", purpose="nik") == before
    assert len(ring.ring().keys) == 2


def _derived_from(secret):
    return HKDF(hashes.SHA256(), 32, None, b"columns").derive(secret)


def test_killed_before_the_new_file_took_its_place_leaves_the_old_one(path):
    before = path.read_text()
    path.with_suffix(".new").write_text("ha")  # what a killed rotation leaves
    assert path.read_text() == before
    assert opened(kept()) == SECRET
    ring.add_key(path)
    assert len(ring.ring().keys) == 2


def test_empty_file_is_refused_by_name(path):
    path.write_text("\n")
    with pytest.raises(ImproperlyConfigured, match="holds no key"):
        ring.ring()


def test_other_purpose_or_place_is_refused(path):
    sealed = kept()
    with pytest.raises(InvalidTag):
        reveal(sealed, purpose="second-factor", bound_to="here")
    with pytest.raises(InvalidTag):
        reveal(sealed, purpose="columns", bound_to="there")
