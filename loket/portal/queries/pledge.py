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
    text: str
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
        text=words(said.text if said else None) or _plain(),
        services=tuple(_pledged(one.pk) for one in services_in_force(office)),
        ways=complaint_ways(settings),
        dated=_dated(settings),
        signed_by=(said.signed_by if said else None) or "",
    )


def _plain() -> str:
    return _(
        "Kami melayani sesuai standar yang diterbitkan kantor ini. Bila kami tidak menepatinya,"
        " sampaikanlah kepada kami: kami memperbaikinya dan menerima sanksi menurut peraturan."
    )


def _pledged(standard_id: int) -> Pledged:
    spec = spec_of(standard_id)
    price = cost(spec)
    return Pledged(words(spec.title), promise_line(spec.time), str(price.value))


def _dated(settings: OfficeSpec) -> str:
    said = settings.maklumat
    parts = (said.place, tanggal(said.date)) if said else ()
    return ", ".join(filter(None, parts))
