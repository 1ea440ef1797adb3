"""The 14 components UU 25/2009 article 21 asks of a standard, and the two extra rows offices print."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from loket.standards.pack.standard import StandardSpec


def _(title: str) -> str:
    """Marks a title for translation by the pages; a pack is checked without Django's settings."""
    return title


@dataclass(frozen=True)
class Component:
    """One component: code, printed name (Indonesian; pages translate it), group of PermenPANRB 15/2014, and whether a standard has it."""

    code: str
    title: str
    group: Literal["delivery", "manufacturing", "extra"]
    present: Callable[[StandardSpec], bool]


def _has_facilities(standard: StandardSpec) -> bool:
    sop = standard.printed.sop
    return bool(standard.printed.facilities or (sop and sop.equipment))


def _has_competence(standard: StandardSpec) -> bool:
    sop = standard.printed.sop
    return bool(standard.printed.competence or (sop and sop.qualification))


def _has_time(standard: StandardSpec) -> bool:
    return standard.time.kind != "none" or standard.time.printed is not None


COMPONENTS: tuple[Component, ...] = (
    Component(
        "SD1", _("Persyaratan"), "delivery", lambda s: bool(s.requirements or s.fields)
    ),
    Component(
        "SD2",
        _("Sistem, mekanisme, dan prosedur"),
        "delivery",
        lambda s: bool(s.procedure),
    ),
    Component("SD3", _("Jangka waktu penyelesaian"), "delivery", _has_time),
    Component("SD4", _("Biaya/tarif"), "delivery", lambda s: s.cost is not None),
    Component("SD5", _("Produk pelayanan"), "delivery", lambda s: bool(s.products)),
    Component(
        "SD6",
        _("Penanganan pengaduan, saran, dan masukan"),
        "delivery",
        lambda s: s.printed.complaints is not None,
    ),
    Component("MF1", _("Dasar hukum"), "manufacturing", lambda s: bool(s.legal_basis)),
    Component(
        "MF2",
        _("Sarana, prasarana, dan/atau fasilitas"),
        "manufacturing",
        _has_facilities,
    ),
    Component("MF3", _("Kompetensi pelaksana"), "manufacturing", _has_competence),
    Component(
        "MF4",
        _("Pengawasan internal"),
        "manufacturing",
        lambda s: s.supervised_by is not None,
    ),
    Component(
        "MF5", _("Jumlah pelaksana"), "manufacturing", lambda s: bool(s.printed.staff)
    ),
    Component(
        "MF6",
        _("Jaminan pelayanan"),
        "manufacturing",
        lambda s: s.printed.guarantee is not None,
    ),
    Component(
        "MF7",
        _("Jaminan keamanan dan keselamatan pelayanan"),
        "manufacturing",
        lambda s: s.printed.safety is not None,
    ),
    Component(
        "MF8",
        _("Evaluasi kinerja pelaksana"),
        "manufacturing",
        lambda s: bool(s.printed.evaluation),
    ),
    Component("X1", _("Waktu pelayanan"), "extra", lambda s: s.hours is not None),
    Component(
        "X2", _("Sistem pendaftaran"), "extra", lambda s: s.how_to_register is not None
    ),
)
REQUIRED = tuple(one for one in COMPONENTS if one.group != "extra")


def missing_components(standard: StandardSpec) -> tuple[Component, ...]:
    """The components of UU 25/2009 this standard does not publish, in the law's order of groups."""
    return tuple(one for one in REQUIRED if not one.present(standard))


def extra_components(standard: StandardSpec) -> tuple[Component, ...]:
    """The rows it publishes beyond the law."""
    return tuple(
        one for one in COMPONENTS if one.group == "extra" and one.present(standard)
    )
