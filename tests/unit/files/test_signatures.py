"""What loket says about signatures inside a PDF: four outcomes, and a file nobody could look into."""

import subprocess
import sys
import time

import pytest

from loket.files import signatures
from loket.files.actions import Limits, destroy, store_upload
from loket.files.signatures import Root, report_signatures, signatures_in
from tests.factories.papers import pdf, picture
from tests.factories.signing import Certified, changed_after

LIMITS = Limits(types=("pdf", "jpg"), at_most_mb=4)
OFFICE, STAMPS = Certified("Root Uji"), Certified("Root Meterai Uji")
TIRTA, STAMP = Certified("Tirta Adiguna", OFFICE), Certified("Meterai 1", STAMPS)
ROOTS = [Root("signature", OFFICE.pem), Root("meterai", STAMPS.pem)]


def said(data, roots=ROOTS):
    return [(one["verdict"], one.get("use", "")) for one in signatures_in(data, roots)]


@pytest.fixture(scope="module")
def signed():
    return TIRTA.sign(pdf())


def test_paper_without_a_signature_is_said_to_have_none():
    assert said(pdf()) == [("none", "")]


def test_word_alone_is_no_signature():
    assert said(pdf() + b"\n% ByteRange\n") == [("none", "")]


def test_signature_under_a_root_of_the_office_is_trusted(signed):
    [found] = signatures_in(signed, ROOTS)
    assert (found["verdict"], found["use"], found["is_whole"]) == ("trusted", "signature", True)  # fmt: skip
    assert (found["signer"], found["issuer"]) == ("Tirta Adiguna", "Root Uji")
    assert found["made_at"].tzinfo is not None


def test_signature_of_an_unknown_issuer_is_intact_but_not_trusted(signed):
    assert said(signed, []) == [("unknown", "")]
    assert said(signed, ROOTS[1:]) == [("unknown", "")]


def test_stamp_after_the_signature_leaves_both_trusted(signed):
    stamped = STAMP.sign(signed, "Meterai1")
    assert said(stamped) == [("trusted", "signature"), ("trusted", "meterai")]
    assert [one["is_whole"] for one in signatures_in(stamped, ROOTS)] == [False, True]


def test_changed_byte_breaks_the_signature(signed):
    place = signed.index(b"MediaBox")
    changed = bytearray(signed)
    digit = next(n for n in range(place, place + 40) if chr(changed[n]).isdigit())
    changed[digit] ^= 1
    assert said(bytes(changed)) == [("broken", "")]


def test_something_added_behind_the_signature_breaks_it(signed):
    assert said(changed_after(signed)) == [("broken", "")]


def test_file_that_cannot_be_understood_is_unread():
    assert said(b"%PDF-1.7\nByteRange " + b"<" * 5000) == [("unread", "")]


@pytest.mark.parametrize(
    "work", ["while True: pass", "x = bytearray(10**6)\nwhile True: x += x"]
)
def test_reader_that_finds_no_end_is_ended_and_the_file_unread(work, monkeypatch):
    bounds = (
        "import resource; from loket.files import signature_reader as reader\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (2, 2))\n"
        "resource.setrlimit(resource.RLIMIT_AS, (reader.MEMORY, reader.MEMORY))\n"
    )
    monkeypatch.setattr(signatures, "COMMAND", [sys.executable, "-I", "-c", bounds + work])  # fmt: skip
    began = time.monotonic()
    assert said(b"%PDF-1.7 ByteRange") == [("unread", "")]
    assert time.monotonic() - began < 20


def told_by(code):
    """What a process of its own prints last."""
    setup = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings'\n"
    ran = subprocess.run([sys.executable, "-c", setup + code], capture_output=True, text=True, check=True)  # fmt: skip
    return ran.stdout.split("\n")[-2]


def test_page_servers_do_not_load_the_validator():
    code = (
        "import config.wsgi, sys\n"
        "from django.urls import get_resolver\n"
        "assert get_resolver().reverse_dict\n"
        "import loket.files.signatures\n"
        "print([each for each in sys.modules if each.split('.')[0] in ('pyhanko', 'pyhanko_certvalidator')])"
    )
    assert told_by(code) == "[]"


def test_child_may_open_neither_file_nor_connection_nor_process(monkeypatch):
    hostile = (
        "import os, socket, subprocess\n"
        "from loket.files import signature_reader as reader\n"
        "def refused(act):\n"
        "    try: act()\n"
        "    except OSError: return 'broken'\n"
        "    return 'trusted'\n"
        "async def tries(data, roots, now):\n"
        "    acts = (lambda: open('/etc/passwd'), lambda: open('/tmp/loket-uji', 'w'), socket.socket, os.pipe,"
        " lambda: subprocess.run(['/bin/true']))\n"
        "    return [{'verdict': refused(act), 'made_at': None} for act in acts]\n"
        "reader._signatures = tries\n"
        "reader.main()"
    )
    monkeypatch.setattr(signatures, "COMMAND", [sys.executable, "-I", "-c", hostile])
    assert said(b"%PDF-1.7 ByteRange") == [("broken", "")] * 5


@pytest.mark.django_db
def test_report_is_written_once_and_its_names_end_with_the_file(bogor, signed):
    file = store_upload(bogor, data=signed, name="a.pdf", limits=LIMITS, by=None)
    report_signatures(file, ROOTS)
    report_signatures(file, [])
    [row] = file.signatures.all()
    assert (row.verdict, row.signer) == ("trusted", "Tirta Adiguna")
    destroy(file)
    [row] = file.signatures.all()
    assert (row.verdict, row.signer, row.issuer) == ("trusted", "", "")


@pytest.mark.django_db
def test_picture_has_no_report(bogor):
    file = store_upload(bogor, data=picture(), name="a.jpg", limits=LIMITS, by=None)
    report_signatures(file, ROOTS)
    assert not file.signatures.exists()
