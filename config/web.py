"""The page servers: one process loads the program, the others are its copies and share its memory with it."""

import argparse
import gc

from django.urls import get_resolver
from django.utils.module_loading import import_string
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

THREADS = 8  # of each process: as many as its pool has connections


def main() -> None:
    """Serve until a signal. Nothing here may open a connection or start a thread: a copy could not use them."""
    options = _options()
    application = import_string(options.app)  # sets Django up
    get_resolver().url_patterns  # noqa: B018 - reads every view
    gc.collect()
    gc.freeze()  # a collection would write into what is shared
    Server(
        options.app, address=options.host, port=options.port, interface=Interfaces.WSGI,
        workers=options.processes, blocking_threads=THREADS, websockets=False, log_level=LogLevels.error,
        respawn_failed_workers=True, workers_kill_timeout=5,
    ).serve(target_loader=lambda: application, wrap_loader=False)  # fmt: skip


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--app", default="config.wsgi.application")
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--processes", type=int, required=True)
    return parser.parse_args()


if __name__ == "__main__":
    main()
