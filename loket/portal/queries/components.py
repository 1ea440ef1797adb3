"""The components of a standard as the table of its decree (K1, K2, K3; UU 25/2009 article 21)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _, gettext_lazy

from loket.offices.models import Office
from loket.portal.queries.opening import week_facts
from loket.portal.queries.papers import applicants, keeping, proxy_papers
from loket.portal.queries.promise import beginning, cost, promise_line
from loket.portal.queries.words import headcount, norm_of, variants_of
from loket.standards.pack import COMPONENTS, OfficeSpec, StandardSpec, Step
from loket.tickets.queries.words import actor_name, second_officer, words

PERIODS = {
    "week": gettext_lazy("setiap minggu"),
    "month": gettext_lazy("setiap bulan"),
    "quarter": gettext_lazy("setiap triwulan"),
    "half_year": gettext_lazy("setiap semester"),
    "year": gettext_lazy("setiap tahun"),
}


@dataclass(frozen=True)
class Block:
    """Lines of one component; numbered when their order is a procedure."""

    lines: tuple[str, ...]
    title: str = ""
    is_numbered: bool = False


@dataclass(frozen=True)
class Entry:
    """One row of the table; `code` names the component, MF1 is drawn from the legal register."""

    code: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Sheet:
    """What the writers of the rows may look at."""

    spec: StandardSpec
    office: Office
    settings: OfficeSpec


Writer = Callable[[Sheet], Iterable[Block]]


def entries(sheet: Sheet) -> list[Entry]:
    """The components this standard publishes, in the law's order."""
    return [
        Entry(one.code, _(one.title), tuple(WRITERS[one.code](sheet)))
        for one in COMPONENTS
        if one.present(sheet.spec)
    ]


def sop_entries(spec: StandardSpec) -> list[Entry]:
    """The lists in the head of an SOP sheet, as rows below the components (K3)."""
    sop = spec.printed.sop
    if sop is None:
        return []
    lists = (
        (_("Keterkaitan"), sop.related),
        (_("Peringatan"), sop.warning),
        (_("Pencatatan"), sop.recording),
    )
    return [
        Entry("SOP", title, (Block(tuple(words(one) for one in texts)),))
        for title, texts in lists
        if texts
    ]


def _requirements(sheet: Sheet) -> Iterable[Block]:
    yield from _papers(sheet)
    yield from _keeping(sheet.spec)


def _papers(sheet: Sheet) -> Iterable[Block]:
    for kind in applicants(sheet.spec):
        lines = [paper.line for paper in (*kind.asked, *kind.brought)]
        if kind.fields:
            lines.insert(
                0, _("Formulir: %(fields)s") % {"fields": ", ".join(kind.fields)}
            )
        yield Block(tuple(lines), kind.title)
    if not sheet.spec.requirements:
        return
    note = words(sheet.spec.proxy.note)
    if not sheet.spec.proxy.allowed:
        yield Block((note or _("Tidak dapat diwakilkan."),), _("Kuasa"))
        return
    brought = tuple(paper.line for paper in proxy_papers(sheet.spec))
    yield Block((*([note] if note else []), *brought), _("Kuasa"))


def _keeping(spec: StandardSpec) -> Iterable[Block]:
    """How long uploads are kept (UU 27/2022 art. 21)."""
    lines = keeping(spec)
    if lines:
        yield Block(lines, _("Masa simpan berkas yang diunggah"))


def _procedure(sheet: Sheet) -> Iterable[Block]:
    lines = tuple(_step_line(step, sheet) for step in sheet.spec.procedure)
    yield Block(lines, is_numbered=True)
    for route in sheet.spec.routes.values():
        if route.how:
            yield Block((words(route.how),), words(route.title))


def _step_line(step: Step, sheet: Sheet) -> str:
    """The step with its actor and the *mutu baku* of an SOP-AP: what it needs, how long, its output."""
    actor = actor_name(sheet.office, step.actor)
    second = second_officer(sheet.spec, step)
    facts = (actor, second, variants_of(step, sheet.spec), norm_of(step))
    needs, output = ", ".join(words(one) for one in step.needs), words(step.output)
    parts = (
        f"{words(step.text)} ({', '.join(filter(None, facts))})",
        needs and _("kelengkapan: %(needs)s") % {"needs": needs},
        output and _("hasil: %(output)s") % {"output": output},
        words(step.note),
    )
    return "; ".join(part.rstrip(".") for part in parts if part)


