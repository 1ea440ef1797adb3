"""A supplier with a phone has the letter he must sign made as PDF and downloads it."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from tests.browser.walking import press, sign_in
from tests.factories.jobs import run_jobs
from tests.factories.registering import submitted

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("has_script", [True, False])
def test_supplier_prepares_and_downloads_his_letter(visit, depok, has_script):
    ticket = submitted(depok).ticket
    visitor = visit(java_script_enabled=has_script)
    page = visitor.page
    sign_in(visitor, ticket.parties.get().user)
    page.goto(f"/tiket/{ticket.number}/")
    page.get_by_role("link", name="Surat kuasa").click()
    visitor.look("letter-offered")
    press(page, "Siapkan PDF")
    assert page.get_by_role("status").is_visible()
    visitor.look("letter-waiting")
    run_jobs()
    page.get_by_role("link", name="Muat ulang halaman").click()
    visitor.look("letter-ready")
    with page.expect_download() as found:
        page.get_by_role("link", name="Unduh PDF (1 halaman").click()
    data = Path(found.value.path()).read_bytes()
    with pypdfium2.PdfDocument(BytesIO(data)) as letter:
        assert len(letter) == 1
        text = letter[0].get_textpage().get_text_range()
    assert ticket.registration.supplier.responsible_nik in text
