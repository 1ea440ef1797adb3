"""Refuses a standard that names what its office or itself does not have, and lints what it publishes."""

from collections.abc import Iterable, Iterator

from loket.standards.pack.check_fields import check_fields
from loket.standards.pack.check_procedure import APPLICANT, ROLES, check_procedure
from loket.standards.pack.check_registers import check_registers
from loket.standards.pack.check_remote import check_remote
from loket.standards.pack.components import REQUIRED, missing_components
from loket.standards.pack.legal import legal_register
from loket.standards.pack.office import OfficeSpec
from loket.standards.pack.printed import Printed
from loket.standards.pack.reader import Read
from loket.standards.pack.source import Problem, Source
from loket.standards.pack.standard import StandardSpec

Standard = Read[StandardSpec]


def check_standard(standard: Standard, office: OfficeSpec) -> Iterator[Problem]:
    """Every refusal, warning and note about one standard."""
    yield from _file_name(standard)
    yield from _documents(standard)
    yield from _forms(standard)
    yield from _unused(standard)
    yield from _office_has(standard, office)
    yield from _letters(standard, office)
    yield from check_fields(standard)
    yield from check_registers(standard, office)
    yield from check_remote(standard, office)
    yield from check_procedure(standard, office)
    yield from _staff(standard)
    yield from cited(standard.source, office, standard.spec.legal_basis, "legal_basis")
    yield from _components(standard)
    yield from readings(standard.source, len(standard.spec.readings))


def cited(
    source: Source, office: OfficeSpec, codes: Iterable[str], *where: str | int
) -> Iterator[Problem]:
    """Legal bases must be registered; a revoked one is a warning that names its successor (G21)."""
    laws, seen = legal_register(), set[str]()
    for place, code in enumerate(codes):
        law, here = laws.get(code), (*where, place)
        if law is None and code not in office.own_rules:
            yield source.error(f"dasar hukum '{code}' tidak ada di register", *here)
        if law is not None and law.status == "dicabut":
            after = laws[law.successor].short if law.successor else "belum diketahui"
            yield source.warning(f"{law.short} sudah dicabut; gantinya {after}", *here)
        if code in seen:
            yield source.warning(f"dasar hukum '{code}' ditulis dua kali", *here)
        seen.add(code)


def readings(source: Source, count: int) -> Iterator[Problem]:
    """Each reading of an unclear paper is shown, so that the office can object."""
    for place in range(count):
        one = source.root["readings"][place]
        message = f"{one['about']}: tercetak {one['printed']}; dipakai {one['chosen']}"
        yield source.note(message, "readings", place)


def _file_name(standard: Standard) -> Iterator[Problem]:
    spec, name = standard.spec, standard.source.path.name
    allowed = f"{spec.service}.yaml", f"{spec.service}.{spec.effective}.yaml"
    if name not in allowed:
        message = f"nama berkas harus {allowed[0]} atau {allowed[1]}"
        yield standard.source.error(message, "service")


def _documents(standard: Standard) -> Iterator[Problem]:
    spec, source = standard.spec, standard.source
    for where, codes in _document_lists(spec).items():
        for place, code in enumerate(codes):
            if message := _misused(code, spec, is_asked=where[-1] == "asks"):
                yield source.error(message, *where, place)
    for code, one in spec.requirements.items():
        if one.only_if and one.only_if not in spec.facts:
            message = f"berkas '{code}' bergantung pada '{one.only_if}' yang tidak ada di facts"
            yield source.error(message, "requirements", code, "only_if")


def _misused(code: str, spec: StandardSpec, *, is_asked: bool) -> str:
    """What is wrong with naming this document here; empty when nothing is."""
    asked = spec.requirements.get(code)
    if asked is None:
        return f"meminta berkas '{code}' yang tidak ada di requirements"
    if asked.purpose and is_asked:
        return f"berkas '{code}' hanya anjuran (for); pindahkan ke brings"
    return ""


def _forms(standard: Standard) -> Iterator[Problem]:
    """Kind of applicant and form of business must not contradict: a form decides its kind (F12)."""
    source, owner = standard.source, dict[str, str]()
    registers = standard.spec.procedure[0].kind == "register"
    for kind, one in standard.spec.applicants.items():
        if registers and not one.forms:
            message = f"jenis pemohon '{kind}' belum menyebut bentuk usaha; tulis forms"
            yield source.error(message, "applicants", kind)
        for place, form in enumerate(one.forms):
            if form in owner:
                message = f"bentuk usaha '{form}' sudah milik '{owner[form]}'; hapus salah satu"
                yield source.error(message, "applicants", kind, "forms", place)
            owner.setdefault(form, kind)


