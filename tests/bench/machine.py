"""The installation of the bench: kept sets, a copy to work on, web servers as real processes."""

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from signal import SIGTERM
from urllib.error import HTTPError
from urllib.request import urlopen

import psycopg

from config.web import THREADS
from loket.kernel import children, postgres
from tests.bench.shape import Size
from tests.factories.smtp import free_port

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "bench"
MODELS = 10  # tickets of each office made through actions
FRESH = (
    2 * 86400
)  # seconds a kept set may be used: later its open tickets are all overdue
READY = 60.0
OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "LOKET_", "DJANGO_", "PYTEST")
SETTINGS = {True: "config.settings", False: "tests.bench.floor_settings"}


class Sets:
    """Databases of one PostgreSQL: `set_<tickets>` is kept, `run` is its copy."""

    def __init__(self, server: postgres.Server) -> None:
        self.server = server
        self.key = secrets.token_urlsafe(40)

    def _url(self, name: str, *, owner: bool = False) -> str:
        url = self.server.owner_url if owner else self.server.app_url
        return url.replace("/loket?", f"/{name}?")

    def env(self, name: str, *, loket: bool = True, actor: str = "", **more: str) -> dict[str, str]:  # fmt: skip
        """The environment of a process that works on this database."""
        bare = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
        owner = self._url(name, owner=True)
        return bare | {
            "DATABASE_URL": self._url(name) if loket else owner,
            "DATABASE_OWNER_URL": owner,
            "DJANGO_SETTINGS_MODULE": SETTINGS[loket],
            "LOKET_VAR": str(FOLDER),
            "LOKET_ACTOR": actor,
            "SECRET_KEY": self.key,
            "PYTHONPATH": str(ROOT),
            **more,
        }

    def inside(self, name: str, *said: str, loket: bool = True, actor: str = ""):
        """What `tests.bench.inside` prints."""
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "tests.bench.inside", *said], cwd=ROOT, check=False,
            env=self.env(name, loket=loket, actor=actor), capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(done.stdout[-3000:] + done.stderr[-6000:])
        return json.loads(done.stdout.splitlines()[-1])

    def _do(self, *statements: str) -> None:
        url = self.server.owner_url.replace("loket_owner@", "postgres@").replace("/loket?", "/postgres?")  # fmt: skip
        with psycopg.connect(url, autocommit=True) as link:
            for statement in statements:
                link.execute(statement)

    def keep(self, size: Size) -> str:
        """The set of this size, made when there is none, or when it is old or of other tables; its name."""
        name = f"set_{size.tickets}"
        if kept := self._kept(name):
            print(f"Set of {size.tickets:,} tickets, kept: {kept}", flush=True)
            return name
        if self._kept("models") is None:
            self._create("models")
            subprocess.run([sys.executable, "-P", "-m", "config.cli", "migrate"], cwd=ROOT, env=self.env("models"), check=True)  # fmt: skip
            self.inside("models", "begin", str(MODELS), actor="system")
            self._note("models", {})
        began = time.monotonic()
        self._create(name, "TEMPLATE models STRATEGY FILE_COPY")
        found = self.inside(name, "make", str(size.tickets), str(size.people), actor="system")  # fmt: skip
        print(f"Set of {size.tickets:,} tickets, made in {time.monotonic() - began:.0f} s: {found}", flush=True)  # fmt: skip
        if found["broken"]:
            raise SystemExit(f"The set breaks rules: {found['broken']}")
        self._note(name, found)
        return name

    def _create(self, name: str, like: str = "") -> None:
        (FOLDER / f"{name}.json").unlink(missing_ok=True)
        self._do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name} OWNER loket_owner {like}")  # fmt: skip

    def _kept(self, name: str):
        """What was found when it was made; None when it cannot be used."""
        note = FOLDER / f"{name}.json"
        kept = json.loads(note.read_text()) if note.exists() else {}
        is_fresh = time.time() - kept.get("made", 0) < FRESH
        return kept["found"] if is_fresh and kept["tables"] == tables() else None

    def _note(self, name: str, found: dict[str, object]) -> None:
        said = {"made": time.time(), "tables": tables(), "found": found}
        (FOLDER / f"{name}.json").write_text(json.dumps(said))

    @contextmanager
    def copied(self, name: str) -> Iterator[str]:
        """A copy to write in, dropped afterwards."""
        self._do("DROP DATABASE IF EXISTS run WITH (FORCE)", f"CREATE DATABASE run TEMPLATE {name} STRATEGY FILE_COPY", "CHECKPOINT")  # fmt: skip
        try:
            yield "run"
        finally:
            self._do("DROP DATABASE IF EXISTS run WITH (FORCE)")

    @contextmanager
    def serving(self, name: str, *, loket: bool) -> Iterator["Web"]:
        """Two processes behind one port, as in production or with the floor inside."""
        port = free_port()
        env = self.env(name, loket=loket, PORT=str(port), LOKET_POOL="1")
        command = _loket(port) if loket else _floor(port)
        with (FOLDER / f"{'loket' if loket else 'floor'}.log").open("wb") as log:
            web = children.spawn(command, stop=SIGTERM, cwd=ROOT, env=env, output=log)
        try:
            _wait(port)
            yield Web(port, web.pid)
        finally:
            children.end(web, stop=SIGTERM, within=10)


class Web:
    """A web server that answers."""

    def __init__(self, port: int, pid: int) -> None:
        self.port, self.pid = port, pid


def tables() -> str:
    """Changes with every migration."""
    names = sorted(str(each.relative_to(ROOT)) for each in ROOT.glob("loket/*/migrations/0*.py"))  # fmt: skip
    return sha256("\n".join(names).encode()).hexdigest()[:16]


def _loket(port: int) -> list[str]:
    return [sys.executable, "-P", "-m", "config.cli", "serve", "--port", str(port)]


def _floor(port: int) -> list[str]:
    return [
        sys.executable, "-P", "-m", "granian", "tests.bench.floor_wsgi:application", "--interface", "wsgi",
        "--host", "127.0.0.1", "--port", str(port), "--workers", "2", "--no-ws",
        "--blocking-threads", str(THREADS), "--log-level", "error",
    ]  # fmt: skip


def _wait(port: int) -> None:
    """Until it answers anything, an error page too; a busy machine takes its time."""
    deadline = time.monotonic() + READY
    while time.monotonic() < deadline:
        try:
            urlopen(f"http://127.0.0.1:{port}/", timeout=READY).close()
        except HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"The server at {port} does not answer; see {FOLDER}")
