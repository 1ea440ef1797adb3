"""What a Pokja asks to be moved, whether the rules let it, and what was moved before."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from loket.offices.models import Office
from loket.standards.pack import FormField
from loket.tenders.models import ScheduleChange
from loket.tickets.models import Said

YES = "ya"  # the code of the answer that there was force majeure
SHOWN = 200


@dataclass(frozen=True)
class Stage:
    """One stage that is to be moved."""

    name: str
    before: dt.datetime
    after: dt.datetime


@dataclass(frozen=True)
class Wanted:
    """What the form asks: the tender, its stages in the order of the form, and why."""

    tender_code: str
    package: str
    reason: str
    stages: tuple[Stage, ...]
    is_force_majeure: bool


def wanted(asked: dict[str, FormField], said: Said) -> Wanted:
    """Read the form by what its fields mean; the first stage is the deadline, the second the opening."""
    meant: dict[str, object] = {
        one.means: said.get(name, "") for name, one in asked.items() if one.means
    }
    deadline = _stage(meant, "deadline", str(meant.get("stage", "")))
    opening = _stage(meant, "opening", _("Awal pembukaan penawaran"))
    return Wanted(
        str(meant.get("tender_code", "")),
        str(meant.get("tender", "")),
        str(meant.get("reason", "")),
        tuple(each for each in (deadline, opening) if each is not None),
        meant.get("force_majeure") == YES,
    )


def _stage(meant: dict[str, object], which: str, name: str) -> Stage | None:
    before, after = meant.get(f"{which}_before"), meant.get(f"{which}_after")
    if not before or not after:
        return None
    return Stage(
        name, *(dt.datetime.fromisoformat(str(each)) for each in (before, after))
    )


def objections(
    asked: dict[str, FormField], said: Said, now: dt.datetime
) -> dict[str, str]:
    """Why these times cannot be asked for, by field (domain: the rules of a change of schedule)."""
    named: dict[str, str] = {
        one.means: name for name, one in asked.items() if one.means
    }
    found: dict[str, str] = {}
    want = wanted(asked, said)
    for stage, which in zip(want.stages, ("deadline", "opening"), strict=False):
        if stage.after <= now:
            found[named[f"{which}_after"]] = _("Jadwal baru harus sesudah saat ini.")
        elif stage.after == stage.before:
            found[named[f"{which}_after"]] = _("Jadwal baru sama dengan jadwal semula.")
    if want.stages and want.stages[0].before <= now and not want.is_force_majeure:
        found[named["deadline_before"]] = _(
            "Batas ini sudah lewat. Sesudah lewat hanya keadaan kahar yang dapat menjadi alasan."
        )
    if len(want.stages) > 1 and want.stages[1].after < want.stages[0].after:
        found[named["opening_after"]] = _("Pembukaan tidak dapat mendahului batas akhir upload.")  # fmt: skip
    return found


@dataclass(frozen=True)
class Line:
    """One change as everybody reads it; `times` is how often this stage of this tender was moved so far."""

    change: ScheduleChange
    times: int


def history(office: Office, tender_code: str = "") -> list[Line]:
    """The changes of one office, the newest first; of one tender when its code is given."""
    found = ScheduleChange.objects.filter(office=office)
    if tender_code:
        found = found.filter(tender_code=tender_code)
    rows = list(found.order_by("-changed_at", "-id")[:SHOWN])
    counted: Counter[tuple[str, str]] = Counter()
    lines = []
    for row in reversed(rows):
        counted[row.tender_code, row.stage] += 1
        lines.append(Line(row, counted[row.tender_code, row.stage]))
    return lines[::-1]
