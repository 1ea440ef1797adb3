"""Storing and serving. Who may see a file is decided by the room whose object it belongs to."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from loket.accounts.models import User
from loket.files import scanner
from loket.files.content import PDF, examine, page_picture, without_metadata
from loket.files.keys import key_in_use, unwrap, wrap
from loket.files.models import FileFinding, FileView, Scan, StoredFile, Trouble
from loket.files.permissions import check_scan
from loket.files.sealed import Damaged, read_sealed, write_sealed
from loket.kernel import clock, ledger
from loket.kernel.fence import as_system
from loket.offices.models import Office
from loket.offices.permissions import standing

MEGABYTE = 1024 * 1024


class Destroyed(Exception):
    """The file came to the end of its retention; its bytes are gone for good."""


@dataclass(frozen=True)
class Limits:
    """What an office accepts: names of types as in its pack, and megabytes."""

    types: tuple[str, ...]
    at_most_mb: int


def store_upload(
    office: Office, *, data: bytes, name: str, limits: Limits, by: User | None
) -> StoredFile:
    """Keep an upload: examined, encrypted and on disk before its row commits (H8); held for the scanner."""
    _check_size(data, limits)
    content = examine(data, types=limits.types)
    with transaction.atomic():
        file = store(
            office,
            data=data,
            name=name,
            content_type=content.content_type,
            pages=content.pages,
            by=by,
        )
        _distrust(file)
    return file


def store_evidence(
    office: Office, *, data: bytes, name: str, limits: Limits, by: User
) -> StoredFile:
    """Keep what proves something: like an upload, but a photograph without its metadata (G7).

    The stored hash is that of what is kept.
    """
    _check_size(data, limits)
    if examine(data, types=limits.types).content_type != PDF:
        data, name = without_metadata(data), f"{Path(clean(name)).stem}.jpg"
    kept = replace(limits, types=("pdf", "jpg"))
    return store_upload(office, data=data, name=name, limits=kept, by=by)


def store_sealed(office: Office, *, data: bytes, name: str, at_most_mb: int, by: User) -> StoredFile:  # fmt: skip
    """Keep evidence as it came, such as an encrypted bid: never parsed, scanned or drawn (design 6)."""
    if not data:
        raise ValidationError(_("Berkas ini kosong."))
    _check_size(data, Limits((), at_most_mb))
    with transaction.atomic():
        file = store(office, data=data, name=name, content_type="application/octet-stream", pages=0, by=by)  # fmt: skip
        file.scan = Scan.SEALED
        file.save(update_fields=["scan"])
    return file


def _check_size(data: bytes, limits: Limits) -> None:
    if len(data) > limits.at_most_mb * MEGABYTE:
        size = f"{len(data) / MEGABYTE:.1f}".replace(".", ",")
        raise ValidationError(
            _(
                "Berkas ini %(size)s MB; paling besar %(most)s MB. Perkecil, lalu unggah lagi."
            )
            % {"size": size, "most": limits.at_most_mb}
        )


def _distrust(file: StoredFile) -> None:
    """A stranger's bytes: held until the scanner has judged them, or known as not scanned."""
    file.scan = Scan.HELD if scanner.is_there() else Scan.NOT_SCANNED
    file.save(update_fields=["scan"])
    if scanner.is_there():
        app.configure_task("loket.files.tasks.scan_file").defer(file_id=file.pk)


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
    """Encrypt bytes with a key of their own and record them as loket's own; uploads go through `store_upload`."""
    office_key = key_in_use(office)
    file_key, place = os.urandom(32), uuid4().hex
    write_sealed(path_of(place), data, key=file_key)
    return StoredFile.objects.create(
        office=office,
        key=office_key,
        place=place,
        wrapped_key=wrap(file_key, key=office_key, place=place),
        name=clean(name),
        content_type=content_type,
        size=len(data),
        pages=pages,
        scan=Scan.OWN,
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

    `as_what` is officer or party. No view row, no bytes. Raises `Withheld`, `Destroyed` or `Damaged`.
    """
    if file.destroyed_at:
        raise Destroyed
    with transaction.atomic():
        file.refresh_from_db(fields=["scan"])
        check_scan(file, whole=page is None)
        FileView.objects.create(
            office_id=file.office_id,
            file=file,
            by=by,
            as_what=as_what,
            roles=" ".join(sorted(standing(by).by_office.get(file.office_id, ()))),
            page=page,
            at=clock.now(),
            recorded_at=clock.now(),
        )
    data = _given(file)
    if page is None:
        return data
    seen = file.office.local(clock.now()).strftime("%d-%m-%Y %H.%M")
    mark = f"{by.name} · {seen} · {file.office.name}"
    return page_picture(data, page, content_type=file.content_type, mark=mark)


def _given(file: StoredFile) -> bytes:
    try:
        return contents(file)
    except Damaged:
        gone = StoredFile.objects.filter(pk=file.pk, destroyed_at__isnull=False)
        if gone.exists():  # while it was on its way
            raise Destroyed from None
        is_there = path_of(file.place).exists()
        report(file, Trouble.DAMAGED if is_there else Trouble.MISSING)
        raise


def contents(file: StoredFile) -> bytes:
    """The bytes in clear, for jobs; people go through `look`. Raises `Destroyed` or `Damaged`."""
    return b"".join(portions(file))


def portions(file: StoredFile) -> Iterator[bytes]:
    """The bytes in clear, 64 KiB at a time."""
    if file.destroyed_at:
        raise Destroyed
    yield from read_sealed(path_of(file.place), key=unwrap(file))


def keep(file: StoredFile, *, because: str) -> None:
    """Hold a file beyond its retention, such as for a dispute; an empty reason ends it."""
    StoredFile.objects.filter(pk=file.pk, destroyed_at=None).update(hold=because)


@transaction.atomic
def destroy(file: StoredFile) -> bool:
    """Blank the key, so that every copy of the bytes becomes noise, then remove them; False if held.

    The row stays: it says that there was a file, and when it ended (UU 27/2022 art. 44).
    """
    held = StoredFile.objects.select_for_update().get(pk=file.pk)
    if held.hold or held.destroyed_at:
        return False
    held.wrapped_key, held.name, held.destroyed_at = b"", "", clock.now()
    held.save(update_fields=["wrapped_key", "name", "destroyed_at"])
    held.signatures.update(signer="", issuer="")
    # A crash before this leaves noise, which the nightly sweep removes in the same way
    transaction.on_commit(lambda: remove_bytes(held.place))
    return True


def remove_bytes(place: str) -> None:
    """The bytes of a destroyed file go, once the ledger knows: a restore must not bring it back."""
    ledger.note(ledger.DESTROYED, place)
    path_of(place).unlink(missing_ok=True)


@transaction.atomic
def destroy_again(places: Iterable[str]) -> int:
    """After a restore: what was destroyed since the backup ends once more, whatever held it then."""
    back = StoredFile.objects.filter(place__in=list(places), destroyed_at=None)
    back.update(hold="")
    return sum(destroy(file) for file in back.all())


@as_system()
def report(file: StoredFile, kind: Trouble) -> None:
    """Write down that the bytes are not as stored, once per kind; the office is told by a job."""
    now = clock.now()
    found = FileFinding(
        office_id=file.office_id, file=file, place=file.place, kind=kind, at=now, recorded_at=now
    )  # fmt: skip
    # The reader who met it may add the row but not read it
    FileFinding.objects.bulk_create([found], ignore_conflicts=True)


def path_of(place: str) -> Path:
    """Where a file lies: spread over folders by the first letters of its random name."""
    return Path(settings.FILES_DIR) / place[:2] / place
