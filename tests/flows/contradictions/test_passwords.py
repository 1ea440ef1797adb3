"""The password a supplier chose is read nowhere again: no page, mail or paper (C16)."""

import pypdfium2
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from loket.accounts.models import User
from loket.offices.roles import Role
from loket.tickets.seeds import look_again
from tests.factories.papers import pdf
from tests.factories.people import PASSWORD, again
from tests.factories.walking import step_of
from tests.flows.contradictions.walks import BATANG, BOGOR, DEPOK, fresh
from tests.flows.story import Officer, Supplier, public_status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
STEPS = {
    BOGOR: (
        ("periksa", {"complete": "yes"}), ("verifikasi", {}), ("tanda-terima", {}),
        ("aktifkan", {"system": "SPSE"}), ("sikap", {"result": "confirmed", "source": "SIKaP"}),
    ),
    DEPOK: (
        ("datang", {}), ("cocokkan", {}), ("putuskan", {"exit": "terima"}),
        ("aktifkan", {"system": "SPSE"}), ("bukti", {}),
    ),
    BATANG: (
        ("ajukan", {}), ("verifikasi", {}), ("setujui", {"system": "SPSE"}),
        ("pantau", {"result": "promised"}),
    ),
}  # fmt: skip
PAPERS = {BOGOR: (1, 1), DEPOK: (1, 1), BATANG: (0, 0)}  # read by supplier and officer


class Keeping(Client):
    """A browser that keeps every answer it got: headers and body."""

    def __init__(self):
        super().__init__()
        self.got, self.papers = [], 0

    def request(self, **request):
        answered = super().request(**request)
        body = b"".join(answered) if answered.streaming else answered.content
        if answered.get("Content-Type") == "application/pdf":
            page = pypdfium2.PdfDocument(body)[0]
            body = page.get_textpage().get_text_range().encode()
            self.papers += 1
        self.got.append(repr(answered.headers).encode() + body)
        return answered


def whole_story(office):
    """From the first mail to the end: all that supplier and officer could read."""
    tirta = Supplier(office)
    tirta.browser = Keeping()
    ticket, _letters = tirta.register(pkp="no")
    tirta.upload_all(ticket)
    if fresh(ticket).step == "siapkan":
        tirta.do(ticket, "siapkan")
    ratna = Officer(office, Role.VERIFIKATOR, "Wulan Prameswari")
    ratna.browser = Keeping()
    ratna.browser.force_login(ratna.user)
    for step, said in STEPS[office.slug]:
        if step in {"verifikasi", "cocokkan"}:
            ratna.judge(ticket)
        ratna.browser.get(f"/meja/tiket/{ticket.number}/")
        look_again(fresh(ticket), step_of(fresh(ticket)), by=again(ratna.user))
        ratna.do(ticket, step, **said)
    if fresh(ticket).step == "isi-sikap":
        seen = SimpleUploadedFile("sikap.pdf", pdf(), "application/pdf")
        tirta.do(ticket, "isi-sikap", file=seen)
    for issued in ticket.issued.all():
        for browser, face in ((tirta.browser, "tiket"), (ratna.browser, "meja/tiket")):
            browser.get(f"/{face}/{ticket.number}/terbitan/{issued.pk}.pdf")
    tirta.browser.get(f"/tiket/{ticket.number}/")
    tirta.browser.get(tirta.done)
    assert (tirta.browser.papers, ratna.browser.papers) == PAPERS[office.slug]
    return ticket, tirta.browser.got + ratna.browser.got


@pytest.mark.parametrize("slug", STEPS)
def test_c16_password_stands_in_no_page_mail_or_paper(packs, slug):
    ticket, got = whole_story(packs[slug])
    letters = [
        " ".join(
            [each.subject, each.body, *(text for text, _kind in each.alternatives)]
        )
        for each in mail.outbox
    ]
    stored = User.objects.get(email="halo@pandan.example").password
    assert (public_status(ticket), len(letters)) == ("Layanan selesai", 3)
    shown = [
        place for place in got + [letter.encode() for letter in letters]
        if PASSWORD.encode() in place or stored.encode() in place
    ]  # fmt: skip
    assert shown == []


@pytest.mark.parametrize("slug", STEPS)
def test_c16_result_is_an_account_and_never_a_password(main, slug):
    text = main(f"/kantor/{slug}/layanan/registrasi-verifikasi/")
    result = text.partition("Hasil")[2].partition("Yang perlu Anda siapkan")[0]
    assert "password" not in text.lower()
    assert "kata sandi" not in result.lower()


def test_c16_depok_says_where_the_password_comes_from(main):
    text = main(f"/kantor/{DEPOK}/layanan/registrasi-verifikasi/standar/1/")
    told = "kata sandi dibuat sendiri oleh penyedia saat mendaftar"
    assert text.count(told) == 1
