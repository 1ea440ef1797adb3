"""What an official holds, and how he asks for more time."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from loket.access_rights.actions import ask_extension
from loket.access_rights.forms import LetterForm
from loket.access_rights.queries import (
    grants_of,
    letter_types,
    letters_of,
    waiting_extension,
)
from loket.kernel import clock
from loket.offices.views.carried_out import SignedIn, carried_out


def mine(request: SignedIn) -> HttpResponse:
    """Each access with its end, and the letters it was given for."""
    context = {
        "grants": grants_of(request.user),
        "letters": letters_of(request.user),
        "now": clock.now(),
    }
    return render(request, "access_rights/mine.html", context)


def extend(request: SignedIn, grant: int) -> HttpResponse:
    """Ask for more time with a new surat tugas."""
    held = get_object_or_404(grants_of(request.user), pk=grant)
    said = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = LetterForm(*said, office=held.office, types=letter_types(held.office))
    ask = partial(ask_extension, held, by=request.user)
    if request.method == "POST" and carried_out(form, ask):
        messages.success(request, _("Permohonan perpanjangan dikirim."))
        return redirect("access_rights:mine")
    context = {
        "office": held.office,
        "grant": held,
        "form": form,
        "is_waiting": waiting_extension(held),
    }
    return render(request, "access_rights/extend.html", context, status=422 if form.errors else 200)  # fmt: skip
