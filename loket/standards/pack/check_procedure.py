"""Refuses a procedure that could not run: unknown kinds and people, dead ends, and steps nobody reaches."""

from collections.abc import Callable, Iterable, Iterator

from pydantic import ValidationError

from loket.offices.roles import Role
from loket.standards.kinds import KINDS
from loket.standards.pack.office import OfficeSpec
from loket.standards.pack.procedure import Step
from loket.standards.pack.reader import Read
from loket.standards.pack.source import Problem
from loket.standards.pack.standard import StandardSpec
from loket.standards.pack.walk import Walk

APPLICANT = "applicant"
ANSWER = "receive_outside_result"
ROLES: frozenset[str] = frozenset(Role.values) | {APPLICANT}
PROOFS = 2  # of identity, before a User ID is told
Standard = Read[StandardSpec]
# What a rule says about one step: the key it stands at, and the end of a sentence.
Refusals = Iterator[tuple[str, str]]
# What a kind says about its parameters, by the refusal of its model.
_PARAMETER = {
    "missing": "berjenis '{kind}', yang memerlukan '{name}'; tambahkan",
    "extra_forbidden": "berjenis '{kind}', yang tidak memakai '{name}'; hapus",
    "greater_than_equal": "berjenis '{kind}'; angka di '{name}' sedikitnya 1",
    "too_short": "berjenis '{kind}', yang memerlukan sedikitnya dua pilihan di '{name}'",
}
Rule = Callable[[Step, StandardSpec, OfficeSpec], Refusals]


def check_procedure(standard: Standard, office: OfficeSpec) -> Iterator[Problem]:
    """All refusals of the procedure; the way through it is only walked when every name in it is known."""
    problems = [
        *_repeated(standard),
        *(one for rule in _STEP_RULES for one in _each(standard, office, rule)),
    ]
    yield from problems or [*_way(standard), *_clock(standard)]


def _each(standard: Standard, office: OfficeSpec, rule: Rule) -> Iterator[Problem]:
    for place, step in enumerate(standard.spec.procedure):
        for key, message in rule(step, standard.spec, office):
            where = ("procedure", place, key)
            yield standard.source.error(f"langkah '{step.code}' {message}", *where)


def _repeated(standard: Standard) -> Iterator[Problem]:
    codes = [step.code for step in standard.spec.procedure]
    for place, code in enumerate(codes):
        if code in codes[:place]:
            message = f"langkah '{code}' ditulis dua kali; beri kode lain"
            yield standard.source.error(message, "procedure", place)


def _kind(step: Step, _standard: StandardSpec, _office: OfficeSpec) -> Refusals:
    kind = KINDS.get(step.kind)
    if kind is None:
        yield (
            "kind",
            f"memakai jenis '{step.kind}' yang tidak ada; pilih: {_all(KINDS)}",
        )
        return
    try:
        kind.params.model_validate(step.params)
    except ValidationError as refused:
        for error in refused.errors():
            name = str(error["loc"][0])
            yield name, _PARAMETER[error["type"]].format(kind=step.kind, name=name)


def _people(step: Step, _standard: StandardSpec, office: OfficeSpec) -> Refusals:
    outside = {code for code, one in office.escalation.items() if one.outside}
    for role in step.roles:
        if role not in ROLES | outside:
            key = "actor" if role == step.actor else "with"
            yield (
                key,
                f"menunjuk peran '{role}' yang tidak ada; pilih: {_all(ROLES | outside)}",
            )


def _targets(step: Step, standard: StandardSpec, _office: OfficeSpec) -> Refusals:
    codes = {one.code for one in standard.procedure}
    for target in step.exits.values():
        if target not in codes:
            yield "exits", f"menunjuk ke '{target}' yang tidak ada"
    for code in step.exit_titles.keys() - step.exits.keys():
        yield "exit_titles", f"menyebut '{code}' yang bukan jalan keluar langkah ini"
    if step.next and step.next not in codes:
        yield "next", f"menunjuk ke '{step.next}' yang tidak ada"


def _return(step: Step, standard: StandardSpec, _office: OfficeSpec) -> Refusals:
    codes = [one.code for one in standard.procedure]
    if step.returns_to is None:
        return
    if step.returns_to not in codes:
        yield "returns_to", f"kembali ke '{step.returns_to}' yang tidak ada"
    elif codes.index(step.returns_to) >= codes.index(step.code):
        yield (
            "returns_to",
            f"kembali ke '{step.returns_to}', padahal langkah itu tidak mendahuluinya",
        )


def _second(step: Step, standard: StandardSpec, _office: OfficeSpec) -> Refusals:
    """A second officer can only be another one than somebody of the office who came before."""
    codes = [one.code for one in standard.procedure]
    before = codes[: codes.index(step.code)]
    if step.not_by and not _is_offices(step):
        yield (
            "not_by",
            "memakai 'not_by', padahal langkah ini bukan milik petugas kantor",
        )
    for code in step.not_by:
        if code not in codes:
            yield "not_by", f"menunjuk ke '{code}' yang tidak ada"
        elif code not in before:
            yield (
                "not_by",
                f"menunjuk ke '{code}', padahal langkah itu tidak mendahuluinya",
            )
        elif not _is_offices(standard.step(code)):
            yield (
                "not_by",
                f"menunjuk ke '{code}', padahal langkah itu bukan milik petugas kantor",
            )


def _is_offices(step: Step) -> bool:
    return any(role in Role.values for role in step.roles)


