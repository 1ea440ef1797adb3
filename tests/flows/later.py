"""What a request gathers beside its procedure: a stub, a call, evidence, sanctions; each with words of its side."""

from dataclasses import dataclass
from datetime import timedelta

from loket.access_rights.models import OutsideAccount
from loket.kernel import clock
from loket.offices.actions.absences import Away, note_absence
from loket.offices.models import Absence
from loket.reports.models import LogExport
from loket.standards.models import Print
from loket.suppliers.actions.letters import prepare_letter
from loket.suppliers.actions.offering import new_offer_link, offer
from loket.suppliers.models import (
    DataChange,
    FollowUp,
    Outreach,
    Sanction,
    SupplierRequest,
)
from loket.suppliers.queries.letters import filled_for, letters_for
from loket.tenders.models import Exhibit, ScheduleChange, Trial
from loket.tickets.actions import prove
from loket.tickets.actions.filters import save_filter
from loket.tickets.actions.presence import look_in
from loket.tickets.models import CheckOverride, Triage, Verdict
from loket.tickets.queries.intake import readable_claim
from loket.verification.models import Session, SessionDocument
from tests.factories.calling import screenshot
from tests.factories.days import today
from tests.factories.people import again
from tests.unit.tickets.test_intake import arrived

OF_STUBS = (
    "tickets:ticket", "tickets:stub", "tickets:papers", "tickets:merge", "suppliers:offer_ticket",
)  # fmt: skip
OF_CALLS = ("verdict", "picture", "finish", "act", "agree")
WEEK = timedelta(days=7)
STUB_PHONES = {"Bgrzq": "081277317711", "Dpkzq": "081277318822", "Tetzq": "081277319933"}  # fmt: skip


@dataclass(frozen=True)
class Gathered:
    """Ids of what was made, and the words on it that only its side may read."""

    ids: dict
    words: tuple
    open_words: tuple


def gather(ticket, applicant, officer, mark):
    """One row of every table that came with the third step, all about this request or this side."""
    stub = _stub(ticket.office, applicant, officer, mark)
    proof = prove(ticket, "session-1", data=screenshot(), name=f"{mark}.png", by=again(officer))  # fmt: skip
    made = {"office": ticket.office, "ticket": ticket, "by": officer, "at": clock.now(), "recorded_at": clock.now()}  # fmt: skip
    CheckOverride.objects.create(**made, kind="kswp", reason=f"Alasan {mark}")
    call = _call(ticket, officer, mark)
    sanction = _lifted(ticket, officer, proof, mark)
    absence = _absence(ticket.office, officer)
    _print(ticket.standard)
    _letter(ticket, applicant, officer)
    look_in(ticket, by=again(officer))
    save_filter(ticket.office, name=f"Saringan {mark}", worklist="semua", said={}, by=again(officer))  # fmt: skip
    asked = _asked(ticket, stub, made, mark)
    claim = readable_claim(stub)
    ids = {
        "proof": [proof.pk],
        "act": ["mulai"],
        "absence": [absence.pk],
        "suppliers:claim:code": [claim],
        "suppliers:lift_sanction:pk": [sanction.pk],
        "suppliers:ticket_offer:token": [new_offer_link(stub.offers.get())],
        "language": ["id", "en"],
        "kind": ["standar", "sop"],
        "reports:export:kind": ["csv"],
        "requests:ask:service": ["konsultasi", "penanganan-masalah"],
        "letter": ["surat-permohonan", "surat-kuasa"],
    } | asked
    for name in OF_STUBS:
        ids[f"{name}:number"] = [stub.number, ticket.number]
    for name in OF_CALLS:
        ids[f"verification:{name}:pk"] = [call.pk]
    open_words = (stub.number, stub.public_code, claim, claim.replace("-", ""))
    return Gathered(ids, (stub.phone, *open_words), open_words)


def follow_up(ticket, officer, mark):
    """The way to SIKaP, where activation did not begin it already, with a call."""
    found, _is_new = FollowUp.objects.get_or_create(
        ticket=ticket, defaults={"office": ticket.office, "begun_at": clock.now()}
    )
    Outreach.objects.create(
        office=ticket.office, follow_up=found, way="phone", note=f"Telepon {mark}",
        by=officer, at=clock.now(), recorded_at=clock.now(),
    )  # fmt: skip


def _stub(office, applicant, officer, mark):
    """Somebody at the counter; the applicant was asked whether that is his."""
    front = again(officer)
    stub = arrived(office, by=front, phone=STUB_PHONES[mark], name=f"Loket {mark}")
    offer(stub, email=applicant.email, by=front)
    return stub


