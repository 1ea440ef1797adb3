"""The published versions of one service, and which of them holds today (G1)."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from loket.kernel import clock
from loket.offices.models import Office
from loket.standards.models import Standard
from loket.standards.queries import versions
from loket.ui.parts import Tone
from loket.ui.templatetags.dates import tanggal


@dataclass(frozen=True)
class Version:
    """One version as the lists print it."""

    number: int
    standard_id: int
    since: date
    href: str
    state: str
    tone: Tone
    icon: str

    @property
    def is_in_force(self) -> bool:
        return self.tone == "good"


def version_list(office: Office, service: str) -> list[Version]:
    """Every version, the newest first, in one statement; empty when the office has no such service."""
    today = office.local(clock.now()).date()
    found = list(versions(office, service).defer("document"))
    current = next((each for each in found if each.effective <= today), None)
    return [_version(office, service, each, current) for each in found]


def _version(
    office: Office, service: str, one: Standard, current: Standard | None
) -> Version:
    state, tone, icon = _state(one, current)
    return Version(
        number=one.version,
        standard_id=one.pk,
        since=one.effective,
        href=reverse("portal:standard", args=[office.slug, service, one.version]),
        state=state,
        tone=tone,
        icon=icon,
    )


def _state(one: Standard, current: Standard | None) -> tuple[str, Tone, str]:
    if one == current:
        return _("Berlaku"), "good", "check"
    if current is None or one.effective > current.effective:
        return (
            _("Berlaku mulai %(day)s") % {"day": tanggal(one.effective)},
            "accent",
            "calendar",
        )
    return _("Tidak berlaku lagi"), "away", "history"
