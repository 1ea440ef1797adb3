"""Links and addresses: what a link survives, what it ends with, and what a stranger learns."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from loket.kernel import clock
from loket.kernel.models import Mail
from loket.standards.queries import settings_of
from loket.suppliers.actions import answer, new_link, new_report_link, report
from loket.suppliers.models import Registration
from loket.tickets.models import Ticket
from tests.factories.jobs import run_jobs_here
from tests.factories.people import PASSWORD, hashed, person
from tests.factories.registering import (
    BUSINESS,
    EMAIL,
    IDENTITY,
    NPWP,
    ask_on_page,
    asked,
    browser_of,
    confirmed,
    filled_in,
    post,
    submitted,
)

pytestmark = pytest.mark.django_db
OFFICES = ["kabupaten-batang", "kota-bogor", "kota-depok"]
SAID = {
    "business": BUSINESS,
    "tax": {"number": NPWP, "password": PASSWORD, "password_again": PASSWORD},
    "identity": IDENTITY,
    "review": {"consent": "on"},
}
KEYS = re.compile(r'value="[^"]*"')  # one-time keys and tokens of forms
UNLIKE = ("Date", "Content-Length", "Set-Cookie")


def page(name, *args, office="kota-bogor"):
    return reverse(f"suppliers:{name}", args=[office, *args])


def ask_for(client, address=EMAIL, office="kota-bogor"):
    """Ask for a link, and let the job decide on the mail."""
    sent = ask_on_page(client, page("email", office=office), address)
    run_jobs_here()
    return sent


def opened(client, link):
    """How a link answers to being looked at and to its button."""
    return client.get(link).status_code, post(client, link).status_code


@pytest.mark.parametrize("slug", OFFICES)
@pytest.mark.parametrize(
    ("seconds", "statuses"),
    [(-60, (200, 302)), (-1, (200, 302)), (0, (410, 410)), (60, (410, 410))],
)
def test_link_ends_at_the_minute_its_office_promised(
    client, packs, slug, seconds, statuses
):
    office, moment = packs[slug], clock.now()
    with clock.at(moment):
        link = page("link", new_link(asked(office)), office=slug)
    hours = settings_of(office).confirm_link.valid_hours
    with clock.at(moment + timedelta(hours=hours, seconds=seconds)):
        assert opened(client, link) == statuses


def test_link_still_works_after_a_day(client, bogor):
    moment = clock.now()
    with clock.at(moment):
        link = page("link", new_link(asked(bogor)))
    with clock.at(moment + timedelta(hours=24)):
        assert opened(client, link) == (200, 302)


@pytest.mark.parametrize("method", ["get", "head"])
def test_program_that_only_looks_uses_nothing_up(client, bogor, method):
    link = page("link", new_link(asked(bogor)))
    statuses = [getattr(client, method)(link).status_code for _ in range(3)]
    assert (statuses, Registration.objects.get().confirmed_at) == ([200] * 3, None)
    assert post(client, link).url == page("business")


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options", "trace"])
def test_other_methods_use_nothing_up(client, bogor, method):
    link = page("link", new_link(asked(bogor)))
    assert getattr(client, method)(link).status_code == 405
    assert Registration.objects.get().confirmed_at is None


def test_looking_at_a_link_gives_the_browser_no_draft(client, bogor):
    client.get(page("link", new_link(asked(bogor))))
    assert client.get(page("business")).url == page("email")


@pytest.mark.parametrize("other", ["kota-depok", "kabupaten-batang"])
def test_link_opens_nothing_below_the_address_of_another_office(client, bogor, packs, other):  # fmt: skip
    token = new_link(asked(bogor))
    assert opened(client, page("link", token, office=other)) == (410, 410)
    assert Registration.objects.get().confirmed_at is None
    assert opened(client, page("link", token)) == (200, 302)


def unusable(office):
    """Links nobody can use, each for another reason."""
    used, over, newer = (
        asked(office, f"{name}@pandan.example") for name in ("a", "b", "c")
    )
    links = {"used": new_link(used), "stopped": new_link(newer)}
    with clock.at(clock.now() - timedelta(days=30)):
        links["over"] = new_link(over)
    report(new_report_link(office, registration=newer, request=None))
    post(Client(), page("link", links["used"]))
    return links | {"unknown": "x" * 43, "odd": "..", "long": "x" * 900}


def test_links_that_do_not_work_all_answer_alike(client, bogor):
    answers = {
        (answered.status_code, answered.content.count(b"peramban"))
        for token in unusable(bogor).values()
        for answered in (
            client.get(page("link", token)),
            post(client, page("link", token)),
        )
    }
    assert answers == {(410, 0)}


def test_links_that_do_not_work_all_show_the_same_page(client, bogor):
    shown = set()
    for token in unusable(bogor).values():
        answered = client.get(page("link", token)).content.decode()
        shown.add(KEYS.sub("", answered.replace(token, "")))
    assert len(shown) == 1


def test_only_the_first_of_two_browsers_gets_the_draft(client, bogor):
    link, other = page("link", new_link(asked(bogor))), Client()
    assert [client.get(link).status_code, other.get(link).status_code] == [200, 200]
    assert post(client, link).url == page("business")
    assert post(other, link).status_code == 410
    assert client.get(page("business")).status_code == 200
    assert other.get(page("business")).url == page("email")


def test_browser_of_the_link_need_not_be_the_one_that_asked(client, bogor):
    ask_for(client)
    telephone = Client()
    link = page("link", new_link(Registration.objects.get()))
    assert post(telephone, link).url == page("business")
    assert client.get(page("business")).url == page("email")


def test_two_links_of_one_address_open_one_draft(client, bogor):
    first, second = (new_link(asked(bogor)) for _ in range(2))
    assert [post(Client(), page("link", each)).status_code for each in (first, second)] == [302, 302]  # fmt: skip
    assert Registration.objects.exclude(confirmed_at=None).count() == 1


@pytest.fixture
def stands_still():
    """Answers name minutes: those that are compared must be of the same one."""
    with clock.at(clock.now()):
        yield


def answered(client, address, office="kota-bogor"):
    """All a stranger sees after asking with an address, the address itself left out."""
    form = client.get(page("email", office=office))
    sent = ask_for(client, address, office)
    shown = client.get(sent.url)
    words = KEYS.sub("", shown.content.decode().replace(address, "ALAMAT"))
    heads = [
        {name: value for name, value in each.headers.items() if name not in UNLIKE}
        for each in (sent, shown)
    ]
    cookies = sorted(client.cookies)
    return form.status_code, sent.status_code, sent.url, words, heads, cookies


@pytest.mark.usefixtures("stands_still")
@pytest.mark.parametrize("slug", ["kota-bogor", "kota-depok"])
@pytest.mark.parametrize("known", ["dikenal@pandan.example", "DIKENAL@Pandan.Example"])
def test_known_address_is_answered_like_an_unknown_one(packs, slug, known):
    user = person()
    user.email = "dikenal@pandan.example"
    user.save()
    unknown = answered(Client(), "asing12@pandan.example", slug)
    assert answered(Client(), known, slug) == unknown
    assert list(Mail.objects.order_by("pk").values_list("to", "template")) == [
        ("asing12@pandan.example", "suppliers/mail/confirm"),
        (known, "suppliers/mail/already_registered"),
    ]


@pytest.mark.usefixtures("stands_still")
def test_address_with_a_draft_is_answered_like_a_new_one(bogor):
    filled_in(bogor)
    assert answered(Client(), EMAIL) == answered(Client(), "baru@pandan.example")


def test_sixth_mail_is_held_back_alike_for_known_and_unknown(bogor, client):
    with clock.at(
        clock.now()
    ):  # both answers name the minute until which they are held
        answers = [answered(Client(), EMAIL) for _ in range(6)]
        known = person().email
        refused = [answered(Client(), known) for _ in range(6)][5]
    assert answers[5] == refused
    assert (Mail.objects.filter(to=EMAIL).count(), Registration.objects.count()) == (
        5,
        1,
    )


def test_sixth_mail_to_a_known_address_is_left_out_too(bogor, client):
    known = person().email
    for spelling in [known, known.upper(), known.title()] * 2:
        ask_for(client, spelling)
    assert Mail.objects.count() == 5


def test_five_mails_an_hour_are_counted_over_all_offices(client, packs):
    for slug in [*OFFICES, *OFFICES]:
        ask_for(client, office=slug)
    assert Mail.objects.count() == 5


@pytest.mark.parametrize(("minutes", "mails"), [(59, 5), (61, 6)])
def test_mails_go_on_when_the_hour_is_over(client, bogor, minutes, mails):
    moment = clock.now()
    with clock.at(moment):
        for _ in range(5):
            ask_for(client)
    with clock.at(moment + timedelta(minutes=minutes)):
        ask_for(client)
    assert Mail.objects.count() == mails


@pytest.mark.parametrize("office", OFFICES)
def test_page_after_asking_names_nobody_to_another_browser(client, packs, office):
    ask_for(client, office=office)
    shown = Client().get(page("sent", office=office))
    assert (shown.status_code, shown.content.count(EMAIL.encode())) == (200, 0)


BEFORE = {"business": [], "tax": ["business"], "identity": ["business", "tax"]}
FOLLOWING = {"business": "tax", "tax": "identity", "identity": "review"}


@pytest.mark.parametrize("name", FOLLOWING)
def test_page_sent_from_two_tabs_leads_on_both_times(bogor, name):
    draft = confirmed(bogor)
    for before in BEFORE[name]:
        answer(draft, page=before, said={k: v for k, v in SAID[before].items() if k != "password_again"})  # fmt: skip
    browser = browser_of(draft)
    ends = [post(browser, page(name), SAID[name]).url for _tab in range(2)]
    assert ends == [page(FOLLOWING[name])] * 2


def test_later_tab_wins_with_what_it_says(bogor):
    draft = filled_in(bogor)
    browser = browser_of(draft)
    for name in ("CV Satu", "CV Dua"):
        post(browser, page("identity"), IDENTITY | {"name": name})
    draft.refresh_from_db()
    assert draft.typed["identity"]["name"] == "CV Dua"


@pytest.mark.parametrize("name", ["business", "tax", "identity", "review"])
def test_old_tab_leads_to_the_receipt_once_the_form_was_sent(bogor, name):
    browser = browser_of(filled_in(bogor))
    end = post(browser, page("review"), SAID["review"]).url
    assert [browser.get(page(name)).url, post(browser, page(name), SAID[name]).url] == [end, end]  # fmt: skip
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize("name", ["business", "tax", "identity"])
def test_way_back_shows_each_page_as_it_was_left(bogor, name):
    browser = browser_of(filled_in(bogor))
    shown = browser.get(page(name))
    shown_words = shown.content.decode()
    kept = {
        "business": 'id="id_form_of_business_0_1" required checked',
        "tax": NPWP,
        "identity": "tunaspandan",
    }
    assert (shown.status_code, shown_words.count(kept[name])) == (200, 1)


def test_page_sent_again_from_the_history_keeps_the_later_ones(bogor):
    draft = filled_in(bogor)
    browser = browser_of(draft)
    for name in ("business", "tax"):
        post(browser, page(name), SAID[name])
    assert browser.get(page("review")).status_code == 200


def test_tab_that_changed_the_business_sends_the_other_back(bogor):
    browser = browser_of(filled_in(bogor))
    post(browser, page("business"), BUSINESS | {"form_of_business": "asing"})
    assert post(browser, page("review"), SAID["review"]).url == page("tax")
    assert post(browser, page("identity"), IDENTITY).url == page("tax")
    assert post(browser, page("tax"), SAID["tax"]).status_code == 422
    assert Ticket.objects.count() == 0


def test_pages_of_the_draft_are_kept_by_no_cache(bogor):
    browser = browser_of(filled_in(bogor))
    said = {
        "no-store" in browser.get(page(name)).headers.get("Cache-Control", "")
        for name in ("business", "tax", "identity", "review")
    }
    assert said == {True}


def test_page_of_the_link_tells_its_address_to_nobody(client, bogor):
    shown = client.get(page("link", new_link(asked(bogor))))
    assert shown.headers["Referrer-Policy"] in {"no-referrer", "same-origin"}


def test_finished_registration_leaves_its_link_dead(client, bogor):
    draft = asked(bogor)
    token = new_link(draft)
    browser = Client()
    post(browser, page("link", token))
    for name in ("business", "tax", "identity", "review"):
        post(browser, page(name), SAID[name])
    assert Ticket.objects.count() == 1
    assert opened(client, page("link", token)) == (410, 410)


def test_address_that_registered_meanwhile_finishes_no_second_draft(bogor, depok):
    draft = filled_in(bogor)
    submitted(depok, npwp="817654320404000", user_id="lain")
    shown = post(browser_of(draft), page("review"), SAID["review"])
    assert (shown.status_code, Ticket.objects.count()) == (409, 1)
    assert hashed() == Registration.objects.get(pk=draft.pk).password_hash


def test_a_page_of_an_earlier_draft_is_not_saved_into_a_later_one(depok):
    first = confirmed(depok, "satu@usaha.example")
    later = confirmed(depok, "dua@usaha.example")
    browser = browser_of(
        later
    )  # the same browser, in which the first page still stands open

    answer = post(
        browser, f"/kantor/{depok.slug}/daftar/usaha/", BUSINESS | {"draft": first.pk}
    )

    assert answer.status_code == 409
    for draft in (first, later):
        draft.refresh_from_db()
        assert draft.typed == {}


def test_a_page_of_the_same_draft_is_saved(depok):
    draft = confirmed(depok, "satu@usaha.example")

    answer = post(
        browser_of(draft),
        f"/kantor/{depok.slug}/daftar/usaha/",
        BUSINESS | {"draft": draft.pk},
    )

    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.typed["business"] == BUSINESS
