"""One published version with everything that was published about it (K1, G1)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from loket.offices.models import Office
from loket.portal.queries.components import Entry, Sheet, entries, sop_entries
from loket.portal.queries.laws import Law, laws
from loket.portal.queries.prints import Link, links_of
from loket.portal.queries.versions import Version, version_list
from loket.standards.pack import Decree, StandardSpec, missing_components
from loket.standards.queries import settings_of, spec_of
from loket.tickets.queries.words import words
from loket.ui.parts import Fact, in_indonesian
from loket.ui.templatetags.dates import tanggal


@dataclass(frozen=True)
class StandardPage:
    """Everything the page of one version prints."""

    title: str
    version: Version
    versions: tuple[Version, ...]
    entries: tuple[Entry, ...]
    laws: tuple[Law, ...]
    missing: tuple[str, ...]
    decree: tuple[Fact, ...]
    considering: tuple[str, ...]
    recalling: tuple[Law, ...]
    sop: tuple[Fact, ...]
    prints: tuple[Link, ...]


def standard_page(office: Office, service: str, number: int) -> StandardPage | None:
    """One version, whether it holds today or not; None when it was never published."""
    found = version_list(office, service)
    version = next((each for each in found if each.number == number), None)
    if version is None:
        return None
    spec, settings = spec_of(version.standard_id), settings_of(office)
    decree = settings.decrees[spec.decree] if spec.decree else None
    cited = laws((*spec.legal_basis, *(decree.recalling if decree else ())), settings)
    return StandardPage(
        title=words(spec.title),
        version=version,
        versions=tuple(found),
        entries=(*entries(Sheet(spec, office, settings)), *sop_entries(spec)),
        laws=tuple(cited[: len(spec.legal_basis)]),
        missing=tuple(_(each.title) for each in missing_components(spec)),
        decree=tuple(_decree(decree)) if decree else (),
        considering=tuple(words(each) for each in decree.considering) if decree else (),
        recalling=tuple(cited[len(spec.legal_basis) :]),
        sop=tuple(_sop(spec)),
        prints=tuple(links_of(office, service, version.standard_id, number)),
    )


def _decree(decree: Decree) -> list[Fact]:
    facts = [
        Fact(_("Nomor"), decree.number),
        Fact(_("Tanggal"), tanggal(decree.date)),
        Fact(_("Tentang"), words(decree.title)),
        Fact(_("Ditetapkan oleh"), in_indonesian(decree.signed_by or "")),
    ]
    return [fact for fact in facts if fact.value]


def _sop(spec: StandardSpec) -> list[Fact]:
    """The identity block of an SOP sheet (PermenPANRB 35/2012, K3)."""
    sop = spec.printed.sop
    if sop is None:
        return []
    facts = [
        Fact(_("Nomor SOP"), sop.number),
        Fact(_("Nama SOP"), words(sop.title)),
        Fact(_("Dibuat"), tanggal(sop.made)),
        Fact(_("Direvisi"), tanggal(sop.revised)),
        Fact(_("Efektif"), tanggal(sop.effective)),
        Fact(_("Disahkan oleh"), in_indonesian(sop.approved_by)),
        Fact(_("Jumlah waktu"), words(sop.total_time)),
    ]
    return [fact for fact in facts if fact.value]
