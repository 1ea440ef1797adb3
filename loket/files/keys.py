"""The keys of offices: one in use, replaced ones readable until every file has left them (docs/adr/0019)."""

import os
from datetime import timedelta

from cryptography.exceptions import InvalidTag
from django.db import transaction
from django.db.models import QuerySet

from loket.files.models import OfficeKey, StoredFile
from loket.files.sealed import Damaged
from loket.kernel import clock
from loket.kernel.crypto import open_sealed, protect, reveal, seal
from loket.offices.models import Office

PURPOSE = "offices"
BATCH = 200
# A request that began with a key before it was replaced has long ended by then
GRACE = timedelta(hours=1)


def key_in_use(office: Office) -> OfficeKey:
    """The office's current key; made at its first file."""
    found, _made = OfficeKey.objects.get_or_create(
        office=office, retired_at=None, defaults=_new_key(office)
    )
    return found


def _new_key(office: Office) -> dict[str, object]:
    wrapped = protect(os.urandom(32), purpose=PURPOSE, bound_to=office.slug)
    return {"wrapped": wrapped, "made_at": clock.now()}


def opened(key: OfficeKey) -> bytes:
    """The office's key in clear."""
    return reveal(bytes(key.wrapped), purpose=PURPOSE, bound_to=key.office.slug)


def wrap(file_key: bytes, *, key: OfficeKey, place: str) -> bytes:
    """A file's key under its office's, bound to the file's place."""
    return seal(file_key, key=opened(key), bound_to=place)


def unwrap(file: StoredFile) -> bytes:
    """A file's key in clear; raises `Damaged` when it, or its office's, is not as it was wrapped."""
    try:
        office_key = opened(file.key)
        return open_sealed(bytes(file.wrapped_key), key=office_key, bound_to=file.place)
    except (InvalidTag, ValueError) as error:
        raise Damaged(f"the key of {file.place} does not open") from error


@transaction.atomic
def rotate(office: Office) -> OfficeKey:
    """Put a new key in use. Files go on opening with the replaced one until `rewrap` has passed."""
    Office.objects.select_for_update(no_key=True).get(pk=office.pk)
    now = clock.now()
    OfficeKey.objects.filter(office=office, retired_at=None).update(retired_at=now)
    return key_in_use(office)


def to_rewrap() -> QuerySet[StoredFile]:
    """Files whose key is still wrapped by a replaced one."""
    return StoredFile.objects.filter(destroyed_at=None, key__retired_at__isnull=False)


@transaction.atomic
def rewrap_batch(after: int) -> int | None:
    """Wrap the keys of the next files anew, from this id on; where to go on, None at the end.

    Files that somebody holds are passed over; the next run takes them. Readers never wait.
    """
    locked = to_rewrap().select_for_update(skip_locked=True, of=("self",), no_key=True)
    batch = list(locked.filter(pk__gt=after).select_related("key__office", "office").order_by("pk")[:BATCH])  # fmt: skip
    for file in batch:
        _rewrap(file)
    return batch[-1].pk if batch else None


def _rewrap(file: StoredFile) -> None:
    try:
        file_key = unwrap(file)
    except Damaged:
        return  # the nightly check reports it
    file.key = key_in_use(file.office)
    file.wrapped_key = wrap(file_key, key=file.key, place=file.place)
    file.save(update_fields=["key", "wrapped_key"])


def rewrap() -> None:
    """All batches, each in a transaction of its own: killed anywhere, it goes on where it was."""
    after: int | None = 0
    while after is not None:
        after = rewrap_batch(after)


@transaction.atomic
def drop_replaced() -> tuple[list[OfficeKey], list[OfficeKey]]:
    """Blank replaced keys no file needs; which were dropped, and which must stay."""
    old = OfficeKey.objects.filter(retired_at__isnull=False).exclude(wrapped=b"")
    locked = old.select_for_update(of=("self",)).select_related("office")
    keys = list(locked.order_by("pk"))
    needed = StoredFile.objects.filter(key__in=keys, destroyed_at=None)
    busy = set(needed.values_list("key_id", flat=True).distinct())
    idle = [each for each in keys if each.pk not in busy and _long_replaced(each)]
    OfficeKey.objects.filter(pk__in=[each.pk for each in idle]).update(wrapped=b"")
    return idle, [each for each in keys if each not in idle]


def _long_replaced(key: OfficeKey) -> bool:
    return key.retired_at is not None and key.retired_at < clock.now() - GRACE
