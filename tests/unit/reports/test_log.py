"""The log of Standar LPSE 5: its columns, what stands in them, who took it, and LibreOffice opens it."""

import csv
import subprocess
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse

from loket.kernel import clock, once
from loket.offices.roles import Role
from loket.reports.models import LogExport
from loket.reports.queries import COLUMNS, GROUPS, log_of
from loket.tickets.actions import write_message
from loket.tickets.actions.triage import set_triage
from loket.tickets.models import Event
from loket.tickets.queries.triage import triage_of
from tests.factories.counting import statements
from tests.factories.people import again, officer
from tests.factories.tickets import registration

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
MONTH = MONDAY.date().replace(day=1)
CODES = {"type": "g", "category": "t", "reporter": "py", "matter": "sw", "urgency": "m", "impact": "b"}  # fmt: skip


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def helpdesk(bogor):
    return officer(bogor, Role.HELPDESK, "Sekar Arum")


def browser_of(user):
    client = Client()
    client.force_login(user)
    return client


def download(user, office, kind, month="2026-11"):
    address = reverse("reports:export", args=[office.slug, kind])
    return browser_of(user).post(address, {"bulan": month, once.FIELD: once.new_key()})


def line(office, user):
    [row] = log_of(office, MONTH, user)
    return dict(zip(COLUMNS, row.cells, strict=True)) | {"cells": row.cells}


def test_the_columns_are_those_of_the_form():
    assert [name for _group, names in GROUPS for name in names] == [
        "No. Tiket", "Nama Pengguna", "Kontak", "Media", "Tanggal", "Deskripsi",
        "Tipe", "Kategori", "User", "Jenis", "Urgensi", "Dampak", "Prioritas",
        "Petugas", "Status", "Keterangan", "Tgl Pemutakhiran",
        "Solusi", "Tanggal", "Status", "Konfirmasi kepada Pengguna",
    ]  # fmt: skip


def test_a_new_request_is_classified_as_its_standard_says(bogor, helpdesk):
    registration(bogor)
    found = line(bogor, helpdesk)
    assert found["cells"][6:13] == ("PL", "NT", "Py", "Ps", "TM", "K", "R")
    assert (found["cells"][14], found["Media"]) == ("Penanganan", "Aplikasi")
    assert found["Konfirmasi kepada Pengguna"] == "Belum Diinformasikan"


@pytest.mark.parametrize(
    ("urgency", "impact", "priority"),
    [("m", "b", "t"), ("m", "s", "t"), ("m", "k", "m"), ("tm", "b", "m"), ("tm", "s", "m"), ("tm", "k", "r")],
)  # fmt: skip
def test_priority_follows_from_urgency_and_impact(
    bogor, helpdesk, urgency, impact, priority
):
    ticket = registration(bogor)
    set_triage(
        ticket, by=again(helpdesk), **(CODES | {"urgency": urgency, "impact": impact})
    )
    assert triage_of(again_read(ticket)).priority == priority


def again_read(ticket):
    return type(ticket).objects.select_related("triage", "office").get(pk=ticket.pk)


def test_an_officer_may_set_another_priority(bogor, helpdesk):
    ticket = registration(bogor)
    address = reverse("tickets:triage", args=[ticket.number])
    client = browser_of(helpdesk)
    assert client.get(address).status_code == 200
    client.post(address, {**CODES, "priority": "r", once.FIELD: once.new_key()})
    assert triage_of(again_read(ticket)).letters == (
        "G",
        "T",
        "Py",
        "Sw",
        "M",
        "B",
        "R",
    )
    page = client.get(reverse("tickets:ticket", args=[ticket.number])).content.decode()
    assert "Gangguan · Rendah" in page
    assert Event.objects.filter(ticket=ticket, name="classified").count() == 1


def test_only_officers_who_work_classify(bogor):
    ticket = registration(bogor)
    auditor = browser_of(officer(bogor, Role.AUDITOR))
    assert (
        auditor.get(reverse("tickets:triage", args=[ticket.number])).status_code == 403
    )


def test_what_the_office_told_last_is_the_solution_and_he_was_informed(bogor, helpdesk):
    ticket = registration(bogor)
    write_message(ticket, by=again(helpdesk), body="Unggah ulang NPWP.")
    write_message(ticket, by=again(ticket.applicant), body="Baik.")
    found = line(bogor, helpdesk)
    assert found["Konfirmasi kepada Pengguna"] == "Telah Diinformasikan"
    assert found["Solusi"] == ""  # not before it has ended


def test_who_only_reads_gets_no_contacts(bogor, helpdesk):
    registration(bogor)
    assert line(bogor, helpdesk)["Kontak"] == "081200000177"
    assert line(bogor, officer(bogor, Role.AUDITOR))["Kontak"] == ""


def test_other_months_and_offices_stay_out(bogor, depok, helpdesk):
    with clock.at(datetime(2026, 10, 30, 4, 0, tzinfo=UTC)):
        registration(bogor)
    registration(depok)
    assert list(log_of(bogor, MONTH, helpdesk)) == []


def test_csv_has_the_same_lines_and_nothing_that_runs(bogor, helpdesk):
    registration(bogor, name="=HYPERLINK(1)")
    answered = download(helpdesk, bogor, "csv")
    lines = list(csv.reader(StringIO(answered.content.decode("utf-8-sig"))))
    assert (tuple(lines[0]), lines[1][1]) == (COLUMNS, "'=HYPERLINK(1)")
    assert "attachment" in answered["Content-Disposition"]


def test_libreoffice_opens_the_workbook(bogor, helpdesk, tmp_path):
    registration(bogor, name="=1+1")
    file = tmp_path / "log.xlsx"
    file.write_bytes(download(helpdesk, bogor, "xlsx").content)
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/lo", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", str(tmp_path), str(file)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    rows = list(csv.reader(StringIO((tmp_path / "log.csv").read_text("utf-8"))))
    assert tuple(rows[1]) == COLUMNS
    assert (rows[0][1], rows[0][6]) == ("Pelaporan", "Klasifikasi")
    assert rows[2][1] == "=1+1"
    assert tuple(rows[2]) == line(bogor, helpdesk)["cells"]


def test_each_download_is_kept_and_shown(bogor, helpdesk):
    registration(bogor)
    download(helpdesk, bogor, "xlsx")
    kept = LogExport.objects.get()
    assert (kept.by, kept.format, kept.rows_given, kept.month) == (
        helpdesk,
        "xlsx",
        1,
        MONTH,
    )
    page = browser_of(helpdesk).get(reverse("reports:log", args=[bogor.slug]))
    assert "Sekar Arum" in page.content.decode()


def test_officers_of_other_offices_find_no_log(bogor, depok):
    stranger = officer(depok, Role.HELPDESK)
    assert (
        browser_of(stranger).get(reverse("reports:log", args=[bogor.slug])).status_code
        == 404
    )
    assert download(stranger, bogor, "csv").status_code == 404
    assert download(officer(bogor), bogor, "exe").status_code == 404


def test_ten_lines_cost_as_much_as_one(bogor, helpdesk):
    registration(bogor)
    list(log_of(bogor, MONTH, helpdesk))
    with statements() as one:
        list(log_of(bogor, MONTH, again(helpdesk)))
    for _ in range(9):
        registration(bogor)
    with statements() as ten:
        list(log_of(bogor, MONTH, again(helpdesk)))
    assert len(one) == len(ten)
