"""Walking a ticket through its procedure the way the pages do: through the kind of its step."""

from loket.kernel import clock
from loket.offices.permissions import may
from loket.offices.roles import Permission
from loket.standards.queries import spec_of
from loket.suppliers.models import Registration, Supplier
from loket.tickets.actions import Finding, judge
from loket.tickets.queries import asked_documents
from loket.tickets.seeds import look_again
from loket.tickets.steps import kind_of
from tests.factories.people import again


def step_of(ticket):
    """The step the ticket stands at."""
    return spec_of(ticket.standard_id).step(ticket.step)


def complete(ticket, by, **said):
    """Complete the ticket's step as this person, who looks first into the registers it asks for."""
    step = step_of(ticket)
    if may(again(by), Permission.CHECK_RECORD, ticket.office_id):
        look_again(ticket, step, by=again(by))
    if step.kind == "activate_account":
        link(ticket)
    kind_of(step).complete(ticket, step, by=again(by), **said)


def link(ticket):
    """Give a ticket of the counter the registration without which no account is activated."""
    if Registration.objects.filter(ticket=ticket).exists():
        return
    now, serial = clock.now(), str(ticket.pk)
    supplier = Supplier.objects.create(
        name=ticket.applicant_name, form_of_business="cv", branch_kind="head",
        tax_id=serial.zfill(16), tax_id_digest=serial.zfill(64), claimed_at=now,
        address="Jalan Cendana 12", province="32", regency="32.71", postal_code="16123",
        phone="0812 0000 0177", responsible_name="Ratna Widuri",
    )  # fmt: skip
    Registration.objects.create(
        office_id=ticket.office_id, ticket=ticket, supplier=supplier, email=f"t{serial}@pandan.example",
        requested_at=now, confirmed_at=now, finished_at=now, consented_at=now, terms_version="1",
    )  # fmt: skip


def accept_all(ticket, by):
    """Accept every document of the checklist, the originals seen."""
    for asked in asked_documents(ticket):
        judge(
            asked.document,
            Finding(True, original_seen=True),
            by=again(by),
            after=asked.revision,
        )
