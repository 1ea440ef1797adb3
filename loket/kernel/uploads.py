"""What comes in: whole or not at all, never in clear on a disk, and never more than we mean to read."""

from collections.abc import Callable, Iterable
from io import BytesIO, UnsupportedOperation
from typing import Any, Protocol

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class InMemory(FileUploadHandler):
    """Keeps an upload in memory: Django's own handlers would write it in clear into /tmp.

    Of what is larger than any office takes only the size is kept, for the form to refuse.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= settings.UPLOAD_KEPT:
            self.kept.write(raw_data)
        elif self.kept.tell():
            self.kept = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, self.field_name, self.file_name, self.content_type,
            file_size, self.charset, self.content_type_extra,
        )  # fmt: skip


class Stream(Protocol):
    """The part of `wsgi.input` we use."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""


class WholeBody:
    """A body that was cut off is an error, never a shorter body.

    The server gives what arrived as if it were all; a form would lose its last fields, and a file its end.
    """

    def __init__(self, stream: Stream, length: int) -> None:
        self.stream, self.left = stream, length

    def read(self, size: int | None = -1) -> bytes:
        wanted = self.left if size is None or size < 0 else min(size, self.left)
        parts = []
        while wanted:
            part = self.stream.read(wanted)
            if not part:
                raise ConnectionResetError(f"{self.left} bytes of the body are missing")
            parts.append(part)
            wanted -= len(part)
            self.left -= len(part)
        return b"".join(parts)

    def readline(self, size: int = -1) -> bytes:
        """Django asks whether it is there, and never calls it."""
        raise UnsupportedOperation


def whole_bodies(application: Application) -> Application:
    """The application, given bodies that are whole or fail."""

    def answer(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if length.isdecimal():
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
        return application(environ, start_response)

    return answer
