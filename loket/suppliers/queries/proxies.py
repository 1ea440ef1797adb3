"""Powers of attorney as offices and suppliers read them: what a standard allows, which hold, for what (C1, D9)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.models import Office
from loket.standards.models import Service
from loket.standards.pack import Requirement, StandardSpec
from loket.standards.queries import in_force, spec_of
from loket.suppliers.models import PowerOfAttorney, Supplier
from loket.suppliers.queries.people import open_tickets
from loket.tickets.models import Ticket
from loket.ui.parts import Fact, Tone
from loket.ui.templatetags.dates import tanggal


@dataclass(frozen=True)
class Scope:
    """What a power of attorney is for: every ticket of a service at its office, or one of them."""

    service: Service
    ticket: Ticket | None = None

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"t{self.ticket.pk}" if self.ticket else f"s{self.service.pk}"

    @property
    def office(self) -> Office:
        return self.service.office

    @property
    def spec(self) -> StandardSpec:
        """The ticket's own version, or the one in force."""
        if self.ticket:
            return spec_of(self.ticket.standard_id)
        return spec_of(in_force(self.office, self.service.code).pk)

    @property
    def title(self) -> str:
        """In words, for whoever chooses."""
        name, office = self.spec.title.get(get_language() or "id"), self.office.name
        if self.ticket:
            return f"{self.ticket.number}, {name}, {office}"
        return _("Semua tiket %(name)s, %(office)s") % {"name": name, "office": office}


def scopes_of(supplier: Supplier) -> list[Scope]:
    """What this supplier can let a proxy do: its open tickets, and the services they are of."""
    tickets = open_tickets(supplier).select_related("service__office", "office")
    single = [Scope(ticket.service, ticket) for ticket in tickets.order_by("pk")]
    services = {each.service.pk: each.service for each in single}
    return [*single, *(Scope(service) for service in services.values())]


def refusal(spec: StandardSpec) -> str:
    """Why proxies are not taken, in the published words; empty where they are."""
    if spec.proxy.allowed:
        return ""
    if spec.proxy.note:
        return spec.proxy.note.get(get_language() or "id")
    return _("Layanan ini tidak dapat diwakilkan.")


def needs_meterai(spec: StandardSpec) -> bool:
    """Whether one of the proxy's papers must carry meterai (D9)."""
    return any(one.meterai for _code, one in spec.proxy_documents())


def papers_asked(spec: StandardSpec) -> list[tuple[str, Requirement]]:
    """What a proxy brings."""
    return spec.proxy_documents()


def papers_beside(ticket: Ticket) -> list[tuple[str, str]]:
    """Code and title of what a proxy brings, to be found among the ticket's documents."""
    language = get_language() or "id"
    asked = papers_asked(spec_of(ticket.standard_id))
    return [(code, one.title.get(language)) for code, one in asked]


def powers_of(ticket: Ticket) -> QuerySet[PowerOfAttorney]:
    """All that were ever granted for a ticket, the newest last."""
    found: QuerySet[PowerOfAttorney] = PowerOfAttorney.objects.of_ticket(ticket)
    people = found.select_related("grantor__user", "decided_by", "office")
    return people.distinct().order_by("pk")


def granted_by(supplier: Supplier) -> QuerySet[PowerOfAttorney]:
    """What this supplier granted, the newest first."""
    found: QuerySet[PowerOfAttorney] = PowerOfAttorney.objects.filter(supplier=supplier)
    named = found.select_related("office", "service", "ticket", "grantor__user")
    return named.order_by("-pk")


def acts_for(ticket: Ticket) -> list[PowerOfAttorney]:
    """Whom the office may serve in the owner's place today: allowed, accepted, standing and within its days."""
    if not spec_of(ticket.standard_id).proxy.allowed:
        return []
    today = ticket.office.local(clock.now()).date()
    standing = powers_of(ticket).filter(revoked_at=None, is_accepted=True)
    return [each for each in standing if each.covers(today)]


def covered(power: PowerOfAttorney) -> QuerySet[Ticket]:
    """The open tickets a power of attorney is for."""
    tickets = open_tickets(power.supplier).filter(service=power.service_id)
    return tickets.filter(pk=power.ticket_id) if power.ticket_id else tickets


def days_of(power: PowerOfAttorney) -> tuple[datetime, datetime]:
    """From the first moment of its first day until the last of its last, on the office's clock."""
    zone = power.office.zone
    after = power.valid_until + timedelta(days=1)
    return (
        datetime.combine(power.valid_from, time.min, tzinfo=zone),
        datetime.combine(after, time.min, tzinfo=zone),
    )


def sight_of(user: User, ticket: Ticket) -> tuple[datetime, datetime] | None:
    """When a linked proxy sees a ticket, now or next: days of several powers that meet count as one."""
    standing = PowerOfAttorney.objects.standing().of_ticket(ticket)
    mine = standing.filter(proxy_user=user).select_related("office").distinct()
    seen: tuple[datetime, datetime] | None = None
    for begins, ends in (days_of(each) for each in mine.order_by("valid_from")):
        if ends <= clock.now():
            continue
        if seen is None:
            seen = (begins, ends)
        elif begins <= seen[1]:
            seen = (seen[0], max(ends, seen[1]))
    return seen


def beginning() -> QuerySet[PowerOfAttorney]:
    """Linked powers whose first day is about now, anywhere in the country."""
    today = clock.now().date()
    begun = PowerOfAttorney.objects.standing().exclude(proxy_user=None)
    near: QuerySet[PowerOfAttorney] = begun.filter(
        valid_from__range=(today - timedelta(days=1), today + timedelta(days=1))
    )
    return near.select_related("office", "supplier", "proxy_user")


def state_of(power: PowerOfAttorney) -> tuple[str, Tone, str]:
    """In a word with its tone and picture: the first of these that is true."""
    today = power.office.local(clock.now()).date()
    states: tuple[tuple[bool, tuple[str, Tone, str]], ...] = (
        (power.revoked_at is not None, (_("Dicabut"), "away", "x")),
        (power.is_accepted is False, (_("Ditolak kantor"), "bad", "alert")),
        (today > power.valid_until, (_("Sudah berakhir"), "away", "clock")),
        (power.is_accepted is None, (_("Menunggu diperiksa kantor"), "warn", "clock")),
        (today < power.valid_from, (_("Belum mulai berlaku"), "warn", "clock")),
    )
    accepted: tuple[str, Tone, str] = (_("Diterima kantor"), "good", "check")
    return next((words for is_so, words in states if is_so), accepted)


def power_facts(power: PowerOfAttorney) -> list[Fact]:
    """Who, by whom, for what and when; the NIK masked."""
    days = f"{tanggal(power.valid_from)} – {tanggal(power.valid_until)}"
    scope = Scope(power.service, power.ticket)
    facts = [
        Fact(_("Penerima kuasa"), power.proxy_name),
        Fact(_("NIK"), power.masked_nik),
        Fact(_("Pemberi kuasa"), power.grantor.user.name),
        Fact(_("Kuasa untuk"), scope.title),
        Fact(_("Berlaku"), days),
        Fact(_("Meterai"), _meterai(power)),
    ]
    if power.recorded_by_id:
        facts.append(Fact(_("Asal"), _("Surat di atas kertas, dicatat di loket")))
    return [*facts, Fact(_("Alasan"), power.reason)] if power.reason else facts


def _meterai(power: PowerOfAttorney) -> str:
    if power.meterai_seen:
        return _("Dilihat petugas")
    return _("Dinyatakan ada") if power.has_meterai else _("Tidak dinyatakan")
