"""`loket serve`: the pages, over WSGI in several processes."""

import argparse
import os
import signal
import sys

from config import running
from loket.kernel import children


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--processes", type=int, default=2, metavar="N")


def run(options: argparse.Namespace) -> int:
    """Serve until a signal."""
    with running.database():
        running.operations().collect_static()
        os.environ["LOKET_POOL"] = "1"
        server = children.spawn(command(options), stop=signal.SIGTERM)
        return running.watch({"The web server": server})


def command(options: argparse.Namespace) -> list[str]:
    """The command line of the web server."""
    return [
        sys.executable, "-P", "-m", "config.web",
        "--host", options.host, "--port", str(options.port), "--processes", str(options.processes),
    ]  # fmt: skip
