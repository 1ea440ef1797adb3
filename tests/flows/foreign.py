"""Two offices and a neighbour with one request each, every word of which can be recognised elsewhere."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.test import Client

from loket.access_rights.actions import approve
from loket.access_rights.queries import rules_of
from loket.files.actions import look, report
from loket.files.models import Trouble
from loket.kernel import clock
from loket.offices.actions import invite
from loket.offices.roles import Role
from loket.suppliers.actions import people as suppliers_people
from loket.suppliers.actions.proxies import Proxy, grant
from loket.suppliers.queries import account_of
from loket.suppliers.queries.proxies import Scope
from loket.tickets.actions import give_document, write_message
from loket.tickets.actions.checks import Answer, record_check
from loket.tickets.queries import asked_checks, asked_documents, readable_code
from tests.factories.days import today
from tests.factories.jobs import run_jobs_here
from tests.factories.papers import pdf
from tests.factories.people import again, officer, person
from tests.factories.registering import submitted
from tests.flows.contradictions.walks import fresh, staff, walk
from tests.flows.later import Gathered, follow_up, gather
from tests.flows.tokens import tokens_of
from tests.unit.access_rights.asking import YEAR, submitted as handed_in

WRITTEN = {
    "name": "CV {} Kenanga", "responsible_name": "Pimpinan {} Asri", "user_id": "akun{}",
    "address": "Gang {} Nomor 9",
}  # fmt: skip
# Marks of the sides, and numbers that nothing else on a page can look like: NPWP, NIK, telephone
NUMBERS = {
    "Bgrzq": ("801234568404000", "3276015508950003", "081277314411"),
    "Dpkzq": ("817654320404000", "3276015508950004", "081277315522"),
    "Tetzq": ("809876501404000", "3276015508950005", "081277316633"),
}
PROXY_NIK = "3276015508950006"
NIPS = ("198503122010011001", "199007252015032002")


@dataclass(frozen=True)
class Foreign:
    """What somebody must never read, and the ids by which he might try."""

    words: tuple
    open_words: tuple
    ids: dict


@dataclass
class Side:
    """One supplier's request at one office with its people, and the words that only they may read."""

    office: object
    ticket: object
    applicant: object
    people: dict
    mark: str
    words: tuple = ()
    asked: list = field(default_factory=list)
    gathered: Gathered | None = None
    ids: dict = field(default_factory=dict)

    @property
    def open_words(self):
        """What the address of a page about this ticket may name."""
        code = self.ticket.public_code
        return self.ticket.number, code, readable_code(code), *self.gathered.open_words

    @property
    def foreign(self):
        """This side as everybody else may try to read it."""
        return Foreign(self.words, self.open_words, self.ids)

    @property
    def official(self):
        """Of this side only what one official asked for, as another official may try to read it."""
        mark = official_mark(self.mark)
        ids = self.ids | {"grant": []}  # his own
        return replace(self.foreign, words=(mark, mark.lower(), NIPS[1]), ids=ids)


def official_mark(mark):
    """The word of the second official, whom the first must not read."""
    return mark[:3] + "yq"


def side(office, *, until, mark=""):
    """An office whose request was uploaded, discussed and walked to this step."""
    mark = mark or f"{office.code.title()}zq"
    npwp, nik, phone = NUMBERS[mark]
    said = {key: text.format(mark.lower() if key == "user_id" else mark) for key, text in WRITTEN.items()}  # fmt: skip
    draft = submitted(office, f"halo@{mark.lower()}.example", npwp=npwp, phone=phone, nik=nik, **said)  # fmt: skip
    draft.refresh_from_db()
    ticket, applicant = draft.ticket, account_of(draft)
    upload(ticket, again(applicant), mark)
    workers = staff(office)
    converse(ticket, workers[0], applicant, mark)
    empower(ticket, again(applicant), mark)
    look_up(ticket, workers)
    before = fresh(ticket)
    walk(ticket, workers, until=until)
    gathered = gather(before, applicant, workers[0], mark)
    follow_up(before, workers[0], mark)
    run_jobs_here()
    found = Side(office, fresh(ticket), applicant, {}, mark, gathered=gathered)
    ticket = found.ticket
    found.words = (
        mark, mark.lower(), official_mark(mark), official_mark(mark).lower(),
        npwp, nik, phone, spaced(phone), *found.open_words, *gathered.words,
    )  # fmt: skip
    file = ticket.documents.first().file
    report(file, Trouble.DAMAGED)
    look(file, by=again(workers[0]), as_what="officer", page=1)
    return peopled(found)


def spaced(phone):
    """A telephone number as people write it."""
    return f"{phone[:4]} {phone[4:8]} {phone[8:]}"


