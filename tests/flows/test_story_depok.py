"""Depok: a decision with two exits; the proof for one, a reason for the other."""

import pytest

from loket.offices.roles import Role
from loket.suppliers.models import Supplier as Registered
from tests.factories.registering import BUSINESS, IDENTITY, NPWP, post
from tests.flows.story import (
    ACTIVE,
    SUBMITTED,
    TAX,
    Officer,
    Supplier,
    link_in,
    public_status,
    text_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
OFFICE, APPLICANT, ENDED = "Sekarang giliran kantor", "Sekarang giliran Anda", "Layanan selesai"  # fmt: skip


@pytest.fixture
def tirta(depok):
    return Supplier(depok)


@pytest.fixture
def wulan(depok):
    return Officer(depok, Role.VERIFIKATOR, "Wulan Prameswari")


@pytest.fixture
def to_decide(tirta, wulan):
    ticket, _ = tirta.register(pkp="no")
    tirta.upload_all(ticket)
    tirta.do(ticket, "datang")
    wulan.judge(ticket)
    wulan.do(ticket, "cocokkan")
    return ticket


def test_accepted_supplier_leaves_with_the_proof(to_decide, wulan):
    told = [public_status(to_decide)]
    wulan.do(to_decide, "putuskan", exit="terima")
    letters = wulan.do(to_decide, "aktifkan", system="SPSE")
    told.append(public_status(to_decide))
    wulan.do(to_decide, "bukti")
    told.append(public_status(to_decide))
    assert told == [OFFICE, OFFICE, ENDED]
    assert [*letters] == [f"{ACTIVE} di SPSE"]


def test_proof_prints_number_decree_and_documents(to_decide, wulan):
    wulan.do(to_decide, "putuskan", exit="terima")
    wulan.do(to_decide, "aktifkan", system="SPSE")
    wulan.do(to_decide, "bukti")
    text = wulan.paper(to_decide)
    assert "821.2/003/Kpts/UKPBJ/2023" in text.replace(
        " ", ""
    )  # it is broken over two lines
    wanted = (
        "0001/LEMBAR-BUKTI-VERIFIKASI/DPK/2026", to_decide.number, "CV Tunas Pandan",
        "Wulan Prameswari", "Asli",
    )  # fmt: skip
    assert [word for word in wanted if word not in text] == []


def test_refused_supplier_is_told_where_the_reason_stands(to_decide, tirta, wulan):
    wulan.do(to_decide, "putuskan", exit="tolak")
    said = {"is_sure": "yes", "note": "Alamat tidak dapat dibuktikan."}
    letters = wulan.do(to_decide, "tolak", **said)
    [letter] = letters.values()
    assert letter.subject == f"Tiket {to_decide.number}: permohonan ditolak"
    assert "Alamat tidak" not in letter.body
    own = text_of(tirta.browser.get(f"/tiket/{to_decide.number}/"))
    assert "Alamat tidak dapat dibuktikan." in own
    assert public_status(to_decide) == "Permohonan ditolak"
    assert Registered.objects.get().freed_at is not None


def test_only_companies_with_vat_bring_the_vat_letter(tirta):
    _, letters = tirta.register(pkp="yes")
    [letter] = letters.values()
    assert "Surat pengukuhan pengusaha kena pajak" in letter.body
    assert SUBMITTED in letter.subject


def test_number_registered_elsewhere_is_refused_without_saying_whose(tirta, bogor):
    tirta.register(pkp="no")
    rival = Supplier(bogor, "lain@cendana.example")
    link = link_in(rival.ask_for_link())
    identity = {"user_id": "cendana", "name": "CV Cendana", "responsible_name": "Sekar Arum"}  # fmt: skip
    answered = try_to_register(rival, link, identity)
    shown = text_of(answered)
    assert answered.status_code in {409, 422}
    assert "sudah terdaftar" in shown
    told = ("CV Tunas Pandan", "tunaspandan", "halo@pandan.example", "Depok", "DPK")
    assert [word for word in told if word in shown] == []
    assert Registered.objects.filter(tax_id=NPWP).count() <= 1


def try_to_register(rival, link, identity):
    """Page by page, until one of them is refused."""
    for address, said in (
        (link, {}),
        (rival.page("business"), BUSINESS),
        (rival.page("tax"), TAX),
        (rival.page("identity"), IDENTITY | identity),
        (rival.page("review"), {"consent": "on"}),
    ):
        answered = post(rival.browser, address, said)
        if answered.status_code != 302:
            return answered
    return answered
