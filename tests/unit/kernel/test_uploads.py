"""Bodies arrive whole or not at all, and files never touch a disk in clear."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.http import UnreadablePostError
from django.test import RequestFactory

from loket.kernel.uploads import WholeBody, whole_bodies


class Slow:
    """A connection that gives a byte or two at a time."""

    def __init__(self, data):
        self.data = BytesIO(data)

    def read(self, size):
        return self.data.read(min(size, 2))


def test_whole_body_is_read_in_any_portions():
    body = WholeBody(Slow(b"nama=Tirta&alamat=Pandan"), 24)
    assert [body.read(4), body.read(7), body.read(), body.read(), body.read(3)] == [
        b"nama", b"=Tirta&", b"alamat=Pandan", b"", b"",
    ]  # fmt: skip


@pytest.mark.parametrize("there", range(24))
def test_body_that_ends_early_is_an_error_wherever_it_ends(there):
    body = WholeBody(Slow(b"nama=Tirta&alamat=Pandan"[:there]), 24)
    with pytest.raises(ConnectionResetError):
        body.read()


def test_nothing_is_read_beyond_the_announced_length():
    assert WholeBody(BytesIO(b"nama=Tirta\nlagi"), 10).read() == b"nama=Tirta"


@pytest.mark.parametrize("length", ["", "0", "banyak"])
def test_requests_without_a_length_are_passed_on(length):
    seen = []
    plain = {"CONTENT_LENGTH": length, "wsgi.input": BytesIO(b"x")}
    application = whole_bodies(lambda environ, _: seen.append(environ["wsgi.input"].read()) or [])  # fmt: skip
    assert application(plain, print) == []
    assert seen == [b"x" if length == "banyak" else b""]


def sent(data, name="ktp.pdf"):
    file = BytesIO(data)
    file.name = name
    return RequestFactory().post("/", {"nama": "Tirta", "file": file})


def test_cut_form_cannot_be_read_by_a_view():
    request = sent(b"%PDF-")
    length = int(request.META["CONTENT_LENGTH"])
    request._stream = WholeBody(BytesIO(request._stream.read(length - 1)), length)
    with pytest.raises(UnreadablePostError):
        _ = request.POST


@pytest.mark.parametrize("size", [0, 5, 100_000, 6_000_000])
def test_upload_stays_in_memory_whatever_its_size(size, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    request = sent(b"x" * size)
    file = request.FILES["file"]
    assert (type(file), file.size, len(file.read())) == (InMemoryUploadedFile, size, size)  # fmt: skip
    assert list(Path(tmp_path).iterdir()) == []


def test_of_a_file_above_every_limit_only_the_size_is_kept(settings):
    settings.UPLOAD_KEPT = 1000
    request = sent(b"x" * 200_000)
    file = request.FILES["file"]
    assert (file.size, file.read(), request.POST["nama"]) == (200_000, b"", "Tirta")


def test_request_longer_than_any_form_is_refused_unread(client, settings, db):
    settings.UPLOAD_READ = 1000
    response = client.post("/masuk/", {"login": "x" * 2000})
    assert response.status_code == 413
    assert "Kiriman terlalu besar" in response.content.decode()
