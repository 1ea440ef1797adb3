"""The remote way of both offices, from the first link to the active account, without anybody coming."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from loket.kernel import clock
from loket.offices.roles import Role
from loket.tickets.models import Event, Message, Ticket
from loket.verification.models import Session
from tests.factories.calling import screenshot
from tests.factories.people import again
from tests.flows.story import (
    ACTIVE,
    Officer,
    Supplier,
    link_in,
    new_mail,
    send,
    sign_in,
)
from tests.unit.tickets.browsing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def register(supplier, **identity):
    """Like everybody, but with the remote way on the last page."""
    supplier.fill_in(link_in(supplier.ask_for_link()), **identity)
    send(supplier.browser, supplier.page("review"), consent="on", route="remote")
    return Ticket.objects.get(office=supplier.office)


def planned(ticket, provider, where):
    """What an officer types for a call in an hour."""
    at = ticket.office.local(clock.now() + timedelta(hours=1))
    return {
        "day": f"{at:%d-%m-%Y}", "time": f"{at:%H.%M}", "provider": provider, "where": where, "anyway": "on",
    }  # fmt: skip


def hold(officer, supplier, ticket):
    """Consent by the applicant, then the call at its time; the letters that came of it."""
    session = Session.objects.planned().get(ticket=ticket)
    own = reverse("verification:agree", args=[ticket.number, session.pk])
    send(supplier.browser, own)

    def at(name, *more):
        return reverse(f"verification:{name}", args=[ticket.number, session.pk, *more])

    with clock.at(session.scheduled_at), new_mail() as letters:
        desk = signed_in(again(officer.user))
        for act in ("mulai", "kode"):
            send(desk, at("act", act))
        for code in ("ktp-pimpinan", "npwp-perusahaan"):
            send(desk, at("verdict", code), accepted="yes", original_seen="on", after=0)
        file = SimpleUploadedFile("layar.png", screenshot(), "image/png")
        send(desk, at("picture"), file=file)
        send(desk, at("finish"))
    return letters


def done(ticket):
    found = Event.objects.filter(ticket=ticket, name="step_done").order_by("id")
    return [each.step for each in found]


def test_batang_by_a_scheduled_call(batang):
    tirta = Supplier(batang)
    wulan = Officer(batang, Role.VERIFIKATOR, "Wulan Prameswari")
    ticket = register(tirta, regency="33.25", postal_code="51216")
    tirta.upload_all(ticket)
    tirta.do(ticket, "ajukan")
    invited = wulan.do(ticket, "jadwal", **planned(ticket, "link", "https://rapat.example/p"))  # fmt: skip
    assert [*invited] == [f"Tiket {ticket.number}: jadwal panggilan video"]
    told = hold(wulan, tirta, ticket)
    assert [*told] == [f"Tiket {ticket.number}: verifikasi lewat panggilan video selesai"]  # fmt: skip
    ticket.refresh_from_db()
    assert (ticket.step, Message.objects.filter(ticket=ticket).count()) == ("setujui", 1)  # fmt: skip
    assert done(ticket) == ["daftar", "isi", "ajukan", "jadwal", "verifikasi-daring"]


def test_bogor_by_a_call_to_the_director(bogor):
    tirta = Supplier(bogor)
    sekar = Officer(bogor, Role.HELPDESK, "Sekar Arum")
    ticket = register(tirta)
    assert ticket.phone != ""
    tirta.upload_all(ticket)
    tirta.do(ticket, "siapkan")
    sekar.do(ticket, "periksa", complete="yes")
    plan = reverse("verification:plan", args=[ticket.number])
    send(sekar.browser, plan, **planned(ticket, "phone", ticket.phone))
    hold(sekar, tirta, ticket)
    ticket.refresh_from_db()
    assert ticket.step == "aktifkan"
    assert done(ticket) == ["daftar", "siapkan", "periksa", "panggilan-video"]


@pytest.mark.parametrize(("slug", "step"), [("bogor", "aktifkan"), ("batang", "setujui")])  # fmt: skip
def test_account_is_active_after_the_call(request, slug, step):
    office = request.getfixturevalue(slug)
    tirta, wulan = Supplier(office), Officer(office, Role.VERIFIKATOR, "Wulan Prameswari")  # fmt: skip
    regency = {"regency": "33.25", "postal_code": "51216"} if slug == "batang" else {}
    ticket = register(tirta, **regency)
    tirta.upload_all(ticket)
    ticket.refresh_from_db()
    tirta.do(ticket, ticket.step)
    ticket.refresh_from_db()
    typed = planned(ticket, "link", "https://rapat.example/p")
    if slug == "batang":
        wulan.do(ticket, "jadwal", **typed)
    else:
        wulan.do(ticket, "periksa", complete="yes")
        send(wulan.browser, reverse("verification:plan", args=[ticket.number]), **typed)
    hold(wulan, tirta, ticket)
    ticket.refresh_from_db()
    told = wulan.do(ticket, step, system="SPSE")
    assert [*told] == [f"{ACTIVE} di SPSE"]
    assert sign_in("tunaspandan") is not None