def _document_lists(spec: StandardSpec) -> dict[tuple[str, ...], tuple[str, ...]]:
    lists: dict[tuple[str, ...], tuple[str, ...]] = {("proxy", "asks"): spec.proxy.asks}
    for code, one in spec.applicants.items():
        lists["applicants", code, "asks"] = one.asks
        lists["applicants", code, "brings"] = one.brings
    return lists


def _unused(standard: Standard) -> Iterator[Problem]:
    used = {code for codes in _document_lists(standard.spec).values() for code in codes}
    for code in standard.spec.requirements:
        if code not in used:
            message = f"berkas '{code}' tidak diminta kepada siapa pun"
            yield standard.source.warning(message, "requirements", code)


def _office_has(standard: Standard, office: OfficeSpec) -> Iterator[Problem]:
    spec, source = standard.spec, standard.source
    if spec.decree and spec.decree not in office.decrees:
        message = f"keputusan '{spec.decree}' tidak ada di decrees kantor"
        yield source.error(message, "decree")
    if spec.hours and spec.hours not in office.calendars:
        message = f"kalender '{spec.hours}' tidak ada di calendars kantor"
        yield source.error(message, "hours")
    if not spec.hours and len(office.calendars) > 1 and spec.time.unit is None:
        first = next(iter(office.calendars))
        message = (
            f"tanpa 'hours' lama langkah diukur dengan kalender pertama, '{first}'"
        )
        yield source.warning(message)
    if spec.time.unit == "service_minutes" and not spec.hours:
        message = "janji dalam menit layanan memerlukan 'hours', yaitu kalender kantor"
        yield source.error(message, "time", "unit")
    if spec.supervised_by and spec.supervised_by not in ROLES - {APPLICANT}:
        message = f"pengawas '{spec.supervised_by}' bukan peran yang ada"
        yield source.error(message, "supervised_by")


def _letters(standard: Standard, office: OfficeSpec) -> Iterator[Problem]:
    """Letters are written once, in the office's part of the pack."""
    spec = standard.spec
    named: dict[tuple[str | int, ...], str] = {
        ("letters", place): code for place, code in enumerate(spec.letters)
    }
    for code, one in spec.requirements.items():
        if isinstance(one.template, str):
            named["requirements", code, "template"] = one.template
    for where, letter in named.items():
        if letter not in office.letters:
            message = f"surat '{letter}' tidak ada di letters kantor"
            yield standard.source.error(message, *where)


def _staff(standard: Standard) -> Iterator[Problem]:
    spec, source = standard.spec, standard.source
    for key, roles in _printed_roles(spec.printed).items():
        for role in roles:
            if role not in ROLES:
                message = f"{key[-1]}: peran '{role}' tidak ada"
                yield source.error(message, "printed", *key, role)
    for place, step in enumerate(spec.procedure):
        official = step.actor in ROLES - {APPLICANT}
        if spec.printed.staff and official and not _anybody(spec, step.roles):
            message = (
                f"langkah '{step.code}' dikerjakan '{step.actor}', tetapi jumlah"
                " pelaksana tidak menyebut seorang pun"
            )
            yield source.warning(message, "procedure", place, "actor")


def _printed_roles(printed: Printed) -> dict[tuple[str, ...], tuple[str, ...]]:
    qualified = printed.sop.qualification if printed.sop else {}
    return {
        ("staff",): tuple(printed.staff),
        ("competence",): tuple(one.role for one in printed.competence),
        ("sop", "qualification"): tuple(qualified),
    }


def _anybody(spec: StandardSpec, roles: Iterable[str]) -> bool:
    return any(spec.printed.staff.get(role) for role in roles)


def _components(standard: Standard) -> Iterator[Problem]:
    missing = missing_components(standard.spec)
    score = f"{len(REQUIRED) - len(missing)}/{len(REQUIRED)} komponen UU 25/2009"
    if not missing:
        yield standard.source.note(f"lengkap {score}", "service")
        return
    names = "; ".join(one.title for one in missing)
    yield standard.source.warning(f"{score}; belum ada: {names}", "service")
