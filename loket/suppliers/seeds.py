"""Demo data: a whole registration told at its own times, through the same actions as a browser's."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.models import Mail
from loket.kernel.refusals import Refusal
from loket.kernel.tasks import note_failure
from loket.offices.models import Office
from loket.standards.queries import spec_of
from loket.suppliers.actions import answer, ask, begin, confirm, new_link, submit
from loket.suppliers.actions.follow_up import Ending, Seen, settle
from loket.suppliers.actions.joining import join
from loket.suppliers.actions.opening import Asked
from loket.suppliers.actions.people import accept_as_new, invite, new_invitation_link
from loket.suppliers.actions.proxies import Judgement, Proxy, grant, judge_power
from loket.suppliers.actions.sanctions import Entry, deactivate
from loket.suppliers.models import (
    PowerOfAttorney,
    Registration,
    Representative,
    Settled,
    Supplier,
    SupplierRole,
)
from loket.suppliers.queries import TERMS_VERSION, registration_standard
from loket.suppliers.queries.proxies import Scope, papers_asked
from loket.tickets.models import Ticket
from loket.tickets.queries.words import step_of
from loket.tickets.seeds import look_again, sample_picture
from loket.tickets.steps import kind_of

NO_SUCH_MAILBOX = Refusal(
    Mail.Reason.UNKNOWN_MAILBOX, "550 5.1.1 User unknown", is_final=True
)


@dataclass(frozen=True)
class Person:
    """An invented applicant: an address, a password, and what is typed on each page."""

    email: str
    password: str
    business: dict[str, str]
    tax: dict[str, str]
    identity: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Times:
    """When the link was asked for, when it was used, when the form was sent."""

    asked: datetime
    confirmed: datetime
    submitted: datetime


def register(office: Office, person: Person, times: Times, *, route: str) -> Ticket:
    """One registration from the first e-mail to its ticket."""
    with clock.at(times.asked):
        begin(ask(office, email=person.email, language="id"))
        token = new_link(Registration.objects.get(office=office, email=person.email))
    with clock.at(times.confirmed):
        draft = confirm(token)
        answer(draft, page="business", said=person.business)
        answer(draft, page="tax", said=person.tax | {"password": person.password})
        answer(draft, page="identity", said=person.identity)
    with clock.at(times.submitted):
        return submit(draft, route=route, terms_version=TERMS_VERSION)


@dataclass(frozen=True)
class Newcomer:
    """Somebody who comes by an invitation and makes an account with it."""

    email: str
    user_id: str
    name: str
    password_hash: str


def owner_of(supplier: Supplier) -> User:
    """Who decides for this supplier."""
    owners = Representative.objects.owners().filter(supplier=supplier)
    return owners.select_related("user")[0].user


def bring_in(
    supplier: Supplier, who: Newcomer, *, power: PowerOfAttorney | None = None
) -> User:
    """The owner invites; the one invited accepts, as a colleague or with a power of attorney."""
    invitation = invite(
        supplier,
        email=who.email,
        role="" if power else SupplierRole.STAFF,
        power=power,
        by=owner_of(supplier),
    )
    return accept_as_new(
        new_invitation_link(invitation),
        user_id=who.user_id,
        name=who.name,
        password_hash=who.password_hash,
        language="id",
    )


def empower(
    ticket: Ticket, supplier: Supplier, *, name: str, nik: str, paper: Callable[[str], bytes]
) -> PowerOfAttorney:  # fmt: skip
    """The owner lets somebody come to the counter for this ticket, with every paper asked for."""
    scope = Scope(ticket.service, ticket)
    papers = {
        code: (paper(str(one.title)), f"{code}.pdf")
        for code, one in papers_asked(scope.spec)
    }
    today = ticket.office.local(clock.now()).date()
    proxy = Proxy(name, nik, today, today + timedelta(days=30), has_meterai=True)
    return grant(supplier, scope, proxy, papers=papers, by=owner_of(supplier))


def accept_power(power: PowerOfAttorney, ticket: Ticket, *, by: User) -> None:
    """An officer saw the letter with its meterai."""
    judge_power(power, ticket, Judgement(accepted=True, meterai_seen=True), by=by)


def join_office(supplier: Supplier, office: Office) -> Ticket | None:
    """The supplier uses its account at another office too; None where its form does not fit."""
    standard = registration_standard(office)
    spec = spec_of(standard.pk) if standard else None
    kind = spec.kind_of(supplier.form_of_business) if spec else None
    if spec is None or kind is None:
        return None
    asked = Asked(kind, (), spec.open_routes[0])
    return join(
        supplier, office, asked, by=owner_of(supplier), terms_version=TERMS_VERSION
    )


def lose_mail(office: Office, *, email: str) -> None:
    """Somebody mistyped his address: the link comes back."""
    asked = ask(office, email=email, language="id")
    begin(asked)
    if asked.mail_id:
        note_failure(asked.mail_id, NO_SUCH_MAILBOX, is_last=True)


def activate_elsewhere(ticket: Ticket, *, by: User) -> None:
    """The account was activated in the national application some minutes ago; its number there is noted."""
    step = step_of(ticket, ticket.step)
    if step is None or step.kind != "activate_account":
        return
    look_again(ticket, step, by=by)
    kind, at = kind_of(step), clock.now() - timedelta(minutes=4)
    systems: Any = kind.form(ticket, step).fields["system"]
    system, _title = systems.choices[0]
    number = f"{ticket.office.code}/{ticket.pk:06d}"
    kind.complete(ticket, step, by=by, system=system, at=at, reference=number)


def see_sikap(ticket: Ticket, *, by: User) -> None:
    """An officer saw the data in SIKaP and keeps a picture of that."""
    picture = sample_picture(f"Profil SIKaP {ticket.applicant_name}")
    seen = Seen(file=(picture, "sikap.png"))
    settle(ticket, Ending(Settled.CONFIRMED, seen), by=by)


def let_sikap_be(ticket: Ticket, *, by: User) -> None:
    """The office leaves it out, with a reason."""
    reason = "Penyedia menunda ikut pengadaan dan mengisi SIKaP tahun depan."
    settle(ticket, Ending(Settled.WAIVED, reason=reason), by=by)


def suspend(ticket: Ticket, *, by: User) -> None:
    """The blacklist names the supplier since yesterday, for a year."""
    today = ticket.office.local(clock.now()).date()
    entry = Entry(
        number=f"DH/{ticket.pk:04d}/{today:%Y}",
        listed_on=today - timedelta(days=1),
        until=today + timedelta(days=365),
        source="daftar-hitam.inaproc.id",
        reason="Mengundurkan diri setelah ditunjuk sebagai pemenang.",
        file=(sample_picture("Daftar Hitam"), "daftar-hitam.png"),
    )
    deactivate(ticket, entry, by=by)
