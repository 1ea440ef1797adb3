"""Two offices with one finished request each, every word of which can be recognised elsewhere."""

import re
from dataclasses import dataclass, field

from django.db import connection

from loket.access_rights.actions import approve
from loket.access_rights.queries import rules_of
from loket.kernel import clock
from loket.kernel.routes import PUBLIC, SIGNED_IN, all_routes
from loket.offices.actions import invite
from loket.offices.roles import Role
from loket.suppliers.queries import account_of
from loket.tickets.actions import give_document, write_message
from loket.tickets.queries import WORKLISTS, asked_documents, readable_code
from tests.factories.jobs import run_jobs_here
from tests.factories.papers import pdf
from tests.factories.people import again, officer
from tests.factories.registering import submitted
from tests.flows.contradictions.walks import fresh, staff, walk
from tests.unit.access_rights.asking import YEAR, submitted as handed_in

WRITTEN = {
    "name": "CV {} Kenanga", "responsible_name": "Pimpinan {} Asri", "user_id": "akun{}",
    "address": "Gang {} Nomor 9", "phone": "0812 0000 {}",
}  # fmt: skip
NUMBERS = {
    "BGR": ("801234568404000", "3276015508950003", "4411"),
    "DPK": ("817654320404000", "3276015508950004", "5522"),
}
UNCOUNTED = (
    "django_",
    "kernel_oncekey",
    "procrastinate_",
    "mfa_",
    "account_",
    "accounts_session",
)


@dataclass
class Side:
    """One office with its people, its ticket, and the words that only they may read."""

    office: object
    ticket: object
    applicant: object
    people: dict
    words: tuple
    asked: list = field(default_factory=list)
    ids: dict = field(default_factory=dict)

    @property
    def open_words(self):
        """What the address of a page about this ticket may name."""
        return self.ticket.number, self.ticket.public_code, readable_code(self.ticket.public_code)  # fmt: skip


def side(office, *, until):
    """An office whose request was uploaded, discussed and walked to this step."""
    mark = f"{office.code.title()}zq"
    npwp, nik, phone = NUMBERS[office.code]
    said = {key: text.format(mark.lower() if key == "user_id" else mark) for key, text in WRITTEN.items()}  # fmt: skip
    said |= {"phone": f"0812 0000 {phone}", "nik": nik}
    draft = submitted(office, f"halo@{mark.lower()}.example", npwp=npwp, **said)
    draft.refresh_from_db()
    ticket, applicant = draft.ticket, account_of(draft)
    upload(ticket, again(applicant), mark)
    people = staff(office)
    converse(ticket, people[0], applicant, mark)
    walk(ticket, people, until=until)
    run_jobs_here()
    roles = {f"{role} of {office.code}": officer(office, role, f"{role} {mark}") for role in Role}  # fmt: skip
    everybody = roles | {f"applicant of {office.code}": applicant}
    ticket = fresh(ticket)
    words = (
        mark, mark.lower(), npwp, nik, phone, ticket.number, ticket.public_code,
        readable_code(ticket.public_code),
    )  # fmt: skip
    found = Side(office, ticket, applicant, everybody, words)
    found.asked = officials(office, mark, roles)
    found.ids = ids_of(found)
    return found


def officials(office, mark, roles):
    """Where officials come in, one who holds access and one who waits; an invitation everywhere."""
    head = again(roles[f"kepala_bagian of {office.code}"])
    invite(office, by=head, email=f"baru@{mark.lower()}.example", role=Role.HELPDESK)
    if rules_of(office) is None:
        return []
    nips = ("198503122010011001", "199007252015032002")
    asked = [
        handed_in(office, f"{nip}@{mark.lower()}.example", nip=nip, name=f"Pejabat {mark}", until=clock.now() + YEAR)
        for nip in nips
    ]  # fmt: skip
    approve(asked[0], by=head)
    return asked


def upload(ticket, applicant, mark):
    for asked in asked_documents(ticket):
        give_document(ticket, asked.code, by=applicant, data=pdf(), name=f"{mark}.pdf")  # fmt: skip


def converse(ticket, verifier, applicant, mark):
    """A reply and a note of the office, and a message of the applicant."""
    write_message(ticket, by=again(verifier), body=f"Jawaban {mark}")
    write_message(ticket, by=again(verifier), body=f"Catatan {mark}", is_internal=True)
    write_message(ticket, by=again(applicant), body=f"Pesan {mark}")


def ids_of(found):
    """What stands in the places of an address when it is about this side."""
    ticket = found.ticket
    return {
        "office": [found.office.slug],
        "number": [ticket.number],
        "code": [*WORKLISTS, ticket.public_code, readable_code(ticket.public_code), "id"],
        "service": [ticket.service.code],
        "version": [1],
        "step": [ticket.step, "evaluasi"],
        "requirement": [asked.code for asked in asked_documents(ticket)][:2],
        "document": [each.pk for each in ticket.documents.all()][:2],
        "page": [1],
        "issued": [each.pk for each in ticket.issued.all()],
        "token": ["a" * 43],
        "name": ["surat"],
        "face": ["page"],
        "membership": [each.pk for each in found.office.members.all()][:2],
        "invitation": [each.pk for each in found.office.invitations.all()],
        "asked": [each.pk for each in found.asked],
        "pk": [ticket.registration.supplier_id],
        "person": [each.pk for each in ticket.registration.supplier.people.all()],
        "power": [0],
        "handle": ["0" * 32],
        "grant": [each.pk for each in found.office.accessgrant_set.all()] or [0],
    }  # fmt: skip


def addresses(route, ids):
    """Every address of the route with these ids in its places."""
    found = [route.path]
    for name in route.id_params:
        place = re.compile(rf"<\w+:{name}>")
        found = [place.sub(str(one), path) for path in found for one in ids[name]]
    return found


def routes(method):
    """The addresses that take this method."""
    return [one for one in all_routes() if method in one.policy.methods]


def is_about_a_ticket(route):
    """Whether only people of the ticket get an answer there."""
    return "number" in route.id_params


def is_closed(route):
    """Whether a stranger must not get any page there."""
    is_worklist = "office" in route.id_params and not {*route.policy.roles} & {*PUBLIC, *SIGNED_IN}  # fmt: skip
    return is_about_a_ticket(route) or is_worklist


def kept():
    """The number of rows of every table and a sum over all they hold."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(UNCOUNTED):
                name = connection.ops.quote_name(table)
                cursor.execute(
                    f"SELECT count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))"  # noqa: S608 - names of the database itself
                    f" FROM {name} t"
                )
                found[table] = cursor.fetchone()
    return found
