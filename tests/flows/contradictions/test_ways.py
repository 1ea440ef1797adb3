"""By which way, through which steps, and how it may end (C8, C13, C15, C17)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from loket.standards.queries import spec_of
from loket.suppliers.forms import ReviewForm
from loket.tickets.actions import WrongStatus, reject
from loket.tickets.models import Document, Ticket
from loket.tickets.queries import pending_optional, progress, timeline
from tests.factories.papers import pdf, picture
from tests.factories.people import again
from tests.factories.registering import post
from tests.factories.tickets import registration
from tests.flows.contradictions.walks import (
    BATANG,
    BOGOR,
    DEPOK,
    OFFICES,
    do,
    fresh,
    staff,
    walk,
)
from tests.flows.story import text_of
from tests.unit.portal.reading import service
from tests.unit.ui.pages import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
LIMIT = 4 * 1024 * 1024
OUTSIDE = "Cara ini berjalan di luar loket."
SIKAP = {BOGOR: ["sikap"], DEPOK: [], BATANG: ["pantau", "isi-sikap"]}
SURVEYS = ["evaluasi", "ikm"]


def padded(size):
    """A whole PDF of exactly so many bytes."""
    whole = pdf()
    return whole + b"\n%" + b"x" * (size - len(whole) - 2)


def upload(client, ticket, data, name="ktp.pdf"):
    """The applicant gives the first document of his list."""
    client.force_login(ticket.applicant)
    code = "ktp" if ticket.office.slug == DEPOK else "ktp-pimpinan"
    file = SimpleUploadedFile(name, data)
    return post(client, f"/tiket/{ticket.number}/berkas/{code}/", {"file": file})


@pytest.mark.parametrize("slug", OFFICES)
def test_c8_file_of_exactly_the_limit_is_taken(client, packs, slug):
    ticket = registration(packs[slug])
    assert upload(client, ticket, padded(LIMIT)).status_code == 302
    assert Document.objects.get().file.size == LIMIT


@pytest.mark.parametrize("slug", OFFICES)
def test_c8_one_byte_more_is_refused_and_the_limit_told(client, packs, slug):
    ticket = registration(packs[slug])
    answered = upload(client, ticket, padded(LIMIT + 1))
    assert answered.status_code == 422
    assert "Berkas ini lebih dari 4 MB. Perkecil, lalu unggah lagi." in text_of(
        answered
    )
    assert not Document.objects.exists()


@pytest.mark.parametrize(("slug", "status"), [(BOGOR, 422), (DEPOK, 302), (BATANG, 302)])  # fmt: skip
def test_c8_pictures_are_taken_where_the_office_takes_them(client, packs, slug, status):
    ticket = registration(packs[slug])
    assert upload(client, ticket, picture(), "ktp.jpg").status_code == status
    assert Document.objects.count() == (status == 302)


@pytest.mark.parametrize(
    ("slug", "explained"),
    [
        (BOGOR, ["unggah berkas PDF paling besar 4 MB", "lewat panggilan video."]),
        (BATANG, ["kirim ke lpsebatangkab@gmail.com", "jadwal panggilan video."]),
        (DEPOK, []),
    ],
)  # fmt: skip
def test_c8_remote_way_runs_in_loket_and_is_explained(main, slug, explained):
    text = main(service(slug))
    assert text.count(OUTSIDE) == 0
    assert [words for words in explained if words not in text] == []


@pytest.mark.parametrize(("slug", "is_open"), [(BOGOR, True), (DEPOK, False), (BATANG, True)])  # fmt: skip
def test_c8_remote_way_is_chosen_where_the_office_offers_it(packs, slug, is_open):
    spec = spec_of(registration(packs[slug]).standard_id)
    asked = {"consent": "on", "route": "remote"}
    assert ReviewForm(asked, spec=spec).is_valid() is is_open


@pytest.mark.parametrize("slug", OFFICES)
def test_c8_step_of_the_remote_way_is_no_step_of_the_counter(packs, slug):
    ticket = registration(packs[slug])
    steps = [each.step.code for each in progress(ticket, [])]
    assert {"jadwal", "verifikasi-daring", "panggilan-video"} & {*steps} == set()


def test_c13_surveys_stand_before_the_activation_and_never_hold_it(bogor):
    people = staff(bogor)
    ticket = registration(bogor)
    passed = walk(ticket, people, until="aktifkan")
    states = progress(ticket, timeline(ticket, for_office=True))
    codes = [each.step.code for each in states]
    order = [codes.index(code) for code in (*SURVEYS, "aktifkan")]
    assert order == sorted(order)
    assert set(SURVEYS) & set(passed) == set()
    assert do(fresh(ticket), people).step == "sikap"


def test_c13_survey_may_be_recorded_until_the_ticket_ends(client, bogor):
    people = staff(bogor)
    ticket = registration(bogor)
    walk(ticket, people, until="sikap")
    before = [step.code for step in pending_optional(fresh(ticket))]
    client.force_login(ticket.applicant)
    recorded = post(client, f"/tiket/{ticket.number}/langkah/evaluasi/")
    after = [step.code for step in pending_optional(fresh(ticket))]
    assert (before, after) == (["booking", *SURVEYS], ["booking", "ikm"])
    assert (recorded.status_code, fresh(ticket).step) == (302, "sikap")


def test_c13_survey_after_the_end_is_refused(client, bogor):
    ticket = registration(bogor)
    walk(ticket, staff(bogor))
    client.force_login(ticket.applicant)
    answered = post(client, f"/tiket/{ticket.number}/langkah/ikm/")
    assert answered.status_code in {403, 409}
    assert not ticket.events.filter(name="step_done", step="ikm").exists()


@pytest.mark.parametrize(
    ("slug", "noted"),
    [(BOGOR, 1), (DEPOK, 0), (BATANG, 0)],
)
def test_c13_page_says_that_surveys_hold_nothing_up(read, slug, noted):
    notes = read(service(slug)).texts("small")
    survey = "Pemohon · di Survei IKM · tidak menahan proses"
    assert notes.count(survey) == noted


@pytest.mark.parametrize("slug", OFFICES)
def test_c15_sikap_is_followed_up_where_the_paper_says_so(packs, slug):
    people = staff(packs[slug])
    ticket = registration(packs[slug])
    steps = spec_of(ticket.standard_id).procedure
    followed = [step.code for step in steps if step.kind == "follow_up_sikap"]
    walk(ticket, people)
    done = ticket.events.filter(name="step_done", step__in=followed)
    assert followed == SIKAP[slug]
    results = [event.data["result"] for event in done.order_by("pk")]
    expected = ["promised", "confirmed"]
    assert results == expected[len(expected) - len(followed) :]


@pytest.mark.parametrize(("slug", "named"), [(BOGOR, True), (DEPOK, False), (BATANG, True)])  # fmt: skip
def test_c15_page_names_sikap_where_it_is_a_step(read, slug, named):
    steps = read(service(slug)).all("ol", **{"class": "lk-steps"})
    assert [("SIKaP" in each.text) for each in steps] == [named]


@pytest.mark.parametrize("slug", [BOGOR, BATANG])
def test_c17_nobody_can_turn_down_where_the_procedure_only_approves(packs, slug):
    people = staff(packs[slug])
    ticket = registration(packs[slug])
    while fresh(ticket).is_open:
        for each in people:
            with pytest.raises((PermissionDenied, WrongStatus)):
                reject(fresh(ticket), by=again(each), note="Tidak sesuai.")
        do(fresh(ticket), people)
    assert not Ticket.objects.filter(status="rejected").exists()


def test_c17_depok_turns_down_with_its_reason(client, main, depok):
    people = staff(depok)
    ticket = registration(depok)
    walk(ticket, people, until="putuskan")
    do(fresh(ticket), people, exit="tolak")
    ended = do(fresh(ticket), people)
    client.force_login(ticket.applicant)
    assert (ended.status, ended.outcome) == ("rejected", "rejected")
    assert "Data usaha tidak sesuai." in main(f"/tiket/{ticket.number}/")


def test_c17_depok_turns_down_only_after_the_decision(depok):
    people = staff(depok)
    ticket = registration(depok)
    walk(ticket, people, until="cocokkan")
    with pytest.raises((PermissionDenied, WrongStatus)):
        reject(fresh(ticket), by=again(people[0]), note="Tidak sesuai.")


def test_c17_accepted_request_of_depok_never_sees_the_refusal(depok):
    ticket = registration(depok)
    passed = walk(ticket, staff(depok))
    assert passed == ["datang", "cocokkan", "putuskan", "aktifkan", "bukti"]
    assert fresh(ticket).status == "done"


@pytest.mark.parametrize(("decision", "shown"), [("terima", 0), ("tolak", 1)])
def test_c17_refusal_is_shown_to_whom_it_meets_only(client, depok, decision, shown):
    people = staff(depok)
    ticket = registration(depok)
    walk(ticket, people, until="putuskan")
    do(fresh(ticket), people, exit=decision)
    walk(ticket, people)
    counted = []
    for who, face in ((ticket.applicant, "tiket"), (people[0], "meja/tiket")):
        client.force_login(who)
        page = Page(client.get(f"/{face}/{ticket.number}/").content.decode())
        steps = " ".join(page.texts("ol", **{"class": "lk-steps"}))
        counted.append(steps.count("Menyampaikan alasan penolakan"))
    assert counted == [shown, shown]