def _asked(ticket, stub, made, mark):
    """What came with services that are asked for by a form, on this request; what is public names nobody. Their ids."""
    office, now = ticket.office, clock.now()
    ticket.forms.create(**made, version=1, said=f'{{"isi": "Isian {mark}"}}')
    ticket.escalations.create(**made, step="x", party="lkpp", tried=f"Dicoba {mark}")
    Triage.objects.create(
        office=office, ticket=ticket, type="g", category="t", reporter="py", matter="sw", urgency="m", impact="b",
        priority="t", by=made["by"], at=now,
    )  # fmt: skip
    supplier = ticket.registration.supplier
    SupplierRequest.objects.create(office=office, ticket=stub, supplier=supplier)
    LogExport.objects.create(office=office, by=made["by"], at=now, month=now.date(), format="csv", rows_given=1)  # fmt: skip
    exhibit = {key: made[key] for key in ("office", "ticket", "recorded_at")}
    sealed = Exhibit.objects.create(
        **exhibit, name=f"{mark}.rhs", size=9, sha256="a" * 64, kept_at="Brankas", handed_by=f"Serah {mark}",
        handed_at=now, taken_by=made["by"],
    )  # fmt: skip
    Trial.objects.create(**made, opened="no", application="Apendo 5", finding=f"Temuan {mark}")  # fmt: skip
    account = OutsideAccount.objects.create(
        **exhibit, system="SPSE", name=f"akun.{mark}", holder=f"Pemegang {mark}", until=now.date(), granted_at=now,
        granted_by=made["by"],
    )  # fmt: skip
    change = DataChange.objects.create(
        **exhibit, supplier=supplier, version=1, before="{}", after="{}", is_held=False, asked_at=now, holds_until=now,
    )  # fmt: skip
    ScheduleChange.objects.create(
        office=office, ticket=ticket, tender_code="9012077", package="Jembatan", stage="Pembukaan", before=now,
        after=now + WEEK, reason="Adendum.", changed_at=now, recorded_at=now, changed_by=made["by"],
    )  # fmt: skip
    return {"exhibit": [sealed.pk], "account": [account.pk], "change": [change.pk]}


def _call(ticket, officer, mark):
    now = clock.now()
    call = Session.objects.create(
        office=ticket.office, ticket=ticket, round=1, provider="link",
        where=f"https://rapat.example/{mark}", scheduled_at=now - WEEK,
        until=now - WEEK + timedelta(minutes=30), language="id", status="cancelled",
        officer=officer, planned_at=now - WEEK, code="42", ended_at=now - WEEK,
        ended_by=officer, note=f"Panggilan {mark}",
    )  # fmt: skip
    for verdict in Verdict.objects.filter(document__ticket=ticket)[:1]:
        SessionDocument.objects.create(office=ticket.office, session=call, verdict=verdict, at=now)  # fmt: skip
    return call


def _lifted(ticket, officer, proof, mark):
    day = today()
    return Sanction.objects.create(
        office=ticket.office, supplier=ticket.registration.supplier, number=f"SK {mark}",
        listed_on=day, source="INAPROC", reason=f"Sebab {mark}", since=day, until=day + WEEK,
        proof=proof, at=clock.now(), by=officer, lifted_at=clock.now(), lifted_by=officer,
        lift_reason=f"Keliru {mark}",
    )  # fmt: skip


def _absence(office, officer):
    """Next week, so that it keeps nobody from working now; one for each office."""
    if found := Absence.objects.filter(office=office).first():
        return found
    away = Away("leave", clock.now() + WEEK, clock.now() + 2 * WEEK)
    return note_absence(office, officer, away, by=again(officer))


def _print(standard):
    """Something already drawn, as everybody reads it."""
    if not Print.objects.filter(standard=standard).exists():
        Print.objects.create(
            office=standard.office, standard=standard, kind="sop", language="id", content="0" * 64,
            data=b"%PDF-1.7", sha256="0" * 64, size=8, pages=1, drawn_at=clock.now(),
        )  # fmt: skip


def _letter(ticket, applicant, officer):
    """A letter filled for the applicant, and one for the counter; drawn with the next jobs."""
    *_, code = letters_for(ticket)
    for by, with_identity in ((applicant, True), (officer, False)):
        sheet = filled_for(ticket, code, language="id", with_identity=with_identity)
        prepare_letter(ticket, sheet, with_identity=with_identity, by=again(by))
