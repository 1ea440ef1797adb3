"""What a form asks to be changed, what it was before, and how far the hold is."""

import hmac
import json
from dataclasses import dataclass

from django.utils.translation import gettext as _, gettext_lazy

from loket.kernel import clock
from loket.kernel.crypto import digest
from loket.kernel.fence import as_system
from loket.offices.numbers import mask
from loket.standards.pack import FormField
from loket.standards.queries import spec_of
from loket.suppliers.models import DataChange, Representative, Supplier
from loket.tickets.models import Said, Ticket
from loket.tickets.queries.answers import form_of, read

KINDS = {"hold_change", "apply_data_change"}
# What a field means, as the column of `Supplier`; the e-mail is the account's in SPSE, which loket does not hold
COLUMNS = {
    "new_name": "name", "new_address": "address", "new_phone": "phone",
    "new_pkp_number": "pkp_number", "new_tax_number": "tax_id", "new_email": "email",
}  # fmt: skip
# By whose new value an account could be taken over (G9): column, and the choice that announces it
HELD = {"tax_id": "npwp", "email": "email"}
LABELS = {
    "name": gettext_lazy("Nama"), "address": gettext_lazy("Alamat"), "phone": gettext_lazy("Telepon"),
    "pkp_number": gettext_lazy("Nomor PKP"), "tax_id": gettext_lazy("Nomor pajak"), "email": gettext_lazy("E-mail"),
}  # fmt: skip


@dataclass(frozen=True)
class WantedChange:
    """New values by column, the old e-mail as it was typed, and whether the change is to be held."""

    after: dict[str, str]
    old_email: str
    is_held: bool


def wanted_change(asked: dict[str, FormField], said: Said) -> WantedChange:
    """Read the form by what its fields mean. A choice of what changes counts even without the new value."""
    meant: dict[str, object] = {
        one.means: said.get(name) for name, one in asked.items() if one.means
    }
    after = {column: str(meant[means]) for means, column in COLUMNS.items() if meant.get(means)}  # fmt: skip
    chosen = set(said.get(named_as(asked, "changed"), ()))
    is_held = any(column in after or code in chosen for column, code in HELD.items())
    return WantedChange(after, str(meant.get("old_email") or ""), is_held)


def objections(asked: dict[str, FormField], said: Said, now: object) -> dict[str, str]:
    """What may take over an account is typed, so that before and after are on record."""
    found = wanted_change(asked, said)
    chosen = set(said.get(named_as(asked, "changed"), ()))
    wrong = {}
    for means, column in COLUMNS.items():
        name = named_as(asked, means)
        if name and HELD.get(column) in chosen and column not in found.after:
            wrong[name] = _("Isi nilai yang baru.")
    return wrong


def named_as(asked: dict[str, FormField], means: str) -> str:
    """The field of this form that is read as this; empty where none is."""
    return next((name for name, one in asked.items() if one.means == means), "")


def change_of(ticket: Ticket) -> DataChange | None:
    """The change of the newest form; None where the service changes no data. One statement at most."""
    if not KINDS & spec_of(ticket.standard_id).kinds:
        return None
    found = DataChange.objects.filter(ticket=ticket).select_related("supplier", "applied_by")  # fmt: skip
    return found.order_by("-version").first()


def before_of(supplier: Supplier | None, wanted: WantedChange) -> dict[str, str]:
    """What stands there now, of what would change."""
    now = {column: str(getattr(supplier, column, "") or "") for column in wanted.after}
    return now | ({"email": wanted.old_email} if "email" in wanted.after else {})


@dataclass(frozen=True)
class Row:
    """One value before and after, numbers masked."""

    label: str
    before: str
    after: str


def rows_of(change: DataChange) -> list[Row]:
    """For a page: identity numbers are masked until somebody asks for the form in full."""
    before, after = json.loads(change.before or "{}"), json.loads(change.after or "{}")
    return [Row(str(LABELS[each]), _shown(each, before.get(each, "")), _shown(each, after[each])) for each in after]  # fmt: skip


def _shown(column: str, value: str) -> str:
    return mask(value) if column == "tax_id" and value else value


def old_addresses(change: DataChange) -> dict[str, str]:
    """Who may stop it, with his language: the owners' addresses, and the one that is to be replaced."""
    owners = Representative.objects.owners().filter(supplier=change.supplier_id)
    found = {each.user.email: each.user.language for each in owners.select_related("user")}  # fmt: skip
    typed = json.loads(change.before or "{}").get("email")
    return found | ({typed: "id"} if typed and typed not in found else {})


def stop_token(change: DataChange) -> str:
    """The secret half of the link; it is in no table."""
    return digest(f"{change.pk}:{change.asked_at.isoformat()}", purpose="stop-data-change")  # fmt: skip


@as_system()
def stoppable(pk: int, token: str) -> DataChange | None:
    """The change of a link that can still be used."""
    found = DataChange.objects.select_related("ticket", "office").filter(pk=pk, applied_at=None, stopped_at=None)  # fmt: skip
    change = found.first()
    return change if change and hmac.compare_digest(stop_token(change), token) else None


def is_over(change: DataChange) -> bool:
    """Whether its hold is behind it."""
    return change.holds_until <= clock.now()


def newest_said(ticket: Ticket) -> tuple[int, Said]:
    """Version and answers of the newest form; version 0 before anybody filled it in."""
    form = form_of(ticket)
    return (form.version, read(form)) if form else (0, {})


def held_long_enough() -> list[Ticket]:
    """Open requests whose newest change waited its time; most of them have gone on already."""
    over = DataChange.objects.filter(is_held=True, holds_until__lte=clock.now(), applied_at=None, stopped_at=None)  # fmt: skip
    tickets = Ticket.objects.open().filter(pk__in=over.values("ticket")).select_related("office")  # fmt: skip
    return [each for each in tickets if _is_held_now(each)]


def _is_held_now(ticket: Ticket) -> bool:
    change = change_of(ticket)
    at_hold = spec_of(ticket.standard_id).step(ticket.step).kind == "hold_change"
    return at_hold and change is not None and is_over(change)
