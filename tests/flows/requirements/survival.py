"""Every page with something to type, sent with one wrong field: who sends it, where, and what must survive."""

from dataclasses import dataclass, field
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from loket.accounts.models import User
from loket.offices import actions as office_actions
from loket.offices.models import Membership
from loket.offices.roles import Role
from loket.suppliers.actions import answer, people as supplier_people
from loket.suppliers.actions.proxies import Proxy, grant
from loket.suppliers.queries.proxies import Scope
from loket.tickets.models import Ticket
from tests.factories.papers import pdf
from tests.factories.people import PASSWORD, again, officer, person
from tests.factories.registering import (
    BUSINESS,
    EMAIL,
    IDENTITY,
    NIK,
    NPWP,
    browser_of,
    confirmed,
    submitted,
)
from tests.flows.contradictions.walks import staff, walk
from tests.unit.access_rights import asking
from tests.unit.tickets.browsing import at_verification

FOREIGN = {"applicant_kind": "perusahaan-asing", "form_of_business": "asing", "branch_kind": "head"}  # fmt: skip
UNEQUAL = {"password": PASSWORD, "password_again": "lain sama sekali"}


@dataclass
class Case:
    """`kept` must be there again; `more` is sent besides and never shown: secrets, files."""

    client: Client
    address: str
    kept: dict
    more: dict = field(default_factory=dict)


def by(user):
    client = Client()
    client.force_login(user)
    return client


def file():
    return SimpleUploadedFile("surat.pdf", pdf(), "application/pdf")


def at_page(name, office, business=BUSINESS):
    """A browser whose next page is this one."""
    draft = confirmed(office)
    pages = {"business": business, "tax": {"number": NPWP}, "identity": IDENTITY}
    for before, said in pages.items():
        if before == name:
            break
        answer(draft, page=before, said=said)
    return browser_of(draft)


def sign_in(packs):
    return Case(Client(), "/masuk/", {"login": "tunaspandan"}, {"password": "x"})


def other_address(packs):
    said = {"email": "baru@pandan.example"}
    return Case(by(person()), "/akun/email/", said, {"old_password": "x"})


def asking_for_link(packs):
    return Case(Client(), "/kantor/kota-bogor/daftar/", {"email": "halo@pandan"})


def business(packs):
    said = {"form_of_business": "perorangan", "branch_kind": "branch"}
    return Case(at_page("business", packs["kota-bogor"]), "/kantor/kota-bogor/daftar/usaha/", said)  # fmt: skip


def tax(packs):
    browser = at_page("tax", packs["kota-bogor"])
    said = {"number": "80.123.456.8-404.000"}
    return Case(browser, "/kantor/kota-bogor/daftar/npwp/", said, UNEQUAL)


def foreign_tax(packs):
    browser = at_page("tax", packs["kota-bogor"], FOREIGN)
    said = {"country": "SG", "number": "T-08 <GB>"}
    return Case(browser, "/kantor/kota-bogor/daftar/npwp/", said, UNEQUAL)


def identity(packs):
    browser = at_page("identity", packs["kota-depok"])
    said = IDENTITY | {"name": 'CV "Tunas" & <Pandan>', "phone": "nol delapan", "pkp": "yes"}  # fmt: skip
    return Case(browser, "/kantor/kota-depok/daftar/identitas/", said)


def foreign_identity(packs):
    browser = at_page("identity", packs["kota-bogor"], FOREIGN)
    names = ("user_id", "name", "responsible_name", "address")
    said = {name: IDENTITY[name] for name in names}
    said |= {"nik": "E1234567", "postal_code": "SE1 7PB", "phone": "x"}
    return Case(browser, "/kantor/kota-bogor/daftar/identitas/", said)


def joining(packs):
    supplier = submitted(packs["kota-bogor"]).supplier
    browser = by(User.objects.get(email=EMAIL))
    address = f"/kantor/kota-depok/daftar/akun/?penyedia={supplier.pk}"
    return Case(browser, address, {"pkp": "yes"})


