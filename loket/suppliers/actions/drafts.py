"""From the first e-mail to a filled-in draft. Nothing here reserves anything."""

import json
import secrets
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.kernel.fence import as_system
from loket.kernel.outbox import promise
from loket.offices.models import Office
from loket.standards.queries import settings_of
from loket.suppliers.models import Registration
from loket.suppliers.queries import hash_of, mails_since

MAILS_AN_HOUR = 5
HOUR = timedelta(hours=1)


@as_system()
def begin(office: Office, *, email: str, language: str) -> None:
    """Promise a mail to whoever asks: a link, or for a known address the way to sign in (F7, F8).

    Nothing tells the asker which of the two it was; too many mails an hour are left out silently.
    """
    if mails_since(email, clock.now() - HOUR) >= MAILS_AN_HOUR:
        return
    known = User.objects.registered(email)
    key, template, context = (
        _for_known(known, office) if known else _for_new(office, email, language)
    )
    promise(
        key=key, to=email, template=template, context=context, office_id=office.pk,
        language=known.language if known else language,
    )  # fmt: skip


def _for_new(
    office: Office, email: str, language: str
) -> tuple[str, str, dict[str, object]]:
    draft = Registration.objects.create(
        office=office, email=email, language=language, requested_at=clock.now()
    )
    return f"confirm:{draft.pk}", "suppliers/mail/confirm", {"registration": draft.pk}


def _for_known(user: User, office: Office) -> tuple[str, str, dict[str, object]]:
    context: dict[str, object] = {"user": user.pk, "office": office.pk}
    return (
        f"already_registered:{uuid4().hex}",
        "suppliers/mail/already_registered",
        context,
    )


def new_link(registration: Registration) -> str:
    """Make the token of a link and keep its hash; called when the mail is sent (F9, F10)."""
    token = secrets.token_urlsafe(32)
    valid = timedelta(hours=settings_of(registration.office).confirm_link.valid_hours)
    Registration.objects.filter(pk=registration.pk, confirmed_at=None).update(
        token_hash=hash_of(token), token_expires_at=clock.now() + valid
    )
    return token


@as_system()
def confirm(token: str) -> Registration:
    """Use a link, once; raises Conflict when it was used before or its hours are over."""
    found = Registration.objects.filter(token_hash=hash_of(token))
    now = clock.now()
    open_links = found.filter(confirmed_at=None, token_expires_at__gt=now)
    if not open_links.update(confirmed_at=now):
        raise Conflict(_("Tautan ini sudah dipakai atau sudah lewat waktunya."))
    return found.select_related("office").get()


@transaction.atomic
def answer(registration: Registration, *, page: str, said: dict[str, Any]) -> None:
    """Keep what was typed on one page; a password is kept as Django's hash only.

    Another kind of business asks other questions, so then later pages must be sent again.
    """
    registration.refresh_from_db(from_queryset=Registration.objects.select_for_update())
    if registration.is_finished:
        raise Conflict(_("Pendaftaran ini sudah dikirim."))
    typed, said = registration.typed, dict(said)
    if password := said.pop("password", ""):
        registration.password_hash = make_password(password)
    answered = {} if _asks_anew(typed, page, said) else typed.get("answered", {})
    typed |= {page: said, "answered": answered | {page: True}}
    if page != "checked":
        typed.pop("checked", None)
    registration.answers = json.dumps(typed)
    registration.save(update_fields=["answers", "password_hash"])


def _asks_anew(typed: dict[str, Any], page: str, said: dict[str, Any]) -> bool:
    return page == "business" and typed.get("business") != said
