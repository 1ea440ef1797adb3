"""A browser that costs little: one connection that stays open, cookies, gzip. Another one asks Django in process."""

import re
import socket
import zlib
from dataclasses import dataclass
from urllib.parse import urlencode

BOUNDARY = "bangku-bangku-bangku"
TOKEN = re.compile(r'name="(csrfmiddlewaretoken|kunci)" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What came back; `wire` is the bytes of the body as they were sent."""

    status: int
    text: str
    wire: int
    location: str = ""

    def keys(self) -> dict[str, str]:
        """The hidden keys of the page's first form."""
        return dict(reversed(TOKEN.findall(self.text)))


class Browser:
    """Speaks HTTP/1.1 to one port; used by one thread."""

    def __init__(self, port: int, cookie: str) -> None:
        name, _equals, value = cookie.partition("=")
        self.port, self.cookies = port, {name: value}
        self.link: socket.socket | None = None

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path)

    def post(self, path: str, fields: dict[str, str], file: tuple[str, bytes] | None = None) -> Answer:  # fmt: skip
        """Send a form, with one PDF when given."""
        if file is None:
            kind = "application/x-www-form-urlencoded"
            return self._ask("POST", path, urlencode(fields).encode(), kind)
        body = multipart(fields, file)
        return self._ask("POST", path, body, f"multipart/form-data; boundary={BOUNDARY}")  # fmt: skip

    def _ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Accept-Encoding: gzip", f"Cookie: {cookies}"]  # fmt: skip
        if method == "POST":
            lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        head = "\r\n".join([*lines, "", ""]).encode()
        if self.link is None:
            self.link = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self.link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.link.sendall(head + body)
        return self._read(self.link)

    def _read(self, link: socket.socket) -> Answer:
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += (more := link.recv(65536))
            if not more:
                raise ConnectionError(data)
        first, *headers = data[:end].decode("latin-1").split("\r\n")
        named = [line.partition(": ")[::2] for line in headers]
        head = {name.lower(): value for name, value in named}
        body = data[end + 4 :]
        size = int(head.get("content-length", 0))
        while len(body) < size:
            body += link.recv(65536)
        for name, value in named:
            if name.lower() == "set-cookie":
                key, _equals, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        plain = zlib.decompress(body, 31) if head.get("content-encoding") == "gzip" else body  # fmt: skip
        if head.get("connection") == "close":
            self.link = link.close()
        return Answer(int(first.split()[1]), plain.decode("utf-8", "replace"), size, head.get("location", ""))  # fmt: skip


def multipart(fields: dict[str, str], file: tuple[str, bytes]) -> bytes:
    """A form with one file."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    name, data = file
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="berkas.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
    return b"".join([*parts, head.encode(), data, f"\r\n--{BOUNDARY}--\r\n".encode()])


class InProcess:
    """The same questions to Django's test client, where statements can be counted."""

    def __init__(self, client) -> None:
        self.client = client

    def get(self, path: str) -> Answer:
        return self._told(self.client.get(path))

    def post(self, path: str, fields: dict[str, str], file: tuple[str, bytes] | None = None) -> Answer:  # fmt: skip
        if file is None:
            return self._told(self.client.post(path, fields))
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        return self._told(self.client.generic("POST", path, multipart(fields, file), content_type=kind))  # fmt: skip

    def _told(self, response) -> Answer:
        return Answer(response.status_code, response.content.decode(), len(response.content), response.headers.get("Location", ""))  # fmt: skip
