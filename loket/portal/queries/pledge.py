"""The maklumat pelayanan: what the office promises, on one page (UU 25/2009 article 22)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from loket.offices.models import Office
from loket.portal.queries.components import complaint_ways
from loket.portal.queries.promise import cost, promise_line
from loket.standards.pack import OfficeSpec
from loket.standards.queries import services_in_force, settings_of, spec_of
from loket.tickets.queries.words import words
from loket.ui.templatetags.dates import tanggal

BLANK = "…………………………"


@dataclass(frozen=True)
class Pledged:
    """One service with what is promised of it."""

    title: str
    time: str
    cost: str


@dataclass(frozen=True)
class PledgePage:
    """Everything the poster prints; `signed_by` is a position, and empty where the office named none."""

    office: str
    parent: str
    promises: tuple[str, ...]
    services: tuple[Pledged, ...]
    ways: tuple[str, ...]
    dated: str
    signed_by: str


def pledge_page(office: Office) -> PledgePage:
    """The promise over all services in force today."""
    settings = settings_of(office)
    said = settings.maklumat
    return PledgePage(
        office=settings.name,
        parent=settings.parent,
        promises=(words(said.text),) if said and said.text else _plain(),
        services=tuple(_pledged(one.pk) for one in services_in_force(office)),
        ways=complaint_ways(settings),
        dated=_dated(settings),
        signed_by=(said.signed_by if said else None) or "",
    )


def _plain() -> tuple[str, ...]:
    """What article 22 asks for: the standard is kept, bettered, and answered for."""
    return (
        _("Melayani sesuai standar pelayanan yang diterbitkan kantor ini."),
        _("Memenuhi kewajiban kami dan memperbaiki pelayanan terus-menerus."),
        _("Menerima sanksi menurut peraturan bila janji ini tidak kami tepati."),
    )


def _pledged(standard_id: int) -> Pledged:
    spec = spec_of(standard_id)
    price = cost(spec)
    return Pledged(words(spec.title), promise_line(spec.time), str(price.value))


def _dated(settings: OfficeSpec) -> str:
    """Place and date; without a date there is a line to write it on when the paper is signed."""
    said = settings.maklumat
    if said is None or not (said.signed_by or said.place):
        return ""
    return ", ".join(filter(None, (said.place, tanggal(said.date) or BLANK)))