def _variant(step: Step, standard: StandardSpec, _office: OfficeSpec) -> Refusals:
    for route in step.when.routes:
        if route not in standard.routes:
            yield "when", f"berlaku untuk rute '{route}' yang tidak ada"
    for applicant in step.when.applicants:
        if applicant not in standard.applicants:
            yield "when", f"berlaku untuk pemohon '{applicant}' yang tidak ada"


def _promise(step: Step, standard: StandardSpec, _office: OfficeSpec) -> Refusals:
    codes = [one.code for one in standard.procedure]
    later = standard.procedure[codes.index(step.code) + 1 :]
    ends = any(one.kind == step.kind and one.until is None for one in later)
    if step.until and not ends:
        yield (
            "until",
            f"hanya mencatat kesanggupan; tambahkan sesudahnya langkah berjenis '{step.kind}' tanpa until",
        )


def _document(step: Step, _standard: StandardSpec, office: OfficeSpec) -> Refusals:
    if step.document and step.document not in office.document_titles:
        yield (
            "document",
            f"memberikan '{step.document}' yang tidak ada di document_titles kantor",
        )


def _passed_on(step: Step, standard: StandardSpec, office: OfficeSpec) -> Refusals:
    """Who is outside cannot press a button here: somebody of the office writes the answer down in the step after."""
    codes = [one.code for one in standard.procedure]
    after = standard.procedure[codes.index(step.code) + 1 :]
    for code in step.to:
        party = office.escalation.get(code)
        if party is None:
            yield "to", f"meneruskan ke '{code}' yang tidak ada di escalation kantor"
        elif party.outside and not any(
            one.kind == ANSWER and one.actor == code for one in after
        ):
            message = f"meneruskan ke '{code}' di luar kantor; tambahkan sesudahnya langkah berjenis"
            yield "to", f"{message} '{ANSWER}' dengan actor: {code}"


def _answered(step: Step, _standard: StandardSpec, office: OfficeSpec) -> Refusals:
    party = office.escalation.get(step.actor)
    if step.kind == ANSWER and not (party and party.outside):
        yield (
            "actor",
            f"menunggu jawaban pihak luar, padahal '{step.actor}' bukan pihak luar di escalation kantor",
        )


def _rechecks(step: Step, standard: StandardSpec, _office: OfficeSpec) -> Refusals:
    asked = {one.code for one in standard.checks}
    for code in step.rechecks:
        if code not in asked:
            yield (
                "rechecks",
                f"memeriksa ulang '{code}' yang tidak ada di checks standar ini",
            )


def _proofs(step: Step, standard: StandardSpec, _office: OfficeSpec) -> Refusals:
    """Two proofs of identity for everybody who may ask."""
    for code in step.proofs:
        if code not in standard.requirements:
            yield "proofs", f"memakai bukti '{code}' yang tidak ada di requirements"
    for code, applicant in standard.applicants.items():
        if step.proofs and len({*step.proofs} & {*applicant.asks}) < PROOFS:
            yield (
                "proofs",
                f"harus memakai sedikitnya dua berkas yang diminta dari '{code}'",
            )


_STEP_RULES: tuple[Rule, ...] = (
    _kind, _people, _targets, _return, _second, _variant, _promise, _document, _rechecks,
    _passed_on, _answered, _proofs,
)  # fmt: skip


def _way(standard: Standard) -> Iterator[Problem]:
    """Walks every route and kind of applicant from the first step."""
    reached: set[str] = set()
    refused: dict[str, str] = {}
    for route, applicant in _variants(standard.spec):
        walk = Walk(standard.spec, route, applicant)
        if not walk.steps:
            yield from _nothing(standard, route, applicant)
            continue
        reached |= walk.reached
        refused |= walk.refusals()
    for step in standard.spec.procedure:
        if step.code not in reached:
            refused[step.code] = "tidak pernah dicapai; periksa urutan, exits dan when"
    for place, step in enumerate(standard.spec.procedure):
        if message := refused.get(step.code):
            message = f"langkah '{step.code}' {message}"
            yield standard.source.error(message, "procedure", place)


def _variants(standard: StandardSpec) -> list[tuple[str, str]]:
    return [(route, one) for route in standard.routes for one in standard.applicants]


def _nothing(standard: Standard, route: str, applicant: str) -> Iterator[Problem]:
    if route in standard.spec.open_routes:
        message = f"rute '{route}' tidak punya satu langkah pun untuk '{applicant}'"
        yield standard.source.error(message, "routes", route)


def _clock(standard: Standard) -> Iterator[Problem]:
    """The promised time covers steps that exist and starts at an event that happens."""
    time, steps = standard.spec.time, {one.code: one for one in standard.spec.procedure}
    for code in time.covers:
        if code not in steps:
            message = f"janji waktu mencakup langkah '{code}' yang tidak ada"
            yield standard.source.error(message, "time", "covers")
        elif KINDS[steps[code].kind].uncounted:
            message = (
                f"janji waktu mencakup langkah '{code}', padahal di sana kantor menunggu"
                " pelaku usaha; hapus dari covers"
            )
            yield standard.source.error(message, "time", "covers")
    told = {"submitted", None} | {one.emits for one in standard.spec.procedure}
    if time.counts_from not in told:
        message = (
            f"janji waktu dihitung sejak '{time.counts_from}', tetapi tidak ada langkah"
            f" dengan emits: {time.counts_from}"
        )
        yield standard.source.error(message, "time", "from")


def _all(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
