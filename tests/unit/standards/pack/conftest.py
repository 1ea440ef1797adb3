"""The three shipped packs, and a small valid one that tests break on purpose."""

from dataclasses import replace
from pathlib import Path

import pytest

from loket.standards.pack import Pack, read_pack

PACKS = Path(__file__).parents[4] / "packs"

OFFICE = """\
schema: 1
office: kota-uji
code: UJI
name: LPSE Kota Uji
parent: Sekretariat Daerah Kota Uji
time_zone: Asia/Jakarta
registration_mode: registrar
languages: [id]
places:
  - {code: kantor, name: Kantor, regency: "32.71"}
contacts:
  email: [loket@kota-uji.example]
decrees:
  sk-1:
    number: SK/1
    date: 2024-01-02
    recalling: [uu-25-2009]
calendars:
  loket:
    week: {mon-fri: ["09:00-12:00", "13:00-15:00"]}
uploads: {types: [pdf], at_most_mb: 4}
password: {classes: [upper, digit], strength: green}
confirm_link: {valid_hours: 72}
reopen_within_days: 7
close_unanswered_after_days: 14
escalation:
  lkpp: {outside: LKPP}
  ppe: {inside: admin_ppe}
document_titles:
  bukti: Lembar bukti
"""

STANDARD = """\
schema: 1
service: daftar-uji
effective: 2024-02-01
decree: sk-1
title: Daftar uji
audience: supplier
intake: [counter]
routes:
  counter: {title: Loket, via: loket}
  remote: {title: Daring, via: outside}
applicants:
  usaha:
    title: Badan usaha
    forms: [pt, cv]
    asks: [ktp, sppkp]
    brings: [izin]
facts:
  pkp: Apakah PKP?
requirements:
  ktp: {title: KTP}
  sppkp: {title: SPPKP, only_if: pkp}
  izin: {title: Izin, for: sikap}
  kuasa: {title: Surat kuasa}
proxy:
  allowed: true
  asks: [kuasa]
time:
  kind: max
  value: 15
  unit: service_minutes
  from: documents_received
  covers: [cocokkan]
hours: loket
procedure:
  - {step: daftar, kind: register, actor: applicant, text: Mendaftar}
  - {step: datang, kind: receive_documents, actor: applicant, with: helpdesk, text: Datang, emits: documents_received}
  - {step: cocokkan, kind: verify_documents, actor: verifikator, text: Mencocokkan, returns_to: datang}
  - {step: putuskan, kind: decide, actor: verifikator, text: Memutuskan, exits: {terima: bukti, tolak: tolak}}
  - {step: bukti, kind: issue_document, actor: verifikator, text: Menyerahkan, document: bukti, ends: true}
  - {step: tolak, kind: reject, actor: verifikator, text: Menolak, ends: true}
supervised_by: kepala_tim
legal_basis: [uu-25-2009]
"""


def registering(name: str) -> Pack:
    """The office with its registration alone: what most tests here are about."""
    pack = read_pack(PACKS / name)
    known = [each for each in pack.standards if each.service == "registrasi-verifikasi"]
    return replace(pack, standards=tuple(known))


@pytest.fixture(scope="session")
def bogor() -> Pack:
    return registering("kota-bogor")


@pytest.fixture(scope="session")
def depok() -> Pack:
    return registering("kota-depok")


@pytest.fixture(scope="session")
def batang() -> Pack:
    return registering("kabupaten-batang")


@pytest.fixture
def small(tmp_path) -> Path:
    """A folder with a small pack that has no errors."""
    folder = tmp_path / "kota-uji"
    (folder / "standards").mkdir(parents=True)
    (folder / "office.yaml").write_text(OFFICE, encoding="utf-8")
    (folder / "standards" / "daftar-uji.yaml").write_text(STANDARD, encoding="utf-8")
    return folder
