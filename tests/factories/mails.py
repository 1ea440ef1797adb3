"""One mail of every template, each about rows that its room's own actions made."""

from datetime import timedelta

from loket.access_rights.actions import approve, lapse, refuse
from loket.access_rights.models import OutsideAccount
from loket.accounts.models import EmailChange
from loket.accounts.notifications import WRITERS
from loket.kernel import clock
from loket.kernel.models import Mail
from loket.offices.actions import invite as invite_officer
from loket.offices.roles import Role
from loket.standards.queries import in_force
from loket.suppliers.actions import new_report_link, report
from loket.suppliers.actions.offering import offer
from loket.suppliers.actions.people import accept, invite, new_invitation_link
from loket.suppliers.actions.proxies import Proxy, grant
from loket.suppliers.actions.sanctions import Entry, deactivate
from loket.suppliers.models import DataChange, Link, Representative, TicketOffer
from loket.suppliers.queries.proxies import Scope, papers_asked
from loket.tickets.actions.events import record
from loket.tickets.actions.intake import Arrival, receive
from loket.verification.models import Session
from tests.factories.days import today
from tests.factories.papers import pdf
from tests.factories.people import again, officer, person
from tests.factories.registering import NIK, confirmed, requested, submitted
from tests.factories.tickets import SERVICE
from tests.unit.access_rights.asking import submitted as asked_for_access
from tests.unit.tickets.browsing import give_all

READER = "ratna@pandan.example"


def of(template, office=None, /, **context):
    """A row of the outbox as `promise` would write it."""
    key = f"{template}:{sorted(context.items())}"
    return Mail.objects.create(
        key=key[:80], to=READER, template=template, context=context,
        office_id=office.pk if office else None, created_at=clock.now(),
    )  # fmt: skip


def letters(kind):
    """A mail about an account; those about an address are about a change under way."""

    def make(office):
        user, now = person(), clock.now()
        context = {"user": user.pk, "kind": kind}
        if kind in {"email_confirm", "email_asked"}:
            change = EmailChange.objects.create(
                user=user, email="baru@pandan.example", asked_at=now, expires_at=now + timedelta(days=1)
            )  # fmt: skip
            context["change"] = change.pk
        return of("accounts/mail/letter", **context)

    return make


def access(name, decide=lambda asked: None):
    def make(office):
        asked = asked_for_access(office)
        decide(asked)
        return of(f"access_rights/mail/{name}", office, request=asked.pk)

    return make


def head(asked):
    return officer(asked.office, Role.KEPALA_TIM)


def officer_invited(office):
    by = officer(office, Role.KEPALA_TIM)
    found = invite_officer(office, by=by, email=READER, role=Role.VERIFIKATOR)
    return of("offices/mail/invitation", office, invitation=found.pk)


def opening(name):
    def make(office):
        return of(f"suppliers/mail/{name}", office, request=requested(office).pk)

    return make


def already_registered(office):
    user = person()
    mail = of("suppliers/mail/already_registered", office, request=requested(office, user.email).pk)  # fmt: skip
    mail.to = user.email
    return mail


def late(office):
    asked = requested(office)
    return of("suppliers/mail/late", office, office=office.pk, requests=[asked.pk])


def reported(is_sent):
    def make(office):
        draft = submitted(office) if is_sent else confirmed(office)
        report(new_report_link(office, registration=draft, request=None))
        link = Link.objects.get(used_at__isnull=False, purpose=Link.REPORT)
        return of("suppliers/mail/reported", office, link=link.pk)

    return make


def registration(name, **data):
    """A mail about an event of a registration, to whoever registered."""

    def make(office):
        draft = submitted(office)
        event = record(draft.ticket, "activate", by=None, **data)
        mail = of(f"suppliers/mail/{name}", office, event=event.pk)
        mail.to = draft.email
        return mail

    return make


def account_ends(office):
    ticket, now = submitted(office).ticket, clock.now()
    account = OutsideAccount.objects.create(
        office=office, ticket=ticket, system="SPSE", name="galih.p", holder="Galih Pamungkas", until=today(),
        granted_at=now, recorded_at=now, granted_by=officer(office),
    )  # fmt: skip
    return of("access_rights/mail/account_ends", office, account=account.pk)


def change_asked(office):
    ticket, supplier, _owner = owned(office)
    now = clock.now()
    change = DataChange.objects.create(
        office=office, ticket=ticket, supplier=supplier, version=1, before="{}", after="{}", is_held=True,
        asked_at=now, recorded_at=now, holds_until=now + timedelta(days=1),
    )  # fmt: skip
    return of("suppliers/mail/change_asked", office, change=change.pk)


def owned(office):
    ticket = submitted(office).ticket
    supplier = ticket.registration.supplier
    return ticket, supplier, Representative.objects.owners().get(supplier=supplier).user


def empowered(ticket, supplier, owner):
    scope, day = Scope(ticket.service, ticket), today()
    proxy = Proxy("Gilang Seta", NIK, day, day + timedelta(days=9), has_meterai=True)  # fmt: skip
    papers = {code: (pdf(), f"{code}.pdf") for code, _one in papers_asked(scope.spec)}
    return grant(supplier, scope, proxy, papers=papers, by=owner)


def colleague_invited(office):
    _ticket, supplier, owner = owned(office)
    found = invite(supplier, email=READER, role="staff", by=owner)
    return of("suppliers/mail/invitation", invitation=found.pk)