def _time(sheet: Sheet) -> Iterable[Block]:
    time = sheet.spec.time
    lines = [words(time.printed) or promise_line(time)]
    if time.kind != "none":
        covered = [words(sheet.spec.step(code).text) for code in time.covers]
        lines.append(_("Dihitung %(beginning)s") % {"beginning": beginning(time)})
        lines.append(_("Mencakup: %(steps)s") % {"steps": "; ".join(covered)})
    yield Block(tuple(lines))


def _cost(sheet: Sheet) -> Iterable[Block]:
    fact = cost(sheet.spec)
    yield Block((str(fact.note or fact.value),))


def _products(sheet: Sheet) -> Iterable[Block]:
    for one in sheet.spec.products.values():
        yield Block(tuple(filter(None, (words(one.title), words(one.note)))))


def _complaints(sheet: Sheet) -> Iterable[Block]:
    yield Block(complaint_ways(sheet.settings))


def complaint_ways(settings: OfficeSpec) -> tuple[str, ...]:
    """Each way to complain with its address, one a line."""
    contacts = settings.contacts
    ways = {
        _("Telepon"): contacts.telephone,
        _("Faksimile"): contacts.fax,
        "WhatsApp": contacts.whatsapp,
        _("E-mail"): contacts.email,
        _("Pusat panggilan"): contacts.call_centre,
        _("Laman"): (contacts.website,) if contacts.website else (),
    }
    lines = [f"{way}: {', '.join(values)}" for way, values in ways.items() if values]
    if contacts.suggestion_box:
        lines.append(_("Kotak saran: ada"))
    return tuple(lines)


def _facilities(sheet: Sheet) -> Iterable[Block]:
    sop = sheet.spec.printed.sop
    printed = sheet.spec.printed.facilities or (sop.equipment if sop else ())
    yield Block(tuple(words(one) for one in printed))


def _competence(sheet: Sheet) -> Iterable[Block]:
    printed, sop = sheet.spec.printed, sheet.spec.printed.sop
    for one in printed.competence:
        fields = ", ".join(words(field) for field in one.fields)
        parts = (
            one.at_least and _("paling rendah %(level)s") % {"level": one.at_least},
            fields,
            words(one.able_to),
        )
        yield Block(
            ("; ".join(filter(None, parts)),), actor_name(sheet.office, one.role)
        )
    for role, text in (sop.qualification if sop else {}).items():
        yield Block((words(text),), actor_name(sheet.office, role))


def _supervision(sheet: Sheet) -> Iterable[Block]:
    yield Block((actor_name(sheet.office, sheet.spec.supervised_by or ""),))


def _staff(sheet: Sheet) -> Iterable[Block]:
    numbers = sheet.spec.printed.staff.items()
    names = [
        (actor_name(sheet.office, role), headcount(number)) for role, number in numbers
    ]
    yield Block(tuple(f"{name}: {number}" for name, number in names))


def _guarantee(sheet: Sheet) -> Iterable[Block]:
    yield Block((words(sheet.spec.printed.guarantee),))


def _safety(sheet: Sheet) -> Iterable[Block]:
    yield Block((words(sheet.spec.printed.safety),))


def _evaluation(sheet: Sheet) -> Iterable[Block]:
    reviews = sheet.spec.printed.evaluation
    yield Block(tuple(f"{words(one.title)}, {PERIODS[one.every]}" for one in reviews))


def _hours(sheet: Sheet) -> Iterable[Block]:
    calendar = sheet.settings.calendar(sheet.spec.hours or "")
    facts = week_facts(sheet.office, calendar)
    yield Block(tuple(f"{fact.term}: {fact.value}" for fact in facts))


def _registration(sheet: Sheet) -> Iterable[Block]:
    yield Block((words(sheet.spec.how_to_register),))


def _laws(sheet: Sheet) -> Iterable[Block]:
    """Drawn by the template from the register, with the standing of each rule."""
    return ()


WRITERS: dict[str, Writer] = {
    "SD1": _requirements,
    "SD2": _procedure,
    "SD3": _time,
    "SD4": _cost,
    "SD5": _products,
    "SD6": _complaints,
    "MF1": _laws,
    "MF2": _facilities,
    "MF3": _competence,
    "MF4": _supervision,
    "MF5": _staff,
    "MF6": _guarantee,
    "MF7": _safety,
    "MF8": _evaluation,
    "X1": _hours,
    "X2": _registration,
}
