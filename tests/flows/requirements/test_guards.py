"""C17, G6, G8, G12, G15, G25: what the office may not do, refused on its own pages with one truth left behind."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from loket.kernel import clock, once
from loket.offices.roles import Role
from loket.standards.queries import in_force
from loket.suppliers.actions.proxies import Proxy, grant, revoke
from loket.suppliers.models import (
    FollowUp,
    PowerOfAttorney,
    Registration,
    Representative,
    Supplier,
)
from loket.suppliers.queries.proxies import Scope, acts_for
from loket.suppliers.tasks import remind_of_sikap
from loket.tickets.models import CheckOverride, Event, Message, Ticket
from loket.tickets.queries import asked_checks, asked_documents
from loket.tickets.seeds import look_again
from tests.factories.days import today
from tests.factories.papers import pdf
from tests.factories.people import again
from tests.factories.registering import NIK
from tests.factories.walking import step_of
from tests.flows.contradictions.walks import BATANG, BOGOR, DEPOK, OFFICES, fresh
from tests.flows.story import (
    Officer,
    Supplier as Applicant,
    new_mail,
    send,
    text_of,
)
from tests.unit.tickets.browsing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
FACTS = {BATANG: {"regency": "33.25", "postal_code": "51216"}, DEPOK: {"pkp": "no"}}
PAGE = "daftar-hitam.inaproc.id"


def post(browser, address, **said):
    """A form that may be refused."""
    return browser.post(address, said | {once.FIELD: once.new_key()})


def handed_in(office):
    """A registration whose documents are uploaded and wait for the verifier; who applied, who verifies."""
    tirta = Applicant(office)
    wulan = Officer(office, Role.VERIFIKATOR, "Wulan Prameswari")
    ticket, _ = tirta.register(**FACTS.get(office.slug, {}))
    tirta.upload_all(ticket)
    tirta.do(ticket, fresh(ticket).step)
    if step_of(fresh(ticket)).kind == "receive_documents":
        wulan.do(ticket, fresh(ticket).step, complete="yes")
    return tirta, wulan, ticket


def at_activation(office):
    tirta, wulan, ticket = handed_in(office)
    wulan.judge(ticket)
    while step_of(fresh(ticket)).kind != "activate_account":
        wulan.do(ticket, fresh(ticket).step)
    return tirta, wulan, fresh(ticket)


def state_of(ticket, code):
    return next(each for each in asked_documents(fresh(ticket)) if each.code == code)


# C17


def test_c17_depok_refuses_with_a_reason_the_applicant_reads(depok):
    tirta, wulan, ticket = handed_in(depok)
    wulan.judge(ticket)
    wulan.do(ticket, "cocokkan")
    wulan.do(ticket, "putuskan", exit="tolak")
    address = reverse("tickets:step", args=[ticket.number, "tolak"])
    without = post(wulan.browser, address, note="", is_sure="yes")
    letters = wulan.do(ticket, "tolak", note="Akta belum disahkan.", is_sure="yes")
    assert without.status_code == 422
    assert (fresh(ticket).status, len(letters)) == ("rejected", 1)
    own = text_of(tirta.browser.get(f"/tiket/{ticket.number}/"))
    assert "Akta belum disahkan." in own


@pytest.mark.parametrize("slug", [BOGOR, BATANG])
def test_c17_no_page_turns_down_where_the_paper_only_approves(packs, slug):
    _tirta, wulan, ticket = handed_in(packs[slug])
    page = text_of(wulan.browser.get(f"/meja/tiket/{ticket.number}/"))
    address = reverse("tickets:step", args=[ticket.number, "tolak"])
    assert "Tolak permohonan" not in page
    assert post(wulan.browser, address, note="Tidak").status_code in {403, 404, 409}
    assert fresh(ticket).is_open


# G6


@pytest.mark.parametrize("slug", OFFICES)
def test_g6_only_the_refused_document_is_asked_again_and_the_old_one_stays(packs, slug):
    tirta, wulan, ticket = handed_in(packs[slug])
    codes = [each.code for each in asked_documents(ticket)]
    bad, good = codes[0], codes[1:]
    wulan.judge(ticket, refused=[bad])
    with new_mail() as letters:
        wulan.do(ticket, fresh(ticket).step)
    assert letters is not None
    assert (state_of(ticket, bad).is_refused, [state_of(ticket, code).is_accepted for code in good]) == (True, [True] * len(good))  # fmt: skip

    page = tirta.browser.get(f"/tiket/{ticket.number}/berkas/").content.decode()
    asked_on_page = set(re.findall(rf"/tiket/{ticket.number}/berkas/([a-z0-9-]+)/", page))  # fmt: skip
    assert asked_on_page & {*codes} == {bad}

    old = ticket.documents.get(requirement=bad, version=1)
    address = reverse("tickets:upload", args=[ticket.number, bad])
    send(tirta.browser, address, file=SimpleUploadedFile("b.pdf", pdf(2), "application/pdf"))  # fmt: skip
    auditor = Officer(packs[slug], Role.AUDITOR, "Panji Mahardika")
    seen = auditor.browser.get(reverse("tickets:page", args=[ticket.number, old.pk, 1]))
    assert (seen.status_code, state_of(ticket, bad).version) == (200, 2)


def test_g6_refusal_needs_a_coded_reason(bogor):
    _tirta, wulan, ticket = handed_in(bogor)
    code = asked_documents(ticket)[0].code
    address = reverse("tickets:verdict", args=[ticket.number, code])
    answers = [
        post(wulan.browser, address, accepted="no", reason=reason, after=0).status_code
        for reason in ("", "karena-saya-bilang", "cut_off")
    ]
    assert answers == [422, 422, 302]


# G8


def power(ticket, *, first=0, last=6):
    supplier = Registration.objects.get(ticket=ticket).supplier
    owner = Representative.objects.owners().get(supplier=supplier).user
    day = today()
    days = (day + timedelta(days=first), day + timedelta(days=last))
    who = Proxy("Gilang Seta", NIK, *days, has_meterai=True)
    papers = {code: (pdf(), f"{code}.pdf") for code in ("surat-kuasa", "ktp-kuasa")}
    scope = Scope(ticket.service, ticket)
    return grant(supplier, scope, who, papers=papers, by=owner), owner


def accepted(found, wulan, ticket):
    address = reverse("suppliers:judge_power", args=[ticket.number, found.pk])
    send(wulan.browser, address, accepted="yes", meterai_seen="on")
    found.refresh_from_db()
    return found


def test_g8_depok_takes_a_proxy_inside_the_dates_and_not_after_revocation(depok):
    _tirta, wulan, ticket = handed_in(depok)
    found, owner = power(ticket)
    accepted(found, wulan, ticket)
    during = [each.proxy_name for each in acts_for(fresh(ticket))]
    with clock.at(clock.now() + timedelta(days=7)):
        later = list(acts_for(fresh(ticket)))
    revoke(found, by=again(owner))
    assert (during, later, list(acts_for(fresh(ticket)))) == (["Gilang Seta"], [], [])


@pytest.mark.parametrize("slug", [BOGOR, BATANG])
def test_g8_office_without_proxies_refuses_always(packs, slug):
    _tirta, wulan, ticket = handed_in(packs[slug])
    with pytest.raises(ValidationError):
        power(ticket)
    page = text_of(wulan.browser.get(f"/meja/tiket/{ticket.number}/"))
    address = reverse("suppliers:record_power", args=[ticket.number])
    assert post(wulan.browser, address).status_code in {403, 404, 422}
    assert "Catat surat kuasa" not in page
    assert not PowerOfAttorney.objects.exists()


# G12


@pytest.mark.parametrize(("slug", "step"), [(BOGOR, "aktifkan"), (DEPOK, "aktifkan"), (BATANG, "setujui")])  # fmt: skip
def test_g12_listed_supplier_is_activated_only_after_the_head_let_it_pass(packs, slug, step):  # fmt: skip
    _tirta, wulan, ticket = at_activation_or_decided(packs[slug])
    head = Officer(packs[slug], Role.KEPALA_TIM, "Gilang Samudra")
    check = reverse("tickets:check", args=[ticket.number])
    activate = reverse("tickets:step", args=[ticket.number, step])
    override = reverse("tickets:override", args=[ticket.number])

    unasked = post(wulan.browser, activate, system="SPSE")
    send(wulan.browser, check, kind="daftar-hitam", result="bad", source=PAGE)
    listed = post(wulan.browser, activate, system="SPSE")
    seen = {each.kind: each.check for each in asked_checks(fresh(ticket))}["daftar-hitam"]  # fmt: skip
    said = {"kind": "daftar-hitam", "after": seen.pk, "reason": "NPWP milik usaha lain."}  # fmt: skip
    by_officer = post(wulan.browser, override, **said)
    without_reason = post(head.browser, override, **(said | {"reason": " "}))
    assert [each.status_code for each in (unasked, listed, by_officer, without_reason)] == [422, 422, 403, 422]  # fmt: skip
    assert Supplier.objects.get().activated_at is None

    send(head.browser, override, **said)
    wulan.do(ticket, step, system="SPSE")
    [kept] = CheckOverride.objects.all()
    assert (kept.by, kept.seen, kept.reason) == (head.user, seen, "NPWP milik usaha lain.")  # fmt: skip
    assert Supplier.objects.get().activated_by == wulan.user


def at_activation_or_decided(office):
    """Depok decides first."""
    tirta, wulan, ticket = handed_in(office)
    wulan.judge(ticket)
    while (step := step_of(fresh(ticket))).kind != "activate_account":
        said = {"exit": "terima"} if step.kind == "decide" else {}
        wulan.do(ticket, step.code, **said)
    return tirta, wulan, fresh(ticket)


def test_g12_yesterdays_look_into_the_blacklist_is_not_enough(bogor):
    _tirta, wulan, ticket = at_activation(bogor)
    check = reverse("tickets:check", args=[ticket.number])
    activate = reverse("tickets:step", args=[ticket.number, "aktifkan"])
    send(wulan.browser, check, kind="daftar-hitam", result="good", source=PAGE)
    with clock.at(clock.now() + timedelta(days=1)):
        refused = post(signed_in(again(wulan.user)), activate, system="SPSE")
    assert (refused.status_code, fresh(ticket).step) == (422, "aktifkan")


# G15


@pytest.mark.parametrize("slug", OFFICES)
def test_g15_two_fields_make_a_ticket_that_joins_the_account_later(packs, slug):
    """Whoever came to the desk first registers online; both tickets become one, with one supplier."""
    bayu = Officer(packs[slug], Role.FRONT_OFFICE, "Bayu Lesmana")
    page = bayu.browser.get(f"/meja/{slug}/terima/").content.decode()
    service = in_force(packs[slug], "registrasi-verifikasi").pk
    asked = re.search(rf'value="({service}:[a-z-]+)"', page)
    required = re.findall(r"<input[^>]*\brequired\b[^>]*>", page)
    typed = [tag for tag in required if 'type="text"' in tag or 'type="tel"' in tag]
    assert len(typed) <= 2

    tirta = Applicant(packs[slug])
    kept, _ = tirta.register(**FACTS.get(slug, {}))
    address = f"/meja/{slug}/terima/"
    send(bayu.browser, address, name="Sekar Lintang", phone=kept.phone, asked=asked[1], channel="counter", note="Bertanya tentang akta.")  # fmt: skip
    other = Ticket.objects.exclude(pk=kept.pk).get()
    before = Event.objects.count()
    merge = reverse("tickets:merge", args=[kept.number])
    send(bayu.browser, merge, number=other.number, note="Orang yang sama.")

    other = fresh(other)
    assert (other.merged_into, other.outcome, Supplier.objects.count()) == (kept, "merged", 1)  # fmt: skip
    assert Event.objects.count() == before + 2  # nothing of the history went
    assert Message.objects.filter(ticket=kept, body="Bertanya tentang akta.").count() == 1  # fmt: skip
    assert post(bayu.browser, merge, number=other.number, note="Lagi.").status_code in {409, 422}  # fmt: skip


# G25


def active(office):
    tirta, wulan, ticket = at_activation(office)
    look_again(ticket, step_of(ticket), by=again(wulan.user))
    wulan.do(ticket, ticket.step, system="SPSE")
    return tirta, wulan, fresh(ticket)


def test_g25_ticket_does_not_end_while_sikap_is_open(bogor):
    _tirta, wulan, ticket = active(bogor)
    address = reverse("tickets:step", args=[ticket.number, "sikap"])
    answers = [
        post(wulan.browser, address, result="confirmed").status_code,  # no proof
        post(
            wulan.browser, address, result="waived", note=" "
        ).status_code,  # no reason
    ]
    assert (answers, fresh(ticket).status) == ([422, 422], "in_progress")
    wulan.do(ticket, "sikap", result="confirmed", source="Layar SIKaP")
    found = FollowUp.objects.get()
    assert (fresh(ticket).status, found.outcome, found.settled_by) == ("done", "confirmed", wulan.user)  # fmt: skip


def test_g25_waived_with_a_reason_ends_it_and_keeps_the_reason_inside(bogor):
    tirta, wulan, ticket = active(bogor)
    reason = "Penyedia menunda sampai tahun depan."
    wulan.do(ticket, "sikap", result="waived", note=reason)
    own = text_of(tirta.browser.get(f"/tiket/{ticket.number}/"))
    assert (fresh(ticket).status, FollowUp.objects.get().reason) == ("done", reason)
    assert reason not in own


def test_g25_supplier_is_reminded_after_one_three_and_seven_office_days(bogor):
    _tirta, _wulan, ticket = active(bogor)
    told = []
    for days in range(1, 12):  # eleven o'clock on each
        with clock.at(ticket.updated_at + timedelta(days=days)), new_mail() as letters:
            remind_of_sikap(0)
        told += [days for subject in letters if "SIKaP" in subject]
    # Monday's activation: Tuesday, Thursday, and Wednesday of the next week
    assert told == [1, 3, 9]


def test_g25_supplier_shows_the_data_himself_at_batang(batang):
    tirta, wulan, ticket = active(batang)
    wulan.do(ticket, "pantau", result="promised")
    own = reverse("tickets:own_step", args=[ticket.number, "isi-sikap"])
    without = post(tirta.browser, own)
    file = SimpleUploadedFile("sikap.pdf", pdf(), "application/pdf")
    tirta.do(ticket, "isi-sikap", file=file)
    assert (without.status_code, fresh(ticket).status) == (422, "done")
    assert FollowUp.objects.get().outcome == "shown"
