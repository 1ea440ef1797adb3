"""Small phrases: promises, norms, and for whom a step is meant."""

import pytest
from django.utils import translation

from loket.portal.queries.laws import laws
from loket.portal.queries.promise import promise, promise_line
from loket.portal.queries.words import headcount, norm_of, variants_of
from loket.standards.pack import Text, Time
from loket.standards.queries import in_force, settings_of, spec_of

COVERS = {"counts_from": "submitted", "covers": ("daftar",)}


def time(**written):
    return Time.model_construct(**{**Time(kind="none").__dict__, **COVERS, **written})


@pytest.mark.parametrize(
    ("promised", "line"),
    [
        (time(kind="max", value=15, unit="service_minutes"), "Paling lama 15 menit"),
        (time(kind="about", value=90, unit="service_minutes"), "Kira-kira 1 j 30 mnt"),
        (time(kind="max", value=2880, unit="service_minutes"), "Paling lama 48 jam"),
        (time(kind="max", value=24, unit="calendar_hours"), "Paling lama 24 jam"),
        (Time(kind="none"), "Tanpa janji waktu"),
        (
            Time(kind="none", printed=Text(id="Sesuai jadwal kelas")),
            "Sesuai jadwal kelas",
        ),
    ],
)
def test_promise_is_one_phrase(promised, line):
    with translation.override("id"):
        assert promise_line(promised) == line


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("submitted", "sejak permohonan diajukan"),
        ("documents_received", "sejak berkas diterima kantor"),
        ("file_complete", "sejak berkas lengkap"),
        ("called", "sejak nomor antrean dipanggil"),
    ],
)
def test_promise_names_the_event_it_counts_from(event, words):
    promised = time(kind="max", value=15, unit="service_minutes", counts_from=event)
    with translation.override("id"):
        assert promise(promised).note == words


def test_people_are_counted():
    with translation.override("id"):
        assert (headcount(1), headcount(3)) == ("1 orang", "3 orang")


@pytest.fixture
def batang_spec(batang):
    return spec_of(in_force(batang, "registrasi-verifikasi").pk)


@pytest.mark.django_db
def test_step_for_one_route_names_it(batang_spec):
    shown = [variants_of(step, batang_spec) for step in batang_spec.procedure]
    assert shown == ["", "", "", "Daring", "Tatap muka", "Daring", "", "", ""]


@pytest.mark.django_db
def test_step_without_norm_prints_none(bogor):
    spec = spec_of(in_force(bogor, "registrasi-verifikasi").pk)
    assert {norm_of(step) for step in spec.procedure} == {""}


@pytest.mark.django_db
def test_law_nobody_knows_is_printed_by_its_code(batang):
    [law] = laws(("perda-1-1999",), settings_of(batang))
    assert (law.name, law.standing) == ("perda-1-1999", "")
