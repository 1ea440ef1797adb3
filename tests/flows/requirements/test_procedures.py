"""S1, S1r, D-a, T1-T9, R1, R18, C9: every printed step can be pointed to in a finished ticket, with actor, time and norm."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from loket.files.models import FileView
from loket.kernel import clock, once
from loket.offices.roles import Role
from loket.standards.queries import spec_of
from loket.tickets.models import Claim, Event, IssuedDocument, Proof, Ticket
from loket.tickets.queries import pending_optional
from loket.tickets.seeds import look_again
from loket.verification.models import Session
from tests.factories.calling import at_call, held, screenshot
from tests.factories.papers import pdf
from tests.factories.people import again
from tests.factories.tickets import registration
from tests.factories.walking import step_of
from tests.flows.contradictions.walks import (
    BATANG,
    BOGOR,
    DEPOK,
    OFFICES,
    fresh,
    staff,
    walk,
    wib,
)
from tests.flows.story import (
    Officer,
    Supplier,
    new_mail,
    public_status,
    send,
    sign_in,
    text_of,
)
from tests.flows.test_story_remote import hold, planned, register
from tests.unit.tickets.browsing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
ADDRESS = {"regency": "33.25", "postal_code": "51216"}


def points_done(ticket):
    """The printed points of the steps that were done, each with who did it, when, and within which norm."""
    spec, found = spec_of(ticket.standard_id), {}
    for event in Event.objects.filter(ticket=ticket, name="step_done"):
        for point in spec.step(event.step).prints:
            found[point] = (event.by, event.at, event.data.get("norm"))
    return found


def record_optional(ticket, who):
    for step in pending_optional(fresh(ticket)):
        send(signed_in(who), reverse("tickets:own_step", args=[ticket.number, step.code]))  # fmt: skip


def finished(office):
    """A ticket of the counter's way, walked to its end with everything that may be recorded."""
    ticket, people = registration(office), staff(office)
    steps = spec_of(ticket.standard_id).procedure
    last = next(step.code for step in steps if step.ends)
    walk(ticket, people, until=last)
    record_optional(ticket, ticket.applicant)
    walk(ticket, people)
    return fresh(ticket), people


@pytest.mark.parametrize(
    ("slug", "points"), [(BOGOR, 13), (BATANG, 8), (DEPOK, 3)], ids=["s1", "t1-t8", "d-a"]
)  # fmt: skip
def test_s1_t1_to_t8_d_a_finished_ticket_points_to_every_printed_step(packs, slug, points):  # fmt: skip
    office = packs[slug]
    ticket, _people = finished(office)
    done = points_done(ticket)
    # What only the other way does stands in `test_t4_...` and `test_t5_...`
    afar = {4} if slug == BATANG else set()
    assert set(done) == set(range(1, points + 1)) - afar
    assert [point for point, (by, at, _norm) in done.items() if not (by and at)] == []
    assert (ticket.status, ticket.outcome) == ("done", "fulfilled")


def test_s1_desk_page_of_the_finished_ticket_names_who_did_each_step(bogor):
    ticket, people = finished(bogor)
    text = text_of(signed_in(again(people[0])).get(f"/meja/tiket/{ticket.number}/"))
    officers = [each.pk for each in people]
    done = Event.objects.filter(ticket=ticket, name="step_done", by__in=officers)
    names = {each.by.name for each in done}  # fmt: skip
    assert [name for name in names if name not in text] == []


def test_s1_product_is_an_account_one_can_sign_in_to(bogor):
    tirta, wulan = Supplier(bogor), Officer(bogor, Role.VERIFIKATOR, "Wulan Prameswari")
    bayu = Officer(bogor, Role.FRONT_OFFICE, "Bayu Lesmana")
    ticket, _ = tirta.register()
    tirta.upload_all(ticket)
    tirta.do(ticket, "siapkan")
    bayu.do(ticket, "periksa", complete="yes")
    wulan.judge(ticket)
    wulan.do(ticket, "verifikasi")
    bayu.do(ticket, "tanda-terima")
    look_again(fresh(ticket), step_of(fresh(ticket)), by=again(wulan.user))
    letters = wulan.do(ticket, "aktifkan", system="SPSE")
    assert [*letters] == ["Akun penyedia Anda aktif di SPSE"]
    assert sign_in("tunaspandan") is not None


