"""What the commands do to keys and stored bytes; reached through `config.operations`."""

from collections.abc import Iterator
from dataclasses import asdict

from config.commands import Refused
from config.staffing import office_called
from loket.files import checking, keys, resealing
from loket.files.models import OfficeKey, StoredFile
from loket.files.tasks import renew_keys
from loket.kernel.ring import ring
from loket.tickets.actions.keeping import hold_documents
from loket.tickets.models import Ticket
from loket.tickets.tasks import soon


def rotate_keys(*, office: str | None) -> Iterator[str]:
    """A new key for one office, or for the installation; a job moves what the old one holds."""
    if office:
        key = keys.rotate(office_called(office))
        yield f"Kunci baru dipakai: {key}"
    else:
        yield f"Kunci baru dipakai: {resealing.replace_key().sign}"
    soon(renew_keys)
    yield "Pekerja memindahkan isi lama; lihat: loket keys status"


def keys_status() -> Iterator[str]:
    """What stands under which key."""
    counted = resealing.uses()
    for number, key in enumerate(ring().keys):
        state = "lama" if number else "dipakai"
        held = sum(counts[key.sign] for counts in counted.values())
        yield f"instalasi  {key.sign}  {state:8} {held:7} nilai"
    known = {key.sign for key in ring().keys}
    strange = sum(sum(c.values()) - sum(c[k] for k in known) for c in counted.values())
    if strange:
        yield f"instalasi  tanpa nama          {strange:7} nilai"
    for office_key in OfficeKey.objects.exclude(wrapped=b"").select_related("office"):
        state = "lama" if office_key.retired_at else "dipakai"
        held = StoredFile.objects.filter(key=office_key, destroyed_at=None).count()
        yield f"{office_key.office.slug}  {office_key.pk}  {state:8} {held:7} berkas"


def retire_keys() -> Iterator[str]:
    """Drop replaced keys nothing needs; refused while one is still needed or younger than an hour."""
    dropped, kept = resealing.drop_replaced()
    gone, stay = keys.drop_replaced()
    for name in [*(key.sign for key in dropped), *map(str, gone)]:
        yield f"Dihapus: {name}"
    if kept or stay:
        names = ", ".join([*(key.sign for key in kept), *map(str, stay)])
        raise Refused(
            f"Masih dipakai, atau diganti kurang dari satu jam yang lalu: {names}"
        )


def check_files(*, most: int) -> Iterator[str]:
    """Compare rows and bytes now."""
    found = checking.check(most)
    yield " ".join(f"{name}={number}" for name, number in asdict(found).items())
    if not found.is_good:
        raise Refused("Ada berkas yang tidak seperti saat disimpan.")


def hold_files(*, ticket: str, because: str) -> Iterator[str]:
    """Keep a ticket's documents beyond their time; without a reason, end it."""
    found = Ticket.objects.select_related("office").filter(number=ticket).first()
    if found is None:
        raise Refused(f"Tiket {ticket!r} tidak ada.")
    yield f"Berkas: {hold_documents(found, because=because, by=None)}"
