"""Everything the installation's key seals, and how it moves under a new one while people work (docs/adr/0019)."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Left

from loket.files.keys import BATCH, GRACE, PURPOSE, opened
from loket.files.models import OfficeKey
from loket.kernel import clock
from loket.kernel.crypto import EncryptedTextField, protect
from loket.kernel.ring import ID, Key, add_key, drop_key, ring, sign_of

# What does not open, or is too short to: it stays under its key, and `drop_replaced` refuses
CLOSED = (InvalidTag, ValueError)
SEALED = ("secret", "seed")  # of a second factor: what the library encrypts


class Holder(Protocol):
    """A place with sealed values: how many under which key, and the way under another."""

    @property
    def name(self) -> str:
        """For the table of `loket keys status`."""

    def counts(self) -> Counter[str]:
        """Values by the sign of the key that sealed them."""

    def batch(self, after: int, key: Key) -> int | None:
        """Seal the next values under `key`; where to go on, None at the end."""


@dataclass(frozen=True)
class Column:
    """A column of encrypted text."""

    model: type[models.Model]
    field: str

    @property
    def name(self) -> str:
        return f"{self.model._meta.db_table}.{self.field}"

    def counts(self) -> Counter[str]:
        signs = self._rows().values_list("sign").annotate(n=models.Count("pk"))
        return Counter(dict(signs.order_by()))

    def batch(self, after: int, key: Key) -> int | None:
        with transaction.atomic():
            waiting = self._rows().exclude(sign=key.sign).filter(pk__gt=after)
            held = waiting.order_by("pk").select_for_update(skip_locked=True, no_key=True)  # fmt: skip
            ids = list(held.values_list("pk", flat=True)[:BATCH])
            for pk in ids:
                self._reseal(pk)
        return ids[-1] if ids else None

    def _reseal(self, pk: int) -> None:
        row = self.model._base_manager.filter(pk=pk)
        try:
            text = row.values_list(self.field, flat=True).get()
        except CLOSED:
            return
        row.update(**{self.field: text})

    def _rows(self) -> models.QuerySet[Any]:
        filled = self.model._base_manager.exclude(**{self.field: ""})
        filled = filled.exclude(**{f"{self.field}__isnull": True})
        rows: models.QuerySet[Any] = filled.annotate(sign=Left(self.field, 8))
        return rows


class OfficeKeys:
    """The keys of offices."""

    name = "files_officekey.wrapped"

    def counts(self) -> Counter[str]:
        kept = OfficeKey.objects.exclude(wrapped=b"").values_list("wrapped", flat=True)
        return Counter(sign_of(bytes(each)) for each in kept)

    @transaction.atomic
    def batch(self, after: int, key: Key) -> int | None:
        locked = OfficeKey.objects.select_for_update(of=("self",), no_key=True)
        kept = locked.exclude(wrapped=b"").filter(pk__gt=after)
        keys = list(kept.select_related("office").order_by("pk")[:BATCH])
        for each in keys:
            if bytes(each.wrapped)[:ID] != key.id:
                with suppress(*CLOSED):
                    self._reseal(each)
        return keys[-1].pk if keys else None

    def _reseal(self, key: OfficeKey) -> None:
        key.wrapped = protect(opened(key), purpose=PURPOSE, bound_to=key.office.slug)
        key.save(update_fields=["wrapped"])


class SecondFactors:
    """The secrets of second factors, which the sign-in library keeps in its own table."""

    name = "mfa_authenticator.data"

    def counts(self) -> Counter[str]:
        rows = Authenticator.objects.values_list("data", flat=True)
        return Counter(sign_of(bytes.fromhex(data[name])) for data in rows for name in _sealed_in(data))  # fmt: skip

    @transaction.atomic
    def batch(self, after: int, key: Key) -> int | None:
        locked = Authenticator.objects.select_for_update(no_key=True)
        found = list(locked.filter(pk__gt=after).order_by("pk")[:BATCH])
        for each in found:
            with suppress(*CLOSED):
                self._reseal(each)
        return found[-1].pk if found else None

    def _reseal(self, factor: Authenticator) -> None:
        adapter = get_adapter()
        for name in _sealed_in(factor.data):
            factor.data[name] = adapter.encrypt(adapter.decrypt(factor.data[name]))
        factor.save(update_fields=["data"])


def _sealed_in(data: dict[str, Any]) -> list[str]:
    return [name for name in SEALED if isinstance(data.get(name), str)]


def holders() -> Iterator[Holder]:
    """Every place: new encrypted columns are found by themselves."""
    yield OfficeKeys()
    yield SecondFactors()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedTextField):
                yield Column(model, field.name)


def reseal() -> None:
    """Bring everything under the current key, in batches: killed anywhere, it goes on where it was."""
    key = ring().current
    for holder in holders():
        after: int | None = 0
        while after is not None:
            after = holder.batch(after, key)


def uses() -> dict[str, Counter[str]]:
    """By place, how many values which key sealed."""
    return {holder.name: holder.counts() for holder in holders()}


def replace_key() -> Key:
    """Put a new installation key in use; `reseal` then moves everything under it."""
    return add_key(Path(settings.LOKET_KEY_FILE))


def drop_replaced() -> tuple[list[Key], list[Key]]:
    """Take replaced keys nothing needs out of the ring; which were dropped, and which must stay.

    A value of a key that is not on the ring holds all: it may be from before keys had ids.
    """
    keys, counted = ring().keys, sum(uses().values(), Counter())
    unknown = set(counted) - {key.sign for key in keys}
    dropped = [
        old for newer, old in pairwise(keys)
        if not counted[old.sign] and not unknown and _long_ago(newer.since)
    ]  # fmt: skip
    for key in dropped:
        drop_key(Path(settings.LOKET_KEY_FILE), key.id)
    return dropped, [key for key in keys[1:] if key not in dropped]


def _long_ago(replaced_at: datetime | None) -> bool:
    return replaced_at is not None and replaced_at < clock.now() - GRACE
