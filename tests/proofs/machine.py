"""An installation of its own to be hurt: PostgreSQL, web server and worker as real processes, restarted as systemd would."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from argparse import Namespace
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path

import psycopg

from config.commands import serve
from loket.kernel import children, postgres
from tests.factories.smtp import free_port

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = "config.settings"
READY = 90.0  # seconds until everything must answer
MARK = "LOKET_PROOF"  # in the environment of every process of a service, as a cgroup would hold them
OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "LOKET_", "DJANGO_", "PYTEST")


class Machine:
    """Starts, kills and restarts; call it from the main thread, since children end with the thread that started them.

    `app` is another WSGI application than loket's own, for negative controls.
    """

    def __init__(self, folder: Path, *, smtp_port: int, app: str = "", **more: str):
        self.folder, self.app = folder, app
        self.port = free_port()
        self.server: postgres.Server | None = None
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.restarts = {"web": 0, "worker": 0, "postgres": 0}
        bare = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
        self._env = bare | {
            "LOKET_VAR": str(folder / "var"),
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "SECRET_KEY": secrets.token_urlsafe(40),
            "HTTPS": "1",  # as behind the proxy of every real installation
            "TRUSTED_PROXIES": "1",
            "SITE_URL": f"https://127.0.0.1:{self.port}",
            "PORT": str(self.port),
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(smtp_port),
            "PYTHONPATH": str(ROOT),
            **more,
        }

    def env(self, service: str = "", **more: str) -> dict[str, str]:
        """The environment of a service, production settings and all."""
        marked = {MARK: f"{self.folder}:{service}"} if service else {}
        return self._env | marked | more

    def begin(self) -> None:
        """PostgreSQL, tables and packs; nothing serves yet."""
        (self.folder / "var").mkdir(parents=True, exist_ok=True)
        self.start_postgres()
        self.run("-c", "from config import running; running.operations().ensure_key()")
        self.loket("migrate")
        packs = sorted(str(each) for each in (ROOT / "packs").iterdir())
        self.loket("pack", "load", *packs)
        if self.app:  # `loket serve` does it by itself
            self.run(
                "-c",
                "from config import running; running.operations().collect_static()",
            )

    def start(self) -> None:
        """Web server and worker, until they answer."""
        self.start_web()
        self.start_worker()
        self.wait_ready()

    def start_postgres(self) -> None:
        """Start it, or recover what a kill left behind."""
        self.server = postgres.start(self.folder / "postgres", durable=True)
        self._env["DATABASE_URL"] = self.server.app_url
        self._env["DATABASE_OWNER_URL"] = self.server.owner_url

    def start_web(self) -> None:
        """`loket serve`, or the same web server with another application."""
        if self.app:
            self._spawn("web", _serve(self.app, self.port), LOKET_POOL="1")
        else:
            self._spawn("web", _loket("serve"))

    def start_worker(self) -> None:
        """`loket worker`."""
        self._spawn("worker", _loket("worker"))

    def _spawn(self, service: str, command: list[str], **more: str) -> None:
        log = (self.folder / f"{service}.log").open("ab")
        with log:
            self.running[service] = children.spawn(
                command, stop=signal.SIGKILL, cwd=ROOT, output=log, env=self.env(service, **more)
            )  # fmt: skip

    def loket(self, *arguments: str) -> str:
        """Run one command of loket to its end."""
        return self.run(*_loket(*arguments)[1:])

    def run(self, *arguments: str) -> str:
        """Run Python with this installation's environment, as the system."""
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.env(LOKET_ACTOR="system"),
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def revive(self) -> None:
        """Start again whatever is dead, as systemd does: what is left of the service is killed first."""
        if (
            self.server
            and self.server.process
            and self.server.process.poll() is not None
        ):
            self.restarts["postgres"] += 1
            self.start_postgres()
        for service, process in list(self.running.items()):
            if process.poll() is not None:
                self.restarts[service] += 1
                self.end(service)
                getattr(self, f"start_{service}")()

    def end(self, service: str) -> None:
        """Kill all processes of a service."""
        for pid in self.pids(service):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.running.pop(service).wait()
        self._wait_gone(service)

    def _wait_gone(self, service: str) -> None:
        deadline = time.monotonic() + 10
        while self.pids(service) and time.monotonic() < deadline:
            time.sleep(0.02)

    def pids(self, service: str) -> list[int]:
        """Every process that bears the service's mark."""
        mark = f"{MARK}={self.folder}:{service}".encode()
        return [pid for pid in _all_pids() if mark in _environment(pid).split(b"\0")]

    def wait_ready(self) -> None:
        """Until the readiness page says so."""
        deadline = time.monotonic() + READY
        while not self.is_ready():
            if time.monotonic() > deadline:
                raise AssertionError((self.folder / "web.log").read_text()[-3000:])
            self.revive()
            time.sleep(0.1)

    def is_ready(self) -> bool:
        """Whether the web server and its database answer."""
        link = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            link.request("GET", "/sehat/siap", headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.0.0.1"})  # fmt: skip
            return link.getresponse().status == 200
        except OSError:
            return False
        finally:
            link.close()

    def sql(self) -> psycopg.Connection:
        """A connection that sees everything."""
        assert self.server
        url = self.server.owner_url.replace("loket_owner@", "postgres@")
        return psycopg.connect(url, autocommit=True)

    def stop(self) -> None:
        """End everything; the folder stays."""
        for service in list(self.running):
            self.end(service)
        if self.server:
            self.server.stop()

    def forget(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _loket(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "config.cli", *arguments]


def _serve(app: str, port: int) -> list[str]:
    """What `loket serve` runs, around another application."""
    options = Namespace(host="127.0.0.1", port=port, processes=2)
    return [*serve.command(options), "--app", app]


def _all_pids() -> list[int]:
    return [int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit()]


def _environment(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""
