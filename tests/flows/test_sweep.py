"""Every address, by everybody, about somebody else's request: nothing is read and nothing changes."""

import pytest
from django.core import mail

from loket.accounts.models import Session
from loket.kernel import fence, once
from loket.kernel.routes import all_routes
from loket.offices.actions import close_office
from loket.standards.actions import export_pack
from tests.factories.people import person
from tests.flows.foreign import side
from tests.flows.reaching import (
    SIGN_OUT,
    addresses,
    browser_of,
    got,
    ids_for,
    is_closed,
    is_public,
    kept,
    leaks,
    routes,
    take_down,
    text_of,
)
from tests.flows.tokens import living_tokens

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
# Enough for every form of a request to be whole, so that only its right is asked.
SAID = {
    "body": "Halo", "is_internal": "no", "complete": "yes", "accepted": "no",
    "reason": "cut_off", "note": "Alasan", "after": "0", "kind": "npwp", "result": "good",
    "source": "DJP", "system": "SPSE", "exit": "terima", "consent": "on", "route": "counter",
    "email": "siapa@pandan.example", "role": "helpdesk", "valid_until": "2026-12-01",
}  # fmt: skip
# Kinds of address whose object nobody may be blind for: the negative control must read each
KINDS = {
    "ticket": "tickets:ticket", "own ticket": "tickets:own", "picture": "tickets:page",
    "own picture": "tickets:own_page", "issued paper": "tickets:issued",
    "own issued paper": "tickets:own_issued", "supplier": "suppliers:own_business",
    "power": "suppliers:power", "judged power": "suppliers:judge_power", "staff": "offices:staff",
    "term": "offices:member", "officials": "access_rights:requests",
    "official": "access_rights:request", "letter": "access_rights:letter",
    "worklist": "tickets:worklist", "stub": "tickets:stub", "evidence": "tickets:proof_page",
    "call": "verification:session",
    "mending": "tickets:corrections",
    "follow-ups": "suppliers:follow_ups",
    "sanction": "suppliers:sanction", "letter to sign": "suppliers:letter_at_desk",
    "own letter to sign": "suppliers:own_letter", "own filled letter": "suppliers:own_letter_pdf",
    "filled letter": "suppliers:letter_at_desk_pdf",
}  # fmt: skip


@pytest.fixture
def sides(bogor, depok):
    """Bogor's request waits for its activation, Depok's is done; both have a paper."""
    return side(bogor, until="aktifkan"), side(depok, until="")


@pytest.fixture
def neighbour(sides, bogor):
    """Another supplier at Bogor."""
    return side(bogor, until="aktifkan", mark="Tetzq")


@pytest.fixture
def strangers(sides, neighbour):
    """Everybody with what is not his: of another office, another supplier, another official."""
    one, other = sides
    found = [(name, who, [other.foreign]) for name, who in one.people.items()]
    found += [(name, who, [one.foreign]) for name, who in other.people.items()]
    holder = other.office.accessgrant_set.get().user
    found += [
        ("applicant beside", one.applicant, [neighbour.foreign]),
        ("applicant in front", neighbour.applicant, [one.foreign]),
        ("official", holder, [other.official, one.foreign]),
        ("another applicant", person(), [one.foreign, other.foreign]),
        ("nobody", None, [one.foreign, other.foreign]),
    ]  # fmt: skip
    return found


def asks_public(name):
    """Public pages differ by browser, not by role: a few people stand for all."""
    return name.split(" of ")[0] in {"kepala_bagian", "applicant", "another applicant", "nobody", "official"}  # fmt: skip


def asked_by(name, foreign):
    """Each route and address of GET this person tries."""
    for route in routes("GET"):
        if route.name != SIGN_OUT and (asks_public(name) or not is_public(route)):
            yield from ((route, address) for address in addresses(route, foreign.ids))


def test_side_can_be_read_by_its_own_people(sides):
    """Otherwise the sweep would find nothing because there is nothing."""
    for one in sides:
        verifier = one.people[f"verifikator of {one.office.code}"]
        _answer, desk = got(browser_of(verifier), f"/meja/tiket/{one.ticket.number}/")
        _answer, own = got(browser_of(one.applicant), f"/tiket/{one.ticket.number}/")
        wanted = [
            f"CV {one.mark} Kenanga",
            f"Gang {one.mark} Nomor 9",
            f"Catatan {one.mark}",
        ]
        assert [word for word in wanted if word not in desk] == []
        assert [f"Pesan {one.mark}" in own, f"Catatan {one.mark}" in own] == [
            True,
            False,
        ]


