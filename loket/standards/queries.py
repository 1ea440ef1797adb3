"""Which standard is in force, and its record as a typed object."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language

from loket.kernel import clock
from loket.offices.catalogue import names_services
from loket.offices.hours import Hours
from loket.offices.models import Office
from loket.offices.queries import hours_of, usual_hours
from loket.standards.models import LegalBasis, Print, Service, Standard
from loket.standards.pack import OfficeSpec, StandardSpec

KEPT_SPECS = 1024


@lru_cache(maxsize=KEPT_SPECS)
def _spec(standard_id: int) -> StandardSpec:
    document = Standard.objects.values_list("document", flat=True).get(pk=standard_id)
    return StandardSpec.model_validate(document)


def spec_of(standard_id: int) -> StandardSpec:
    """The record of one version; it never changes, so it is kept in memory."""
    return _spec(standard_id)


@lru_cache(maxsize=KEPT_SPECS)
def _settings(office_id: int, version: int) -> OfficeSpec:
    office = Office.objects.get(pk=office_id)
    return OfficeSpec.model_validate(office.settings)


def settings_of(office: Office) -> OfficeSpec:
    """The office's own settings from its pack."""
    return _settings(office.pk, office.hours_version)


def counting_hours(office: Office, spec: StandardSpec) -> Hours:
    """The calendar a standard names, else the office's first, else the usual week: minutes never run by the wall."""
    code = spec.hours or next(iter(settings_of(office).calendars), None)
    return hours_of(office, code) if code else usual_hours(office)


def in_force(office: Office, service: str, *, on: date | None = None) -> Standard:
    """The version that holds on a day (today on the office's clock); raises `Standard.DoesNotExist`."""
    day = on or office.local(clock.now()).date()
    return (
        Standard.objects.select_related("service")
        .defer("document")  # `spec_of` keeps it in memory
        .filter(office=office, service__code=service, effective__lte=day)
        .latest("effective")
    )


def versions(office: Office, service: str) -> QuerySet[Standard]:
    """All published versions, the newest first (G1: the public page prints them all)."""
    found = Standard.objects.filter(office=office, service__code=service)
    return found.select_related("service").order_by("-effective")


def services_in_force(office: Office) -> list[Standard]:
    """One standard per service of the office, the one that holds today."""
    today = office.local(clock.now()).date()
    current = Standard.objects.filter(office=office, effective__lte=today)
    newest = current.order_by("service", "-effective").distinct("service")
    return list(newest.select_related("service").defer("document"))


@names_services
def service_titles(office: Office) -> dict[str, str]:
    """Code to title of the services in force, for rooms that do not know standards."""
    language = get_language() or "id"
    found = services_in_force(office)
    return {each.service.code: spec_of(each.pk).title.get(language) for each in found}


def legal_bases(codes: Iterable[str]) -> dict[str, LegalBasis]:
    """The cited rules that the register knows, by code."""
    return LegalBasis.objects.in_bulk(list(codes), field_name="code")


def exportable(office: Office) -> list[Standard]:
    """Every version of the office, in the order a pack lists them."""
    services = Service.objects.filter(office=office).order_by("code")
    ordered = Prefetch("standards", Standard.objects.order_by("effective"))
    return [
        version
        for service in services.prefetch_related(ordered)
        for version in service.standards.all()
    ]


def annexed(standard: Standard) -> list[Standard]:
    """What one decree sets: this version, and of each other service the newest version under the same decree."""
    decree = spec_of(standard.pk).decree
    others = Standard.objects.filter(office_id=standard.office_id).exclude(
        service_id=standard.service_id
    )
    newest: dict[int, Standard] = {}
    for one in others.order_by("effective"):
        if spec_of(one.pk).decree == decree:
            newest[one.service_id] = one
    return [standard, *newest.values()]


def prints_of(
    office: Office, standard_id: int | None, *, letter: str = ""
) -> dict[str, Print]:
    """The newest paper of each kind and language, as "sop.id", without its bytes; a letter by its code."""
    found = Print.objects.filter(office=office, standard=standard_id, letter=letter)
    found = found.defer("data")
    return {f"{one.kind}.{one.language}": one for one in found.order_by("id")}


def all_prints(office: Office) -> dict[tuple[int | None, str], dict[str, Print]]:
    """What `prints_of` gives, for every standard and letter of the office at once."""
    found = Print.objects.filter(office=office).defer("data")
    same = ("standard", "letter", "kind", "language")
    by_paper = defaultdict[tuple[int | None, str], dict[str, Print]](dict)
    for one in found.order_by(*same, "-id").distinct(*same):
        by_paper[one.standard_id, one.letter][f"{one.kind}.{one.language}"] = one
    return by_paper


def print_of(
    office: Office,
    standard: Standard | None,
    kind: str,
    language: str,
    *,
    letter: str = "",
) -> Print | None:
    """The newest paper of this kind with its bytes; None until it is drawn."""
    found = Print.objects.filter(office=office, standard=standard, letter=letter)
    return found.filter(kind=kind, language=language).order_by("id").last()
