"""From an official's e-mail to access that ends by itself. Nobody decides about himself."""

import secrets
from dataclasses import asdict
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loket.access_rights.models import AccessEvent, AccessGrant, AccessRequest
from loket.access_rights.permissions import decides_at, may_decide
from loket.access_rights.queries import (
    LINK_HOURS,
    Letter,
    Official,
    account_of,
    nip_digest,
)
from loket.accounts.actions import open_account
from loket.accounts.models import User
from loket.files.actions import Limits, store_upload
from loket.files.models import StoredFile
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.kernel.fence import as_system
from loket.kernel.outbox import promise
from loket.offices.models import Office
from loket.offices.queries import hash_of
from loket.standards.queries import settings_of
from loket.suppliers.actions.limits import held_until


@as_system()
def begin(office: Office, *, email: str, language: str) -> None:
    """Promise a mail with a link: the same mail and the same work for every address.

    An address that had enough mails for the hour gets none, and whoever asks is not told.
    """
    if held_until(email):
        return
    asked = AccessRequest.objects.create(
        office=office, email=email, language=language, requested_at=clock.now()
    )
    _tell(asked, "confirm")


def new_link(asked: AccessRequest) -> str:
    """Make the token of the link and keep its hash; called when the mail is sent."""
    token, expires = secrets.token_urlsafe(32), clock.now() + timedelta(hours=LINK_HOURS)  # fmt: skip
    AccessRequest.objects.filter(pk=asked.pk, confirmed_at=None).update(
        token_hash=hash_of(token), token_expires_at=expires
    )
    return token


@as_system()
def confirm(token: str) -> AccessRequest:
    """Use a link, once."""
    found = AccessRequest.objects.filter(token_hash=hash_of(token))
    unused = found.filter(confirmed_at=None, token_expires_at__gt=clock.now())
    if not unused.update(confirmed_at=clock.now()):
        raise Conflict(_("Tautan ini sudah dipakai atau sudah lewat waktunya."))
    return found.select_related("office").get()


@as_system()
def submit(
    asked: AccessRequest, official: Official, letter: Letter, *, by: None, user_id: str = "", password: str = ""
) -> None:  # fmt: skip
    """Send the request in. Whoever has no account yet chooses User ID and password with it."""
    asked.refresh_from_db(from_queryset=AccessRequest.objects.select_for_update())
    if asked.submitted_at is not None:
        return
    if not user_id and account_of(asked) is None:
        raise ValidationError({"user_id": _("Pilih User ID.")})
    asked.letter = _stored(asked.office, letter, by=by)
    asked.user_id, asked.password_hash = user_id, make_password(password) if password else ""  # fmt: skip
    _send_in(asked, official, by=by)


@as_system()
def ask_extension(grant: AccessGrant, letter: Letter, *, by: User, until: datetime) -> AccessRequest:  # fmt: skip
    """Ask for more time with a new surat tugas; decided like the first request."""
    if by.pk != grant.user_id:
        raise PermissionDenied
    if until <= grant.until:
        raise ValidationError({"until": _("Pilih tanggal sesudah akhir masa berlaku sekarang.")})  # fmt: skip
    now = clock.now()
    asked = AccessRequest(
        office=grant.office, email=by.email, language=by.language, requested_at=now,
        confirmed_at=now, extends=grant, letter=_stored(grant.office, letter, by=by),
    )  # fmt: skip
    said = Official(by.name, grant.nip, grant.position, grant.work_unit, "", until)
    _send_in(asked, said, by=by)
    return asked


def _send_in(asked: AccessRequest, official: Official, *, by: User | None) -> None:
    for field, value in asdict(official).items():
        setattr(asked, field, value)
    asked.nip_digest, asked.submitted_at = nip_digest(official.nip), clock.now()
    try:
        with transaction.atomic():
            asked.save()
    except IntegrityError as error:
        raise Conflict(_("Permohonan Anda yang lain masih menunggu putusan.")) from error  # fmt: skip
    _record(asked, "submit", by=by)


def _stored(office: Office, letter: Letter, *, by: User | None) -> StoredFile:
    uploads = settings_of(office).uploads
    limits = Limits(uploads.types, uploads.at_most_mb)
    try:
        return store_upload(office, data=letter.data, name=letter.name, limits=limits, by=by)  # fmt: skip
    except ValidationError as error:
        raise ValidationError({"letter": error.messages}) from error


