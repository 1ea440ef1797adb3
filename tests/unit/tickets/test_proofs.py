"""Evidence beside a ticket: who may give it, what is kept of a photograph, who sees it, when it ends."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from PIL import Image

from loket.files.actions import contents
from loket.kernel import clock
from loket.offices.roles import Role
from loket.tickets.actions import WrongStatus, prove, withdraw
from loket.tickets.models import Event, Proof
from loket.tickets.queries import proofs
from loket.tickets.queries.proofs import proofs_of, proofs_past_keeping
from loket.tickets.tasks import destroy_old_documents
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.unit.tickets.browsing import signed_in

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def ticket(depok):
    return registration(depok)


@pytest.fixture
def verifikator(depok):
    return officer(depok, Role.VERIFIKATOR)


def photograph():
    """A picture as a telephone makes it, with the place where it was taken."""
    exif, out = Image.Exif(), BytesIO()
    exif[0x0110] = "Telepon Contoh 7"
    exif.get_ifd(0x8825)[1] = "S"
    Image.new("RGB", (900, 600), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_photograph_is_kept_without_its_metadata(ticket, verifikator):
    data = photograph()
    assert b"Telepon Contoh" in data

    proof = prove(ticket, "uji", data=data, name="rumah.JPG", by=verifikator)

    kept = contents(proof.file)
    assert dict(Image.open(BytesIO(kept)).getexif()) == {}
    assert b"Telepon" not in kept
    assert (proof.file.name, proof.file.content_type) == ("rumah.jpg", "image/jpeg")
    assert proof.file.sha256 == sha256(kept).hexdigest()


def test_the_history_keeps_the_hash(ticket, verifikator):
    proof = prove(ticket, "uji", data=photograph(), name="a.jpg", by=verifikator)
    event = Event.objects.get(ticket=ticket, name="proof_given")
    assert event.data == {"purpose": "uji", "sha256": proof.file.sha256}
    assert proofs_of(ticket) == {"uji": [proof]}


def test_what_is_no_picture_is_refused(ticket, verifikator):
    with pytest.raises(ValidationError):
        prove(ticket, "uji", data=b"MZ not a picture", name="a.jpg", by=verifikator)
    assert not Proof.objects.exists()


def test_a_party_gives_evidence_only_where_it_is_asked_of_him(ticket):
    applicant = again(ticket.applicant)
    with pytest.raises(PermissionDenied):
        prove(ticket, "uji", data=photograph(), name="a.jpg", by=applicant)
    given = prove(
        ticket, "uji", data=photograph(), name="a.jpg", by=applicant, by_party=True
    )
    assert given.by == applicant


def test_nobody_gives_evidence_at_another_office(ticket, bogor):
    with pytest.raises(PermissionDenied):
        prove(
            ticket,
            "uji",
            data=photograph(),
            name="a.jpg",
            by=officer(bogor, Role.VERIFIKATOR),
            by_party=True,
        )


def test_an_ended_ticket_takes_no_evidence(ticket, verifikator):
    withdraw(ticket, by=again(ticket.applicant))
    with pytest.raises(WrongStatus):
        prove(ticket, "uji", data=photograph(), name="a.jpg", by=verifikator)


def test_pages_are_for_officers_and_the_giver(ticket, verifikator, bogor):
    proof = prove(ticket, "uji", data=photograph(), name="a.jpg", by=verifikator)
    own = prove(
        ticket, "uji", data=photograph(), name="a.jpg", by=again(ticket.applicant), by_party=True
    )  # fmt: skip
    desk = f"/meja/tiket/{ticket.number}/bukti/{proof.pk}/halaman/1.png"
    mine = f"/tiket/{ticket.number}/bukti/{{}}/halaman/1.png"
    applicant = signed_in(again(ticket.applicant))

    assert signed_in(verifikator).get(desk)["Content-Type"] == "image/png"
    assert applicant.get(mine.format(own.pk)).status_code == 200
    assert applicant.get(mine.format(proof.pk)).status_code == 404
    assert applicant.get(desk).status_code == 403
    stranger = signed_in(officer(bogor, Role.VERIFIKATOR))
    assert stranger.get(desk).status_code == 404


def test_evidence_ends_with_the_days_of_the_office(ticket, verifikator):
    proof = prove(ticket, "uji", data=photograph(), name="a.jpg", by=verifikator)
    withdraw(ticket, by=again(ticket.applicant))

    with clock.at(MONDAY + timedelta(days=90)):
        assert list(proofs_past_keeping()) == []
    with clock.at(MONDAY + timedelta(days=90, minutes=1)):
        destroy_old_documents(0)

    proof.file.refresh_from_db()
    assert proof.file.destroyed_at is not None
    assert Event.objects.filter(ticket=ticket, name="proofs_destroyed").count() == 1


def test_evidence_somebody_rests_on_is_left_alone(ticket, monkeypatch):
    asked = []

    def all_of_them(since):
        asked.append(since)
        return Proof.objects.all()

    monkeypatch.setattr(proofs, "_needed", [all_of_them])
    with clock.at(MONDAY + timedelta(days=400)):
        assert list(proofs_past_keeping()) == []
