"""G1: a standard changes from a date; what was promised before stays promised, and both are printed."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core.cache import cache

from loket.kernel import clock
from loket.offices.roles import Role
from loket.standards.actions import load_packs
from loket.standards.models import Standard
from loket.standards.queries import in_force, spec_of
from loket.tickets.models import Ticket
from loket.tickets.queries import asked_documents, clock_face
from tests.factories.people import officer
from tests.factories.tickets import SERVICE, registration
from tests.factories.walking import complete
from tests.unit.portal.reading import chips, facts, links, service, text_of
from tests.unit.ui.pages import Page

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # Monday, 11.00 WIB
MIDNIGHT = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)  # in Depok it is Tuesday now
TOMORROW = TODAY + timedelta(days=1)
SECOND = timedelta(seconds=1)
CHANGES = (
    ("effective: 2023-09-01", "effective: 2026-11-24"),
    ("value: 15", "value: 20"),
    ("Kurang lebih 15 menit, en: About 15", "Kurang lebih 20 menit, en: About 20"),
    ("ktp, npwp-usaha, nib, akta, skt, sppkp]", "ktp, npwp-usaha, nib, akta, sppkp]"),
    ("norm: 10", "norm: 15"),
)


@pytest.fixture
def changed(tmp_path, depok):
    """Depok publishes today that from tomorrow it takes 20 minutes and wants no SKT of companies."""
    folder = shutil.copytree(settings.PACKS_DIR / depok.slug, tmp_path / depok.slug)
    old = folder / "standards" / f"{SERVICE}.yaml"
    text = old.read_text()
    for before, after in CHANGES:
        assert text.count(before) == 1
        text = text.replace(before, after)
    (folder / "standards" / f"{SERVICE}.2026-11-24.yaml").write_text(text)
    with clock.at(TODAY):
        load_packs([folder], by=None)
    depok.refresh_from_db()
    return depok


@pytest.fixture
def helpdesk(depok):
    with clock.at(TODAY - timedelta(days=1)):
        return officer(depok, Role.HELPDESK)


def opened(office, at):
    with clock.at(at):
        return registration(office)


def promise_of(ticket):
    return clock_face(ticket, ticket.segments.all()).promise


def asked(ticket):
    return [each.code for each in asked_documents(ticket)]


def visit(client, address, at):
    cache.clear()
    with clock.at(at):
        answered = client.get(address)
    assert answered.status_code == 200
    return Page(answered.content.decode())


@pytest.mark.parametrize(
    ("at", "minutes", "asks_skt"),
    [
        (TODAY, 15, True),
        (MIDNIGHT - SECOND, 15, True),
        (MIDNIGHT, 20, False),
        (TOMORROW, 20, False),
    ],
    ids=["day before", "last second", "first second", "first day"],
)
def test_ticket_has_the_promise_and_documents_of_its_day(
    changed, at, minutes, asks_skt
):
    ticket = opened(changed, at)
    assert promise_of(ticket) == timedelta(minutes=minutes)
    assert ("skt" in asked(ticket)) == asks_skt


def test_ticket_of_the_day_before_is_handled_under_its_own_promise(changed, helpdesk):
    """Both hand in at the same minute; each is due by what it was promised."""
    tickets = [opened(changed, TODAY), opened(changed, TOMORROW)]
    with clock.at(TOMORROW):
        for ticket in tickets:
            complete(Ticket.objects.get(pk=ticket.pk), helpdesk)
    due = [Ticket.objects.get(pk=ticket.pk).due_at - TOMORROW for ticket in tickets]
    assert due == [timedelta(minutes=15), timedelta(minutes=20)]


def test_ticket_of_the_day_before_prints_its_version(changed, client):
    before, after = opened(changed, TODAY), opened(changed, TOMORROW)
    for ticket, version, minutes in ((before, 1, 15), (after, 2, 20)):
        page = visit(client, f"/lacak/{ticket.public_code}/", TOMORROW)
        assert facts(page)["Standar"] == f"versi {version}"
        assert f"0 dari {minutes} menit" in text_of(page)


def test_documents_page_of_each_asks_by_its_version(changed, client):
    counted = []
    for ticket in (opened(changed, TODAY), opened(changed, TOMORROW)):
        with clock.at(TOMORROW):
            client.force_login(ticket.applicant)
        page = visit(client, f"/tiket/{ticket.number}/berkas/", TOMORROW)
        counted.append(text_of(page).count("Surat keterangan terdaftar"))
    assert [each > 0 for each in counted] == [True, False]


@pytest.mark.parametrize(("at", "minutes"), [(TODAY, 15), (MIDNIGHT, 20)])
def test_service_page_promises_what_holds_on_the_day(changed, client, at, minutes):
    page = visit(client, service(changed.slug), at)
    assert facts(page)["Kira-kira"] == f"{minutes} menit"


@pytest.mark.parametrize(
    ("at", "states"),
    [
        (TODAY, ["Berlaku mulai 24 November 2026", "Berlaku"]),
        (MIDNIGHT, ["Berlaku", "Tidak berlaku lagi"]),
    ],
)
def test_page_prints_both_versions_with_their_states(changed, client, at, states):
    page = visit(client, service(changed.slug), at)
    assert chips(page)[-2:] == states
    pages = [link for link in links(page) if "/standar/" in link]
    assert [link for link in pages if "/cetak/" not in link] == [
        service(changed.slug, "standar/2/"),
        service(changed.slug, "standar/1/"),
    ]


@pytest.mark.parametrize("at", [TODAY, TOMORROW])
@pytest.mark.parametrize(("version", "minutes"), [(1, 15), (2, 20)])
def test_each_version_stays_readable_on_every_day(
    changed, client, at, version, minutes
):
    page = visit(client, service(changed.slug, f"standar/{version}/"), at)
    table = dict(zip(page.texts("th"), page.texts("td"), strict=True))
    time = table["Jangka waktu penyelesaian"]
    assert time.startswith(f"Kurang lebih {minutes} menit")


def test_version_that_does_not_hold_yet_begins_no_ticket(changed):
    with clock.at(TODAY):
        assert in_force(changed, SERVICE).version == 1
        assert registration(changed).standard.version == 1


def test_published_record_is_not_touched_by_the_next(changed):
    first, second = Standard.objects.filter(
        office=changed, service__code=SERVICE
    ).order_by("version")
    assert (spec_of(first.pk).time.value, spec_of(second.pk).time.value) == (15, 20)
    assert spec_of(first.pk).step("cocokkan").norm == 10
