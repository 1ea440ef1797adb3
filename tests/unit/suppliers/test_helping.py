"""The desk's page of registration mails: who sees it, what it tells, sending one again."""

from datetime import timedelta

import pytest
from django.test import Client

from loket.kernel import clock
from loket.kernel.models import Mail
from loket.offices.roles import Role
from loket.suppliers.models import LinkRequest
from tests.factories.people import officer
from tests.factories.registering import EMAIL, post, requested

pytestmark = pytest.mark.django_db
URL = "/meja/kabupaten-batang/pendaftaran/"


def at_desk(office, role=Role.HELPDESK):
    """The browser of an officer."""
    client = Client()
    client.force_login(officer(office, role))
    return client


def words(answer):
    return " ".join(answer.content.decode().split())


def test_caller_s_mail_is_found_by_his_address(batang):
    requested(batang)
    shown = words(post(at_desk(batang), f"{URL}cari/", {"email": EMAIL.upper()}))
    assert ("ha…@pandan.example" in shown, "belum dikirim" in shown) == (True, True)


def test_address_nobody_asked_with_is_named_so(batang, depok):
    requested(depok)
    shown = post(at_desk(batang), f"{URL}cari/", {"email": EMAIL})
    assert "Tidak ada permintaan dengan alamat ini" in words(shown)
    assert post(at_desk(batang), f"{URL}cari/", {"email": "x"}).status_code == 422


def test_refused_mail_stands_on_the_list_masked_with_its_reason(batang):
    requested(batang)
    Mail.objects.update(failed_at=clock.now(), reason="unknown_mailbox")
    shown = words(at_desk(batang).get(URL))
    assert ("alamatnya tidak dikenal" in shown, EMAIL in shown) == (True, False)


def test_late_mail_stands_on_the_list_until_it_is_sent(batang):
    with clock.at(clock.now() - timedelta(hours=49)):
        requested(batang)
    desk = at_desk(batang)
    assert "ha…@pandan.example" in words(desk.get(URL))
    Mail.objects.update(sent_at=clock.now())
    assert "Semua surat pendaftaran sampai" in words(desk.get(URL))


def test_refused_mail_leaves_the_list_when_a_later_one_arrives(batang):
    requested(batang)
    Mail.objects.update(failed_at=clock.now(), reason="mailbox_full")
    later = requested(batang)
    desk = at_desk(batang)
    assert "tidak sampai</span>" in words(desk.get(URL))
    Mail.objects.filter(pk=later.mail_id).update(sent_at=clock.now())
    assert "Semua surat pendaftaran sampai" in words(desk.get(URL))


def test_officer_sends_it_again_though_the_address_had_its_five(batang):
    for _each in range(6):
        asked = requested(batang)
    desk = at_desk(batang, Role.FRONT_OFFICE)
    post(desk, f"{URL}{asked.pk}/kirim-ulang/")
    again = LinkRequest.objects.latest("pk")
    assert (again.email, again.held_until, again.by is None) == (EMAIL, None, False)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.TRAINER])
def test_others_of_the_office_read_but_send_nothing(batang, role):
    asked = requested(batang)
    Mail.objects.update(failed_at=clock.now(), reason="refused")
    desk = at_desk(batang, role)
    shown = desk.get(URL)
    assert (shown.status_code, "kirim-ulang" in words(shown)) == (200, False)
    assert post(desk, f"{URL}{asked.pk}/kirim-ulang/").status_code == 403
    assert LinkRequest.objects.count() == 1


def test_officer_of_another_office_finds_nothing(batang, depok):
    asked = requested(batang)
    desk = at_desk(depok)
    statuses = [
        desk.get(URL).status_code,
        post(desk, f"{URL}cari/", {"email": EMAIL}).status_code,
        post(desk, f"{URL}{asked.pk}/kirim-ulang/").status_code,
    ]
    elsewhere = f"/meja/kota-depok/pendaftaran/{asked.pk}/kirim-ulang/"
    assert [*statuses, post(desk, elsewhere).status_code] == [404] * 4
