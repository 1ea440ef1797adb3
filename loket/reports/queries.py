"""The log of one month, with exactly the columns of the form "Pencatatan Gangguan/Permasalahan dan Permintaan Layanan"."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery

from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.models import Office
from loket.offices.permissions import may
from loket.offices.roles import Permission
from loket.reports.models import LogExport
from loket.standards.queries import spec_of
from loket.tickets.models import Event, Form, Message, Status, Ticket
from loket.tickets.models.ticket import Channel
from loket.tickets.queries.answers import read
from loket.tickets.queries.triage import triage_of
from loket.tickets.queries.words import words
from loket.ui.templatetags.dates import wib

# The paper's own words, the same in every language: it is an Indonesian form.
GROUPS = (
    ("", ("No. Tiket",)),
    ("Pelaporan", ("Nama Pengguna", "Kontak", "Media", "Tanggal")),
    ("", ("Deskripsi",)),
    ("Klasifikasi", ("Tipe", "Kategori", "User", "Jenis", "Urgensi", "Dampak", "Prioritas")),
    ("Penanganan", ("Petugas", "Status", "Keterangan", "Tgl Pemutakhiran")),
    ("Penyelesaian", ("Solusi", "Tanggal", "Status", "Konfirmasi kepada Pengguna")),
)  # fmt: skip
COLUMNS = tuple(name for _group, names in GROUPS for name in names)
MEDIA = {
    Channel.EMAIL: "E-Mail", Channel.PHONE: "Telepon", Channel.LETTER: "Surat",
    Channel.WHATSAPP: "WhatsApp", Channel.COUNTER: "Tatap muka", Channel.PORTAL: "Aplikasi",
    Channel.LPSE_SUPPORT: "LPSE Support",
}  # fmt: skip
TOLD, NOT_TOLD = "Telah Diinformasikan", "Belum Diinformasikan"
TELLING = ("answered", "reply", "reject", "issue", "activate")
LONGEST = 500  # signs of a description and of a solution


@dataclass(frozen=True)
class Row:
    """One line of the log: its ticket, and its cells in the order of `COLUMNS`."""

    number: str
    cells: tuple[str, ...]


def months(office: Office) -> list[dt.date]:
    """The first days of the months that have something, the newest first."""
    found = Ticket.objects.filter(office=office)
    first = (
        found.order_by("submitted_at").values_list("submitted_at", flat=True).first()
    )
    month = office.local(clock.now()).date().replace(day=1)
    begin = office.local(first).date().replace(day=1) if first else month
    listed = []
    while month >= begin:
        listed.append(month)
        month = (month - dt.timedelta(days=1)).replace(day=1)
    return listed


def log_of(office: Office, month: dt.date, user: User) -> Iterator[Row]:
    """The tickets that came in that month, in the order of their numbers. Two statements for each five hundred.

    Who only reads gets no contacts.
    """
    shows_contacts = may(user, Permission.TICKET_REPLY, office.pk)
    for ticket in _tickets(office, month, user).iterator(chunk_size=500):
        yield Row(ticket.number, _cells(ticket, shows_contacts=shows_contacts))


def _tickets(office: Office, month: dt.date, user: User) -> QuerySet[Ticket]:
    begin = dt.datetime.combine(month, dt.time(), office.zone)
    following = (month + dt.timedelta(days=31)).replace(day=1)
    end = dt.datetime.combine(following, dt.time(), office.zone)
    spoken = Message.objects.filter(ticket=OuterRef("pk"), is_internal=False)
    spoken = spoken.exclude(author__in=_parties()).order_by("-id")
    told = Event.objects.filter(ticket=OuterRef("pk"), name__in=TELLING).order_by("-id")
    lost = Event.objects.filter(ticket=OuterRef("pk"), name="mail_lost")
    lost = lost.filter(id__gt=Subquery(told.values("id")[:1]))
    worked = Event.objects.filter(ticket=OuterRef("pk"), as_what="officer").order_by(
        "-id"
    )
    found = Ticket.objects.at_desk_of(user).filter(office=office)
    found = found.filter(submitted_at__gte=begin, submitted_at__lt=end)
    found = found.select_related("office", "triage", "assignee", "service").annotate(
        solution=Subquery(spoken.values("body")[:1]),
        was_told=Exists(told) & ~Exists(lost),
        officer=Subquery(worked.values("by__name")[:1]),
    )
    found = found.prefetch_related(Prefetch("forms", Form.objects.order_by("-version")))
    tickets: QuerySet[Ticket] = found.order_by("number")
    return tickets


def _parties() -> QuerySet[User, int]:
    return User.objects.filter(party__ticket=OuterRef("ticket")).values_list(
        "pk", flat=True
    )


def _cells(ticket: Ticket, *, shows_contacts: bool) -> tuple[str, ...]:
    zone = ticket.office.zone
    contact = ticket.phone or ticket.email if shows_contacts else ""
    said = triage_of(ticket)
    ended = ticket.ended_at
    return (
        ticket.number,
        ticket.applicant_name, contact, MEDIA[Channel(ticket.channel)], wib(ticket.submitted_at, zone),
        _description(ticket),
        *said.letters,
        getattr(ticket.assignee, "name", "") or ticket.officer or "",  # type: ignore[attr-defined]  # annotated
        _status(ticket), str(ticket.get_turn_display()), wib(ticket.updated_at, zone),
        _solution(ticket) if ended else "", wib(ended, zone) if ended else "",
        str(ticket.get_outcome_display()) if ended else "",
        TOLD if ticket.was_told else NOT_TOLD,  # type: ignore[attr-defined]  # annotated
    )  # fmt: skip


def _status(ticket: Ticket) -> str:
    if ticket.status == Status.SUBMITTED:
        return "Tercatat"
    return "Penanganan" if ticket.is_open else "Penyelesaian"


def _description(ticket: Ticket) -> str:
    """The service, and what the applicant wrote about it."""
    spec = spec_of(ticket.standard_id)
    said = next((read(form) for form in ticket.forms.all()), {})
    asked = spec.fields_for(ticket.applicant_kind).items()
    written = [str(said[name]) for name, one in asked if one.kind == "text" and name in said]  # fmt: skip
    return ": ".join([words(spec.title), *written[:1]])[:LONGEST]


def _solution(ticket: Ticket) -> str:
    """The last thing the office told the applicant."""
    return (ticket.solution or "")[:LONGEST]  # type: ignore[attr-defined]  # annotated


def exports_of(office: Office) -> QuerySet[LogExport]:
    """Who took which month's log, the newest first."""
    return LogExport.objects.filter(office=office).select_related("by").order_by("-id")
