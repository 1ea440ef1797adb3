"""The page of one service: what to bring, how long, what it costs, and the way through it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from loket.offices.models import Office
from loket.portal.queries.opening import Opening, hours_fact, opening
from loket.portal.queries.papers import (
    Applicant,
    Paper,
    applicants,
    keeping,
    proxy_papers,
)
from loket.portal.queries.prints import Link, links_of
from loket.portal.queries.promise import cost, product, promise
from loket.portal.queries.versions import Version, version_list
from loket.portal.queries.words import norm_of, variants_of
from loket.requests.queries import asks_online
from loket.standards.pack import OfficeSpec, StandardSpec, Step as SpecStep
from loket.standards.queries import settings_of, spec_of
from loket.tickets.queries.words import actor_name, second_officer, words
from loket.ui.parts import Fact, Step


@dataclass(frozen=True)
class Way:
    """A route of the service; `is_here` when it can be taken in loket."""

    title: str
    how: str
    is_here: bool


@dataclass(frozen=True)
class Start:
    """The button that begins a request here."""

    href: str
    label: str


@dataclass(frozen=True)
class ServicePage:
    """Everything the page of one service prints; `start` is None where nothing can be begun here."""

    title: str
    lead: str
    facts: tuple[Fact, ...]
    applicants: tuple[Applicant, ...]
    has_papers: bool
    keeping: tuple[str, ...]
    proxy: tuple[Paper, ...]
    is_proxy_allowed: bool
    proxy_note: str
    ways: tuple[Way, ...]
    steps: tuple[Step, ...]
    start: Start | None
    now: Opening | None
    version: Version
    versions: tuple[Version, ...]
    decree: str
    settings: OfficeSpec
    prints: tuple[Link, ...]


def service_page(office: Office, service: str) -> ServicePage | None:
    """The service by the version that holds today; None when there is none."""
    found = version_list(office, service)
    current = next((each for each in found if each.is_in_force), None)
    if current is None:
        return None
    spec, settings = spec_of(current.standard_id), settings_of(office)
    return ServicePage(
        title=words(spec.title),
        lead=words(spec.description),
        facts=(
            promise(spec.time),
            cost(spec),
            hours_fact(office, spec.hours),
            product(spec),
        ),
        applicants=tuple(applicants(spec)),
        has_papers=bool(spec.requirements),
        keeping=keeping(spec),
        proxy=tuple(proxy_papers(spec)),
        is_proxy_allowed=spec.proxy.allowed,
        proxy_note=words(spec.proxy.note),
        ways=tuple(_ways(spec)),
        steps=tuple(_step(office, step, spec) for step in spec.procedure),
        start=_start(office, spec),
        now=opening(office, spec.hours) if spec.hours else None,
        version=current,
        versions=tuple(found),
        decree=settings.decrees[spec.decree].number if spec.decree else "",
        settings=settings,
        prints=tuple(links_of(office, service, current.standard_id, current.number)),
    )


def _ways(spec: StandardSpec) -> list[Way]:
    routes = spec.routes.values()
    return [Way(words(one.title), words(one.how), one.via == "loket") for one in routes]


def _step(office: Office, step: SpecStep, spec: StandardSpec) -> Step:
    parts = [actor_name(office, step.actor)]
    if only := variants_of(step, spec):
        parts.append(_("hanya %(variants)s") % {"variants": only})
    if step.not_by:
        parts.append(second_officer(spec, step))
    if step.where:
        parts.append(_("di %(place)s") % {"place": words(step.where)})
    if step.refuses:
        parts.append(_("hanya bila permohonan ditolak"))
    if step.optional:
        parts.append(_("tidak menahan proses"))
    return Step(words(step.text), note=" · ".join(parts), time=norm_of(step))


def _start(office: Office, spec: StandardSpec) -> Start | None:
    """Where a registration or a request begins: by portal, where the procedure has such a step."""
    if asks_online(spec):
        href = reverse("requests:ask", args=[office.slug, spec.service])
        return Start(href, _("Ajukan permohonan"))
    registers = any(step.kind == "register" for step in spec.procedure)
    if spec.audience == "supplier" and "portal" in spec.intake and registers:
        return Start(
            reverse("suppliers:email", args=[office.slug]), _("Mulai pendaftaran")
        )
    return None
