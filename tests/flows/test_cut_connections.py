"""A connection cut at any byte leaves nothing half: no row, no bytes on disk, no lost form, no spent key."""

import os
import re
import signal
import socket
import struct
import subprocess
import time
from argparse import Namespace
from contextlib import closing
from http.client import HTTPConnection
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client

from config.commands import serve
from loket.files.models import StoredFile
from loket.kernel.models import OnceKey
from loket.kernel.uploads import whole_bodies
from loket.tickets.models import Document, Message
from tests.factories.papers import pdf
from tests.factories.tickets import registration
from tests.flows.test_demo import free_port

pytestmark = pytest.mark.django_db(transaction=True)
BOUNDARY = "batas-berkas"
RESET = struct.pack("ii", 1, 0)  # linger for no time: close by RST instead of FIN


@pytest.fixture
def ticket(bogor):
    return registration(bogor)


@pytest.fixture
def server(tmp_path):
    """The web server as `loket serve` starts it, on this test's database and folders."""
    port = free_port()
    given = {
        "DATABASE_URL": here(),
        "LOKET_VAR": str(tmp_path),
        "LOKET_KEY_FILE": settings.LOKET_KEY_FILE,
        "LOKET_TEST": "1",
        "TMPDIR": str(tmp_path / "tmp"),
    }
    (tmp_path / "tmp").mkdir()
    options = Namespace(host="127.0.0.1", port=port, processes=1)
    running = subprocess.Popen(
        serve.command(options), env=os.environ | given, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )  # fmt: skip
    try:
        wait_for(port)
        yield port
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(20)


def here():
    """The URL of this test's own database."""
    before, _, query = os.environ["DATABASE_URL"].partition("?")
    whole = f"{before.rpartition('/')[0]}/{connection.settings_dict['NAME']}"
    return f"{whole}?{query}" if query else whole


def wait_for(port):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            answer(port, "GET", "/sehat/hidup")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not start")


def answer(port, method, path, headers=(), body=None):
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as link:
        link.request(method, path, body=body, headers=dict(headers))
        response = link.getresponse()
        text = response.read().decode(errors="replace")
    return response.status, response.headers, text


class Form:
    """The upload form of one document, as the browser of its applicant got it."""

    def __init__(self, ticket, ask):
        client = Client()
        client.force_login(ticket.applicant)
        self.session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={self.session}"}
        status, headers, page = ask(f"/tiket/{ticket.number}/berkas/", cookie)
        assert status == 200
        csrf = re.search(rf"{settings.CSRF_COOKIE_NAME}=(\w+)", str(headers))[1]
        self.fields = {
            name: re.search(rf'name="{name}" value="(\w+)"', page)[1]
            for name in ("csrfmiddlewaretoken", "kunci")
        }
        self.page = page
        self.path = re.search(r'action="(/tiket/[^"]+/berkas/[^"]+/)"', page)[1]
        self.cookie = f"{cookie['Cookie']}; {settings.CSRF_COOKIE_NAME}={csrf}"

    def headers(self, body):
        return {
            "Host": "127.0.0.1",
            "Cookie": self.cookie,
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "Content-Length": str(len(body)),
        }

    def body(self, data):
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in self.fields.items()
        ]
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; '
            'filename="ktp.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
        )
        tail = f"\r\n--{BOUNDARY}--\r\n"
        return ("".join(parts) + head).encode() + data + tail.encode()

    def request(self, data):
        body = self.body(data)
        lines = [f"{name}: {value}" for name, value in self.headers(body).items()]
        head = "\r\n".join([f"POST {self.path} HTTP/1.1", *lines, "", ""])
        return head.encode(), body


