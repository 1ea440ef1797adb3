"""Keys of the installation and what they protect in columns: text encrypted, and keyed digests to find it by."""

import base64
import hmac
import os
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

NONCE = 12


def ensure_key(path: Path) -> None:
    """Make the installation's key once, readable by its owner only. Losing it loses the files."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64encode(os.urandom(32)))


@lru_cache
def installation_key() -> bytes:
    """The 32 bytes everything else is derived from or wrapped by."""
    try:
        return base64.b64decode(Path(settings.LOKET_KEY_FILE).read_bytes())
    except FileNotFoundError as error:
        raise ImproperlyConfigured(
            f"The installation's key is missing: {settings.LOKET_KEY_FILE}"
        ) from error


@lru_cache
def derived_key(purpose: str) -> bytes:
    """A key of its own for each purpose, so that one use cannot be turned against another."""
    derivation = HKDF(
        algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode()
    )
    return derivation.derive(installation_key())


def seal(data: bytes, *, key: bytes, bound_to: str) -> bytes:
    """Encrypt with AES-256-GCM; the result opens only with the same key and `bound_to`."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, bound_to.encode())


def open_sealed(data: bytes, *, key: bytes, bound_to: str) -> bytes:
    """Decrypt what `seal` made; raises `InvalidTag` when one bit differs."""
    return AESGCM(key).decrypt(data[:NONCE], data[NONCE:], bound_to.encode())


def digest(value: str, *, purpose: str) -> str:
    """A keyed HMAC in hex: equal values are found without being readable."""
    return hmac.new(derived_key(purpose), value.encode(), sha256).hexdigest()


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
        sealed = seal(
            str(value).encode(), key=derived_key("columns"), bound_to=self.bound_to
        )
        return base64.b64encode(sealed).decode()

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        if not value:
            return value
        return open_sealed(
            base64.b64decode(value), key=derived_key("columns"), bound_to=self.bound_to
        ).decode()