def test_s1r_remote_way_of_bogor_runs_without_anybody_coming(bogor):
    tirta, sekar = Supplier(bogor), Officer(bogor, Role.HELPDESK, "Sekar Arum")
    ticket = register(tirta)
    tirta.upload_all(ticket)
    tirta.do(ticket, "siapkan")
    sekar.do(ticket, "periksa", complete="yes")
    address = reverse("verification:plan", args=[ticket.number])
    send(sekar.browser, address, **planned(ticket, "phone", ticket.phone))
    hold(sekar, tirta, ticket)
    own = text_of(tirta.browser.get(f"/tiket/{ticket.number}/"))
    assert "Semua berkas sesuai." in own  # the result is posted on the ticket
    assert fresh(ticket).shown_as == ""  # nobody came to a counter
    assert not IssuedDocument.objects.filter(ticket=ticket).exists()


def test_d_a_depok_hands_out_a_proof_that_confirms_itself(depok):
    ticket, _people = finished(depok)
    [issued] = IssuedDocument.objects.filter(ticket=ticket)
    page = text_of(Client().get(f"/bukti/{issued.code}/"))
    assert issued.number in page
    assert ticket.applicant_name not in page
    assert "Lembar bukti verifikasi" in page


def test_t1_t2_both_steps_before_the_ticket_keep_their_own_times(batang):
    tirta = Supplier(batang)
    ticket, _ = tirta.register(**ADDRESS)
    done = Event.objects.filter(ticket=ticket, name="step_done").order_by("at", "id")
    assert [(each.step, each.data["norm"]) for each in done] == [("daftar", 5), ("isi", 10)]  # fmt: skip
    assert all(each.at <= each.recorded_at for each in done)


def test_t3_request_comes_by_mail_with_scans_and_an_officer_enters_it(batang):
    tirta = Supplier(batang)
    wulan = Officer(batang, Role.VERIFIKATOR, "Wulan Prameswari")
    ticket = register(tirta, **ADDRESS)
    page = reverse("tickets:papers", args=[ticket.number])
    form = text_of(wulan.browser.get(page))
    assert "E-mail" in form
    codes = re.findall(r'type="file"[^>]*name="([^"]+)"|name="([^"]+)"[^>]*type="file"', wulan.browser.get(page).content.decode())  # fmt: skip
    files = {a or b: SimpleUploadedFile("pindai.pdf", pdf(), "application/pdf") for a, b in codes}  # fmt: skip
    assert len(files) == 2
    send(wulan.browser, page, channel="email", sender="pemohon@usaha.example", **files)
    wulan.do(ticket, "ajukan")
    assert fresh(ticket).step == "jadwal"
    event = Event.objects.get(ticket=ticket, name="papers_received")
    assert (event.by, event.data["channel"], event.data["count"]) == (wulan.user, "email", 2)  # fmt: skip


def test_t4_schedule_is_told_by_a_mail_with_day_and_hour(batang):
    tirta = Supplier(batang)
    wulan = Officer(batang, Role.VERIFIKATOR, "Wulan Prameswari")
    ticket = register(tirta, **ADDRESS)
    tirta.upload_all(ticket)
    tirta.do(ticket, "ajukan")
    said = planned(ticket, "link", "https://rapat.example/p")
    [letter] = wulan.do(ticket, "jadwal", **said).values()
    assert letter.to == [tirta.email]
    assert "Senin, 23 November 2026, 12.00 WIB" in letter.body
    assert points_done(fresh(ticket))[4][0] == wulan.user


def test_t5_r18_call_without_a_picture_is_refused_and_the_picture_stays(batang):
    wulan = Officer(batang, Role.VERIFIKATOR, "Wulan Prameswari")
    tirta = Supplier(batang)
    ticket = register(tirta, **ADDRESS)
    tirta.upload_all(ticket)
    tirta.do(ticket, "ajukan")
    wulan.do(ticket, "jadwal", **planned(ticket, "link", "https://rapat.example/p"))
    session = Session.objects.get(ticket=ticket)

    def at(name, *more):
        return reverse(f"verification:{name}", args=[ticket.number, session.pk, *more])

    with clock.at(session.scheduled_at):
        desk = signed_in(again(wulan.user))
        for act in ("mulai", "setuju", "kode"):
            send(desk, at("act", act))
        for code in ("ktp-pimpinan", "npwp-perusahaan"):
            send(desk, at("verdict", code), accepted="yes", original_seen="on", after=0)
        refused = desk.post(at("finish"), {once.FIELD: once.new_key()})
        assert refused.status_code == 422
        assert fresh(ticket).step == "verifikasi-daring"
        send(desk, at("picture"), file=SimpleUploadedFile("layar.png", screenshot(), "image/png"))  # fmt: skip
        send(desk, at("finish"))
    assert fresh(ticket).step == "setujui"
    proof = Proof.objects.get(ticket=ticket, purpose=f"session-{session.pk}")
    wulan.browser.get(reverse("tickets:proof_page", args=[ticket.number, proof.pk, 1]))
    assert FileView.objects.filter(file=proof.file, by=wulan.user).exists()


