"""From the first e-mail to a filled-in draft. Nothing here reserves anything."""

import json
import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.kernel.fence import as_system
from loket.kernel.models import Mail
from loket.kernel.outbox import promise
from loket.offices.models import Office
from loket.suppliers.models import Link, LinkRequest, Registration
from loket.suppliers.queries import (
    begun_draft,
    hash_of,
    open_link,
    quiet_until,
    valid_hours,
)

REPORTABLE = timedelta(days=30)


@transaction.atomic
def begin(asked: LinkRequest) -> None:
    """Promise the mail somebody asked for: a link to a new or begun draft, or the way to sign in (F7, F8).

    Runs in a job, so that nothing the asker sees or measures depends on which of them it is.
    """
    if asked.mail_id or asked.held_until:
        return
    asked.held_until = quiet_until(asked.office, asked.email)
    if asked.held_until is None:
        known = User.objects.registered(asked.email)
        asked.registration = None if known else asked.registration or _draft_for(asked)
        asked.mail = _promised(asked, known)
    asked.save(update_fields=["held_until", "registration", "mail"])


def _draft_for(asked: LinkRequest) -> Registration:
    """The draft this address already has here, or a new one."""
    return begun_draft(asked.office, asked.email) or Registration.objects.create(
        office=asked.office,
        email=asked.email,
        language=asked.language,
        requested_at=asked.at,
        touched_at=asked.at,
    )


def _promised(asked: LinkRequest, known: User | None) -> Mail:
    draft = asked.registration
    name = "already_registered" if draft is None else "confirm"
    if draft and draft.confirmed_at:
        name = "resume"
    key = f"asked:{asked.pk}"
    promise(
        key=key,
        to=asked.email,
        template=f"suppliers/mail/{name}",
        context={"request": asked.pk},
        office_id=asked.office_id,
        language=known.language if known else asked.language,
    )
    return Mail.objects.get(key=key)


def new_link(registration: Registration) -> str:
    """Make a link that opens a draft; called when its mail is sent, so that no table holds the token."""
    return _made(
        registration.office,
        valid_hours(registration.office),
        registration=registration,
        purpose=Link.OPEN,
    )


def new_report_link(
    office: Office, *, registration: Registration | None, request: LinkRequest | None
) -> str:
    """Make the link by which the owner of an address says that somebody else used it (F17)."""
    return _made(
        office,
        REPORTABLE,
        registration=registration,
        request=request,
        purpose=Link.REPORT,
    )


def _made(office: Office, valid: timedelta, **where: Any) -> str:
    token, now = secrets.token_urlsafe(32), clock.now()
    Link.objects.create(
        office=office,
        token_hash=hash_of(token),
        made_at=now,
        expires_at=now + valid,
        **where,
    )
    return token


@as_system()
def confirm(token: str) -> Registration:
    """Use a link, once; raises Conflict when it was used before, is over, or leads to a stopped draft."""
    now = clock.now()
    link = open_link(token)
    if link is None or not Link.objects.filter(pk=link.pk, used_at=None).update(
        used_at=now
    ):
        raise Conflict(_("Tautan ini sudah dipakai atau sudah lewat waktunya."))
    draft: Registration = link.registration  # type: ignore[assignment]  # a constraint says so
    Registration.objects.filter(pk=draft.pk, confirmed_at=None).update(confirmed_at=now)
    Registration.objects.filter(pk=draft.pk).update(touched_at=now)
    draft.refresh_from_db(fields=["confirmed_at", "touched_at"])
    return draft


@transaction.atomic
def answer(registration: Registration, *, page: str, said: dict[str, Any]) -> None:
    """Keep what was typed on one page; a password is kept as Django's hash only.

    Another kind of business asks other questions, so then later pages must be sent again.
    """
    registration.hold()
    if registration.is_finished:
        raise Conflict(_("Pendaftaran ini sudah dikirim."))
    if registration.stopped_at:
        raise Conflict(_("Pendaftaran ini dihentikan oleh pemilik alamat e-mail."))
    typed, said = registration.typed, dict(said)
    if password := said.pop("password", ""):
        registration.password_hash = make_password(password)
    answered = {} if _asks_anew(typed, page, said) else typed.get("answered", {})
    typed |= {page: said, "answered": answered | {page: True}}
    typed.pop("refused", None)
    if page != "checked":
        typed.pop("checked", None)
    registration.answers = json.dumps(typed)
    registration.touched_at = clock.now()
    registration.save(update_fields=["answers", "password_hash", "touched_at"])
    _keep_links_open(registration)


@transaction.atomic
def keep_refused(
    registration: Registration, *, page: str, said: dict[str, str]
) -> None:
    """What was typed on a page that has to be corrected, so that it is there when the page is opened again.

    It answers nothing: the page before stays answered as it was. Only the last such page is kept.
    """
    registration.hold()
    if registration.is_finished or registration.stopped_at:
        return
    registration.answers = json.dumps(registration.typed | {"refused": {page: said}})
    registration.touched_at = clock.now()
    registration.save(update_fields=["answers", "touched_at"])


def _keep_links_open(registration: Registration) -> None:
    """The hours of an unused link count from the last thing that was saved."""
    now = clock.now()
    unused = Link.objects.filter(registration=registration, used_at=None)
    open_ones = unused.filter(purpose=Link.OPEN, expires_at__gt=now)
    open_ones.update(expires_at=now + valid_hours(registration.office))


def _asks_anew(typed: dict[str, Any], page: str, said: dict[str, Any]) -> bool:
    return page == "business" and typed.get("business") != said
