"""The forms at the counter, of calls, of absences and after activation: sent with one wrong field, like the others."""

from django.urls import reverse

from loket.kernel import clock
from loket.offices.roles import Role
from loket.verification.actions import begin, propose
from tests.factories.calling import at_call, plan
from tests.factories.people import again, officer
from tests.factories.registering import submitted
from tests.flows.requirements.survival import Case, by
from tests.unit.suppliers.test_follow_up import active
from tests.unit.tickets.browsing import at_verification
from tests.unit.tickets.test_intake import arrived


def absence(packs):
    head = officer(packs["kota-bogor"], Role.KEPALA_BAGIAN)
    said = {"user": str(head.pk), "kind": "leave", "starts": "23/11/2026", "until": "kapan-kapan"}  # fmt: skip
    return Case(by(head), reverse("offices:absences", args=["kota-bogor"]), said)


def follow_up(packs):
    ticket = active(packs["kota-bogor"])
    said = {"result": "confirmed", "looked_on": "2026-11-20", "note": "Lewat telepon"}
    return Case(by(ticket.verifier), reverse("suppliers:follow_up", args=[ticket.number]), said)  # fmt: skip


def contact(packs):
    ticket = active(packs["kota-bogor"])
    address = reverse("suppliers:follow_up_contact", args=[ticket.number])
    said = {"way": "counter", "at": "20-11-2026 14.05", "note": "Akan diisi"}
    return Case(by(ticket.verifier), address, said)


def sanction(packs):
    head = officer(packs["kota-bogor"], Role.KEPALA_BAGIAN)
    ticket = submitted(packs["kota-bogor"]).ticket
    said = {
        "number": "12/KEP/2026", "listed_on": "2026-11-20", "until": "2027-11-20",
        "source": "INAPROC", "reason": "Alamat <tidak> ada",
    }  # fmt: skip
    return Case(by(head), reverse("suppliers:sanction", args=[ticket.number]), said)


def offered(packs):
    ticket = arrived(packs["kota-bogor"])
    browser = by(officer(packs["kota-bogor"]))
    said = {"email": "halo@pandan.example", "npwp": "123"}
    return Case(browser, reverse("suppliers:offer_ticket", args=[ticket.number]), said)


def intake(packs):
    browser = by(officer(packs["kota-bogor"], Role.FRONT_OFFICE))
    said = {"name": "CV Pinus", "phone": "12", "email": "halo@pandan.example", "note": "Akun baru"}  # fmt: skip
    return Case(browser, reverse("tickets:intake", args=["kota-bogor"]), said)


def merging(packs):
    ticket = at_verification(packs["kota-bogor"])
    said = {"number": "BGR-26-09999", "note": "Permohonan yang sama"}
    browser = by(officer(packs["kota-bogor"]))
    return Case(browser, reverse("tickets:merge", args=[ticket.number]), said)


def all_verdicts(packs):
    ticket = at_verification(packs["kota-bogor"])
    browser = by(officer(packs["kota-bogor"]))
    said = {"ktp-pimpinan": "bad", "ktp-pimpinan-note": "Sudut kanan bawah"}
    return Case(browser, reverse("tickets:all_documents", args=[ticket.number]), said)


def calling(packs, name, kept, *more):
    ticket, caller = at_call(packs["kota-bogor"])
    session = propose(ticket, plan(), by=again(caller))
    with clock.at(session.scheduled_at):
        begin(session, by=again(caller))
    address = reverse(f"verification:{name}", args=[ticket.number, session.pk, *more])
    return Case(by(caller), address, kept)


def planned(packs):
    ticket, caller = at_call(packs["kota-bogor"])
    said = {"day": "24-11-2026", "time": "sore", "provider": "phone", "where": "0812 0000 0177"}  # fmt: skip
    return Case(by(caller), reverse("verification:plan", args=[ticket.number]), said)


def shown(packs):
    kept = {"accepted": "no", "original_seen": "on", "note": "Sudut kanan bawah"}
    case = calling(packs, "verdict", kept, "ktp-pimpinan")
    case.more = {"reason": "", "after": "0"}
    return case


def finished(packs):
    return calling(packs, "finish", {"note": "Tunggu kabar kami"})


LATER = {
    "offices:absences": absence,
    "suppliers:follow_up": follow_up,
    "suppliers:follow_up_contact": contact,
    "suppliers:sanction": sanction,
    "suppliers:offer_ticket": offered,
    "tickets:intake": intake,
    "tickets:merge": merging,
    "tickets:all_documents": all_verdicts,
    "verification:plan": planned,
    "verification:verdict": shown,
    "verification:finish": finished,
}
