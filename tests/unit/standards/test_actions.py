"""Packs are loaded once, changed never, and leave as they came."""

import shutil
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection

from loket.kernel import clock
from loket.offices.models import Calendar, Office
from loket.standards.actions import PackRefused, export_pack, load_packs, load_registers
from loket.standards.models import Export, LegalBasis, Service, Standard
from loket.standards.pack import read_pack
from loket.standards.queries import settings_of, spec_of
from tests.factories.people import officer

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
FILE = "standards/registrasi-verifikasi.yaml"
SERVICE = "registrasi-verifikasi"


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def folder(tmp_path, depok):
    """The pack of an office that is loaded already, to be changed."""
    return shutil.copytree(settings.PACKS_DIR / depok.slug, tmp_path / depok.slug)


def load(folder, by=None):
    return load_packs([folder], by=by)


def change(file, old, new):
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def version_from(folder, day, title="Registrasi baru"):
    """Another version of the service, in force from this day."""
    text = (folder / FILE).read_text()
    new = folder / "standards" / f"{SERVICE}.{day}.yaml"
    new.write_text(text.replace("effective: 2023-09-01", f"effective: {day}"))
    change(new, "id: Registrasi dan verifikasi penyedia", f"id: {title}")
    return new


def published(office, service=SERVICE):
    """The versions of one service; of every service when none is named."""
    found = Standard.objects.filter(office=office).order_by("service", "effective")
    found = found.filter(service__code=service) if service else found
    return list(found.values_list("pk", "version", "effective", "document"))


def refusal(folder, by=None):
    with pytest.raises(PackRefused) as refused:
        load(folder, by=by)
    return str(refused.value)


def test_loading_twice_changes_nothing_that_was_published(folder, depok):
    before = (published(depok), Service.objects.count(), Calendar.objects.count())
    assert load(folder) == [depok]
    assert (published(depok), Service.objects.count(), Calendar.objects.count()) == before  # fmt: skip


def test_first_load_may_begin_in_the_past(bogor, depok):
    began = {row[2] for office in (bogor, depok) for row in published(office)}
    assert began == {date(2020, 7, 1), date(2021, 3, 1), date(2023, 9, 1)}


def test_versions_are_numbered_by_their_dates(bogor):
    assert [row[1:3] for row in published(bogor)] == [
        (1, date(2020, 7, 1)), (2, date(2021, 3, 1)),
    ]  # fmt: skip


def test_changed_published_version_is_refused_and_leaves_all_as_it_was(folder, depok):
    change(folder / FILE, "id: Registrasi dan verifikasi penyedia", "id: Diubah")
    change(folder / "office.yaml", f"name: {depok.name}", "name: LPSE Kota Diubah")
    before = published(depok)
    assert refusal(folder) == (
        f"{SERVICE} 2023-09-01: versi ini sudah terbit dan tidak dapat diubah;"
        " terbitkan versi baru dengan tanggal berlaku yang lebih akhir"
    )
    assert published(depok) == before
    assert Office.objects.get(pk=depok.pk).name == depok.name


@pytest.mark.parametrize("days", [1, 365])
def test_later_version_cannot_begin_in_the_past(folder, depok, days):
    past = TODAY - timedelta(days=days)
    version_from(folder, past)
    assert refusal(folder) == (
        f"{SERVICE} {past}: tanggal berlaku sudah lewat; versi baru berlaku paling cepat hari ini"
    )
    assert len(published(depok)) == 1


@pytest.mark.parametrize("days", [0, 1, 40])
def test_later_version_begins_today_or_in_the_future(folder, depok, days):
    day = TODAY + timedelta(days=days)
    version_from(folder, day)
    load(folder)
    assert [row[1:3] for row in published(depok)] == [(1, date(2023, 9, 1)), (2, day)]


def test_today_is_the_day_on_the_offices_clock(folder, depok):
    """At 23.30 in Depok it is still the day before in Greenwich."""
    version_from(folder, TODAY)
    with clock.at(datetime(2026, 11, 22, 17, 30, tzinfo=UTC)):
        load(folder)
    assert published(depok)[-1][2] == TODAY


def test_version_published_by_an_officer_stops_a_load_until_it_is_exported(
    folder, depok, tmp_path
):
    version_from(folder, TODAY)
    load(folder, by=officer(depok))
    waiting = Standard.objects.get(office=depok, version=2)
    assert refusal(folder) == (
        f"{waiting}: diterbitkan petugas dan belum diekspor; jalankan 'pack export' dahulu"
    )
    export_pack(depok, tmp_path / "out")
    assert load(folder) == [depok]


def test_export_reads_equal_to_what_is_published(depok, tmp_path):
    export_pack(depok, tmp_path / depok.slug)
    pack = read_pack(tmp_path / depok.slug)
    assert [each for each in pack.problems if each.severity == "error"] == []
    assert pack.office == settings_of(depok)
    assert list(pack.standards) == [spec_of(row[0]) for row in published(depok, None)]
    assert Export.objects.filter(office=depok).count() == len(pack.standards)


@pytest.mark.parametrize("office", ["bogor", "batang", "depok"])
def test_export_loads_again_and_changes_nothing(request, tmp_path, office):
    office = request.getfixturevalue(office)
    before = published(office, None)
    export_pack(office, tmp_path / office.slug)
    load(tmp_path / office.slug)
    assert published(office, None) == before


def test_broken_pack_is_refused_with_its_problems(folder, depok):
    change(folder / FILE, "effective: 2023-09-01", "effective: besok")
    with pytest.raises(PackRefused) as refused:
        load(folder)
    assert {each.severity for each in refused.value.problems} == {"error"}
    assert len(published(depok)) == 1


def test_loading_again_renews_the_offices_own_settings(folder, depok):
    change(folder / "office.yaml", f"name: {depok.name}", "name: LPSE Kota Pandan")
    before = settings_of(depok).name
    (loaded,) = load(folder)
    assert (before, settings_of(loaded).name) == (depok.name, "LPSE Kota Pandan")
    assert loaded.hours_version == depok.hours_version + 1


def test_calendar_that_left_the_pack_stays_for_the_standards_that_name_it(
    folder, depok
):
    Calendar.objects.create(office=depok, code="lama", week={"mon": ["09:00-10:00"]})
    load(folder)
    codes = set(Calendar.objects.filter(office=depok).values_list("code", flat=True))
    assert codes == {*read_pack(folder).office.calendars, "lama"}


def test_who_published_is_kept(folder, depok):
    version_from(folder, TODAY)
    head = officer(depok)
    load(folder, by=head)
    newest = Standard.objects.get(office=depok, version=2)
    assert (newest.published_by, newest.published_at) == (head, MONDAY)


def test_register_of_laws_follows_its_source(packs):
    law = LegalBasis.objects.first()
    LegalBasis.objects.filter(pk=law.pk).update(title="Judul keliru")
    load_registers()
    law.refresh_from_db()
    assert law.title != "Judul keliru"


def test_order_of_a_records_keys_survives_the_database(depok):
    """What is printed follows the order of the pack (steps of `exits`, titles)."""
    (pk, *_), *_ = published(depok)
    with connection.cursor() as cursor:
        cursor.execute("SELECT document::text FROM standards_standard WHERE id = %s", [pk])  # fmt: skip
        stored = cursor.fetchone()[0]
    standards = read_pack(settings.PACKS_DIR / depok.slug).standards
    source = next(each for each in standards if each.service == SERVICE)
    assert spec_of(pk).model_dump_json() == source.model_dump_json()
    assert stored.index('"schema"') < stored.index('"procedure"')
