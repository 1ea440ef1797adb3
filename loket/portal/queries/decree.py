"""A standard as its decree prints it, with the components in an annex (UU 25/2009 art. 21, PermenPANRB 15/2014)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _, gettext_lazy

from loket.offices.models import Office
from loket.portal.queries.components import Block, Entry, Sheet, entries
from loket.portal.queries.naming import law_names
from loket.standards.models import Standard
from loket.standards.pack import COMPONENTS, Decree, OfficeSpec, StandardSpec
from loket.standards.queries import annexed, settings_of, spec_of
from loket.tickets.queries.words import words
from loket.ui.templatetags.dates import tanggal

ORDINALS = (
    gettext_lazy("KESATU"), gettext_lazy("KEDUA"), gettext_lazy("KETIGA"),
    gettext_lazy("KEEMPAT"), gettext_lazy("KELIMA"), gettext_lazy("KEENAM"),
    gettext_lazy("KETUJUH"), gettext_lazy("KEDELAPAN"), gettext_lazy("KESEMBILAN"),
)  # fmt: skip
GROUPS = {
    "delivery": gettext_lazy("Penyampaian pelayanan"),
    "manufacturing": gettext_lazy("Pengelolaan pelayanan"),
    "extra": gettext_lazy("Tambahan kantor"),
}
GROUP_OF = {one.code: one.group for one in COMPONENTS}


@dataclass(frozen=True)
class Group:
    """The rows of one group of components, numbered on from the group before."""

    title: str
    entries: tuple[tuple[int, Entry], ...]


@dataclass(frozen=True)
class Annex:
    """One service with what its standard publishes."""

    title: str
    lead: str
    since: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Head:
    """The decree before its annex; without one the standard is printed alone."""

    number: str
    date: str
    about: str
    place: str
    considering: tuple[str, ...]
    recalling: tuple[str, ...]
    dictums: tuple[tuple[str, str], ...]
    signed_by: str


@dataclass(frozen=True)
class DecreePage:
    """Everything the paper prints; `signed_by` is a position."""

    office: str
    parent: str
    title: str
    head: Head | None
    annexes: tuple[Annex, ...]


def decree_page(office: Office, standard: Standard) -> DecreePage:
    """The decree with the annex of this service, or the standard alone where the office published no decree.

    A decree of twelve services would else be drawn twelve times whole.
    """
    spec, settings = spec_of(standard.pk), settings_of(office)
    decree = settings.decrees[spec.decree] if spec.decree else None
    specs = [spec_of(one.pk) for one in annexed(standard)] if decree else [spec]
    return DecreePage(
        office=settings.name,
        parent=settings.parent,
        title=words(spec.title),
        head=_head(decree, settings, specs) if decree else None,
        annexes=(_annex(Sheet(spec, office, settings)),),
    )


def _head(decree: Decree, settings: OfficeSpec, specs: list[StandardSpec]) -> Head:
    decided = tuple(words(one) for one in decree.dictums) or _plain(settings, specs)
    return Head(
        number=decree.number,
        date=tanggal(decree.date),
        about=words(decree.title) or _("Standar pelayanan %(office)s") % {"office": settings.name},
        place=decree.place or "",
        considering=tuple(words(one) for one in decree.considering),
        recalling=tuple(law_names(decree.recalling, settings)),
        dictums=tuple(zip(map(str, ORDINALS), decided, strict=False)),
        signed_by=decree.signed_by or "",
    )  # fmt: skip


def _plain(settings: OfficeSpec, specs: list[StandardSpec]) -> tuple[str, ...]:
    services = "; ".join(words(one.title) for one in specs)
    return (
        _("Menetapkan standar pelayanan %(office)s untuk layanan: %(services)s.")
        % {"office": settings.name, "services": services},
        _("Komponen setiap standar tercantum dalam lampiran, yang tidak terpisahkan dari keputusan ini."),
        _("Penyelenggara memakai standar itu sebagai pedoman kerja, dan masyarakat sebagai acuan penilaian."),
        _("Keputusan ini mulai berlaku pada tanggal ditetapkan."),
    )  # fmt: skip


def _annex(sheet: Sheet) -> Annex:
    printed = [
        Entry(one.code, one.title, _laws(sheet) if one.code == "MF1" else one.blocks)
        for one in entries(sheet)
    ]
    numbered = list(enumerate(printed, 1))
    return Annex(
        title=words(sheet.spec.title),
        lead=words(sheet.spec.description),
        since=tanggal(sheet.spec.effective),
        groups=tuple(_groups(numbered)),
    )


def _groups(numbered: list[tuple[int, Entry]]) -> Iterable[Group]:
    for code, title in GROUPS.items():
        rows = tuple(one for one in numbered if GROUP_OF[one[1].code] == code)
        if rows:
            yield Group(str(title), rows)


def _laws(sheet: Sheet) -> tuple[Block, ...]:
    names = tuple(law_names(sheet.spec.legal_basis, sheet.settings))
    return (Block(names, is_numbered=True),)