def places(head, body, data):
    """Where to cut: every kind of place by name, and evenly over the whole request."""
    start = len(head) + body.index(data)
    end, whole = start + len(data), len(head) + len(body)
    named = {
        1, 20, len(head) - 2, len(head) - 1, len(head), len(head) + 1, len(head) + 5,
        start - 4, start - 1, start, start + 1, start + 5, end - 1, end, end + 1, end + 2,
        end + 4, end + 2 + len(BOUNDARY), whole - 4, whole - 3, whole - 2, whole - 1,
    }  # fmt: skip
    even = {whole * part // 45 for part in range(1, 45)}
    return sorted(named | even)


def cut(port, data, *, hard=False, piece=0):
    """Send this much, in pieces if told, then hang up."""
    with socket.create_connection(("127.0.0.1", port)) as link:
        if hard:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        for at in range(0, len(data), piece or len(data)):
            link.sendall(data[at : at + (piece or len(data))])
            if piece:
                time.sleep(0.02)


def left_behind(tmp_path):
    """Every trace an upload could leave: rows, bytes, keys of forms."""
    files = [
        path
        for folder in ("files", "tmp")
        for path in (tmp_path / folder).rglob("*")
        if path.is_file() and path.name != "ledger"  # numbers given, no bytes
    ]
    return StoredFile.objects.count(), Document.objects.count(), OnceKey.objects.count(), files  # fmt: skip


def test_upload_cut_anywhere_leaves_nothing_and_the_same_form_still_succeeds_once(
    ticket, server, tmp_path
):
    form = Form(ticket, lambda path, headers: answer(server, "GET", path, headers))
    data = pdf(2) + b"\n%" + b"x" * 100_000
    head, body = form.request(data)
    whole, tried = head + body, places(head, body, data)
    for number, place in enumerate(tried):
        cut(server, whole[:place], hard=number % 2 == 1)
    cut(server, whole[:1500], piece=60)
    cut(server, whole[: len(whole) - 1], piece=9000)
    time.sleep(0.5)  # what was cut last may still be refused

    assert len(tried) >= 60
    assert left_behind(tmp_path) == (0, 0, 0, [])

    status, _, page = answer(server, "GET", f"/tiket/{ticket.number}/berkas/", {"Cookie": form.cookie})  # fmt: skip
    assert (status, page.count("<form")) == (200, form.page.count("<form"))

    sent = [
        answer(server, "POST", form.path, form.headers(body), body) for _ in range(2)
    ]
    assert [status for status, _, _ in sent] == [302, 302]
    rows, documents, _, files = left_behind(tmp_path)
    assert (rows, documents, [path.suffix for path in files]) == (1, 1, [""])


def test_flood_is_refused_before_it_is_read(ticket, server, tmp_path):
    form = Form(ticket, lambda path, headers: answer(server, "GET", path, headers))
    head, _ = form.request(b"")
    head = re.sub(rb"Content-Length: \d+", b"Content-Length: 1073741824", head)
    with socket.create_connection(("127.0.0.1", server), timeout=10) as link:
        link.sendall(head + b"x" * 1000)
        assert link.recv(40).split(b"\r\n")[0] == b"HTTP/1.1 413 Payload Too Large"
    assert left_behind(tmp_path) == (0, 0, 0, [])


def test_file_above_every_limit_is_read_and_refused_with_advice(
    ticket, server, tmp_path
):
    form = Form(ticket, lambda path, headers: answer(server, "GET", path, headers))
    body = form.body(pdf() + b" " * (settings.UPLOAD_KEPT + 1))
    status, _, page = answer(server, "POST", form.path, form.headers(body), body)
    assert (status, page.count("lebih dari 4 MB")) == (422, 2)
    assert left_behind(tmp_path) == (0, 0, 0, [])


def in_process(application, form, whole, sent):
    """The status of a typed form whose body ends early, as a server without care passes it on."""
    statuses = []
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": form.path, "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80", "HTTP_HOST": "127.0.0.1", "HTTP_COOKIE": form.cookie,
        "CONTENT_TYPE": "application/x-www-form-urlencoded", "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(whole)), "wsgi.input": BytesIO(whole[:sent]),
        "wsgi.url_scheme": "http",
    }  # fmt: skip
    application(environ, lambda status, headers: statuses.append(status[:3]))
    return statuses


def by_client(path, headers):
    client = Client(headers=headers)
    name, value = headers["Cookie"].split("=")
    client.cookies[name] = value
    found = client.get(path)
    return found.status_code, found.cookies.output(), found.content.decode()


def test_without_the_fence_a_cut_form_would_be_taken_for_a_whole_one(ticket):
    """The control: the end of a message is missing, and Django stores what came."""
    form = Form(ticket, by_client)
    form.path = f"/tiket/{ticket.number}/pesan/"
    whole = urlencode(
        form.fields | {"body": "Akta menyusul Kamis, bukan Rabu"}
    ).encode()
    plain, short = get_wsgi_application(), len(whole) - len("%2C+bukan+Rabu")
    assert in_process(whole_bodies(plain), form, whole, short) == ["403"]
    assert list(Message.objects.values_list("body", flat=True)) == []
    assert in_process(plain, form, whole, short) == ["302"]
    assert list(Message.objects.values_list("body", flat=True)) == [
        "Akta menyusul Kamis"
    ]
