"""Every service that is asked for with a form, on a telephone: from the office's page to whose turn it is."""

from datetime import timedelta

import pytest
from django.conf import settings

from loket.kernel import clock
from loket.offices.roles import Role
from loket.requests.actions import Asked, submit
from loket.requests.forms import RequestForm
from loket.requests.queries import As
from loket.standards.kinds import KINDS
from loket.standards.pack import read_pack
from loket.standards.queries import in_force, spec_of
from loket.tenders.models import ScheduleChange
from loket.tickets.models import Ticket, Turn
from loket.tickets.queries.words import step_of
from loket.tickets.steps import kind_of
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.keys import Keyboard
from tests.browser.pdf import pdf_of
from tests.browser.walking import press, sign_in, type_in
from tests.factories.asking import official, supplier, typed
from tests.factories.people import PASSWORD, officer, person
from tests.factories.tickets import registration

pytestmark = pytest.mark.django_db(transaction=True)
# Of whose form a picture is kept
PICTURED = {
    ("kota-bogor", "pelatihan"),
    ("kota-depok", "penanganan-masalah"),
    ("kota-depok", "ubah-jadwal"),
}
# Everything one can press or fill in that a narrow screen would cut off
CUT_OFF = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter((each) => {
  const box = each.getBoundingClientRect();
  const is_seen = each.checkVisibility() && box.width > 1 && !each.closest(".lk-scroll, .lk-skip");
  return is_seen && (box.left < 0 || box.right > innerWidth);
}).map((each) => each.outerHTML.slice(0, 120))"""
TURNS = {
    Turn.APPLICANT: "Sekarang giliran Anda",
    Turn.OFFICE: "Sedang dikerjakan kantor",
}


def asked_with_a_form():
    """(office, service) of every pack."""
    for path in sorted(settings.PACKS_DIR.iterdir()):
        for spec in read_pack(path).standards:
            if KINDS[spec.procedure[0].kind].asks:
                yield path.name, spec.service


class Asking:
    """One applicant before a screen, who asks for one service as the first kind it serves."""

    def __init__(self, visitor, office, service):
        self.visitor, self.page = visitor, visitor.page
        self.office, self.service = office, service
        self.spec = spec_of(in_force(office, service).pk)
        self.kind, one = next(iter(self.spec.applicants.items()))
        self.user = official(office) if self.spec.audience == "official" else person("Arga Wiratama")  # fmt: skip
        self.way = self.kind
        if one.forms:
            self.way += f".{supplier(self.user, form=one.forms[0]).pk}"

    @property
    def address(self):
        return f"/kantor/{self.office.slug}/layanan/{self.service}/"

    @property
    def said(self):
        """What fits each field of the form, by its name."""
        way = As(self.kind, "")
        return typed(RequestForm(spec=self.spec, way=way, office=self.office))

    def look(self, part=""):
        """A part with a name is kept as a picture."""
        name = f"{self.office.slug}-{self.service}-{part}" if part else ""
        self.visitor.look(name, widths=[PHONE])
        assert self.page.evaluate(CUT_OFF) == []

    def comes_to_the_form(self):
        """By the links of the pages; whoever is not signed in is asked to on the way."""
        page = self.page
        page.goto(f"/kantor/{self.office.slug}/")
        page.locator(f".lk-services a[href='{self.address}']").first.click()
        page.wait_for_url(f"**{self.address}")
        self.look()
        page.get_by_role("link", name="Ajukan permohonan").click()
        page.wait_for_url("**/masuk/**")
        type_in(page, self.user, PASSWORD)
        if page.locator("main [name=sebagai]").count():
            self.look()
            page.locator(f"main [name=sebagai][value='{self.way}']").check()
            press(page, "Lanjut")

    def fills_in(self, said):
        for name, value in said.items():
            for each in [value] if isinstance(value, str) else value:
                found = self.page.locator(f"main [name='{name}']")
                if found.first.get_attribute("type") in {"radio", "checkbox"}:
                    self.page.locator(f"main [name='{name}'][value='{each}']").check()
                else:
                    found.fill(each)

    def sends(self):
        self.fills_in(self.said)
        press(self.page, "Kirim permohonan")
        return self.arrives()

    def arrives(self):
        ticket = Ticket.objects.get()
        assert self.page.url.endswith(f"/tiket/{ticket.number}/")
        assert self.page.get_by_text(f"Permohonan diterima dengan nomor {ticket.number}.").count() == 1  # fmt: skip
        return ticket

    def reads_whose_turn_it_is(self, ticket):
        ticket.refresh_from_db()
        told = self.page.get_by_role("heading", level=1).inner_text()
        assert told == TURNS[ticket.turn]
        return ticket.turn

    def does_own_steps(self, ticket):
        """Whatever waits for the applicant, until it is somebody else's turn."""
        for _step in self.spec.procedure:
            if self.reads_whose_turn_it_is(ticket) != Turn.APPLICANT:
                return
            step = step_of(ticket, ticket.step)
            kind = kind_of(step)
            if KINDS[step.kind].receives:
                self.uploads()
            else:
                self.fills_in(typed(kind.form(ticket, step)))
            press(self.page, kind.button(ticket, step))
            self.look()

    def uploads(self):
        """A small PDF for each document that is asked."""
        page = self.page
        page.get_by_role("link", name="Unggah berkas").click()
        page.wait_for_url("**/berkas/")
        self.look()
        forms = page.locator("main form:has(input[type=file])").all()
        for address in [each.get_attribute("action") for each in forms]:
            form = page.locator(f"form[action='{address}']")
            form.locator("input[type=file]").set_input_files(pdf_of("Surat"))
            with page.expect_navigation():
                form.locator("button[type=submit]").click()
        assert page.get_by_text("Semua berkas sudah ada.").count() == 1