def proxy_invited(office):
    ticket, supplier, owner = owned(office)
    power = empowered(ticket, supplier, owner)
    found = invite(supplier, email=READER, power=power, by=owner)
    return of("suppliers/mail/invitation", invitation=found.pk)


def joined(office):
    _ticket, supplier, owner = owned(office)
    found = invite(supplier, email=READER, role="staff", by=owner)
    accept(new_invitation_link(found), by=person())
    return of("suppliers/mail/joined", invitation=found.pk)


def proxy_came(office):
    ticket, supplier, owner = owned(office)
    power = empowered(ticket, supplier, owner)
    event = record(ticket, "appear", by=None, power=power.pk)
    return of("suppliers/mail/proxy_came", office, event=event.pk)


def about_ticket(name, *, all_given=False):
    def make(office):
        ticket, _supplier, ticket.applicant = owned(office)
        if all_given:
            give_all(ticket)
        return of(f"tickets/mail/{name}", office, ticket=ticket.pk)

    return make


def offered(office):
    front = again(officer(office, Role.FRONT_OFFICE))
    standard = in_force(office, SERVICE)
    arrival = Arrival(standard, "badan-usaha", "counter", "CV Pinus", "0812 0000 0177")
    offer(receive(office, arrival, by=front), email=person().email, by=front)
    return of("suppliers/mail/ticket_offer", offer=TicketOffer.objects.get().pk)


def suspended(name):
    """A mail about an entry of the blacklist."""

    def make(office):
        ticket, _supplier, _owner = owned(office)
        day = today()
        entry = Entry(
            number="12/KEP/2026", listed_on=day, until=day + timedelta(days=365),
            source="daftar-hitam.inaproc.id", reason="Alamat tidak ada", file=(pdf(), "a.pdf"),
        )  # fmt: skip
        found = deactivate(ticket, entry, by=again(officer(office, Role.KEPALA_TIM)))
        return of(f"suppliers/mail/{name}", office, sanction=found.pk)

    return make


def of_sikap(office):
    return of("suppliers/mail/sikap", office, ticket=owned(office)[0].pk)


def call(template, what):
    """A mail about a video call by telephone."""

    def make(office):
        ticket, now = owned(office)[0], clock.now()
        session = Session.objects.create(
            office=office, ticket=ticket, round=1, provider="phone", where="0812 0000 0177",
            scheduled_at=now, until=now + timedelta(minutes=30), language="id", status="planned",
            officer=officer(office), planned_at=now, code="42",
        )  # fmt: skip
        return of(
            f"verification/mail/{template}", office, session=session.pk, what=what
        )

    return make


# What to make at an office that takes proxies and officials
MAKERS = {
    "access_rights/mail/confirm": access("confirm"),
    "access_rights/mail/approved": access("approved", lambda asked: approve(asked, by=head(asked))),
    "access_rights/mail/refused": access(
        "refused", lambda asked: refuse(asked, by=head(asked), reason="Surat tugas sudah lewat.")
    ),
    "access_rights/mail/account_ends": account_ends,
    "access_rights/mail/lapsed": access("lapsed", lambda asked: lapse(asked, by=None)),
    **{f"accounts/mail/letter {kind}": letters(kind) for kind in WRITERS},
    "offices/mail/invitation": officer_invited,
    "suppliers/mail/activated": registration("activated", system="SPSE"),
    "suppliers/mail/already_registered": already_registered,
    "suppliers/mail/change_asked": change_asked,
    "suppliers/mail/confirm": opening("confirm"),
    "suppliers/mail/deactivated": suspended("deactivated"),
    "suppliers/mail/invitation": colleague_invited,
    "suppliers/mail/invitation proxy": proxy_invited,
    "suppliers/mail/joined": joined,
    "suppliers/mail/late": late,
    "suppliers/mail/proxy_came": proxy_came,
    "suppliers/mail/reactivated": suspended("reactivated"),
    "suppliers/mail/reported": reported(is_sent=True),
    "suppliers/mail/reported draft": reported(is_sent=False),
    "suppliers/mail/resume": opening("resume"),
    "suppliers/mail/sikap": of_sikap,
    "suppliers/mail/submitted": registration("submitted"),
    "suppliers/mail/ticket_offer": offered,
    "tickets/mail/answered": about_ticket("answered"),
    "tickets/mail/assigned": about_ticket("assigned"),
    "tickets/mail/chase": about_ticket("chase"),
    "tickets/mail/correction": about_ticket("correction"),
    "tickets/mail/correction none": about_ticket("correction", all_given=True),
    "tickets/mail/file_damaged": about_ticket("file_damaged"),
    "tickets/mail/infected": about_ticket("infected"),
    "tickets/mail/received": about_ticket("received"),
    "tickets/mail/rejected": about_ticket("rejected"),
    "tickets/mail/reopen_asked": about_ticket("reopen_asked"),
    "verification/mail/session": call("session", "session_planned"),
    "verification/mail/session moved": call("session", "session_moved"),
    "verification/mail/session reminder": call("session", "session_reminder"),
    "verification/mail/session_news": call("session_news", "session_held"),
    "verification/mail/session_news missed": call("session_news", "session_missed"),
    "verification/mail/session_news cancelled": call("session_news", "session_cancelled"),
}  # fmt: skip
