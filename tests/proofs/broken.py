"""Two ways to be wrong, as WSGI applications around loket's own: what a storm must notice. Never part of loket.

The machine starts one of them in place of `config.wsgi.application`.
"""

import io
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

from config.wsgi import application
from loket.kernel import middleware

Environ = dict[str, Any]
Start = Callable[..., Any]
LATE = 0.3  # seconds after the answer, in which a kill comes between
HEADERS = [("Content-Type", "text/html; charset=utf-8")]


def answers_before_commit(environ: Environ, start: Start) -> Iterable[bytes]:
    """Says "done" to every form of a ticket at once, and does it a moment later."""
    path = environ["PATH_INFO"]
    if environ["REQUEST_METHOD"] != "POST" or not path.endswith("/pesan/"):
        return application(environ, start)
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    later = environ | {"wsgi.input": io.BytesIO(body)}
    threading.Timer(LATE, _do, [later]).start()
    start("302 Found", [*HEADERS, ("Location", path.removesuffix("pesan/"))])
    return [b""]


def _do(environ: Environ) -> None:
    answer = application(environ, lambda *_answer: None)
    list(answer)
    answer.close()


def without_keys(environ: Environ, start: Start) -> Iterable[bytes]:
    """Takes every form for a new one, and is slow to answer once it is done."""
    middleware.answered_once = _any_key
    answer = application(environ, start)
    if environ["REQUEST_METHOD"] == "POST":
        time.sleep(LATE)
    return answer


def _any_key(request: Any, _key: str, answer: Callable[[], Any]) -> Any:
    return _answered_once(request, uuid4().hex, answer)


_answered_once = middleware.answered_once
