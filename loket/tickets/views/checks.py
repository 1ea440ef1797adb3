"""What an officer writes down about outside registers, and what a head lets pass."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from loket.tickets import actions
from loket.tickets.forms import CheckForm, OverrideForm
from loket.tickets.queries.checks import register_of
from loket.tickets.queries.desk import at_desk, to_read
from loket.tickets.views.carried_out import SignedIn, carried_out, placed
from loket.tickets.views.desk_checks import CHECK, OVERRIDE
from loket.tickets.views.desk_page import show


def check(request: SignedIn, number: str) -> HttpResponse:
    """Write down what an outside register answered."""
    ticket = get_object_or_404(at_desk(request.user), number=number)
    kind = request.POST.get("kind", "")
    form = CheckForm(request.POST, request.FILES, register=register_of(ticket, kind))
    placed(form, CHECK + kind)

    def record(kind: str, file: "UploadedFile[bytes] | None", **said: Any) -> None:
        shown = actions.Evidence(file.read(), str(file.name)) if file else None
        answer = actions.Answer(**said, evidence=shown)
        actions.record_check(ticket, kind, answer, by=request.user)

    if not carried_out(form, record):
        again = get_object_or_404(to_read(request.user), number=number)
        return show(request, again, (CHECK + kind, form))
    messages.success(request, _("Hasil pemeriksaan dicatat."))
    return redirect("tickets:ticket", number)


def override(request: SignedIn, number: str) -> HttpResponse:
    """A head lets the step pass a register that is not clear."""
    ticket = get_object_or_404(at_desk(request.user), number=number)
    place = OVERRIDE + request.POST.get("kind", "")
    form = placed(OverrideForm(request.POST), place)

    def pass_on(**said: Any) -> None:
        actions.override_check(ticket, by=request.user, **said)

    if not carried_out(form, pass_on):
        again = get_object_or_404(to_read(request.user), number=number)
        return show(request, again, (place, form))
    messages.success(request, _("Pengecualian dicatat."))
    return redirect("tickets:ticket", number)