def test_everything_behind_the_fence_stands_in_the_sweep(sides, bogor, tmp_path):
    """A new table or a new place in an address cannot be forgotten."""
    close_office(bogor, sides[0].ticket.submitted_at.date(), reason="Hari jadi")
    export_pack(bogor, tmp_path / "pack")
    empty = [model.__name__ for model in fence.fenced() if not model.objects.exists()]
    assert empty == []
    missing = {
        (route.name, name)
        for route in all_routes()
        for name in route.id_params
        if not any(ids_for(route, name, one.ids) for one in sides)
    }
    assert missing == set()


@pytest.mark.parametrize("standing", ["both", "only the database", "only the code"])
def test_nothing_foreign_is_read_at_any_address(strangers, standing, monkeypatch):
    """Each fence holds alone: with `visible_to` disabled, and with every policy letting everything pass."""
    take_down(standing, monkeypatch)
    found, opened, failed, asked = [], [], [], 0
    for name, who, others in strangers:
        client = browser_of(who)
        for foreign in others:
            for route, address in asked_by(name, foreign):
                answered, text = got(client, address)
                status, asked = answered.status_code, asked + 1
                found += [(name, address, word) for word in leaks(answered, text, address, foreign)]  # fmt: skip
                opened += [(name, address)] if status == 200 and is_closed(route) else []  # fmt: skip
                failed += [(name, address)] if status >= 500 else []
    if standing == "only the database":
        opened = []  # an empty list of another office may stand open then
    assert (found, opened, failed) == ([], [], [])
    assert asked > len(strangers) * 30


def test_sweep_sees_what_leaks_without_both_fences(sides, monkeypatch):
    """The negative control: a sweep that finds nothing here would be blind."""
    take_down("none", monkeypatch)
    seen = set()
    for own, foreign in (sides, sides[::-1]):
        for who in (own.people[f"kepala_bagian of {own.office.code}"], own.applicant):
            client = browser_of(who)
            for route in routes("GET"):
                if route.name in KINDS.values() and shows(client, route, foreign):
                    seen.add(route.name)
    assert [kind for kind, name in KINDS.items() if name not in seen] == []


def shows(client, route, side):
    """Whether anything of the side comes out at this route."""
    for address in addresses(route, side.ids):
        answered, text = got(client, address)
        if leaks(answered, text, address, side.foreign):
            return True
    return False


def test_search_and_own_lists_find_nothing_foreign(strangers):
    found = []
    for name, who, others in strangers:
        client = browser_of(who)
        for foreign in others:
            for query in (foreign.words[0], *foreign.open_words[:1], ""):
                for address in ("/meja/cari/", "/tiket/", "/usaha/", "/lacak/"):
                    _answer, text = got(client, address, q=query, halaman="1")
                    text = text.replace(query, "") if query else text
                    found += [(name, address, query, word) for word in foreign.words if word in text]  # fmt: skip
    assert found == []


def mixed(route, own, foreign):
    """Addresses about one's own ticket, supplier or office with an inner id of the other."""
    outer = {"number", "pk", "office"} & {*route.id_params}
    inner = {
        "document", "issued", "power", "person", "invitation", "membership", "asked", "grant",
        "pk", "proof", "absence", "exhibit",
    } & {*route.id_params} - ({"pk"} if "office" not in route.id_params else set())  # fmt: skip
    if not inner or not outer:
        return []
    names = {key for name in inner for key in (name, f"{route.name}:{name}")}
    ids = {**own.ids, **{key: foreign.ids[key] for key in names & {*foreign.ids}}}
    return addresses(route, ids)


def pairs(sides, neighbour):
    one, other = sides
    beside = {"applicant": one.applicant}
    return [
        (one, other, one.people), (other, one, other.people), (one, neighbour, beside),
    ]  # fmt: skip


