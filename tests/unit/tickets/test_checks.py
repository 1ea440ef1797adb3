"""Outside registers: what is written down about them, what holds a step up, and who lets it pass."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.offices.models import Office
from loket.offices.roles import Role
from loket.tickets.actions import (
    Answer,
    Evidence,
    WrongStatus,
    override_check,
    record_check,
)
from loket.tickets.models import Check, CheckOverride, Event, Message, Ticket
from loket.tickets.queries import asked_checks
from loket.tickets.steps import kind_of
from tests.factories.papers import picture
from tests.factories.people import again, officer
from tests.factories.registering import submitted
from tests.factories.walking import step_of
from tests.unit.tickets.browsing import read, send, signed_in

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 11.00 WIB
LIST = "daftar-hitam"
PAGE = "https://daftar-hitam.inaproc.id"


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def ticket(bogor):
    """A registration that stands at the activation."""
    ticket = submitted(bogor).ticket
    Ticket.objects.update(step="aktifkan", status="in_progress", turn="office")
    ticket.refresh_from_db()
    return ticket


@pytest.fixture
def ratna(bogor):
    return officer(bogor)


@pytest.fixture
def head(bogor):
    return officer(bogor, Role.KEPALA_TIM, name="Bayu Lesmana")


def looked(ticket, by, result="good", **more):
    return record_check(ticket, LIST, Answer(result, PAGE, **more), by=again(by))


def activate(ticket, by):
    step = step_of(ticket)
    kind_of(step).complete(ticket, step, by=again(by), system="SPSE")


def refusal(ticket, by):
    with pytest.raises(ValidationError) as refused:
        activate(ticket, by)
    assert not Event.objects.filter(ticket=ticket, name="activate").exists()
    return refused.value.messages


def settings(office, register, **facts):
    """Change what the office says of a register."""
    office.settings["registers"][register] |= facts
    office.hours_version += 1
    office.save()
    return Office.objects.get(pk=office.pk)


def test_account_is_not_activated_before_the_blacklist_was_looked_at(ticket, ratna):
    assert refusal(ticket, ratna) == [
        "Daftar Hitam belum diperiksa. Buka registernya, lalu catat hasilnya."
    ]


def test_account_is_activated_once_the_blacklist_is_clear(ticket, ratna):
    looked(ticket, ratna)
    activate(ticket, ratna)
    assert Ticket.objects.get(pk=ticket.pk).step == "sikap"


def test_look_of_yesterday_is_not_enough(ticket, ratna):
    looked(ticket, ratna, at=MONDAY - timedelta(hours=12))
    assert refusal(ticket, ratna)[0].startswith("Daftar Hitam terakhir dilihat")


def test_look_of_this_morning_is_enough(ticket, ratna):
    looked(ticket, ratna, at=MONDAY - timedelta(hours=10, minutes=59))
    activate(ticket, ratna)
    assert Ticket.objects.get(pk=ticket.pk).step == "sikap"


@pytest.mark.parametrize("result", ["bad", "unclear"])
def test_listed_supplier_is_not_activated(ticket, ratna, result):
    looked(ticket, ratna, result)
    assert len(refusal(ticket, ratna)) == 1


def test_older_look_entered_later_does_not_undo_the_newer_one(ticket, ratna):
    looked(ticket, ratna, "bad")
    looked(ticket, ratna, at=MONDAY - timedelta(hours=1))
    assert len(refusal(ticket, ratna)) == 1


def test_listing_between_page_and_click_is_told_and_nothing_is_done(ticket, ratna):
    looked(ticket, ratna)
    desk = signed_in(ratna)
    assert "tidak sesuai" not in read(desk, "ticket", ticket.number).source
    with clock.at(MONDAY + timedelta(minutes=1)):
        looked(ticket, ratna, "bad")
        response = send(desk, "step", ticket.number, "aktifkan", system="SPSE")
    assert response.status_code == 422
    assert "Daftar Hitam: tidak sesuai" in response.content.decode()
    assert Ticket.objects.get(pk=ticket.pk).step == "aktifkan"


def test_same_click_without_the_listing_goes_on(ticket, ratna):
    looked(ticket, ratna)
    response = send(signed_in(ratna), "step", ticket.number, "aktifkan", system="SPSE")
    assert response.status_code == 302
    assert Ticket.objects.get(pk=ticket.pk).step == "sikap"


def test_head_lets_a_listed_supplier_pass_with_a_reason(ticket, ratna, head):
    seen = looked(ticket, ratna, "bad")
    given = override_check(
        ticket, LIST, by=head, reason="Sanksi sudah dicabut, SK 12", after=seen.pk
    )
    assert (given.seen, given.by) == (seen, head)
    assert Message.objects.get(ticket=ticket).is_internal
    assert Event.objects.filter(ticket=ticket, name="check_overridden").count() == 1
    activate(ticket, ratna)
    assert Ticket.objects.get(pk=ticket.pk).step == "sikap"


def test_head_lets_pass_while_the_register_is_down(ticket, ratna, head):
    override_check(ticket, LIST, by=head, reason="Register mati sejak pagi", after=0)
    activate(ticket, ratna)
    assert Ticket.objects.get(pk=ticket.pk).step == "sikap"


def test_exception_ends_with_a_newer_answer(ticket, ratna, head):
    override_check(ticket, LIST, by=head, reason="Register mati", after=0)
    looked(ticket, ratna, "bad")
    assert len(refusal(ticket, ratna)) == 1


def test_exception_ends_with_the_day(ticket, ratna, head):
    override_check(ticket, LIST, by=head, reason="Register mati", after=0)
    with clock.at(MONDAY + timedelta(days=1)):
        assert len(refusal(ticket, ratna)) == 1


def test_verifikator_gives_no_exception(ticket, ratna):
    with pytest.raises(PermissionDenied):
        override_check(ticket, LIST, by=ratna, reason="Boleh", after=0)


def test_head_gives_no_exception_from_his_own_answer(ticket, head):
    seen = looked(ticket, head, "bad")
    with pytest.raises(ValidationError):
        override_check(ticket, LIST, by=head, reason="Boleh", after=seen.pk)
    assert CheckOverride.objects.count() == 0


def test_head_who_has_not_read_the_newest_answer_is_told(ticket, ratna, head):
    looked(ticket, ratna, "bad")
    with pytest.raises(Conflict):
        override_check(ticket, LIST, by=head, reason="Register mati", after=0)


def test_nothing_is_let_pass_where_nothing_is_held_up(ticket, ratna, head):
    seen = looked(ticket, ratna)
    with pytest.raises(WrongStatus):
        override_check(ticket, LIST, by=head, reason="Boleh", after=seen.pk)


def test_page_says_what_holds_the_step_up_and_gives_the_head_a_form(
    ticket, ratna, head
):
    looked(ticket, ratna, "bad")
    page = read(signed_in(head), "ticket", ticket.number)
    assert page.one("textarea", name="reason")["id"] == f"kecuali-{LIST}-reason"
    assert "reason" not in [
        each.attrs.get("name") for each in read(signed_in(ratna), "ticket", ticket.number).all("textarea")
    ]  # fmt: skip


def test_exception_without_a_reason_is_refused_at_its_field(ticket, ratna, head):
    seen = looked(ticket, ratna, "bad")
    desk = signed_in(head)
    response = send(
        desk, "override", ticket.number, kind=LIST, after=seen.pk, reason=""
    )
    assert response.status_code == 422
    assert f"kecuali-{LIST}-reason_error" in response.content.decode()


def test_exception_stands_on_the_page_with_its_reason(ticket, ratna, head):
    seen = looked(ticket, ratna, "bad")
    desk = signed_in(head)
    send(desk, "override", ticket.number, kind=LIST, after=seen.pk, reason="SK 12")
    page = read(desk, "ticket", ticket.number)
    assert "Diizinkan Bayu Lesmana:" in page.texts("b")


def test_untouched_registers_are_named_beside_the_button_and_hold_nothing_up(
    ticket, ratna
):
    looked(ticket, ratna)
    page = read(signed_in(ratna), "ticket", ticket.number)
    assert (
        "Belum diperiksa: NPWP, KSWP. Langkah ini tetap dapat dilakukan." in page.source
    )


def test_every_look_stays_visible(ticket, ratna):
    first = looked(ticket, ratna, "unclear", at=MONDAY - timedelta(days=2))
    second = looked(ticket, ratna)
    asked = {each.kind: each for each in asked_checks(ticket)}[LIST]
    assert (asked.check, asked.earlier) == (second, (first,))
    assert (
        "1 hasil sebelumnya" in read(signed_in(ratna), "ticket", ticket.number).source
    )


def test_register_is_not_looked_at_tomorrow(ticket, ratna):
    with pytest.raises(ValidationError) as refused:
        looked(ticket, ratna, at=MONDAY + timedelta(minutes=1))
    assert list(refused.value.message_dict) == ["at"]


def test_table_refuses_a_look_after_it_was_written_down(ticket, ratna):
    row = looked(ticket, ratna)
    with pytest.raises(IntegrityError), transaction.atomic():
        Check.objects.filter(pk=row.pk).update(at=MONDAY + timedelta(minutes=1))


def test_blacklist_applies_to_everybody(ticket, ratna):
    with pytest.raises(ValidationError) as refused:
        looked(ticket, ratna, "exempt")
    assert list(refused.value.message_dict) == ["result"]


def test_register_that_may_not_apply_is_clear_without_an_answer(ticket, bogor, ratna):
    settings(bogor, LIST, may_not_apply=True)
    ticket = Ticket.objects.get(pk=ticket.pk)
    looked(ticket, ratna, "exempt")
    activate(ticket, ratna)
    assert Ticket.objects.get(pk=ticket.pk).step == "sikap"


def test_picture_of_the_register_is_kept_with_its_answer(ticket, ratna):
    row = looked(ticket, ratna, evidence=Evidence(picture("PNG"), "layar.png"))
    assert (row.proof.purpose, row.proof.file.content_type) == (
        f"check-{LIST}",
        "image/jpeg",
    )


def test_office_may_ask_for_evidence(ticket, bogor, ratna):
    settings(bogor, LIST, evidence="required")
    ticket = Ticket.objects.get(pk=ticket.pk)
    with pytest.raises(ValidationError) as refused:
        looked(ticket, ratna)
    assert list(refused.value.message_dict) == ["file"]
    assert looked(ticket, ratna, "unclear").proof is None


@pytest.mark.parametrize(
    ("said", "field"),
    [(("good", "  "), "source"), (("baik", PAGE), "result"), (("", PAGE), "result")],
)
def test_answer_without_source_or_known_result_is_refused(ticket, ratna, said, field):
    with pytest.raises(ValidationError) as refused:
        record_check(ticket, LIST, Answer(*said), by=again(ratna))
    assert (list(refused.value.message_dict), Check.objects.count()) == ([field], 0)


@pytest.mark.parametrize("lost", ["by_id", "at", "source", "result", "recorded_at"])
def test_table_keeps_no_answer_without_officer_date_source_or_result(ticket, ratna, lost):  # fmt: skip
    row = looked(ticket, ratna)
    with pytest.raises(IntegrityError), transaction.atomic():
        Check.objects.filter(pk=row.pk).update(**{lost: None})


@pytest.mark.parametrize("kind", ["npwp", "kswp", LIST])
@pytest.mark.parametrize("result", ["good", "bad", "unclear"])
def test_every_register_takes_every_answer_and_tells_it(ticket, ratna, kind, result):
    desk = signed_in(ratna)
    said = {"kind": kind, "result": result, "source": PAGE, "note": "Dibaca dua kali"}
    assert send(desk, "check", ticket.number, **said).status_code == 302
    row = Check.objects.get()
    assert (row.kind, row.result, row.by, row.at) == (kind, result, ratna, MONDAY)
    assert "Dibaca dua kali" in read(desk, "ticket", ticket.number).source


def test_register_nobody_asked_for_is_not_recorded(ticket, ratna):
    said = {"kind": "nib", "result": "good", "source": PAGE}
    assert send(signed_in(ratna), "check", ticket.number, **said).status_code == 422
    assert not Check.objects.exists()


def test_head_of_another_office_gives_no_exception(ticket, ratna, depok):
    stranger = officer(depok, Role.KEPALA_TIM, name="Bagas Prasetya")
    seen = looked(ticket, ratna, "bad")
    said = {"kind": LIST, "after": seen.pk, "reason": "Boleh"}
    assert send(signed_in(stranger), "override", ticket.number, **said).status_code == 404  # fmt: skip
    with pytest.raises(PermissionDenied):
        override_check(ticket, LIST, by=again(stranger), reason="Boleh", after=seen.pk)


def test_exception_with_blanks_for_a_reason_is_refused(ticket, ratna, head):
    seen = looked(ticket, ratna, "bad")
    with pytest.raises(ValidationError):
        override_check(ticket, LIST, by=head, reason=" \n", after=seen.pk)
    assert not CheckOverride.objects.exists()


def test_second_click_activates_nothing_twice(ticket, ratna):
    looked(ticket, ratna)
    desk = signed_in(ratna)
    first, second = (send(desk, "step", ticket.number, "aktifkan", system="SPSE") for _ in "ab")  # fmt: skip
    assert (first.status_code, second.status_code) == (302, 409)
    assert Event.objects.filter(ticket=ticket, name="activate").count() == 1


def test_activation_of_tomorrow_is_refused_at_its_field(ticket, ratna):
    looked(ticket, ratna)
    said = {"system": "SPSE", "at": "24-11-2026 09.00"}
    response = send(signed_in(ratna), "step", ticket.number, "aktifkan", **said)
    assert response.status_code == 422
    assert "Waktu ini belum tiba." in response.content.decode()
