"""An officer keeps a view of a list, or lets it go."""

from django.core.exceptions import PermissionDenied
from django.utils.http import urlencode

from loket.accounts.models import User
from loket.offices.models import Office
from loket.offices.permissions import may
from loket.offices.roles import Permission
from loket.tickets.models import SavedFilter


def save_filter(
    office: Office, *, name: str, worklist: str, said: dict[str, str], by: User
) -> SavedFilter:
    """Keep what a list was narrowed to under a name; the same name again replaces it."""
    if not may(by, Permission.TICKET_READ, office.pk):
        raise PermissionDenied
    kept = {key: value for key, value in said.items() if value}
    saved, _is_new = SavedFilter.objects.update_or_create(
        office=office, user=by, name=name,
        defaults={"worklist": worklist, "query": urlencode(kept)},
    )  # fmt: skip
    return saved


def forget_filter(office: Office, *, name: str, by: User) -> None:
    """Let a view go; somebody else's is not touched."""
    SavedFilter.objects.filter(office=office, user=by, name=name).delete()
