"""Everything a visitor or a supplier can open, in English: no word of it is Indonesian (ADR 0008)."""

from itertools import chain
from random import Random

import pytest
from django.utils.translation import trans_real

from config import filling
from config.stories import (
    STORIES,
    call_missed,
    call_tomorrow,
    done_by_call,
    reopened,
    sanctioned,
    second_version,
    sent_back,
    sikap_waived,
    turned_down,
)
from loket.kernel import clock, mail
from loket.offices.seeds import hire
from tests.factories.jobs import run_jobs_here
from tests.factories.mails import MAKERS
from tests.factories.people import PASSWORD, hashed
from tests.flows.contradictions.walks import BATANG, BOGOR, DEPOK
from tests.flows.english import Heard, left_indonesian, names
from tests.flows.foreign import side
from tests.flows.opening import ANYBODY, everybody, is_for, opened, refused
from tests.flows.reaching import routes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
SIDES = {BOGOR: ("aktifkan", "Bgrzq"), DEPOK: ("", "Dpkzq"), BATANG: ("", "Tetzq")}
TOLD = {
    BOGOR: {done_by_call, call_tomorrow, call_missed, sanctioned, reopened},
    DEPOK: {turned_down, sent_back},
    BATANG: {sikap_waived, second_version},
}
# Files, answers for machines, and addresses that only lead on
NO_PAGES = {
    "account_resend", "portal:alive", "portal:letter_pdf", "portal:maklumat_pdf",
    "portal:print_pdf", "portal:ready", "portal:start", "suppliers:own_letter_pdf",
    "tickets:own_issued", "tickets:own_original", "tickets:own_page", "tickets:own_proof_page",
    "ui:language",
}  # fmt: skip
# Pages that want a link of that moment or a second factor half set up; a new one must not join them
UNSEEN = {
    "access_rights:done", "account_email_confirm", "account_email_stop", "account_reset_link",
    "mfa_authenticate", "mfa_deactivate_totp", "mfa_remove_webauthn", "mfa_view_recovery_codes",
    "offices:invitation", "suppliers:invitation", "suppliers:stop_change", "suppliers:ticket_offer",
}  # fmt: skip


@pytest.fixture
def world(packs, monkeypatch):
    """At each office a request with everything that can hang on one, and some whose story is another."""
    sides = []
    for slug, (until, mark) in SIDES.items():
        sides.append(side(packs[slug], until=until, mark=mark))
        tell(packs[slug], monkeypatch)
    run_jobs_here()
    return sides


def tell(office, monkeypatch):
    told = [each for each in STORIES if each.tell in TOLD[office.slug]]
    monkeypatch.setattr(filling, "STORIES", told)
    random = Random(office.slug)
    staff = hire(office, password=PASSWORD, password_hash=hashed(), random=random)
    places = {each.user.user_id.partition(".")[0]: each.user for each in staff}
    filling.fill_office(office, places, filling.Fill(filling.Stage(0, 0, with_cast=True), random, clock.now()))  # fmt: skip


def test_every_page_and_refusal_is_english(world):
    wrong, seen, known = {}, set(), names()
    for reader in everybody(world):
        for name, status, html in chain(opened(reader), refused(reader)):
            seen |= {name} if status in {200, 422} else set()
            for found in left_indonesian(Heard(html).said, known):
                wrong.setdefault(found, (reader.name, name, status))
    asked = {route.name for route in routes("GET") if is_for(route, ANYBODY)}
    assert (wrong, asked - seen) == ({}, NO_PAGES | UNSEEN)


@pytest.mark.parametrize("name", MAKERS)
def test_every_mail_is_english(depok, name):
    made = MAKERS[name](depok)
    made.language = "en"
    letter = mail.write(made)
    text = " ".join(letter.text.split())
    said = [letter.subject, text, *Heard(letter.html).said]
    assert left_indonesian(said, names()) == []


def test_a_word_without_english_is_found(packs, client, monkeypatch):
    words = trans_real.translation("en")._catalog
    [catalogue] = [each for each in words._catalogs if "Lacak tiket" in each]
    monkeypatch.setitem(catalogue, "Lacak tiket", "Lacak tiket")
    client.cookies["bahasa"] = "en"
    heard = Heard(client.get("/lacak/").content.decode())
    assert left_indonesian(heard.said) != []


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Your berkas</p>", ["Your berkas"]),
        ('<img alt="Tanda tiket">', ["Tanda tiket"]),
        ('<input placeholder="Nomor">', ["Nomor"]),
        ('<input type="submit" value="Kirim">', ["Kirim"]),
        ('<a title="Kembali" aria-label="Buka"></a>', ["Kembali", "Buka"]),
        ('<p lang="id">Undang-Undang <b>Pelayanan</b> dan</p><p>belum</p>', ["belum"]),
        ("<script>yang</script><p>Write to kantor@lpse.example</p>", []),
    ],
)  # fmt: skip
def test_what_is_read_is_heard(html, found):
    assert [sentence for sentence, *_ in left_indonesian(Heard(html).said)] == found
