"""What commands do once Django is ready; import it through `running.operations()`."""

import datetime as dt
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from procrastinate.contrib.django import app as jobs

from config import backing, env
from config.backing import (
    backup,
    drill,
    drop_mails,
    list_mails,
    release_mails,
)
from config.commands import Refused
from config.keeping import (
    check_files,
    hold_files,
    keys_status,
    retire_keys,
    rotate_keys,
)
from config.staffing import (
    appoint,
    close_office,
    drop_holiday,
    list_holidays,
    office_called,
    set_holiday,
    unlock,
)
from loket.kernel import clock, crypto, fence, grants
from loket.kernel.routes import all_routes
from loket.kernel.working import worker_connector
from loket.portal.tasks import draw_soon
from loket.standards import actions as standards
from loket.standards.pack import format_problem
from loket.tickets.actions import recompute_due

JOBS_HAVE = 8.0  # seconds to come to an end after a signal

__all__ = [
    "all_routes", "appoint", "backup", "check_files", "close_office", "collect_static", "drill",
    "drop_holiday", "drop_mails", "ensure_key", "export_pack", "has_people", "hold_files",
    "keys_status", "list_holidays", "list_mails", "load_packs", "migrate", "release_mails",
    "restore", "retire_keys", "rotate_keys", "seed", "set_holiday", "unlock", "work",
]  # fmt: skip


def ensure_key() -> None:
    """The installation's key, made when there is none."""
    crypto.ensure_key(Path(settings.LOKET_KEY_FILE))


def migrate() -> None:
    """Bring the tables up to date; run by the owner role, which then grants to the other."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    owner, server = (
        env.database(url)["USER"]
        for url in (settings.DATABASE_OWNER_URL, settings.DATABASE_URL)
    )
    if server != owner:
        grants.grant(server)
    fence.raise_fence(owner_serves=server == owner)


def restore(folder: Path, *, ledger: Path | None, skip: int | None) -> Iterator[str]:
    """Put a backup into an empty database; the serving role is let in last."""
    yield from backing.restore(folder, ledger=ledger, skip=skip)
    migrate()
    yield "Selesai. Sekarang loket serve dan loket worker boleh dijalankan."


def collect_static() -> None:
    """Copy and compress what the pages need beside their text."""
    call_command("collectstatic", interactive=False, verbosity=0)


def has_people() -> bool:
    """Whether anybody can sign in: the sign that an installation is not empty."""
    return get_user_model().objects.exists()


def load_packs(paths: Iterable[Path], on: dt.date | None = None) -> list[str]:
    """Publish packs, as if it were another day when one is given; the names of their offices.

    Open due times follow the hours just loaded, and a job draws the papers.
    """
    day = dt.datetime.combine(on, dt.time(12), dt.UTC) if on else clock.now()
    try:
        with clock.at(day):
            offices = standards.load_packs(paths, by=None)
    except standards.PackRefused as refusal:
        lines = [format_problem(each) for each in refusal.problems]
        raise Refused("\n".join(lines or [str(refusal)])) from refusal
    for office in offices:
        recompute_due(office)
    draw_soon()
    return [office.name for office in offices]


def export_pack(slug: str, folder: Path) -> None:
    """Write one office as YAML."""
    standards.export_pack(office_called(slug), folder)


def seed(*, stage: str, random_seed: int, accounts_json: Path | None) -> None:
    """Fill the installation with examples through the actions of the rooms."""
    # Only a demo needs the seeds, and they know every room.
    import_module("config.seeding").seed(
        stage=stage, random_seed=random_seed, accounts_json=accounts_json
    )


def work(concurrency: int) -> None:
    """Run jobs until a signal; a job that is done leaves no row."""
    with jobs.replace_connector(worker_connector()):
        jobs.run_worker(
            concurrency=concurrency,
            delete_jobs="successful",
            shutdown_graceful_timeout=JOBS_HAVE,
        )