def mail_of_caller(packs):
    browser = by(officer(packs["kota-bogor"], Role.HELPDESK))
    return Case(browser, "/meja/kota-bogor/pendaftaran/cari/", {"email": "halo@"})


def owned(office):
    supplier = submitted(office).supplier
    return supplier, User.objects.get(email=EMAIL)


def invite_person(packs):
    supplier, owner = owned(packs["kota-depok"])
    said = {"email": "staf@", "role": "staff"}
    return Case(by(owner), f"/usaha/{supplier.pk}/undang/", said)


def invited_person(packs):
    supplier, owner = owned(packs["kota-depok"])
    invitation = supplier_people.invite(
        supplier, email="staf@pandan.example", role="staff", by=owner
    )
    token = supplier_people.new_invitation_link(invitation)
    said = {"name": "Laras Kencana", "user_id": "laras kencana"}
    return Case(Client(), f"/usaha/undangan/{token}/", said, UNEQUAL)


def power_for(packs):
    supplier, owner = owned(packs["kota-depok"])
    ticket = Ticket.objects.get()
    return supplier, owner, ticket, Scope(ticket.service, ticket)


def grant_power(packs):
    supplier, owner, _ticket, scope = power_for(packs)
    said = {
        "name": "Gilang Seta", "nik": "123", "valid_from": "2026-11-23",
        "valid_until": "2026-11-29", "has_meterai": "on",
    }  # fmt: skip
    papers = {"berkas-surat-kuasa": file(), "berkas-ktp-kuasa": file()}
    address = f"/usaha/{supplier.pk}/kuasa/beri/?untuk={scope.key}"
    return Case(by(owner), address, said, papers)


def granted(packs):
    supplier, owner, ticket, scope = power_for(packs)
    who = Proxy(
        name="Gilang Seta", nik=NIK, has_meterai=True,
        valid_from=date(2026, 11, 23), valid_until=date(2026, 11, 29),
    )  # fmt: skip
    papers = {code: (pdf(), f"{code}.pdf") for code in ("surat-kuasa", "ktp-kuasa")}
    return grant(supplier, scope, who, papers=papers, by=owner), owner, ticket


def link_proxy(packs):
    power, owner, _ticket = granted(packs)
    address = f"/usaha/{power.supplier_id}/kuasa/{power.pk}/tautkan/"
    return Case(by(owner), address, {"email": "gilang@"})


def judge_power(packs):
    power, _owner, ticket = granted(packs)
    browser = by(officer(packs["kota-depok"]))
    said = {"accepted": "no", "meterai_seen": "on"}
    return Case(browser, f"/meja/tiket/{ticket.number}/kuasa/{power.pk}/", said)


def record_power(packs):
    _supplier, _owner, ticket, _scope = power_for(packs)
    said = {
        "name": "Gilang Seta", "nik": "123", "valid_from": "2026-11-23", "valid_until": "2026-11-29",
    }  # fmt: skip
    browser = by(officer(packs["kota-depok"]))
    return Case(browser, f"/meja/tiket/{ticket.number}/kuasa/catat/", said)


def official_address(packs):
    return Case(Client(), "/kantor/kota-depok/pejabat/", {"email": "galih@dinas"})


OFFICIAL = {
    "name": "Galih Pamungkas", "nip": "123", "position": "pokja", "work_unit": "Dinas Pandan",
    "phone": "0812 0000 0177", "until": "31/12/2027", "user_id": "galih.pokja",
}  # fmt: skip


def official(packs):
    browser = asking.browser_of(asking.confirmed(packs["kota-depok"]))
    more = UNEQUAL | {"letter": file()}
    return Case(browser, "/kantor/kota-depok/pejabat/data/", OFFICIAL, more)


def invite_officer(packs):
    browser = by(officer(packs["kota-bogor"], Role.KEPALA_BAGIAN))
    said = {"email": "a@audit.example", "role": "helpdesk", "until": "31/12/2027",
            "services": "registrasi-verifikasi"}  # fmt: skip
    return Case(browser, "/meja/kota-bogor/petugas/undang/", said)


