"""Batang: no promised time, no receipt; each step is measured against its printed norm."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from loket.offices.roles import Role
from loket.tickets.models import Event, Ticket
from tests.factories.papers import pdf
from tests.flows.story import (
    ACTIVE,
    Officer,
    Supplier,
    public_status,
    sign_in,
    text_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
OFFICE, APPLICANT, ENDED = "Sekarang giliran kantor", "Sekarang giliran Anda", "Layanan selesai"  # fmt: skip
ADDRESS = {"regency": "33.25", "postal_code": "51216"}


def screenshot():
    return SimpleUploadedFile("sikap.pdf", pdf(), "application/pdf")


@pytest.fixture
def tirta(batang):
    return Supplier(batang)


@pytest.fixture
def wulan(batang):
    return Officer(batang, Role.VERIFIKATOR, "Wulan Prameswari")


def test_from_link_to_sikap(tirta, wulan):
    ticket, _ = tirta.register(**ADDRESS)
    told = [public_status(ticket)]
    tirta.upload_all(ticket)
    acts = (
        lambda: tirta.do(ticket, "ajukan"),
        lambda: (wulan.judge(ticket), wulan.do(ticket, "verifikasi")),
        lambda: wulan.do(ticket, "setujui", system="SPSE"),
        lambda: wulan.do(ticket, "pantau", result="promised"),
        lambda: tirta.do(ticket, "isi-sikap", file=screenshot()),
    )
    for act in acts:
        act()
        told.append(public_status(ticket))
    assert told == [APPLICANT, OFFICE, OFFICE, OFFICE, APPLICANT, ENDED]
    done = Event.objects.filter(ticket=ticket, name="step_done").order_by("id")
    assert [(event.step, event.data["norm"]) for event in done] == [
        ("daftar", 5), ("isi", 10), ("ajukan", 5), ("verifikasi", 30), ("setujui", 1),
        ("pantau", 5), ("isi-sikap", 15),
    ]  # fmt: skip


def test_office_promises_no_time_and_says_so(tirta, wulan):
    ticket, _ = tirta.register(**ADDRESS)
    own = text_of(tirta.browser.get(f"/tiket/{ticket.number}/"))
    assert "Standar ini tidak menjanjikan lama waktu." in own
    assert Ticket.objects.get().due_at is None


def test_account_works_after_the_approval(tirta, wulan):
    ticket, _ = tirta.register(**ADDRESS)
    tirta.upload_all(ticket)
    tirta.do(ticket, "ajukan")
    wulan.judge(ticket)
    wulan.do(ticket, "verifikasi")
    assert [*wulan.do(ticket, "setujui", system="SPSE")] == [f"{ACTIVE} di SPSE"]
    assert not ticket.issued.exists()
    assert sign_in("tunaspandan") is not None
