"""Who works at the office: read by every officer of it, changed by its heads."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from loket.offices import actions
from loket.offices.forms import InviteForm, RoleForm, TermForm
from loket.offices.models import Membership, Office
from loket.offices.permissions import standing
from loket.offices.queries import (
    member_of,
    office_group,
    offices_by,
    role_rows,
    staff_page,
    waiting_invitations,
)
from loket.offices.views.carried_out import Failed, SignedIn, carried_out
from loket.ui.navigation import desk_group


def roles(request: SignedIn, office: str) -> HttpResponse:
    """The table of roles in words, for whoever must know who may do what."""
    place = _office(request, office)
    return render(request, "offices/roles.html", _page(request, place) | {"rows": role_rows()})  # fmt: skip


def staff(request: SignedIn, office: str) -> HttpResponse:
    """Everybody who works here or did, and who is invited."""
    place = _office(request, office)
    context = _page(request, place) | {
        "staff": staff_page(place, _given(request, place)),
        "invitations": waiting_invitations(place),
        "gives": _given(request, place),
    }
    return render(request, "offices/staff.html", context)


def invite(request: SignedIn, office: str) -> HttpResponse:
    """Ask somebody by mail to work here."""
    place = _office(request, office)
    form = InviteForm(request.POST or None, office=place, roles=_given(request, place))
    send = partial(actions.invite, place, by=request.user)
    if request.method == "POST" and carried_out(form, send):
        messages.success(request, _("Undangan dikirim."))
        return redirect("offices:staff", place.slug)
    context = _page(request, place) | {"form": form}
    return render(request, "offices/invite.html", context, status=422 if form.errors else 200)  # fmt: skip


def member(request: SignedIn, office: str, membership: int) -> HttpResponse:
    """One term with what may be done about it."""
    return _show(request, _member(request, office, membership))


def until(request: SignedIn, office: str, membership: int) -> HttpResponse:
    """Let a term end on another day."""
    found = _member(request, office, membership)
    form = TermForm(request.POST, office=found.office, auto_id="sampai-%s")
    if not carried_out(form, partial(actions.change_until, found, by=request.user)):
        return _show(request, found, ("until", form))
    messages.success(request, _("Masa tugas diubah."))
    return redirect("offices:staff", found.office.slug)


def role(request: SignedIn, office: str, membership: int) -> HttpResponse:
    """Another role; the old term stays in the history."""
    found = _member(request, office, membership)
    given = _given(request, found.office)
    form = RoleForm(request.POST, office=found.office, roles=given, auto_id="peran-%s")
    if not carried_out(form, partial(actions.change_role, found, by=request.user)):
        return _show(request, found, ("role", form))
    messages.success(request, _("Peran diubah."))
    return redirect("offices:staff", found.office.slug)


def dismiss(request: SignedIn, office: str, membership: int) -> HttpResponse:
    """End a term now."""
    found = _member(request, office, membership)
    form = TermForm(request.POST, office=found.office, auto_id="berhenti-%s")
    if not carried_out(form, lambda **_said: actions.dismiss(found, by=request.user)):
        return _show(request, found, ("dismiss", form))
    messages.success(request, _("Penugasan diakhiri. Tiket yang dipegang kembali ke daftar."))  # fmt: skip
    return redirect("offices:staff", found.office.slug)


def factor(request: SignedIn, office: str, membership: int) -> HttpResponse:
    """Take a lost second factor away."""
    found = _member(request, office, membership)
    actions.drop_factor(found, by=request.user)
    messages.success(request, _("Faktor kedua dicabut. Ia memasang yang baru saat masuk."))  # fmt: skip
    return redirect("offices:staff", found.office.slug)


def withdraw(request: SignedIn, office: str, invitation: int) -> HttpResponse:
    """Make an invitation useless."""
    place = _office(request, office)
    found = get_object_or_404(waiting_invitations(place), pk=invitation)
    actions.withdraw(found, by=request.user)
    messages.success(request, _("Undangan ditarik."))
    return redirect("offices:staff", place.slug)


def _office(request: SignedIn, slug: str) -> Office:
    return get_object_or_404(offices_by(standing(request.user).by_office), slug=slug)


def _given(request: SignedIn, office: Office) -> frozenset[str]:
    """The roles the reader may give here."""
    return standing(request.user).appoints(office.pk)


def _member(request: SignedIn, slug: str, pk: int) -> Membership:
    place = _office(request, slug)
    return get_object_or_404(member_of(place, _given(request, place)), pk=pk)  # fmt: skip


def _page(request: SignedIn, office: Office) -> dict[str, object]:
    return {"office": office, "rail": (desk_group(), office_group(office, request.path))}  # fmt: skip


def _show(request: SignedIn, found: Membership, failed: Failed | None = None) -> HttpResponse:  # fmt: skip
    office, given = found.office, _given(request, found.office)
    forms = {
        "until": TermForm(office=office, auto_id="sampai-%s"),
        "role": RoleForm(office=office, roles=given - {found.role}, auto_id="peran-%s"),
    }
    if failed:
        forms[failed[0]] = failed[1]  # type: ignore[assignment]  # the one that was refused
    context = _page(request, office) | {
        "member": found,
        "forms": forms,
        "form": failed[1] if failed else None,
    }
    return render(request, "offices/member.html", context, status=422 if failed else 200)  # fmt: skip
