"""Storing and serving. Who may see a file is decided by the room whose object it belongs to."""

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.files.content import examine, page_picture
from loket.files.models import FileView, OfficeKey, StoredFile
from loket.files.sealed import read_sealed, write_sealed
from loket.kernel import clock
from loket.kernel.crypto import derived_key, open_sealed, seal
from loket.offices.models import Office

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What an office accepts: names of types as in its pack, and megabytes."""

    types: tuple[str, ...]
    at_most_mb: int


def store_upload(
    office: Office, *, data: bytes, name: str, limits: Limits, by: User | None
) -> StoredFile:
    """Keep an upload: examined, encrypted and on disk before its row commits (H8)."""
    if len(data) > limits.at_most_mb * MEGABYTE:
        size = f"{len(data) / MEGABYTE:.1f}".replace(".", ",")
        raise ValidationError(
            _(
                "Berkas ini %(size)s MB; paling besar %(most)s MB. Perkecil, lalu unggah lagi."
            )
            % {"size": size, "most": limits.at_most_mb}
        )
    content = examine(data, types=limits.types)
    return store(
        office,
        data=data,
        name=name,
        content_type=content.content_type,
        pages=content.pages,
        by=by,
    )


@transaction.atomic
def store(
    office: Office,
    *,
    data: bytes,
    name: str,
    content_type: str,
    pages: int,
    by: User | None,
) -> StoredFile:
    """Encrypt bytes with a key of their own and record them."""
    office_key = key_in_use(office)
    file_key, place = os.urandom(32), uuid4().hex
    write_sealed(path_of(place), data, key=file_key)
    return StoredFile.objects.create(
        office=office,
        key=office_key,
        place=place,
        wrapped_key=seal(file_key, key=opened(office_key), bound_to=place),
        name=clean(name),
        content_type=content_type,
        size=len(data),
        pages=pages,
        sha256=sha256(data).hexdigest(),
        stored_by=by,
        stored_at=clock.now(),
    )


def clean(name: str) -> str:
    """The last part of a name, without signs that hide, turn or break what is read."""
    last = Path(name.replace("\\", "/")).name
    return "".join(sign for sign in last if sign.isprintable())[:200]


def look(file: StoredFile, *, by: User, as_what: str, page: int | None = None) -> bytes:
    """Log the view, then give the bytes: the whole file, or one page as a marked picture.

    `as_what` is officer or party. No view row, no bytes.
    """
    with transaction.atomic():
        FileView.objects.create(
            office_id=file.office_id,
            file=file,
            by=by,
            as_what=as_what,
            page=page,
            at=clock.now(),
            recorded_at=clock.now(),
        )
    data = contents(file)
    if page is None:
        return data
    seen = file.office.local(clock.now()).strftime("%d-%m-%Y %H.%M")
    mark = f"{by.name} · {seen} · {file.office.name}"
    return page_picture(data, page, content_type=file.content_type, mark=mark)


def contents(file: StoredFile) -> bytes:
    """The bytes in clear, for jobs; people go through `look`."""
    key = open_sealed(
        bytes(file.wrapped_key), key=opened(file.key), bound_to=file.place
    )
    return b"".join(read_sealed(path_of(file.place), key=key))


def key_in_use(office: Office) -> OfficeKey:
    """The office's current key; made at its first file."""
    found, _made = OfficeKey.objects.get_or_create(
        office=office,
        retired_at=None,
        defaults={
            "wrapped": seal(
                os.urandom(32), key=derived_key("offices"), bound_to=office.slug
            ),
            "made_at": clock.now(),
        },
    )
    return found


def opened(key: OfficeKey) -> bytes:
    """The office's key in clear."""
    return open_sealed(
        bytes(key.wrapped), key=derived_key("offices"), bound_to=key.office.slug
    )


def path_of(place: str) -> Path:
    """Where a file lies: spread over folders by the first letters of its random name."""
    return Path(settings.FILES_DIR) / place[:2] / place
