"""PDFs made to deceive: none of them passes for intact, none hides another, none stops the job or the page."""

import re
import time
import zlib
from datetime import UTC, datetime

import pytest

from loket.files.actions import Limits, store_upload
from loket.files.signatures import Root, report_signatures, signatures_in
from tests.factories.papers import pdf
from tests.factories.signing import (
    Certified,
    covering_less,
    encrypted,
    with_empty_fields,
)

LIMITS = Limits(types=("pdf",), at_most_mb=4)
OFFICE, STRANGER = Certified("Root Uji"), Certified("Root Asing")
TIRTA = Certified("Tirta Adiguna", OFFICE)
FALSE = Certified("Tirta Adiguna", STRANGER)
ROOTS = [Root("signature", OFFICE.pem)]
MARK = b"\n% ByteRange\n"


def said(data):
    return [one["verdict"] for one in signatures_in(data, ROOTS)]


def test_same_names_under_a_root_of_the_signers_own_making_are_not_trusted():
    twin = Certified("Tirta Adiguna", Certified("Root Uji"))
    [found] = signatures_in(twin.sign(pdf()), ROOTS)
    assert (found["verdict"], found["issuer"]) == ("unknown", "Root Uji")


def test_signature_that_covers_less_than_it_should_is_broken():
    assert said(covering_less(TIRTA.sign(pdf()))) == ["broken"]


def test_broken_signature_does_not_hide_behind_a_later_good_one():
    once = bytearray(FALSE.sign(pdf()))
    place = once.index(b"MediaBox")
    digit = next(n for n in range(place, place + 40) if chr(once[n]).isdigit())
    once[digit] ^= 1
    assert said(TIRTA.sign(bytes(once), "Kedua")) == ["broken", "trusted"]


def test_place_to_sign_is_no_signature():
    assert said(with_empty_fields(pdf(), 3) + MARK) == ["none"]


def test_hundreds_of_empty_places_do_not_hide_the_signature():
    began = time.monotonic()
    assert said(TIRTA.sign(with_empty_fields(pdf(), 300))) == ["trusted"]
    assert time.monotonic() - began < 20


def test_more_signatures_than_are_read_are_not_cut_off():
    data = pdf()
    for number in range(51):
        data = TIRTA.sign(data, f"Tanda{number}")
    assert said(data) == ["unread"]


@pytest.mark.parametrize("name", [b"/Byte#52ange", b"/#42yteRang#65", b"/Byt#65Range"])
def test_signature_whose_words_are_spelt_otherwise_is_not_said_to_be_absent(name):
    assert said(TIRTA.sign(pdf()).replace(b"/ByteRange", name)) == ["broken"]


def test_certificate_that_ended_before_the_day_of_signing_is_not_trusted():
    ended = Certified("Tirta Adiguna", OFFICE, days=(-60, -30))
    assert said(ended.sign(pdf())) == ["unknown"]


@pytest.mark.parametrize(
    ("made", "moment"),
    [
        ("D:20260105090807Z", datetime(2026, 1, 5, 9, 8, 7, tzinfo=UTC)),
        ("D:20260105090807", datetime(2026, 1, 5, 9, 8, 7, tzinfo=UTC)),
        ("D:99991231235959Z", None),
        ("D:00010101000000+14'00", None),
    ],
)
def test_day_of_signing_is_one_that_a_page_can_show(made, moment):
    long = Certified("Tirta Adiguna", STRANGER, days=(-600, 300))
    [found] = signatures_in(long.sign(pdf(), made=made), ROOTS)
    assert (found["verdict"], found["made_at"]) == ("unknown", moment)


def test_day_that_is_no_day_breaks_its_own_signature_only():
    signed = FALSE.sign(TIRTA.sign(pdf(), "Pertama"), "Kedua", made="kemarin")
    assert said(signed) == ["trusted", "broken"]


@pytest.mark.parametrize("hidden", ["\x00", "\u202e", "\u200b", "\n"])
def test_names_keep_nothing_that_cannot_be_seen(hidden):
    signer = Certified(f"Tirta{hidden} Adiguna", OFFICE)
    assert signatures_in(signer.sign(pdf()), ROOTS)[0]["signer"] == "Tirta Adiguna"


@pytest.mark.django_db
def test_name_that_the_database_refuses_does_not_stop_the_job(bogor):
    data = Certified("Tirta\x00Adiguna", OFFICE).sign(pdf())
    file = store_upload(bogor, data=data, name="a.pdf", limits=LIMITS, by=None)
    report_signatures(file, ROOTS)
    assert file.signatures.get().signer == "TirtaAdiguna"


def test_table_of_contents_that_leads_to_itself_is_left_alone():
    signed = TIRTA.sign(pdf())
    own = re.findall(rb"startxref\s+(\d+)", signed)[-1]
    assert said(re.sub(rb"/Prev \d+", b"/Prev " + own, signed)) == ["unread"]


def test_file_that_unpacks_to_half_a_gigabyte_stays_within_its_bounds():
    packed = zlib.compress(bytes(500_000_000), 9)
    head = b"%%PDF-1.7\n1 0 obj<</Type/ObjStm/N 1/First 5/Filter/FlateDecode/Length %d>>stream\n"
    began = time.monotonic()
    assert said(head % len(packed) + packed + b"\nendstream endobj\n" + MARK) == ["unread"]  # fmt: skip
    assert time.monotonic() - began < 20


def test_nested_beyond_measure_is_unread():
    data = b"%PDF-1.7\n1 0 obj " + b"[" * 200_000 + b" endobj trailer<</Root 1 0 R>>"
    assert said(data + MARK) == ["unread"]


def test_signature_in_an_encrypted_file_is_not_said_to_be_absent():
    assert said(TIRTA.sign(encrypted(pdf()))) == ["unread"]