def test_foreign_ids_are_not_reached_through_ones_own_address(sides, neighbour):
    opened, asked = [], 0
    for own, foreign, people in pairs(sides, neighbour):
        for name, who in people.items():
            client = browser_of(who)
            before = kept()
            for route in all_routes():
                for address in mixed(route, own, foreign):
                    asked += 1
                    if "GET" in route.policy.methods:
                        answered, _text = got(client, address)
                        opened += [(name, address)] if answered.status_code == 200 else []  # fmt: skip
                    if "POST" in route.policy.methods:
                        answered = send(client, address)
                        opened += [(name, address)] if is_let_in(answered) else []
            opened += changed(name, before)
    assert opened == []
    assert asked > len(sides[0].people) * 10


def send(client, address):
    return client.post(address, SAID | {once.FIELD: once.new_key()})


def is_let_in(answered):
    is_sign_in = answered.get("Location", "").startswith("/masuk/")
    return answered.status_code not in {403, 404} and not is_sign_in


def changed(name, before):
    after = kept()
    return [(name, table) for table in before if before[table] != after[table]]


def test_no_form_about_anything_foreign_changes_a_row(strangers):
    wrong, asked = [], 0
    for name, who, others in strangers:
        client = browser_of(who)
        before = kept()
        for foreign in others:
            for route in filter(is_closed, routes("POST")):
                for address in addresses(route, foreign.ids):
                    answered = send(client, address)
                    asked += 1
                    text = text_of(answered)
                    wrong += [(name, address, answered.status_code)] if is_let_in(answered) else []  # fmt: skip
                    wrong += [(name, address, word) for word in leaks(answered, text, address, foreign)]  # fmt: skip
            assert Session.objects.filter(handle__in=foreign.ids["handle"]).exists()
        wrong += changed(name, before)
    assert wrong == []
    assert asked > len(strangers) * 10


def test_forms_do_not_take_foreign_ids_in_their_fields(sides):
    """A power for somebody's ticket, a supplier of others that joins an office."""
    one, other = sides
    client, ticket = browser_of(one.applicant), other.ticket
    supplier = ticket.registration.supplier
    own = one.ids["pk"][0]
    tried = [
        (f"/usaha/{own}/kuasa/beri/", {"untuk": f"t{ticket.pk}"}),
        (f"/usaha/{own}/kuasa/beri/", {"untuk": f"s{ticket.service_id}"}),
        (f"/kantor/{other.office.slug}/daftar/akun/", {"penyedia": supplier.pk}),
    ]  # fmt: skip
    for address, query in tried:
        answered, text = got(client, address, **query)
        assert leaks(answered, text, address, other.foreign) == []
        assert answered.status_code in {200, 422}
        sent = client.post(f"{address}?{'&'.join(f'{key}={value}' for key, value in query.items())}", SAID | {once.FIELD: once.new_key()})  # fmt: skip
        assert (sent.status_code, leaks(sent, text_of(sent), address, other.foreign)) == (answered.status_code, [])  # fmt: skip


def test_living_link_opens_nothing_at_another_office(sides):
    """The same link at its own office is open, so the refusal is about the office."""
    one, other = sides
    routes_of = {route.name: route for route in all_routes()}
    for own, elsewhere in ((one, other), (other, one)):
        for name, token in living_tokens(own).items():
            here, there = (
                addresses(routes_of[name], {"office": [office.slug], "token": [token]})[
                    0
                ]
                for office in (own.office, elsewhere.office)
            )
            answered, text = got(browser_of(None), there)
            assert answered.status_code in {404, 410}
            assert leaks(answered, text, there, own.foreign) == []
            assert got(browser_of(None), here)[0].status_code == 200


def test_mails_tell_nobody_about_others(sides, neighbour):
    """Every mail that went out, by the side its recipient belongs to."""
    wrong, counted = [], 0
    everybody = (*sides, neighbour)
    for sent in mail.outbox:
        owner = [one for one in everybody if one.mark.lower() in sent.to[0]]
        others = [one for one in everybody if owner and one is not owner[0]]
        bodies = [sent.subject, sent.body, *(body for body, _kind in sent.alternatives)]
        counted += bool(owner)
        wrong += [(sent.to, word) for one in others for word in one.words if word in " ".join(bodies)]  # fmt: skip
    assert wrong == []
    assert counted > 0
