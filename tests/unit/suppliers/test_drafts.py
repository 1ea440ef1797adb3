"""From the first e-mail to a filled-in draft."""

from datetime import timedelta

import pytest
from django.db import connection

from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.kernel.models import Mail
from loket.suppliers.actions import answer, confirm, new_link
from loket.suppliers.models import Link, Registration
from loket.suppliers.queries import (
    first_unanswered,
    hash_of,
    is_reachable,
    registration_spec,
)
from tests.factories.people import PASSWORD, person
from tests.factories.registering import (
    BUSINESS,
    EMAIL,
    IDENTITY,
    NPWP,
    asked,
    confirmed,
    filled_in,
    requested,
    submitted,
)

pytestmark = pytest.mark.django_db


def templates():
    return list(Mail.objects.order_by("pk").values_list("to", "template"))


def test_new_address_gets_draft_and_link(bogor):
    requested(bogor, language="en")
    draft = Registration.objects.get()
    assert (draft.office, draft.email, draft.language) == (bogor, EMAIL, "en")
    assert (draft.link_set.count(), draft.confirmed_at) == (0, None)
    assert templates() == [(EMAIL, "suppliers/mail/confirm")]


def test_known_address_gets_the_way_to_sign_in_and_no_draft(bogor):
    known = person()
    requested(bogor, known.email.upper())
    assert Registration.objects.count() == 0
    assert templates() == [(known.email.upper(), "suppliers/mail/already_registered")]


def test_sixth_mail_within_an_hour_is_left_out(bogor):
    for _ in range(6):
        requested(bogor)
    assert Mail.objects.count() == 5


def test_mails_go_on_after_an_hour(bogor):
    with clock.at(clock.now() - timedelta(minutes=61)):
        for _ in range(5):
            requested(bogor)
    requested(bogor)
    assert Mail.objects.count() == 6


def test_another_address_is_not_throttled(bogor):
    for _ in range(5):
        requested(bogor)
    requested(bogor, "lain@pandan.example")
    assert Mail.objects.filter(to="lain@pandan.example").count() == 1


def test_only_the_hash_of_a_token_is_kept_with_the_hours_of_the_office(bogor):
    moment = clock.now()
    draft = asked(bogor)
    with clock.at(moment):
        token = new_link(draft)
    (link,) = Link.objects.all()
    assert link.token_hash == hash_of(token)
    assert token not in str(link.__dict__.values())
    assert link.expires_at == moment + timedelta(hours=72)


def test_link_works_once(bogor):
    token = new_link(asked(bogor))
    assert confirm(token).confirmed_at is not None
    with pytest.raises(Conflict):
        confirm(token)


def test_link_ends_with_its_hours(bogor):
    token = new_link(asked(bogor))
    with (
        clock.at(clock.now() + timedelta(hours=72, seconds=1)),
        pytest.raises(Conflict),
    ):
        confirm(token)


def test_newer_link_leaves_the_older_of_the_same_draft_working(bogor):
    draft = asked(bogor)
    first, second = new_link(draft), new_link(draft)
    assert [confirm(second), confirm(first)] == [draft, draft]


def test_mail_sent_again_after_confirmation_opens_the_same_draft(bogor):
    draft = confirmed(bogor)
    before = draft.confirmed_at
    assert (confirm(new_link(draft)), draft.confirmed_at) == (draft, before)


def test_made_up_token_is_refused(bogor):
    asked(bogor)
    with pytest.raises(Conflict):
        confirm("")


def test_password_is_kept_as_hash_only(bogor):
    draft = confirmed(bogor)
    answer(draft, page="tax", said={"number": NPWP, "password": PASSWORD})
    draft.refresh_from_db()
    assert draft.typed["tax"] == {"number": NPWP}
    assert draft.password_hash.startswith("scrypt$")


def test_empty_password_keeps_the_one_chosen_before(bogor):
    draft = filled_in(bogor)
    before = draft.password_hash
    answer(draft, page="tax", said={"number": NPWP, "password": ""})
    assert draft.password_hash == before


def test_pages_are_asked_in_order(bogor):
    draft, spec, seen = confirmed(bogor), registration_spec(bogor), []
    pages = {"business": BUSINESS, "tax": {"number": NPWP}, "identity": IDENTITY}
    for page, said in pages.items():
        seen.append(first_unanswered(draft, spec))
        answer(draft, page=page, said=said)
    assert [*seen, first_unanswered(draft, spec)] == [*pages, "review"]


def test_page_after_the_first_unanswered_is_out_of_reach(bogor):
    draft, spec = confirmed(bogor), registration_spec(bogor)
    answer(draft, page="business", said=BUSINESS)
    reach = [
        is_reachable(draft, page, spec) for page in ("business", "tax", "identity")
    ]
    assert reach == [True, True, False]


def test_another_kind_of_business_asks_the_later_pages_again(bogor):
    draft, spec = filled_in(bogor), registration_spec(bogor)
    answer(draft, page="business", said=BUSINESS | {"branch_kind": "branch"})
    assert first_unanswered(draft, spec) == "tax"
    assert draft.typed["identity"]["name"] == IDENTITY["name"]


def test_same_business_said_again_keeps_the_later_pages(bogor):
    draft, spec = filled_in(bogor), registration_spec(bogor)
    answer(draft, page="business", said=BUSINESS)
    assert first_unanswered(draft, spec) == "review"


def test_applicant_unknown_to_the_standard_starts_over(bogor):
    draft = filled_in(bogor, business=BUSINESS | {"applicant_kind": "koperasi-lama"})
    assert first_unanswered(draft, registration_spec(bogor)) == "business"


def test_looked_up_number_is_forgotten_once_a_page_is_answered(bogor):
    draft = confirmed(bogor)
    answer(draft, page="checked", said={"number": NPWP})
    answer(draft, page="tax", said={"number": NPWP})
    assert draft.typed.get("checked") is None


def test_sent_registration_takes_no_more_answers(bogor):
    draft = submitted(bogor)
    with pytest.raises(Conflict):
        answer(draft, page="business", said=BUSINESS)


def test_answers_stand_encrypted_in_the_table(bogor):
    filled_in(bogor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM suppliers_registration")
        (stored,) = cursor.fetchone()
    assert (NPWP in stored, IDENTITY["nik"] in stored) == (False, False)
