"""What a browser sends that no page offered, and that identity numbers are readable nowhere."""

import base64
from hashlib import md5, sha1, sha256

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.models import Mail
from loket.offices.roles import Role
from loket.suppliers.actions import reveal
from loket.suppliers.models import Registration, Supplier
from loket.suppliers.queries import TERMS_VERSION, registration_spec
from loket.tickets.models import Event, Status, Ticket
from tests.factories.jobs import run_jobs_here
from tests.factories.people import PASSWORD, again, officer, person
from tests.factories.registering import (
    BUSINESS,
    EMAIL,
    IDENTITY,
    NIK,
    NPWP,
    OTHER_NPWP,
    ask_on_page,
    browser_of,
    confirmed,
    filled_in,
    post,
    send,
    submitted,
)

pytestmark = pytest.mark.django_db
OTHER = "lain@pandan.example"
OFFICES = ["kabupaten-batang", "kota-bogor", "kota-depok"]
PAGES = ["business", "tax", "identity", "review"]
TAX = {"number": NPWP, "password": PASSWORD, "password_again": PASSWORD}
BRANCH = BUSINESS | {"branch_kind": "branch"}


def page(name, *args, office="kota-bogor"):
    return reverse(f"suppliers:{name}", args=[office, *args])


def numbers(client, ticket):
    """Ask for the identity numbers of a ticket by the button of the desk."""
    return post(client, reverse("suppliers:identity_numbers", args=[ticket.number]))


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def readable_tables():
    """Every table the serving role reads, row by row as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname"
            " = 'public' AND has_table_privilege(format('%I.%I', schemaname, tablename), 'SELECT')"
        )
        names = [name for (name,) in cursor.fetchall()]
        for name in names:
            cursor.execute(f"SELECT t::text FROM {name} t")  # noqa: S608 - names of the database's own
            for (row,) in cursor.fetchall():
                yield name, row


def traces(*secrets):
    """The tables that hold one of these texts, in clear or as a digest without a key."""
    looks = {
        look
        for secret in secrets
        for look in (
            secret,
            secret[2:-2],
            secret.encode().hex(),
            base64.b64encode(secret.encode()).decode().rstrip("=")[:-1],
            *(kind(secret.encode()).hexdigest() for kind in (md5, sha1, sha256)),
        )
    }
    return {name for name, row in readable_tables() for look in looks if look in row}


@pytest.mark.parametrize("cookie", ["", "x" * 32, "../../sesi", "1", "ä"])
def test_made_up_session_has_no_draft(bogor, cookie):
    filled_in(bogor)
    stranger = Client()
    stranger.cookies["sesi"] = cookie
    for name in PAGES:
        assert stranger.get(page(name)).url == page("email")
        assert post(stranger, page(name), {"consent": "on"}).url == page("email")
    assert Ticket.objects.count() == 0


@pytest.mark.parametrize("name", PAGES)
def test_draft_named_in_address_or_form_is_not_given(bogor, name):
    draft = filled_in(bogor)
    stranger, said = Client(), {"registration": draft.pk, "draft": draft.pk, "id": draft.pk}  # fmt: skip
    assert stranger.get(page(name), said).url == page("email")
    assert post(stranger, page(name), said).url == page("email")


@pytest.mark.parametrize("office", ["kota-depok", "kabupaten-batang"])
def test_draft_is_written_below_its_own_office_only(bogor, packs, office):
    draft = filled_in(bogor)
    browser, before = browser_of(draft), draft.typed
    said = BUSINESS | TAX | IDENTITY | {"consent": "on"}
    ends = {post(browser, page(name, office=office), said).url for name in PAGES}
    assert ends == {page("email", office=office)}
    draft.refresh_from_db()
    assert (draft.typed, Ticket.objects.count()) == (before, 0)


def test_writing_in_one_browser_leaves_the_draft_of_another(bogor):
    mine, theirs = filled_in(bogor), filled_in(bogor, OTHER)
    before = theirs.typed
    post(browser_of(mine), page("identity"), IDENTITY | {"registration": theirs.pk})
    theirs.refresh_from_db()
    assert theirs.typed == before


def test_draft_whose_link_was_not_used_is_not_reachable(bogor):
    draft = filled_in(bogor)
    browser = browser_of(draft)
    Registration.objects.filter(pk=draft.pk).update(confirmed_at=None)
    assert browser.get(page("review")).url == page("email")


@pytest.mark.parametrize(
    ("office", "form"),
    [
        ("kota-depok", "asing"),
        ("kabupaten-batang", "asing"),
        ("kota-bogor", "perusahaan-asing"),
        ("kota-bogor", "CV"),
    ],
)
def test_form_of_business_of_another_office_is_refused(packs, office, form):
    browser = browser_of(confirmed(packs[office]))
    url = page("business", office=office)
    assert post(browser, url, BUSINESS | {"form_of_business": form}).status_code == 422
    assert {*Registration.objects.get().typed} == {"refused"}


@pytest.mark.parametrize("slug", OFFICES)
@pytest.mark.parametrize("route", ["luar", "outside", "COUNTER"])
def test_way_the_office_does_not_open_is_refused(packs, slug, route):
    browser, url = browser_of(filled_in(packs[slug])), page("review", office=slug)
    assert post(browser, url, {"consent": "on", "route": route}).status_code == 422
    assert Ticket.objects.count() == 0


@pytest.mark.parametrize("consent", ["", "false", "False", None])
def test_consent_that_is_none_sends_nothing(bogor, consent):
    said = {} if consent is None else {"consent": consent}
    answered = post(browser_of(filled_in(bogor)), page("review"), said)
    assert (answered.status_code, Ticket.objects.count()) == (422, 0)


@pytest.mark.parametrize("version", ["2019-01-01", "", "9999-12-31", "../../x"])
def test_terms_consented_to_are_those_that_were_shown(bogor, version):
    said = {"consent": "on", "version": version, "terms_version": version}
    post(browser_of(filled_in(bogor)), page("review"), said)
    assert Registration.objects.get().terms_version == TERMS_VERSION


@pytest.mark.parametrize("slug", ["kota-bogor", "kabupaten-batang"])
def test_question_the_office_does_not_ask_is_not_heard(packs, slug):
    draft = filled_in(packs[slug])
    said = IDENTITY | {"pkp": "yes", "facts": ["pkp"]}
    post(browser_of(draft), page("identity", office=slug), said)
    draft.refresh_from_db()
    assert draft.typed["identity"]["facts"] == []


@pytest.mark.parametrize("kind", ["badan-usaha", "perseorangan", "konsultan"])
def test_question_of_another_kind_of_applicant_is_not_heard(depok, kind):
    spec = registration_spec(depok)
    draft = filled_in(
        depok,
        business=BUSINESS | {"applicant_kind": kind},
        facts=[*spec.facts, "admin"],
    )
    assert list(send(draft).facts) == list(spec.facts_for(kind))


INJECTED = {
    "needs_check": "", "country": "SG", "tax_id": OTHER_NPWP, "freed_at": "2020-01-01",
    "activated_at": "2020-01-01", "role": "verifikator", "is_active": "0", "language": "en",
    "email": OTHER, "office": "kota-depok", "ticket": "1", "supplier": "1", "finished_at": "x",
    "password_hash": "x", "answers": "{}", "answered": "review", "checked": "1", "status": "done",
}  # fmt: skip


def test_fields_no_page_has_change_nothing(bogor):
    draft = confirmed(bogor)
    browser = browser_of(draft)
    pages = zip(PAGES, [BUSINESS, TAX, IDENTITY, {"consent": "on"}], strict=True)
    for name, said in pages:
        assert post(browser, page(name), INJECTED | said).status_code == 302
    supplier, user, ticket = Supplier.objects.get(), User.objects.get(), Ticket.objects.get()  # fmt: skip
    assert (supplier.country, supplier.tax_id, supplier.freed_at) == ("ID", NPWP, None)
    assert (supplier.activated_at, supplier.needs_check) == (None, False)
    assert (user.email, user.language, user.is_active) == (EMAIL, "id", True)
    assert user.memberships.count() == 0
    assert (ticket.office, ticket.status) == (bogor, Status.WAITING_APPLICANT)


def test_fields_no_page_has_are_not_kept_in_the_draft(bogor):
    draft = confirmed(bogor)
    post(browser_of(draft), page("business"), INJECTED | BUSINESS)
    draft.refresh_from_db()
    assert draft.typed == {"business": BUSINESS, "answered": {"business": True}}


def test_looked_up_number_is_no_answer_to_the_page(bogor):
    draft = confirmed(bogor)
    browser = browser_of(draft)
    post(browser, page("business"), BUSINESS)
    post(browser, page("tax"), {"number": NPWP, "periksa": "1"})
    assert browser.get(page("identity")).url == page("tax")
    draft.refresh_from_db()
    assert draft.password_hash == ""


def test_password_cannot_be_left_out(bogor):
    browser = browser_of(confirmed(bogor))
    post(browser, page("business"), BUSINESS)
    assert post(browser, page("tax"), {"number": NPWP}).status_code == 422


@pytest.mark.parametrize("code", ["0000-0000", "%00", "' OR 1=1", "x" * 500, "ß" * 8, "٣" * 8])  # fmt: skip
def test_odd_code_of_a_receipt_leads_to_the_start(client, bogor, code):
    submitted(bogor)
    assert client.get(page("done", code)).url == page("email")


def shown_for(number, office, email):
    """What a page says about a number at this office, read by somebody new."""
    browser = browser_of(confirmed(office, email))
    post(browser, page("business", office=office.slug), BUSINESS)
    answered = post(browser, page("tax", office=office.slug), TAX | {"number": number})
    return answered.status_code, answered.content.decode()


@pytest.mark.parametrize("slug", OFFICES)
def test_number_taken_elsewhere_tells_nothing_of_its_holder(packs, slug):
    elsewhere = packs["kota-depok" if slug == "kota-bogor" else "kota-bogor"]
    ticket = submitted(elsewhere).ticket
    status, shown = shown_for(NPWP, packs[slug], OTHER)
    told = [
        word for word in (
            elsewhere.name, elsewhere.slug, ticket.number, ticket.public_code, EMAIL,
            IDENTITY["user_id"], IDENTITY["name"], IDENTITY["responsible_name"], NIK,
        ) if word in shown
    ]  # fmt: skip
    assert (status, told) == (422, [])


def test_number_taken_here_and_elsewhere_is_refused_in_the_same_words(bogor, depok):
    submitted(bogor)
    submitted(depok, OTHER, npwp=OTHER_NPWP, user_id="lain")
    said = set()
    for number, email in ((NPWP, "a@pandan.example"), (OTHER_NPWP, "b@pandan.example")):
        status, shown = shown_for(number, bogor, email)
        start = shown.index("Nomor ini sudah terdaftar")
        said.add((status, shown[start : start + 110]))
    assert len(said) == 1


@pytest.mark.parametrize("spelling", ["80.123.456.8-404.000", f"0{NPWP}", f"0{NPWP}000000", "80 123 456 8 404 000"])  # fmt: skip
def test_every_spelling_of_a_taken_number_is_taken(bogor, depok, spelling):
    submitted(bogor)
    status, shown = shown_for(spelling, depok, OTHER)
    assert (status, "Nomor ini sudah terdaftar" in shown) == (422, True)


def test_branches_with_other_nitku_are_no_duplicates(bogor, depok):
    submitted(bogor)
    for branch, office in (("000001", bogor), ("000002", depok), ("000010", bogor)):
        submitted(
            office, f"cabang{branch}@pandan.example", npwp=f"0{NPWP}{branch}",
            business=BRANCH, user_id=f"cabang{branch}",
        )  # fmt: skip
    assert Supplier.objects.filter(freed_at=None).count() == 4


def test_same_nitku_is_a_duplicate(bogor, depok):
    submitted(bogor, npwp=f"0{NPWP}000001", business=BRANCH)
    browser = browser_of(confirmed(depok, OTHER))
    post(browser, page("business", office="kota-depok"), BRANCH)
    said = TAX | {"number": f"0{NPWP}000001"}
    assert post(browser, page("tax", office="kota-depok"), said).status_code == 422


def walked(office):
    """A registration by browser: looked up, refused, corrected, sent, its mails sent too."""
    ask_on_page(Client(), page("email"))
    run_jobs_here()
    draft = confirmed(office)
    browser = browser_of(draft)
    post(browser, page("business"), BUSINESS)
    post(browser, page("tax"), {"number": NPWP, "periksa": "1"})
    post(browser, page("tax"), TAX | {"password_again": "lain"})
    post(browser, page("tax"), TAX)
    post(browser, page("identity"), IDENTITY | {"phone": "nol"})
    post(browser, page("identity"), IDENTITY)
    return browser


def test_search_of_the_tables_finds_what_is_there(bogor):
    """The control: the search below is able to find."""
    submitted(bogor)
    found = {"public.suppliers_supplier", "public.tickets_ticket"}
    assert traces(IDENTITY["name"]) == found


def test_no_table_holds_a_secret_while_the_form_is_filled_in(bogor):
    walked(bogor)
    assert traces(NPWP, f"0{NPWP}", NIK, PASSWORD) == set()


def test_no_table_holds_a_secret_after_submission(bogor):
    post(walked(bogor), page("review"), {"consent": "on"})
    run_jobs_here()
    assert Mail.objects.filter(template="suppliers/mail/submitted").count() == 1
    assert traces(NPWP, f"0{NPWP}", NIK, PASSWORD) == set()


def test_no_table_holds_the_numbers_after_an_officer_saw_them(bogor):
    ticket = submitted(bogor).ticket
    assert numbers(signed_in(officer(bogor)), ticket).status_code == 200
    run_jobs_here()
    assert traces(NPWP, NIK) == set()


def test_every_look_at_the_numbers_is_on_record(bogor):
    ticket, verifier = submitted(bogor).ticket, officer(bogor)
    client = signed_in(verifier)
    for _ in range(3):
        numbers(client, ticket)
    events = Event.objects.filter(name="identity_seen")
    assert [(event.by, event.ticket, event.office) for event in events] == [(verifier, ticket, bogor)] * 3  # fmt: skip
    assert {str(event.data) for event in events} == {"{}"}


def test_page_of_the_numbers_is_kept_by_no_cache(bogor):
    shown = numbers(signed_in(officer(bogor)), submitted(bogor).ticket)
    assert "no-store" in shown.headers["Cache-Control"]


def test_numbers_are_not_shown_to_whoever_only_looks(bogor):
    ticket = submitted(bogor).ticket
    url = reverse("suppliers:identity_numbers", args=[ticket.number])
    client = signed_in(officer(bogor))
    assert [client.get(url).status_code, client.head(url).status_code] == [405, 405]
    assert Event.objects.filter(name="identity_seen").count() == 0


def test_refused_look_is_not_recorded_as_one(bogor, depok):
    ticket = submitted(bogor).ticket
    users = [person(), officer(bogor, Role.FRONT_OFFICE), officer(depok)]
    assert [numbers(signed_in(user), ticket).status_code for user in users] == [403, 403, 404]  # fmt: skip
    assert numbers(Client(), ticket).status_code == 302
    assert Event.objects.filter(name="identity_seen").count() == 0


def test_applicant_is_not_shown_his_own_numbers_by_the_desk(bogor):
    ticket = submitted(bogor).ticket
    applicant = User.objects.get(email=EMAIL)
    assert numbers(signed_in(applicant), ticket).status_code == 403


def test_officer_whose_role_ended_sees_no_numbers(bogor):
    ticket, verifier = submitted(bogor).ticket, officer(bogor)
    assert reveal(ticket, by=again(verifier)).tax_id == NPWP
    verifier.memberships.update(valid_until=clock.now())
    assert numbers(signed_in(again(verifier)), ticket).status_code in {403, 404}


def test_numbers_stand_in_no_address_and_no_session(bogor):
    browser = walked(bogor)
    asked = [browser.get(page(name)).request for name in PAGES]
    assert [each["QUERY_STRING"] + each["PATH_INFO"] for each in asked] == [page(name) for name in PAGES]  # fmt: skip
    assert [key for key, said in browser.session.items() if NPWP in str(said)] == []
