"""Away from the office and back again: entered by the officer himself or by a head."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.offices.models import Absence, Office
from loket.offices.permissions import notes_absence_of
from loket.offices.queries import workers


@dataclass(frozen=True)
class Away:
    """From when until when, and why."""

    kind: str
    starts_at: datetime
    ends_at: datetime


@transaction.atomic
def note_absence(office: Office, user: User, away: Away, *, by: User) -> Absence:
    """Write down that an officer of the office is away; two of his absences never overlap."""
    if not notes_absence_of(by, user, office.pk):
        raise PermissionDenied
    if not workers(office).filter(pk=user.pk).exists():
        raise ValidationError({"user": _("Orang ini tidak bertugas di kantor ini.")})
    if away.ends_at <= away.starts_at:
        message = _("Hari terakhir mendahului hari pertama.")
        raise ValidationError({"until": message})
    if away.ends_at <= clock.now():
        raise ValidationError({"until": _("Tanggal ini sudah lewat.")})
    # One after the other: two at once would wait for each other at the constraint
    Office.objects.select_for_update().get(pk=office.pk)
    try:
        with transaction.atomic():
            return Absence.objects.create(
                office=office, user=user, kind=away.kind,
                starts_at=away.starts_at, ends_at=away.ends_at,
                entered_by=by, entered_at=clock.now(),
            )  # fmt: skip
    except IntegrityError as error:
        message = _("Pada hari-hari itu ia sudah tercatat tidak hadir.")
        raise ValidationError({"starts": message}) from error


@transaction.atomic
def end_absence(absence: Absence, *, by: User) -> None:
    """Back earlier, or not away after all; an absence that has not begun becomes empty."""
    absence.refresh_from_db(from_queryset=Absence.objects.select_for_update())
    if not notes_absence_of(by, absence.user, absence.office_id):
        raise PermissionDenied
    now = clock.now()
    if absence.ends_at <= now or absence.ends_at == absence.starts_at:
        raise Conflict(_("Ketidakhadiran ini sudah berakhir."))
    absence.ends_at, absence.ended_by = max(now, absence.starts_at), by
    absence.save(update_fields=["ends_at", "ended_by"])
