"""The register of accounts in other systems, for officers; who works on tickets ends one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from loket.access_rights.actions.accounts import end_account
from loket.access_rights.permissions import ends_accounts
from loket.access_rights.queries.accounts import accounts_at, register_of
from loket.offices.views.carried_out import SignedIn
from loket.tickets.queries.desk import desks, rail


def register(request: SignedIn, office: str) -> HttpResponse:
    """What ends soon first, then what goes on, then what was ended lately."""
    place = get_object_or_404(desks(request.user), slug=office)
    found = register_of(place, request.user)
    open_rows = [*found.due, *found.running]
    context = {
        "office": place,
        "rail": rail(place, request.user),
        "register": found,
        "mine_to_end": {each.pk for each in open_rows if ends_accounts(request.user, each)},
    }  # fmt: skip
    return render(request, "access_rights/accounts.html", context)


def end(request: SignedIn, office: str, account: int) -> HttpResponse:
    """It was ended in that system."""
    place = get_object_or_404(desks(request.user), slug=office)
    end_account(get_object_or_404(accounts_at(place, request.user), pk=account), by=request.user)  # fmt: skip
    messages.success(request, _("Dicatat: akun sudah tidak aktif."))
    return redirect("access_rights:accounts", office)
