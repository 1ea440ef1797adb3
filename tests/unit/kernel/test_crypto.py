"""What is sealed opens only whole, with its key and for its purpose."""

import os
import stat
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from loket.kernel import crypto, ring
from loket.suppliers.models import Registration

KEY = bytes(range(32))
SECRET = b"3271000000000007"


def test_what_was_sealed_opens():
    sealed = crypto.seal(SECRET, key=KEY, bound_to="here")
    assert crypto.open_sealed(sealed, key=KEY, bound_to="here") == SECRET
    assert SECRET not in sealed


def test_same_text_is_never_sealed_alike():
    sealed = {crypto.seal(SECRET, key=KEY, bound_to="here") for _ in range(50)}
    assert len({one[: crypto.NONCE] for one in sealed}) == len(sealed) == 50


def test_one_flipped_bit_anywhere_is_refused():
    sealed = crypto.seal(SECRET, key=KEY, bound_to="here")
    opened = []
    for place in range(len(sealed) * 8):
        damaged = bytearray(sealed)
        damaged[place // 8] ^= 1 << place % 8
        try:
            opened.append(crypto.open_sealed(bytes(damaged), key=KEY, bound_to="here"))
        except InvalidTag:
            continue
    assert opened == []


@pytest.mark.parametrize(
    ("key", "bound_to"), [(KEY, "there"), (bytes(32), "here"), (KEY, "")]
)
def test_other_key_or_place_is_refused(key, bound_to):
    sealed = crypto.seal(SECRET, key=KEY, bound_to="here")
    with pytest.raises(InvalidTag):
        crypto.open_sealed(sealed, key=key, bound_to=bound_to)


@pytest.mark.parametrize("length", [0, 1, 12, 27, 28, 43])
def test_what_was_cut_is_refused(length):
    sealed = crypto.seal(SECRET, key=KEY, bound_to="here")
    assert len(sealed) == 44
    with pytest.raises((InvalidTag, ValueError)):
        crypto.open_sealed(sealed[:length], key=KEY, bound_to="here")


def test_purposes_have_keys_of_their_own():
    keys = {crypto.derived_key(purpose) for purpose in ("columns", "offices", "digest")}
    assert len(keys) == 3
    assert ring.ring().current.secret not in keys


def test_digest_finds_equal_values_of_one_purpose_only():
    one = crypto.digest("3271000000000007", purpose="nik")
    assert one == crypto.digest("3271000000000007", purpose="nik")
    assert one != crypto.digest("3271000000000007", purpose="tax-id")
    assert one != crypto.digest("3271000000000008", purpose="nik")
    assert (len(one), set(one) <= set("0123456789abcdef")) == (64, True)


def test_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "keys" / "installation.key"
    crypto.ensure_key(path)
    first = path.read_bytes()
    crypto.ensure_key(path)
    assert path.read_bytes() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_missing_key_is_named(settings, tmp_path):
    settings.LOKET_KEY_FILE = str(tmp_path / "none.key")
    with pytest.raises(ImproperlyConfigured, match=r"none\.key"):
        ring.ring()


def test_another_installation_finds_other_digests(settings, tmp_path):
    here = crypto.digest("3271000000000007", purpose="nik")
    settings.LOKET_KEY_FILE = str(tmp_path / "other.key")
    crypto.ensure_key(Path(settings.LOKET_KEY_FILE))
    assert crypto.digest("3271000000000007", purpose="nik") != here


def draft(office, answers):
    return Registration.objects.create(
        office=office,
        email="tirta@pandan.example",
        requested_at="2026-11-23T03:00:00Z",
        answers=answers,
    )


def raw(pk):
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM suppliers_registration WHERE id = %s", [pk])
        return cursor.fetchone()[0]


@pytest.mark.parametrize("text", ["3271000000000007", "Jalan Pandan Wangi Nº 7 — ✓", "x" * 5000])  # fmt: skip
def test_encrypted_field_gives_back_what_it_was_given(bogor, text):
    kept = draft(bogor, text)
    assert Registration.objects.get(pk=kept.pk).answers == text
    assert text not in raw(kept.pk)


def test_empty_text_stays_empty(bogor):
    assert raw(draft(bogor, "").pk) == ""


def test_text_of_another_column_is_refused(bogor):
    kept = draft(bogor, "3271000000000007")
    elsewhere = crypto.seal(
        SECRET, key=crypto.derived_key("columns"), bound_to="suppliers_supplier.tax_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE suppliers_registration SET answers = encode(%s, 'base64')",
            [elsewhere],
        )
    with pytest.raises(InvalidTag):
        Registration.objects.get(pk=kept.pk)


def test_random_bytes_are_no_sealed_text():
    with pytest.raises(InvalidTag):
        crypto.open_sealed(os.urandom(60), key=KEY, bound_to="here")
