"""What the commands do for backups and after a restore; reached through `config.operations`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.db.models import QuerySet

from config.backups import drilling, making, notes, restoring
from config.commands import Refused
from loket.kernel import outbox
from loket.kernel.models import Mail


def backup(folder: Path, *, keys: Path | None) -> Iterator[str]:
    """One more backup in this folder."""
    return making.make(folder, keys=keys)


def restore(folder: Path, *, ledger: Path | None, skip: int | None) -> Iterator[str]:
    """Into an empty database; `operations.restore` then lets the serving role in."""
    if ledger and not ledger.exists():
        raise Refused(f"{ledger} tidak ada.")
    return restoring.restore(folder, since=restoring.Since(ledger, skip))


def drill(folder: Path | None) -> Iterator[str]:
    """Of this folder, or of the one the last backup went to."""
    noted = str(notes.read().get("backup", {}).get("folder", ""))
    if folder is None and not noted:
        raise Refused("Belum pernah ada cadangan. Buat dahulu: loket backup FOLDER")
    return drilling.drill(folder or Path(noted), now=drilling.live())


def list_mails() -> Iterator[str]:
    """Each held mail with its number; whom it is for, never what it says."""
    for mail in outbox.held():
        yield f"{mail.pk}  {mail.created_at:%Y-%m-%d %H.%M} UTC  {mail.template}  {mail.to}"
    yield f"Ditahan: {outbox.held().count()}. Kirim: loket mails release ID; buang: loket mails drop ID"  # fmt: skip


def release_mails(*, ids: Sequence[str]) -> Iterator[str]:
    """Send them after all."""
    yield f"Dikirim: {outbox.release(_named(ids))}"


def drop_mails(*, ids: Sequence[str]) -> Iterator[str]:
    """Never send them."""
    yield f"Dibuang: {outbox.drop(_named(ids))}"


def _named(ids: Sequence[str]) -> QuerySet[Mail]:
    if list(ids) == ["all"]:
        return outbox.held()
    if not all(each.isdecimal() for each in ids):
        raise Refused("Sebutkan nomor surat dari `loket mails`, atau all.")
    return outbox.held().filter(pk__in=[int(each) for each in ids])