@pytest.mark.parametrize(("office", "service"), list(asked_with_a_form()))
def test_a_service_is_asked_for_on_a_telephone(visit, packs, office, service):
    asking = Asking(visit(), packs[office], service)
    asking.comes_to_the_form()
    asking.look("form" if (office, service) in PICTURED else "")
    if asking.said:
        press(asking.page, "Kirim permohonan")
        asking.look()
        assert asking.page.title().startswith("Galat")
    ticket = asking.sends()
    asking.look("ticket" if service == "ubah-jadwal" else "")
    asking.does_own_steps(ticket)
    assert ticket.turn == Turn.OFFICE


def test_a_service_with_documents_needs_no_script(visit, bogor):
    asking = Asking(visit(java_script_enabled=False), bogor, "perubahan-data")
    asking.comes_to_the_form()
    press(asking.page, "Kirim permohonan")
    assert asking.page.title().startswith("Galat")
    ticket = asking.sends()
    asking.does_own_steps(ticket)
    assert ticket.turn == Turn.OFFICE
    assert [each.file_id is not None for each in ticket.documents.all()] == [True] * 3


def test_a_service_is_asked_for_with_the_keyboard_alone(visit, depok):
    asking = Asking(visit(), depok, "pelatihan")
    page, keys = asking.page, Keyboard(asking.page)
    page.goto(f"/kantor/{depok.slug}/")
    keys.press("a.lk-skip")
    keys.press(f".lk-services a[href='{asking.address}']")
    keys.press(".lk-start a")
    keys.write("[name=login]", asking.user.user_id)
    keys.write("[name=password]", PASSWORD)
    keys.press()
    keys.choose("sebagai", asking.way)
    keys.press()
    for name, value in asking.said.items():
        if page.locator(f"main [name='{name}']").first.get_attribute("type") == "radio":
            keys.choose(name, value)
        else:
            keys.write(f"[name='{name}']", value)
    keys.press()
    ticket = asking.arrives()
    keys.press()
    keys.to("main input[type=file]")
    with page.expect_file_chooser() as asked:
        page.keyboard.press("Space")
    asked.value.set_files(pdf_of("Surat"))
    keys.press()
    keys.press(".lk-actions .btn-primary")
    assert asking.reads_whose_turn_it_is(ticket) == Turn.OFFICE


def test_a_problem_passed_on_is_told_at_the_desk_and_in_the_log(visit, depok):
    own, desk = Asking(visit(), depok, "penanganan-masalah"), visit(DESKTOP)
    standard = in_force(depok, own.service)
    way, said = As("pejabat", "Pejabat"), {"aplikasi": "spse", "masalah": "Berkas tidak terunggah."}  # fmt: skip
    ticket = submit(standard, Asked(way, "loket", (), said), by=own.user)
    page = desk.page
    sign_in(desk, officer(depok, Role.HELPDESK))
    page.goto(f"/meja/tiket/{ticket.number}/")
    page.get_by_label("Diteruskan ke LKPP").check()
    press(page, "Simpan keputusan")
    page.locator("[name=tried]").fill("Peramban lain dan jaringan lain.")
    page.locator("[name=reference]").fill("LS-77-0177")
    press(page, "Teruskan")
    desk.look("desk-passed-on")
    page.goto(f"/meja/{depok.slug}/catatan/")
    desk.look("desk-log")
    assert page.locator(".lk-log tbody tr").count() == 1

    sign_in(own.visitor, own.user)
    own.page.goto(f"/tiket/{ticket.number}/")
    own.look("passed-on")
    assert own.page.get_by_text("LS-77-0177").count() == 1
    assert own.page.get_by_role("link", name="Lihat berkas").count() == 0


def test_changed_schedules_are_read_by_anybody(visit, depok):
    ticket, now = registration(depok), clock.now()
    day = timedelta(days=1)
    for stage, after in (("Batas akhir upload dokumen penawaran", 3), ("Pembukaan dokumen penawaran", 4)):  # fmt: skip
        ScheduleChange.objects.create(
            office=depok, ticket=ticket, tender_code="9012077", package="Peningkatan Jembatan Pandan", stage=stage,
            before=now + day, after=now + after * day, reason="Adendum dokumen pemilihan.",
            changed_at=now, recorded_at=now, changed_by=officer(depok, Role.ADMIN_PPE),
        )  # fmt: skip
    visitor = visit()
    page = visitor.page
    page.goto(f"/kantor/{depok.slug}/perubahan-jadwal/")
    visitor.look("schedule-changes")
    page.locator("[name=tender]").fill("9012077")
    press(page, "Cari")
    assert page.get_by_role("heading", name="9012077").count() == 2
    page.goto(f"/kantor/{depok.slug}/perubahan-jadwal/?tender=1")
    assert page.get_by_text("Belum ada jadwal yang diubah.").count() == 1
