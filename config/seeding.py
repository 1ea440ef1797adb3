"""Fills an empty installation with believable examples, each made by the actions of its room."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from random import Random

from django.conf import settings
from django.contrib.auth.hashers import make_password
from procrastinate.contrib.django import app as jobs

from config.cast import add_cast, join_another, officials_of
from config.filling import Account, Fill, Stage, fill_office, registration_here
from config.invented import PASSWORD
from config.stamped import Signatory, signatory
from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.working import worker_connector
from loket.offices.models import Office
from loket.offices.seeds import SignIn, hire
from loket.standards.actions import load_pack, load_registers
from loket.standards.pack import Pack, read_pack
from loket.standards.pack.registers import SignatureRoot
from loket.tickets.actions import write_message
from loket.tickets.models import Ticket

QUEUES = ["default", "events", "mail", "papers", "scans"]
STAGES = {
    "empty": Stage(0, 0),
    "busy": Stage(8, 6, with_files=True, with_mail=True, with_cast=True),
    "busy-day": Stage(60, 1),
    "year": Stage(300, 365),
}


def seed(*, stage: str, random_seed: int, accounts_json: Path | None) -> None:
    """Load the packs, hire staff, let suppliers register and officers work; then run the jobs."""
    fill = Fill(STAGES[stage], Random(random_seed), clock.now())  # noqa: S311 - examples, not secrets
    _load_packs(fill)
    password_hash = make_password(PASSWORD)
    accounts: list[Account] = []
    canaries: dict[str, str] = {}
    for office in Office.objects.order_by("slug"):
        staff = hire(
            office, password=PASSWORD, password_hash=password_hash, random=fill.random
        )
        accounts += [_officer(office, each) for each in staff]
        early = officials_of(office, staff, fill.random) if fill.stage.with_cast else []
        accounts += [_officer(office, each) for each in early]
        accounts += fill_office(office, _by_place(staff), fill, [each.user for each in early])  # fmt: skip
        canaries[office.slug] = _leave_canary(office, staff, fill.random)
        accounts += _further(office, staff, fill)
        count = Ticket.objects.filter(office=office).count()
        print(f"  {office.name}: {count}", flush=True)
    if fill.stage.with_cast:
        join_another(list(Office.objects.order_by("slug")))
    _run_jobs(fill.stage)
    if accounts_json:
        found = {
            "accounts": [asdict(each) for each in accounts],
            "office_canaries": canaries,
        }
        accounts_json.write_text(json.dumps(found, indent=2), encoding="utf-8")


def _by_place(staff: list[SignIn]) -> dict[str, User]:
    """Everybody by the first part of his user id."""
    return {each.user.user_id.partition(".")[0]: each.user for each in staff}


def _load_packs(fill: Fill) -> None:
    """The packs as they are; where signed papers are shown, offices trust an issuer of the demo's own too."""
    load_registers()
    packs = [read_pack(path) for path in sorted(settings.PACKS_DIR.iterdir())]
    if fill.stage.with_cast:
        root, stranger = (signatory(f"Penerbit Contoh {word}") for word in ("Tepercaya", "Lain"))  # fmt: skip
        fill.signatories = [
            signatory("Penanda Tangan Contoh", under=each) for each in (root, stranger)
        ]
        packs = [_trusting(pack, root) for pack in packs]
    for pack in packs:
        load_pack(pack, by=None)


def _trusting(pack: Pack, root: Signatory) -> Pack:
    if pack.office is None:
        return pack
    added = SignatureRoot(name="Penerbit Contoh Tepercaya", use="signature", certificate=root.pem)  # fmt: skip
    roots = (*pack.office.signature_roots, added)
    return replace(pack, office=pack.office.model_copy(update={"signature_roots": roots}))  # fmt: skip


def _further(office: Office, staff: list[SignIn], fill: Fill) -> list[Account]:
    """Whoever else appears, where the stage wants them."""
    standard = registration_here(office)
    if standard is None or not fill.stage.with_cast:
        return []
    found = add_cast(office, standard, staff, fill.random)
    return [_officer(office, each) for each in found]


def _leave_canary(office: Office, staff: list[SignIn], random: Random) -> str:
    """An internal note whose words would be recognised anywhere outside the office."""
    canary = f"MAP-{office.code}{random.randrange(10**5, 10**6)}"
    known = Ticket.objects.filter(office=office, parties__isnull=False, merged_into=None)  # fmt: skip
    ticket = known.order_by("-pk").first()
    if ticket is not None:
        write_message(
            ticket, by=staff[0].user, body=f"Map arsip {canary}", is_internal=True
        )
    return canary


def _officer(office: Office, each: SignIn) -> Account:
    user = each.user
    return Account(
        user.user_id,
        user.email,
        each.password,
        user.name,
        each.role,
        office.slug,
        each.secret,
    )


def _run_jobs(stage: Stage) -> None:
    """Receipts are drawn and mails, in a stage that shows them, written to the demo's folder. Papers of
    standards are left to the worker, who has minutes to do with them.
    """
    kind = "filebased" if stage.with_mail else "dummy"
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{kind}.EmailBackend"
    with jobs.replace_connector(worker_connector()) as working:
        working.run_worker(
            queues=QUEUES, wait=False, listen_notify=False, delete_jobs="successful"
        )
