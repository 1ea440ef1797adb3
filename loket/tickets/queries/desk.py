"""What an officer may open at the desk, and the rail beside it."""

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.offices.models import Office
from loket.offices.permissions import may, standing
from loket.offices.queries import office_group
from loket.offices.roles import Permission
from loket.tickets.models import Document, IssuedDocument, Party, Ticket
from loket.tickets.queries.documents import given_documents
from loket.tickets.queries.progress import with_segments
from loket.tickets.queries.reading import has_happened
from loket.tickets.queries.signatures import with_signatures
from loket.tickets.queries.worklists import WORKLISTS, Worklist, counts
from loket.ui.navigation import Group, Link

PAGE_ROWS = 50
FIRST_LIST = "giliran-saya"


def desks(user: User) -> QuerySet[Office]:
    """The offices at whose desk this officer sits, by name."""
    return Office.objects.filter(pk__in=_office_ids(user)).order_by("name")


def at_desk(user: User) -> QuerySet[Ticket]:
    """Tickets of this officer's offices; what he asked for himself is not among them."""
    found = Ticket.objects.at_desk_of(user).with_names().with_party(user)
    return found.with_standard()


def to_read(user: User) -> QuerySet[Ticket]:
    """The same with its times, documents, verdicts and what is signed inside files, for the ticket's page."""
    documents = with_signatures(given_documents())
    found = with_segments(at_desk(user)).select_related("triage")
    return found.prefetch_related(Prefetch("documents", documents))


def own_tickets(user: User) -> QuerySet[Ticket]:
    """Tickets this person is a party of now, the newest first."""
    rights = Party.objects.current().filter(user=user)
    mine = Ticket.objects.visible_to(user).filter(pk__in=rights.values("ticket"))
    named = mine.with_names().with_standard().with_party(user)
    return named.order_by("-submitted_at")


def documents_with_files(tickets: QuerySet[Ticket]) -> QuerySet[Document]:
    """Documents of these tickets whose pages can be looked at."""
    files = Document.objects.filter(ticket__in=tickets, file__isnull=False)
    return files.select_related("file__office", "file__key__office", "ticket")


def issued_on(tickets: QuerySet[Ticket]) -> QuerySet[IssuedDocument]:
    """Documents the office handed out on these tickets; without a file the PDF is still being drawn."""
    found = IssuedDocument.objects.filter(ticket__in=tickets)
    return found.select_related("office", "file__office", "file__key__office", "ticket")


def issued_of(ticket: Ticket) -> list[IssuedDocument]:
    """What the office handed out on this ticket; no statement on a page that knows of none."""
    if not has_happened(ticket, "issue"):
        return []
    found = IssuedDocument.objects.filter(ticket=ticket).select_related("office")
    return list(found.order_by("id"))


def rail(office: Office, user: User, current: str = "") -> tuple[Group, ...]:
    """The lists of one office with the number of tickets in each, and the office's own pages. One statement."""
    numbers = counts(office, user)
    links = tuple(
        Link(
            str(each.title),
            reverse("tickets:worklist", args=[office.slug, each.code]),
            current=each.code == current,
            icon=each.icon,
            count=numbers[each.code].all,
            late=numbers[each.code].late,
            soon=numbers[each.code].soon,
        )
        for each in WORKLISTS.values()
    )
    lists = Group(_("Daftar kerja"), links)
    if not takes_at(user, office):
        return lists, office_group(office)
    intake = reverse("tickets:intake", args=[office.slug])
    counter = Link(_("Terima permohonan"), intake, icon="user")
    return lists, Group(_("Loket"), (counter,)), office_group(office)


def counted(groups: tuple[Group, ...]) -> int:
    """How many tickets the list on the screen holds, as its place on the rail says it: no statement."""
    return next((link.count or 0 for link in groups[0].links if link.current), 0)


def equation(groups: tuple[Group, ...]) -> str:
    """How the lists add up to all open tickets."""
    *parts, total = groups[0].links
    terms = " + ".join(f"{link.count} {link.label.lower()}" for link in parts)
    return _("%(terms)s = %(total)s terbuka") % {"terms": terms, "total": total.count}


def list_of(code: str) -> Worklist | None:
    """The list of this address."""
    return WORKLISTS.get(code)


def _office_ids(user: User) -> list[int]:
    return standing(user).offices_with(Permission.TICKET_READ)


def takes_at(user: User, office: Office) -> bool:
    """Whether this officer works on tickets here, rather than only reading them."""
    return may(user, Permission.TICKET_TAKE, office.pk)


def replies_at(user: User, office: Office) -> bool:
    """Whether this officer may write on the office's tickets."""
    return may(user, Permission.TICKET_REPLY, office.pk)


def records_checks_at(user: User, office: Office) -> bool:
    """Whether this officer may record what an outside register answered."""
    return may(user, Permission.CHECK_RECORD, office.pk)