@transaction.atomic
def approve(asked: AccessRequest, *, by: User) -> AccessGrant:
    """Give the access: account if there is none, and a grant that ends with the official's term."""
    _decide(asked, by=by, is_approved=True)
    until = asked.until
    if until is None or until <= clock.now():
        raise ValidationError(_("Masa jabatan ini sudah lewat. Tolak dengan alasan itu."))  # fmt: skip
    grant = _prolong(asked, until) if asked.extends_id else _grant(asked, until, by=by)  # fmt: skip
    _record(asked, "approve", by=by)
    _tell(asked, "approved")
    return grant


@transaction.atomic
def refuse(asked: AccessRequest, *, by: User, reason: str) -> None:
    """Turn the request down, always with a reason, which the official reads."""
    if not reason.strip():
        raise ValidationError({"reason": _("Tulis alasannya.")})
    _decide(asked, by=by, is_approved=False, reason=reason)
    _record(asked, "refuse", by=by)
    _tell(asked, "refused")


def _decide(asked: AccessRequest, *, by: User, is_approved: bool, reason: str = "") -> None:  # fmt: skip
    """Of two decisions one counts; the password leaves the request, for the account holds it now."""
    if not may_decide(by, asked):
        raise PermissionDenied
    asked.refresh_from_db(from_queryset=AccessRequest.objects.select_for_update())
    waiting = AccessRequest.objects.waiting().filter(pk=asked.pk)
    decided = waiting.update(
        decided_at=clock.now(), decided_by=by, is_approved=is_approved, reason=reason,
        password_hash="",
    )  # fmt: skip
    if not decided:
        raise Conflict(_("Permohonan ini sudah diputus petugas lain."))


def _grant(asked: AccessRequest, until: datetime, *, by: User) -> AccessGrant:
    user = account_of(asked) or _open_account(asked)
    try:
        with transaction.atomic():
            return AccessGrant.objects.create(
                office=asked.office, user=user, position=asked.position, nip=asked.nip,
                nip_digest=asked.nip_digest, work_unit=asked.work_unit,
                since=clock.now(), until=until, granted_by=by,
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict(_("NIP ini dipakai akun lain, atau akses yang sama masih berlaku.")) from error  # fmt: skip


def _open_account(asked: AccessRequest) -> User:
    try:
        with transaction.atomic():
            return open_account(
                user_id=asked.user_id, email=asked.email, name=asked.name,
                password_hash=asked.password_hash, language=asked.language,
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict(_("Sementara itu User ID ini dipakai orang lain. Tolak, dan minta pejabat memilih yang lain.")) from error  # fmt: skip


def _prolong(asked: AccessRequest, until: datetime) -> AccessGrant:
    grant = AccessGrant.objects.select_for_update().get(accessrequest=asked)
    if grant.ended_by_id is not None:
        raise Conflict(_("Akses ini sudah diakhiri. Tolak, dan minta permohonan baru."))
    try:
        with transaction.atomic():
            grant.until = until
            grant.save(update_fields=["until"])
    except IntegrityError as error:
        raise Conflict(_("Akses yang sama sudah diberikan lagi.")) from error
    return grant


@transaction.atomic
def end(grant: AccessGrant, *, by: User) -> None:
    """Take the access away before its time."""
    if by.pk == grant.user_id or not decides_at(by, grant.office):
        raise PermissionDenied
    running = AccessGrant.objects.current().filter(pk=grant.pk)
    if not running.update(until=clock.now(), ended_by=by):
        raise Conflict(_("Akses ini sudah berakhir."))


@transaction.atomic
def reveal(asked: AccessRequest, *, by: User) -> str:
    """Show the NIP to whoever decides, on record first (G11)."""
    if not may_decide(by, asked):
        raise PermissionDenied
    _record(asked, "nip_seen", by=by)
    return asked.nip


@transaction.atomic
def lapse(asked: AccessRequest, *, by: None) -> None:
    """Nobody decided in time; the official may ask again."""
    waiting = AccessRequest.objects.waiting().filter(pk=asked.pk)
    if waiting.update(lapsed_at=clock.now(), password_hash=""):
        _record(asked, "lapse", by=by)
        _tell(asked, "lapsed")


def _record(asked: AccessRequest, name: str, *, by: User | None) -> None:
    now = clock.now()
    AccessEvent.objects.create(
        office_id=asked.office_id, request=asked, name=name, by=by, at=now, recorded_at=now
    )  # fmt: skip


def _tell(asked: AccessRequest, name: str) -> None:
    promise(
        key=f"access_{name}:{asked.pk}", to=asked.email,
        template=f"access_rights/mail/{name}", context={"request": asked.pk},
        office_id=asked.office_id, language=asked.language,
    )  # fmt: skip
