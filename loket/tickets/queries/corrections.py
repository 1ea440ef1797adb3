"""What an applicant is asked to mend: on his pages, in his mail, on paper, and in the banner nobody misses."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.files.models import Scan
from loket.tickets.models import Document, Event, Party, Ticket, Turn, Verdict
from loket.tickets.models.ticket import OPEN
from loket.tickets.queries.documents import AskedDocument, asked_documents
from loket.tickets.queries.reasons import Reason, reasons_of
from loket.tickets.queries.words import words


@dataclass(frozen=True)
class Mend:
    """One document to give again: what is wrong and what to do now. `note` is the officer's own word."""

    title: str
    wrong: str
    advice: str
    note: str
    link: str


def documents_address(ticket: Ticket) -> str:
    """Where the applicant gives his documents."""
    return settings.SITE_URL + reverse("tickets:documents", args=[ticket.number])


def to_mend(ticket: Ticket) -> list[Mend]:
    """The documents that are refused or were never given, in the order of the checklist."""
    reasons, page = reasons_of(ticket.office), documents_address(ticket)
    asked = asked_documents(ticket)
    return [_mend(each, reasons, page) for each in asked if each.is_missing]


def _mend(each: AskedDocument, reasons: dict[str, Reason], page: str) -> Mend:
    wrong, advice, note = _("Belum ada"), _("Unggah berkas ini."), ""
    verdict = each.verdict
    if each.is_infected:
        wrong, advice = _("Mengandung virus"), _("Unggah berkas lain yang bersih.")
    elif verdict is not None:
        reason = reasons.get(verdict.reason)
        wrong = str(reason.title) if reason else verdict.reason
        advice, note = str(reason.advice) if reason else "", verdict.note
    link = f"{page}#berkas-{each.code}"
    return Mend(words(each.requirement.title), wrong, advice, note, link)


@dataclass(frozen=True)
class Reminder:
    """A ticket that waits for its applicant to mend `count` documents; 0 when some were never given."""

    number: str
    count: int
    address: str


def reminders(user: User) -> list[Reminder]:
    """Every ticket this person was asked to mend and has not sent again. One statement."""
    rights = Party.objects.current().filter(user=user)
    asked = Event.objects.filter(ticket=OuterRef("pk"), name="correction_asked")
    waiting = Ticket.objects.filter(
        Exists(asked),
        pk__in=rights.values("ticket"),
        turn=Turn.APPLICANT,
        status__in=OPEN,
    )
    found = waiting.annotate(count=Count("documents", filter=_refused()))
    return [
        Reminder(number, count, reverse("tickets:documents", args=[number]))
        for number, count in found.order_by("pk").values_list("number", "count")
    ]


def _refused() -> Q:
    """Newest versions whose last verdict is a refusal, or that carry a virus."""
    return Q(documents__in=_refused_documents())


def _refused_documents() -> QuerySet[Document]:
    newer = Document.objects.filter(
        ticket=OuterRef("ticket"),
        requirement=OuterRef("requirement"),
        version__gt=OuterRef("version"),
    )
    verdicts = Verdict.objects.filter(document=OuterRef("pk")).order_by("-revision")
    said = Document.objects.annotate(said=Subquery(verdicts.values("accepted")[:1]))
    wrong = Q(said=False) | Q(file__scan=Scan.INFECTED)
    return said.filter(wrong, ~Exists(newer))