def peopled(found):
    """Everybody of the side: its officers of every role, the applicant, his staff; officials and tokens."""
    office, mark = found.office, found.mark
    code = office.code
    roles = {f"{role} of {code}": officer(office, role, f"{role} {mark}") for role in Role}  # fmt: skip
    head = again(roles[f"kepala_bagian of {code}"])
    found.people = roles | {f"applicant of {code}": found.applicant}
    if rules_of(office) is not None:
        found.asked = officials(office, mark, head)
        found.words += NIPS
    found.ids = ids_of(found, tokens_of(found, head), head)
    return found


def officials(office, mark, head):
    """One official who holds access and one who waits."""
    names = (mark, official_mark(mark))
    asked = [
        handed_in(
            office, f"pejabat@{name.lower()}.example", nip=nip, name=f"Pejabat {name}",
            work_unit=f"Dinas {name}", until=clock.now() + YEAR,
        )
        for name, nip in zip(names, NIPS, strict=True)
    ]  # fmt: skip
    approve(asked[0], by=head)
    return asked


def passkey_of(user):
    """A passkey of this person, which others may try to remove."""
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": "x"})


def upload(ticket, applicant, mark):
    for asked in asked_documents(ticket):
        give_document(ticket, asked.code, by=applicant, data=pdf(), name=f"{mark}.pdf")  # fmt: skip


def converse(ticket, verifier, applicant, mark):
    """A reply and a note of the office, and a message of the applicant."""
    write_message(ticket, by=again(verifier), body=f"Jawaban {mark}")
    write_message(ticket, by=again(verifier), body=f"Catatan {mark}", is_internal=True)
    write_message(ticket, by=again(applicant), body=f"Pesan {mark}")


def empower(ticket, owner, mark):
    """A power of attorney, where the office takes any."""
    scope = Scope(ticket.service, ticket)
    if not scope.spec.proxy.allowed:
        return
    day = today()
    named = Proxy(f"Kuasa {mark}", PROXY_NIK, day, day + timedelta(days=6), has_meterai=True)  # fmt: skip
    papers = {
        code: (pdf(), f"{mark}.pdf") for code, _one in scope.spec.proxy_documents()
    }
    grant(ticket.registration.supplier, scope, named, papers=papers, by=owner)


def look_up(ticket, workers):
    """What an outside register answered, by whoever may write it down."""
    for one in asked_checks(ticket)[:1]:
        by = again(workers[0])
        record_check(ticket, one.kind, Answer("good", "DJP", f"Catatan {ticket.number}"), by=by)  # fmt: skip


def ids_of(found, tokens, head):
    """What stands in the places of an address when it is about this side; `route:place` before `place`."""
    ticket, supplier = found.ticket, found.ticket.registration.supplier
    invited = suppliers_people.invite(supplier, email=f"lain@{found.mark.lower()}.example", role="staff", by=again(found.applicant))  # fmt: skip
    waiting = invite(found.office, by=head, email=f"baru@{found.mark.lower()}.example", role=Role.HELPDESK)  # fmt: skip
    somebody = person(f"Kunci {found.mark}")
    asked_for = found.office.linkrequest_set.order_by("pk")
    return {
        "office": [found.office.slug],
        "number": [ticket.number],
        "portal:status:code": [ticket.public_code, readable_code(ticket.public_code)],
        "suppliers:done:code": [ticket.public_code],
        "tickets:worklist:code": ["giliran-saya", "dipegang-rekan", "semua"],
        "tickets:keep_filter:code": ["semua"],
        "tickets:drop_filter:code": ["semua"],
        "ui:language:code": ["id"],
        "service": [ticket.service.code],
        "version": [1],
        "step": [ticket.step, "evaluasi"],
        "requirement": [asked.code for asked in asked_documents(ticket)][:1],
        "document": [each.pk for each in ticket.documents.all()][-2:],
        "page": [1],
        "issued": [each.pk for each in ticket.issued.all()],
        "token": tokens,
        "membership": [each.pk for each in found.office.members.order_by("-pk")[:2]],
        "invitation": [waiting.pk],
        "suppliers:cancel_invitation:invitation": [invited.pk],
        "asked": [each.pk for each in found.asked],
        "grant": [each.pk for each in found.office.accessgrant_set.all()],
        "pk": [supplier.pk],
        "suppliers:send_mail_again:pk": [asked_for.first().pk],
        "mfa_remove_webauthn:pk": [passkey_of(somebody).pk],
        "person": [each.pk for each in supplier.people.all()],
        "power": [each.pk for each in supplier.powers.all()],
        "handle": [session_of(somebody).handle],
        "portal:paper:code": [each.code for each in ticket.issued.all()],
    } | found.gathered.ids  # fmt: skip


def session_of(user):
    """Somebody's open session."""
    Client().force_login(user)
    return user.sessions.get()