def test_t5_face_to_face_every_original_is_seen_by_somebody(batang):
    ticket, people = finished(batang)
    verdicts = [verdict for each in ticket.documents.all() for verdict in each.verdicts.all()]  # fmt: skip
    assert verdicts
    assert all(each.original_seen and each.by in people for each in verdicts)


def test_t6_t7_t8_norms_stand_beside_what_was_needed(batang):
    ticket, _people = finished(batang)
    done = Event.objects.filter(ticket=ticket, name="step_done").order_by("id")
    norms = {each.step: each.data["norm"] for each in done}
    assert (norms["setujui"], norms["pantau"], norms["isi-sikap"]) == (1, 5, 15)
    assert all("minutes" in each.data for each in done)


def test_t9_steps_of_one_way_add_up_to_the_printed_total_and_promise_nothing(batang):
    spec = spec_of(registration(batang).standard_id)
    ways = {
        route: sum(step.norm or 0 for step in spec.steps_for(route, "badan-usaha"))
        for route in spec.open_routes
    }
    # Step 4 belongs to the call alone: 76 from afar, 5 minutes less at the counter
    assert ways == {"counter": 71, "remote": 76}
    assert spec.time.kind == "none"


def test_r1_receipts_are_numbered_without_gaps_and_confirm_themselves(bogor):
    people = staff(bogor)
    tickets = [registration(bogor, name=f"CV Pandan {place}") for place in range(3)]
    for ticket in tickets:
        walk(ticket, people, until="aktifkan")
    issued = IssuedDocument.objects.filter(office=bogor).order_by("pk")
    assert [int(each.number.split("/")[0]) for each in issued] == [1, 2, 3]
    page = text_of(Client().get(f"/bukti/{issued[1].code}/"))
    assert issued[1].number in page
    assert "CV Pandan" not in page


def test_r18_picture_of_the_call_belongs_to_the_office_alone(bogor, depok):
    ticket, caller = at_call(bogor)
    session, take_place = held(ticket, caller)
    with clock.at(session.scheduled_at):
        take_place()
    proof = Proof.objects.get(ticket=ticket)
    address = reverse("tickets:proof_page", args=[ticket.number, proof.pk, 1])
    stranger = Officer(depok, Role.VERIFIKATOR, "Laras Kencana")
    assert signed_in(again(caller)).get(address).status_code == 200
    assert stranger.browser.get(address).status_code == 404
    assert proof.file.sha256


@pytest.mark.parametrize("slug", OFFICES)
def test_c9_petugas_opens_the_ticket_of_somebody_who_walks_in(packs, slug):
    bayu = Officer(packs[slug], Role.FRONT_OFFICE, "Bayu Lesmana")
    page = bayu.browser.get(f"/meja/{slug}/terima/").content.decode()
    asked = re.search(r'value="(\d+:[a-z-]+)"', page)[1]
    send(bayu.browser, f"/meja/{slug}/terima/", name="Sekar Lintang", phone="0812 0000 0177", asked=asked, channel="counter")  # fmt: skip
    ticket = Ticket.objects.get(office=packs[slug])
    assert (ticket.channel, ticket.applicant_name) == ("counter", "Sekar Lintang")
    assert Claim.objects.filter(ticket=ticket).count() == 1
    assert public_status(ticket) == "Sekarang giliran Anda"


@pytest.mark.parametrize(
    ("slug", "ways"),
    [(BOGOR, {"remote", "counter"}), (BATANG, {"remote", "counter"}), (DEPOK, {"counter"})],
)  # fmt: skip
def test_c9_supplier_opens_the_ticket_by_himself(packs, slug, ways):
    tirta = Supplier(packs[slug])
    regency = {BATANG: ADDRESS, DEPOK: {"pkp": "no"}}.get(slug, {})
    with new_mail() as letters:
        ticket, _ = tirta.register(**regency)
    assert letters is not None
    assert (ticket.channel, ticket.submitted_at) == ("portal", wib("2026-11-23 11:00"))
    assert set(spec_of(ticket.standard_id).open_routes) == ways
