"""What commands do with the database: loading an office again, and what follows from it."""

import shutil
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings

from config import operations
from config.commands import Refused
from loket.kernel import clock
from loket.offices.roles import Role
from loket.standards.models import Standard
from tests.factories.people import officer
from tests.factories.tickets import registration
from tests.factories.walking import complete

pytestmark = pytest.mark.django_db
MONDAY = datetime(
    2026, 11, 23, 6, 50, tzinfo=UTC
)  # 13.50 WIB, ten minutes before the end


@pytest.fixture
def folder(tmp_path, depok):
    return shutil.copytree(settings.PACKS_DIR / depok.slug, tmp_path / depok.slug)


def change(file, old, new):
    file.write_text(file.read_text().replace(old, new, 1))


def test_open_due_times_follow_new_hours(folder, depok):
    with clock.at(MONDAY):
        ticket = registration(depok)
        complete(ticket, officer(depok, Role.HELPDESK))
    assert ticket.due_at == datetime(2026, 11, 24, 2, 5, tzinfo=UTC)  # Tuesday, 09.05

    change(folder / "office.yaml", "13:00-14:00", "13:00-15:00")
    with clock.at(MONDAY):
        operations.load_packs([folder])

    ticket.refresh_from_db()
    assert ticket.due_at == MONDAY + timedelta(minutes=15)


def test_refused_pack_is_explained(folder):
    change(
        folder / "standards" / "registrasi-verifikasi.yaml", "schema: 1", "schema: 9"
    )
    with pytest.raises(Refused, match=r"registrasi-verifikasi\.yaml:1"):
        operations.load_packs([folder])


def test_pack_is_published_as_of_another_day(folder, depok):
    file = folder / "standards" / "registrasi-verifikasi.yaml"
    later = file.with_name("registrasi-verifikasi.2026-01-05.yaml")
    shutil.copy(file, later)
    change(later, "effective: 2023-09-01", "effective: 2026-01-05")
    assert operations.load_packs([folder], on=date(2026, 1, 2)) == [depok.name]
    newest = Standard.objects.filter(office=depok).latest("version")
    assert newest.published_at.date() == date(2026, 1, 2)


def test_unknown_office_cannot_be_exported(packs, tmp_path):
    with pytest.raises(Refused, match="Kantor 'pandan' tidak ada"):
        operations.export_pack("pandan", tmp_path)
