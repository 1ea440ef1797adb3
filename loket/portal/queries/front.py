"""The home pages: which offices there are, and which services one of them gives."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from loket.offices.models import Office
from loket.offices.queries import offices
from loket.portal.queries.opening import Opening, best, openings
from loket.portal.queries.prints import Link, office_links
from loket.portal.queries.promise import promise_line
from loket.standards.models import Standard
from loket.standards.pack import OfficeSpec
from loket.standards.queries import services_in_force, settings_of, spec_of
from loket.tickets.queries.words import words
from loket.ui.parts import Row, Step

AUDIENCES = {
    "supplier": gettext_lazy("Untuk penyedia"),
    "official": gettext_lazy("Untuk PPK, Pokja, dan PP"),
    "auditor": gettext_lazy("Untuk auditor"),
    "public": gettext_lazy("Untuk umum"),
}


@dataclass(frozen=True)
class Group:
    """The services for one kind of people; `code` is the anchor of its heading."""

    code: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Paper:
    """A page of the office in its own words, such as its quality policy (K9)."""

    title: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]


@dataclass(frozen=True)
class OfficePage:
    """Everything the page of one office prints."""

    lead: str
    now: Opening | None
    openings: tuple[Opening, ...]
    groups: tuple[Group, ...]
    papers: tuple[Paper, ...]
    elsewhere: tuple[Row, ...]
    prints: tuple[Link, ...]
    settings: OfficeSpec


def office_rows() -> list[Row]:
    """Every office with its state now. One statement while the hours are in memory."""
    return [_office_row(office) for office in offices()]


def _office_row(office: Office) -> Row:
    now = best(openings(office))
    href = reverse("portal:office", args=[office.slug])
    if now is None:
        return Row(office.name, href, text=_("Jam layanan tidak diterbitkan"))
    return Row(
        office.name, href, now.until, chip=now.label, tone=now.tone, icon=now.icon
    )


def registration_steps() -> list[Step]:
    """How a supplier comes to an account, the same at every office (F2)."""
    return [
        Step(_("Pilih kantor dan daftar dengan e-mail")),
        Step(_("Buka tautan di e-mail")),
        Step(_("Isi data usaha dan kirim permohonan")),
        Step(
            _("Tunjukkan dokumen kepada verifikator"),
            note=_("Sesuai standar kantor itu"),
        ),
        Step(
            _("Lihat status permohonan"),
            note=_("Dengan kode di tanda terima, tanpa masuk"),
        ),
    ]


def office_page(office: Office) -> OfficePage:
    """One office: hours, services, places, contacts and its own pages."""
    settings, shown = settings_of(office), openings(office)
    standards = services_in_force(office)
    return OfficePage(
        lead=words(settings.description),
        now=best(shown),
        openings=tuple(shown),
        groups=tuple(_groups(office, standards)),
        papers=tuple(_papers(settings)),
        elsewhere=(
            *_registers(office, standards),
            *(Row(words(each.title), each.url) for each in settings.links.values()),
        ),
        prints=tuple(office_links(office)),
        settings=settings,
    )


def _groups(office: Office, standards: Iterable[Standard]) -> Iterable[Group]:
    found: dict[str, list[Row]] = {}
    for standard in standards:
        audience = spec_of(standard.pk).audience
        found.setdefault(audience, []).append(_service_row(office, standard))
    for code, title in AUDIENCES.items():
        if code in found:
            yield Group(code, str(title), tuple(found[code]))


def _registers(office: Office, standards: list[Standard]) -> Iterable[Row]:
    """What the office keeps for everybody to read."""
    if any("change_schedule" in spec_of(each.pk).kinds for each in standards):
        href = reverse("tenders:schedule_changes", args=[office.slug])
        yield Row(_("Perubahan jadwal tender"), href)


def _service_row(office: Office, standard: Standard) -> Row:
    spec = spec_of(standard.pk)
    href = reverse("portal:service", args=[office.slug, spec.service])
    return Row(
        words(spec.title), href, words(spec.description), strong=promise_line(spec.time)
    )


def _papers(settings: OfficeSpec) -> Iterable[Paper]:
    for page in settings.pages.values():
        yield Paper(
            words(page.title),
            tuple(words(each) for each in page.paragraphs),
            tuple(words(each) for each in page.points),
        )
