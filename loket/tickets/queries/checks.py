"""Which outside registers a ticket asks to look into, with every answer, and the gates they make."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from loket.kernel import clock
from loket.standards.pack import Register, Step
from loket.standards.queries import settings_of, spec_of
from loket.tickets.models import Check, CheckOverride, CheckResult, Ticket
from loket.tickets.queries.documents import required_of
from loket.tickets.queries.reading import has_happened

OVERRIDDEN = "check_overridden"
CLEAR = (CheckResult.GOOD, CheckResult.EXEMPT)


@dataclass(frozen=True)
class AskedCheck:
    """One outside register with its newest answer, and those before it, the newest first."""

    kind: str
    check: Check | None
    earlier: tuple[Check, ...] = ()
    before: str | None = None  # code of the step


@dataclass(frozen=True)
class Gate:
    """A register that must be clear, looked at since `since`, before a step is done (X8, G12)."""

    asked: AskedCheck
    since: datetime
    override: CheckOverride | None = None

    @property
    def trouble(self) -> str:
        """Empty when it is clear, else unchecked, bad, unclear or stale."""
        check = self.asked.check
        if check is None:
            return "unchecked"
        if check.result not in CLEAR:
            return check.result
        return "" if check.at >= self.since else "stale"

    @property
    def is_open(self) -> bool:
        return not self.trouble or self.override is not None


def register_of(ticket: Ticket, kind: str) -> Register | None:
    """What the office says of a register."""
    return settings_of(ticket.office).registers.get(kind)


def asked_checks(ticket: Ticket) -> list[AskedCheck]:
    """The registers this ticket and its documents ask for, once each, with their answers. One statement."""
    kinds: dict[str, str | None] = {
        kind: None for _, one in required_of(ticket) for kind in one.checks
    }
    kinds |= {one.code: one.before for one in spec_of(ticket.standard_id).checks}
    answers: defaultdict[str, list[Check]] = defaultdict(list)
    found = Check.objects.filter(ticket=ticket).select_related("by", "proof__file")
    for check in found.order_by("-at", "-id"):
        answers[check.kind].append(check)
    return [
        AskedCheck(kind, next(iter(answers[kind]), None), tuple(answers[kind][1:]), before)
        for kind, before in kinds.items()
    ]  # fmt: skip


def gates_of(ticket: Ticket, step: Step, asked: list[AskedCheck]) -> list[Gate]:
    """What this step wants to have looked into again, and how that stands."""
    if not step.rechecks:
        return []
    since = _since(ticket, step)
    passed = _overrides(ticket, since)
    known = {each.kind: each for each in asked}
    gates = []
    for kind in step.rechecks:
        one = known.get(kind, AskedCheck(kind, None))
        seen = one.check.pk if one.check else None
        gates.append(Gate(one, since, passed.get((kind, seen))))
    return gates


def is_outdated(ticket: Ticket, asked: AskedCheck) -> bool:
    """Whether the newest answer is older than the office lets it hold."""
    register = register_of(ticket, asked.kind)
    if asked.check is None or register is None or not register.valid_days:
        return False
    return asked.check.at < clock.now() - timedelta(days=register.valid_days)


def _since(ticket: Ticket, step: Step) -> datetime:
    """The beginning of the office's day, or so many hours ago."""
    now = clock.now()
    if step.recheck_hours:
        return now - timedelta(hours=step.recheck_hours)
    local = ticket.office.local(now)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def _overrides(
    ticket: Ticket, since: datetime
) -> dict[tuple[str, int | None], CheckOverride]:
    """Those that still hold, by register and the answer the head saw."""
    if not has_happened(ticket, OVERRIDDEN):
        return {}
    found = CheckOverride.objects.filter(ticket=ticket, at__gte=since)
    return {(one.kind, one.seen_id): one for one in found.select_related("by")}
