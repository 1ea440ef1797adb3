"""Asking for a mail of the registration, having one sent again, and saying: that was not me."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.kernel.fence import as_system
from loket.offices.models import Office
from loket.suppliers.actions.limits import RESENT_AFTER, TooMany, admit, held_until
from loket.suppliers.models import Link, LinkRequest, Registration
from loket.suppliers.permissions import helps_at
from loket.suppliers.queries import report_link

BEGIN, TELL = (
    f"loket.suppliers.tasks.{name}" for name in ("begin_registration", "tell_of_report")
)


@as_system()
def ask(
    office: Office,
    *,
    email: str,
    language: str,
    registration: Registration | None = None,
) -> LinkRequest:
    """Take an address; the same work for every address, a job decides on the mail (F7).

    Too many for one address within an hour are held back, whoever asked.
    """
    asked = LinkRequest.objects.create(
        office=office, email=email, language=language, at=clock.now(),
        held_until=held_until(email), registration=registration,
    )  # fmt: skip
    _later(BEGIN, request_id=asked.pk)
    return asked


def ask_again(before: LinkRequest, *, network: str) -> LinkRequest:
    """The same mail once more for the browser that asked; raises TooMany within a minute, or by the limits."""
    if clock.now() < before.at + RESENT_AFTER:
        raise TooMany(before.at + RESENT_AFTER)
    admit(before.office, network=network, way="proof")
    return ask(
        before.office, email=before.email, language=before.language,
        registration=before.registration,
    )  # fmt: skip


def ask_to_resume(draft: Registration, *, network: str) -> LinkRequest:
    """A link to the draft a browser works on, to go on elsewhere; raises TooMany by the limits."""
    admit(draft.office, network=network, way="proof")
    return ask(
        draft.office, email=draft.email, language=draft.language, registration=draft
    )


@transaction.atomic
def send_again(before: LinkRequest, *, by: User) -> LinkRequest:
    """An officer helps somebody who waits; not held back, but by whom it was done is kept."""
    if not helps_at(by, before.office):
        raise PermissionDenied
    asked = LinkRequest.objects.create(
        office=before.office, email=before.email, language=before.language, at=clock.now(),
        registration=before.registration, by=by,
    )  # fmt: skip
    _later(BEGIN, request_id=asked.pk)
    return asked


@as_system()
def report(token: str) -> None:
    """The owner of an address says: not me. The draft stops, its answers are gone, the office is told.

    Of a registration that was sent already only the office is told. A second report changes nothing.
    """
    if (link := report_link(token)) is None:
        raise Conflict(_("Tautan ini sudah lewat waktunya."))
    now = clock.now()
    if not Link.objects.filter(pk=link.pk, used_at=None).update(used_at=now):
        return
    for draft in _drafts_of(link):
        draft.stopped_at, draft.answers, draft.password_hash = now, "", ""
        draft.save(update_fields=["stopped_at", "answers", "password_hash"])
    _later(TELL, link_id=link.pk)


def _drafts_of(link: Link) -> list[Registration]:
    """The draft the link belongs to, if it is not sent yet, locked against a page saved meanwhile."""
    found = Registration.objects.select_for_update(of=("self",)).filter(link=link)
    return list(found.filter(finished_at=None, stopped_at=None))


def _later(name: str, **args: int) -> None:
    """Leave it to a job of this room, by name: actions stand below the jobs."""
    app.configure_task(name).defer(**args)
