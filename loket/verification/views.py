"""The officer's page of a video call, and the applicant's consent."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from loket.kernel import clock
from loket.tickets.actions import Finding
from loket.tickets.models import Ticket
from loket.tickets.panels import panels_of
from loket.tickets.permissions import judges
from loket.tickets.queries import asked_documents
from loket.tickets.queries.checklist import AskedRow, rows_of
from loket.tickets.queries.desk import at_desk, own_tickets, rail, to_read
from loket.tickets.queries.hands import last_event
from loket.tickets.queries.proofs import proofs_of
from loket.tickets.queries.reasons import reasons_of
from loket.tickets.queries.words import service_title
from loket.tickets.views.carried_out import Failed, SignedIn, carried_out, placed
from loket.verification import actions
from loket.verification.forms import FinishForm, PictureForm, PlanForm, ShownForm
from loket.verification.models import Session, SessionStatus
from loket.verification.queries import (
    call_link,
    consent_of,
    held_sessions,
    last_session,
    marks_of,
    standing_of,
    time_words,
)
from loket.verification.steps import plan_form, plan_of

NOTHING: Failed = ("", forms.Form())
PAGES = ("tickets:page", "tickets:original")
# The buttons of the page that only say that something was done
ACTS = {
    "mulai": actions.begin,
    "setuju": actions.consent,
    "kode": actions.see_code,
    "tidak-hadir": actions.miss,
    "batal": actions.cancel,
}


def _ticket(request: SignedIn, number: str) -> Ticket:
    return get_object_or_404(to_read(request.user), number=number)


def _call(request: SignedIn, number: str, pk: int) -> Session:
    known = Session.objects.select_related("office", "ticket__office")
    tickets = at_desk(request.user)
    return get_object_or_404(known, pk=pk, ticket__in=tickets, ticket__number=number)


def session(request: SignedIn, number: str) -> HttpResponse:
    """The call on one page: what to do before, during and after it."""
    return _show(request, _ticket(request, number))


def _show(request: SignedIn, ticket: Ticket, failed: Failed = NOTHING) -> HttpResponse:
    call = last_session(ticket)
    context = {
        "office": ticket.office,
        "rail": rail(ticket.office, request.user),
        "ticket": ticket,
        "service": service_title(ticket),
        "form": failed[1],
        "may_work": judges(request.user, ticket),
        "plan_form": _kept(failed, "jadwal") or placed(plan_form(ticket), "jadwal"),
        "session": call,
        "calls": held_sessions(ticket),
        "now": clock.now(),
        "seen_event": last_event(ticket),
        **(_during(request, ticket, call, failed) if call else {}),
    }
    status = 422 if failed[0] else 200
    return render(request, "verification/session.html", context, status=status)


def _kept(failed: Failed, place: str) -> forms.Form | None:
    return failed[1] if failed[0] == place else None


def _during(
    request: SignedIn, ticket: Ticket, call: Session, failed: Failed
) -> dict[str, Any]:
    rows = rows_of(ticket, asked_documents(ticket), names=PAGES, for_office=True)
    call.ticket = ticket
    standing = standing_of(call)
    place = failed[0].removeprefix("berkas-")
    chosen = _chosen(rows, place or request.GET.get("berkas", ""), standing.shown)
    return {
        "told": time_words(call, for_office=True),
        "meeting": call_link(call),
        "consent": call.consent_text or consent_of(ticket, call.language),
        "rows": [(row, _is_shown(row, standing.shown)) for row in rows],
        "chosen": chosen,
        "verdict": chosen and (_kept(failed, f"berkas-{chosen.asked.code}") or _verdict(ticket, chosen)),
        "panels": panels_of(ticket, request.user),
        "proofs": proofs_of(ticket).get(call.purpose, []),
        "lacks": standing.lacks,
        "marks": marks_of(call) if call.status == SessionStatus.HELD else [],
        "picture_form": _kept(failed, "bukti") or placed(PictureForm(), "bukti"),
        "finish_form": _kept(failed, "selesai") or placed(FinishForm(), "selesai"),
    }  # fmt: skip


def _is_shown(row: AskedRow, shown: frozenset[int]) -> bool:
    return row.asked.verdict is not None and row.asked.verdict.pk in shown


def _chosen(rows: list[AskedRow], code: str, shown: frozenset[int]) -> AskedRow | None:
    """The document asked for, else the first that was not shown yet, else the first."""
    named = [row for row in rows if row.asked.code == code]
    waiting = [row for row in rows if not _is_shown(row, shown)]
    return next(iter([*named, *waiting, *rows]), None)


def _verdict(ticket: Ticket, row: AskedRow) -> forms.Form:
    initial = {"after": row.asked.revision}
    form = ShownForm(initial=initial, reasons=reasons_of(ticket.office))
    return placed(form, f"berkas-{row.asked.code}")


def minutes(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """What one call brought, to read and to print; each that was held has its own."""
    ticket = _ticket(request, number)
    context = {"office": ticket.office, "rail": rail(ticket.office, request.user)}
    return _minutes(request, ticket, pk, "verification/minutes.html", context)


def own_minutes(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """The same for the applicant, who compares by the hashes what somebody shows him."""
    ticket = get_object_or_404(own_tickets(request.user), number=number)
    return _minutes(request, ticket, pk, "verification/own_minutes.html", {})


def _minutes(
    request: SignedIn, ticket: Ticket, pk: int, page: str, context: dict[str, Any]
) -> HttpResponse:
    calls = held_sessions(ticket)
    call = next((each for each in calls if each.pk == pk), None)
    if call is None:
        raise Http404
    call.ticket = ticket
    context |= {
        "ticket": ticket,
        "service": service_title(ticket),
        "session": call,
        "calls": calls,
        "told": time_words(call, for_office="office" in context),
        "marks": marks_of(call),
        "for_office": "office" in context,
    }
    return render(request, page, context)


def plan(request: SignedIn, number: str) -> HttpResponse:
    """Plan a call, or move it."""
    ticket = _ticket(request, number)
    form: PlanForm = plan_form(ticket, request.POST)
    placed(form, "jadwal")

    def propose(**said: Any) -> None:
        actions.propose(ticket, plan_of(said), by=request.user)

    if not carried_out(form, propose):
        return _show(request, _ticket(request, number), ("jadwal", form))
    messages.success(
        request, _("Panggilan dijadwalkan; pemohon dikabari lewat e-mail.")
    )
    return redirect("verification:session", number)


def act(request: SignedIn, number: str, pk: int, act: str) -> HttpResponse:
    """Begin, consent, code, not come, cancel."""
    if (action := ACTS.get(act)) is None:
        raise Http404
    call, form = _call(request, number, pk), forms.Form(request.POST)
    if not carried_out(form, partial(action, call, by=request.user)):
        return _show(request, _ticket(request, number), ("panggilan", form))
    messages.success(request, _("Tercatat."))
    return redirect("verification:session", number)


def verdict(request: SignedIn, number: str, pk: int, requirement: str) -> HttpResponse:
    """Judge the document that is being shown."""
    call = _call(request, number, pk)
    asked = asked_documents(call.ticket)
    document = next((each.document for each in asked if each.code == requirement), None)
    if document is None:
        raise Http404
    place = f"berkas-{requirement}"
    form = placed(ShownForm(request.POST, reasons=reasons_of(call.office)), place)

    def judge(after: int, **found: Any) -> None:
        finding = Finding(**found)
        actions.judge_shown(call, document, finding, by=request.user, after=after)

    if not carried_out(form, judge):
        return _show(request, _ticket(request, number), (place, form))
    messages.success(request, _("Putusan disimpan."))
    return redirect("verification:session", number)


def picture(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """Keep a screenshot."""
    call = _call(request, number, pk)
    form = placed(PictureForm(request.POST, request.FILES), "bukti")

    def keep(file: Any) -> None:
        try:
            actions.keep_picture(
                call, data=file.read(), name=file.name or "", by=request.user
            )
        except ValidationError as error:
            raise ValidationError({"file": error.messages}) from error

    if not carried_out(form, keep):
        return _show(request, _ticket(request, number), ("bukti", form))
    messages.success(request, _("Gambar bukti disimpan."))
    return redirect("verification:session", number)


def finish(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """End the call with its result."""
    call = _call(request, number, pk)
    form = placed(FinishForm(request.POST), "selesai")
    if not carried_out(form, partial(actions.finish, call, by=request.user)):
        return _show(request, _ticket(request, number), ("selesai", form))
    messages.success(request, _("Panggilan selesai; hasilnya dikirim kepada pemohon."))
    return redirect("tickets:ticket", number)


def agree(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """The applicant consents on his own page."""
    ticket = get_object_or_404(own_tickets(request.user), number=number)
    known = Session.objects.select_related("office", "ticket__office")
    call = get_object_or_404(known, pk=pk, ticket=ticket)
    actions.consent(call, by=request.user)
    messages.success(request, _("Persetujuan Anda tercatat."))
    return redirect("tickets:own", number)
