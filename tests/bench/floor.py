"""The dressed floor: what bare Django needs for the same pages on the same tables, with nothing that loket adds.

Session, sign-in and the fewest statements: worklist 3, ticket 4, search 4, create 11, reply 13. It
connects as the owner, so no row is fenced; it asks nobody's rights, keeps no clocks, translates nothing.
"""

import secrets

from django.db import connection, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_protect

from loket.offices.models import Sequence
from loket.standards.models import Standard
from loket.tickets.models import Event, Message, Party, Ticket

OPEN = ("submitted", "in_progress", "waiting_applicant", "waiting_outside")
PAGE = 50


def signed_in(view):
    """401 without a session; the statement for the person is the second of each page."""

    def answer(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return HttpResponse(status=401)
        return view(request, *args, **kwargs)

    return answer


@signed_in
def worklist(request, office):
    """The first fifty open tickets of an office."""
    found = Ticket.objects.filter(status__in=OPEN, office__slug=office)
    rows = found.select_related("office", "service", "assignee").order_by("due_at", "updated_at")  # fmt: skip
    return render(request, "floor/list.html", {"rows": rows[:PAGE]})


@signed_in
def ticket(request, number):
    """One ticket with what was written on it, and the form to answer."""
    found = Ticket.objects.select_related("office", "service", "assignee").get(number=number)  # fmt: skip
    said = Message.objects.filter(ticket=found).select_related("author").order_by("id")
    return render(request, "floor/ticket.html", {"ticket": found, "messages": said})


@signed_in
def search(request):
    """Fifty tickets with a message that holds the word, of any two thousand; nobody counts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH hits AS MATERIALIZED (SELECT ticket_id FROM tickets_message"
            " WHERE words @@ plainto_tsquery('simple', %s) LIMIT 2000)"
            " SELECT DISTINCT ticket_id FROM hits ORDER BY ticket_id DESC LIMIT %s",
            [request.GET["q"], PAGE],
        )
        ids = [pk for (pk,) in cursor]
    rows = Ticket.objects.select_related("office", "service", "assignee").filter(pk__in=ids).order_by("-id")  # fmt: skip
    return render(request, "floor/list.html", {"rows": rows})


@signed_in
@csrf_protect
def create(request, office):
    """A ticket with number, first message and event; one commit."""
    if request.method == "GET":
        offered = Standard.objects.filter(office__slug=office).select_related("service", "office")  # fmt: skip
        return render(request, "floor/create.html", {"offered": offered})
    with transaction.atomic():
        pk, _colon, kind = request.POST["asked"].partition(":")
        standard = Standard.objects.select_related("office").get(pk=pk)
        made = _ticket(standard, kind, request.POST)
        _write(made, request, request.POST["note"], "submit")
    return redirect(f"/tiket/{made.number}/")


def _ticket(standard, kind, said):
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Sequence._meta.db_table} SET last = last + 1"  # noqa: S608 - our own table
            " WHERE office_id = %s AND kind = 'ticket' RETURNING last",
            [standard.office_id],
        )
        serial = cursor.fetchone()[0]
    return Ticket.objects.create(
        office=standard.office, number=f"{standard.office.code}-26-{serial:05d}", public_code=secrets.token_hex(4),
        service_id=standard.service_id, standard=standard, route="counter", applicant_kind=kind, channel="counter",
        applicant_name=said["name"], phone=said["phone"], status="submitted", turn="office",
        submitted_at=now, recorded_at=now, updated_at=now,
    )  # fmt: skip


def _write(ticket, request, body, name):
    """A message, its event and a job."""
    now = timezone.now()
    message = Message.objects.create(office_id=ticket.office_id, ticket=ticket, author=request.user, body=body, at=now, recorded_at=now)  # fmt: skip
    Event.objects.create(office_id=ticket.office_id, ticket=ticket, name=name, by=request.user, as_what="officer", data={"message": message.pk}, at=now, recorded_at=now)  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('floor', 'floor', '{}')")  # fmt: skip


@signed_in
@csrf_protect
def reply(request, number):
    """A message to the applicant, and the mail promised to him; one commit."""
    with transaction.atomic():
        found = Ticket.objects.select_for_update().get(number=number)
        party = Party.objects.filter(ticket=found).select_related("user").first()
        _write(found, request, request.POST["body"], "reply")
        Ticket.objects.filter(pk=found.pk).update(updated_at=timezone.now())
        _promise(party.user if party else request.user, found)
    return redirect(f"/tiket/{number}/")


def _promise(user, ticket):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_mail (office_id, key, \"to\", template, context, language, created_at, attempts, reason,"
            " message_id, error) VALUES (%s, %s, %s, 'floor', '{}', 'id', now(), 0, '', '', '')",
            [ticket.office_id, secrets.token_hex(16), user.email],
        )  # fmt: skip


urlpatterns = [
    path("antrean/<slug:office>/", worklist),
    path("tiket/<str:number>/", ticket),
    path("tiket/<str:number>/balas/", reply),
    path("cari/", search),
    path("baru/<slug:office>/", create),
]
