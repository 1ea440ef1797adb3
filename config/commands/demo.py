"""`loket demo`: everything from an empty folder to a served counter; one Ctrl-C ends all of it."""

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from config import env, running
from config.commands import Refused, serve
from config.commands.seed import STAGES
from loket.kernel import children, postgres

ACCOUNTS = env.VAR_DIR / "demo-accounts.json"
BEGUN = env.VAR_DIR / "demo-begun"  # exists while examples are being made
SEED = 1
READY_WITHIN = 60.0  # seconds


def arguments(parser: argparse.ArgumentParser) -> None:
    serve.arguments(parser)
    parser.add_argument(
        "--stage", choices=STAGES, default="busy", help="how full it begins"
    )
    parser.add_argument(
        "--reset", action="store_true", help="throw the data away and start over"
    )


def run(options: argparse.Namespace) -> int:
    """Set up, fill, serve; returns when a signal or a dead child ends it."""
    _refuse_busy_port(options.host, options.port)
    os.environ |= {"LOKET_DEMO": "1", "PORT": str(options.port)}
    if options.reset or BEGUN.exists():
        _start_over()
    running.unwind_on_signals()
    with ExitStack() as until_the_end:
        with _step("Starting PostgreSQL"):
            until_the_end.enter_context(running.database())
        _prepare(options.stage)
        code = _serve(options)
    print("Stopped; the data are kept.")
    return code


def _prepare(stage: str) -> None:
    with _step("Bringing the tables up to date"):
        _migrate()
    operations = running.operations()
    with _step("Loading the packs of the offices"):
        packs = sorted(file.parent for file in env.BASE_DIR.glob("packs/*/office.yaml"))
        _load(packs)
    if not operations.has_people():
        env.VAR_DIR.mkdir(parents=True, exist_ok=True)
        BEGUN.touch()
        with _step("Making believable tickets (the longest step, once)"):
            operations.seed(stage=stage, random_seed=SEED, accounts_json=ACCOUNTS)
        BEGUN.unlink()


def _migrate() -> None:
    """In a process of its own, because the owner of the tables is another role than the one that serves."""
    migration = children.spawn(running.loket("migrate"), stop=signal.SIGTERM)
    try:
        code = migration.wait()
    finally:
        running.end([migration])
    if code:
        raise Refused("The tables could not be brought up to date.")


def _load(packs: list[Path]) -> None:
    """A later start keeps what officers published meanwhile, which a pack would have to replace."""
    operations = running.operations()
    try:
        operations.load_packs(packs)
    except Refused as refusal:
        if not operations.has_people():
            raise
        print(f"  Kept what is published: {refusal}")


def _serve(options: argparse.Namespace) -> int:
    web = children.spawn(
        running.loket(
            "serve", "--host", options.host, "--port", str(options.port),
            "--processes", str(options.processes),
        ),
        stop=signal.SIGTERM,
    )  # fmt: skip
    worker = children.spawn(running.loket("worker"), stop=signal.SIGTERM)
    try:
        with _step("Starting the web server and the worker"):
            _wait_for_answer(f"http://{options.host}:{options.port}/sehat/hidup", web)
        _print_sign_ins(options.port)
    except BaseException:
        running.end([web, worker])
        raise
    return running.watch({"The web server": web, "The worker": worker})


@contextmanager
def _step(text: str) -> Iterator[None]:
    began = time.monotonic()
    print(f"{text} ...", flush=True)
    yield
    print(f"  done in {time.monotonic() - began:.1f} s", flush=True)


def _refuse_busy_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused(
                f"Port {port} is not free ({error.strerror}). Is loket running already? "
                f"Stop that program, or choose another port: PORT={port + 1} bin/demo"
            ) from error


def _start_over() -> None:
    """Remove what the demo made; a database that somebody else runs is theirs to empty."""
    if not running.is_embedded():
        raise Refused(
            "DATABASE_URL names your own database: empty it yourself, then start again."
        )
    try:
        postgres.remove(running.POSTGRES_FOLDER)
    except postgres.StartFailed as error:
        raise Refused(str(error)) from error
    for folder in ("files", "mail"):
        shutil.rmtree(env.VAR_DIR / folder, ignore_errors=True)
    for file in (ACCOUNTS, BEGUN):
        file.unlink(missing_ok=True)


def _wait_for_answer(url: str, web: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while web.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own address
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise Refused(f"The web server does not answer at {url}.")


def _print_sign_ins(port: int) -> None:
    """One account of each role in each office; the file has all of them."""
    if ACCOUNTS.exists():
        print(f"\nSign-ins (all of them: {ACCOUNTS})")
        shown: dict[tuple[str, str], dict[str, str]] = {}
        for account in json.loads(ACCOUNTS.read_text())["accounts"]:
            shown.setdefault((account["office"], account["role"]), account)
        for (office, role), account in shown.items():
            print(
                f"  {office:18} {role:14} {account['login']:28} {account['password']}"
            )
    print(f"\nLoket is ready:       http://localhost:{port}/")
    print(f"Mails it sends:       http://localhost:{port}/_surat/")
    print(f"Second-factor codes:  http://localhost:{port}/_kode/")
    print("Ctrl-C ends everything; the data stay in var/.", flush=True)
