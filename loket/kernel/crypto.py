"""Keys of the installation and what they protect in columns: text encrypted, and keyed digests to find it by."""

import base64
import hmac
import os
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import models

from loket.kernel.ring import ID, ensure_key, ring

NONCE = 12
COLUMNS = "columns"

__all__ = [
    "EncryptedTextField", "derived_key", "digest", "ensure_key", "open_sealed", "protect",
    "reveal", "seal",
]  # fmt: skip


@lru_cache
def _derived(purpose: str, secret: bytes) -> bytes:
    derivation = HKDF(
        algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode()
    )
    return derivation.derive(secret)


def derived_key(purpose: str) -> bytes:
    """A key of its own for each purpose, so that one use cannot be turned against another.

    It changes when the installation's key is replaced: what must be opened later goes through `protect`.
    """
    return _derived(purpose, ring().current.secret)


def protect(data: bytes, *, purpose: str, bound_to: str) -> bytes:
    """Seal under the installation's current key; its id stands before the sealed bytes."""
    key = ring().current
    sealed = seal(data, key=_derived(purpose, key.secret), bound_to=bound_to)
    return key.id + sealed


def reveal(data: bytes, *, purpose: str, bound_to: str) -> bytes:
    """Open what `protect` made under any key of the ring; raises `InvalidTag`."""
    if known := ring().find(data[:ID]):
        key = _derived(purpose, known.secret)
        return open_sealed(data[ID:], key=key, bound_to=bound_to)
    return _reveal_unnamed(data, purpose, bound_to)


def _reveal_unnamed(data: bytes, purpose: str, bound_to: str) -> bytes:
    """Sealed before keys had ids: by the oldest of the ring, or not by this installation."""
    for key in reversed(ring().keys):
        try:
            return open_sealed(
                data, key=_derived(purpose, key.secret), bound_to=bound_to
            )
        except (InvalidTag, ValueError):  # the other: too short for a nonce
            continue
    raise InvalidTag


def seal(data: bytes, *, key: bytes, bound_to: str) -> bytes:
    """Encrypt with AES-256-GCM; the result opens only with the same key and `bound_to`."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, bound_to.encode())


def open_sealed(data: bytes, *, key: bytes, bound_to: str) -> bytes:
    """Decrypt what `seal` made; raises `InvalidTag` when one bit differs."""
    return AESGCM(key).decrypt(data[:NONCE], data[NONCE:], bound_to.encode())


def digest(value: str, *, purpose: str) -> str:
    """A keyed HMAC in hex: equal values are found without being readable. Its key is never replaced."""
    key = _derived(purpose, ring().digests)
    return hmac.new(key, value.encode(), sha256).hexdigest()


# Django's fields take type arguments for the type checker only.
if TYPE_CHECKING:
    Text = models.TextField[str, str]
else:
    Text = models.TextField


class EncryptedTextField(Text):
    """Text that stands encrypted in its column, bound to the field's name."""

    @property
    def bound_to(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> Any:
        if not value:
            return value
        sealed = protect(str(value).encode(), purpose=COLUMNS, bound_to=self.bound_to)
        return base64.b64encode(sealed).decode()

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        if not value:
            return value
        sealed = base64.b64decode(value)
        return reveal(sealed, purpose=COLUMNS, bound_to=self.bound_to).decode()