def change_role(packs):
    head = officer(packs["kota-bogor"], Role.KEPALA_BAGIAN)
    term = Membership.objects.get(user=officer(packs["kota-bogor"], Role.HELPDESK))
    said = {"role": "auditor", "until": "kapan-kapan"}
    return Case(by(head), f"/meja/kota-bogor/petugas/{term.pk}/peran/", said)


def change_term(packs):
    case = change_role(packs)
    return Case(case.client, case.address.replace("peran", "sampai"), {"until": "kapan-kapan"})  # fmt: skip


def invited_officer(packs):
    head = officer(packs["kota-bogor"], Role.KEPALA_BAGIAN)
    invitation = office_actions.invite(
        packs["kota-bogor"], by=again(head), email="laras@dinas.example", role=Role.HELPDESK
    )  # fmt: skip
    token = office_actions.new_link(invitation)
    said = {"name": "Laras Kencana", "user_id": "laras kencana"}
    return Case(Client(), f"/undangan/{token}/", said, UNEQUAL)


def verdict(packs):
    ticket = at_verification(packs["kota-bogor"])
    browser = by(officer(packs["kota-bogor"]))
    said = {"accepted": "no", "original_seen": "on", "note": "Sudut kanan bawah"}
    address = f"/meja/tiket/{ticket.number}/berkas/ktp-pimpinan/putusan/"
    return Case(browser, address, said, {"reason": "", "after": "0"})


def check(packs):
    ticket = at_verification(packs["kota-bogor"])
    browser = by(officer(packs["kota-bogor"]))
    said = {"kind": "kswp", "result": "bad", "note": "Laman djp"}
    return Case(browser, f"/meja/tiket/{ticket.number}/pemeriksaan/", said)


def message(packs):
    ticket = at_verification(packs["kota-bogor"])
    browser = by(officer(packs["kota-bogor"]))
    said = {"is_internal": "yes"}
    return Case(browser, f"/meja/tiket/{ticket.number}/pesan/", said, {"body": " "})


def elsewhere(packs):
    ticket = at_verification(packs["kota-bogor"])
    browser = by(officer(packs["kota-bogor"]))
    said = {"at": "besok sore", "note": "A-025"}
    return Case(browser, f"/meja/tiket/{ticket.number}/langkah/booking/", said)


def own_elsewhere(packs):
    ticket = at_verification(packs["kota-bogor"])
    said = {"at": "besok sore", "note": "A-025"}
    return Case(by(ticket.applicant), f"/tiket/{ticket.number}/langkah/booking/", said)


def follow_up(packs):
    people = staff(packs["kota-bogor"])
    ticket = at_verification(packs["kota-bogor"])
    walk(ticket, people, until="sikap")
    address = f"/meja/tiket/{ticket.number}/langkah/sikap/"
    return Case(by(people[0]), address, {"result": "waived", "note": " "})


CASES = {
    "account_login": sign_in,
    "account_email": other_address,
    "suppliers:email": asking_for_link,
    "suppliers:business": business,
    "suppliers:tax": tax,
    "suppliers:tax abroad": foreign_tax,
    "suppliers:identity": identity,
    "suppliers:identity abroad": foreign_identity,
    "suppliers:join": joining,
    "suppliers:search_mails": mail_of_caller,
    "suppliers:invite": invite_person,
    "suppliers:invitation": invited_person,
    "suppliers:grant_power": grant_power,
    "suppliers:link_proxy": link_proxy,
    "suppliers:judge_power": judge_power,
    "suppliers:record_power": record_power,
    "access_rights:email": official_address,
    "access_rights:details": official,
    "offices:invite": invite_officer,
    "offices:role": change_role,
    "offices:until": change_term,
    "offices:invitation": invited_officer,
    "tickets:verdict": verdict,
    "tickets:check": check,
    "tickets:message": message,
    "tickets:step": elsewhere,
    "tickets:step sikap": follow_up,
    "tickets:own_step": own_elsewhere,
}
