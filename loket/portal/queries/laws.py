"""The legal bases a standard cites, each with its standing today (MF1)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _, gettext_lazy, gettext_noop

from loket.standards.models import LegalBasis
from loket.standards.pack import OfficeSpec
from loket.standards.queries import legal_bases
from loket.ui.parts import Tone

STANDINGS: dict[str, tuple[object, Tone, str]] = {
    "berlaku": (gettext_lazy("Berlaku"), "good", "check"),
    "diubah": (gettext_lazy("Diubah"), "warn", "edit"),
    "dicabut": (gettext_lazy("Dicabut"), "bad", "x"),
}

# What the register notes of a rule whose standing nobody has looked up yet.
UNCHECKED = gettext_noop("status belum diperiksa")


@dataclass(frozen=True)
class Law:
    """One cited rule; without `standing` it is the office's own and the register does not know it."""

    name: str
    title: str
    standing: str = ""
    tone: Tone = ""
    icon: str = ""
    note: str = ""


def laws(codes: tuple[str, ...], settings: OfficeSpec) -> list[Law]:
    """The cited rules in printed order; two statements at most."""
    known = legal_bases(codes)
    successors = legal_bases([law.successor for law in known.values() if law.successor])
    return [
        _national(known[code], successors) if code in known else _own(code, settings)
        for code in codes
    ]


def _national(law: LegalBasis, successors: dict[str, LegalBasis]) -> Law:
    standing, tone, icon = STANDINGS[law.status]
    notes = [_(law.note) if law.note else ""]
    if law.successor in successors:
        name = _name(successors[law.successor])
        notes.insert(0, _("diganti %(law)s") % {"law": name})
    return Law(
        _name(law), law.title, str(standing), tone, icon, "; ".join(filter(None, notes))
    )


def _own(code: str, settings: OfficeSpec) -> Law:
    rule = settings.own_rules.get(code)
    if rule is None:
        return Law(code, "")
    year = f"/{rule.year}" if rule.year else ""
    return Law(f"{rule.kind} {rule.number}{year}", rule.title)


def _name(law: LegalBasis) -> str:
    return f"{law.kind} {law.number}" + (f"/{law.year}" if law.year else "")
