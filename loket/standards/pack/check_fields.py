"""Refuses a form that nobody could fill in."""

from collections.abc import Iterator

from loket.standards.kinds import KINDS
from loket.standards.pack.fields import CHOOSING
from loket.standards.pack.reader import Read
from loket.standards.pack.source import Problem
from loket.standards.pack.standard import StandardSpec

Standard = Read[StandardSpec]


def check_fields(standard: Standard) -> Iterator[Problem]:
    """Fields need a step where they are filled in; a choice needs choices; applicants must exist."""
    spec, source = standard.spec, standard.source
    asks = any(KINDS[one.kind].asks for one in spec.procedure if one.kind in KINDS)
    if spec.fields and not asks:
        message = "fields tidak pernah ditanyakan; tambahkan langkah berjenis 'request'"
        yield source.error(message, "fields")
    for name, one in spec.fields.items():
        chooses = one.kind in CHOOSING
        if chooses and len(one.choices) < 2:
            message = f"isian '{name}' memerlukan sedikitnya dua pilihan di choices"
            yield source.error(message, "fields", name)
        if one.choices and not chooses:
            message = f"isian '{name}' punya choices; tulis kind: choice atau many"
            yield source.error(message, "fields", name, "choices")
        for place, applicant in enumerate(one.applicants):
            if applicant not in spec.applicants:
                message = f"isian '{name}' untuk pemohon '{applicant}' yang tidak ada"
                yield source.error(message, "fields", name, "applicants", place)
