"""Refuses video calls nobody settled, and settings of calls that no step holds."""

from collections.abc import Iterator

from loket.standards.kinds import KINDS
from loket.standards.pack.office import OfficeSpec
from loket.standards.pack.reader import Read
from loket.standards.pack.source import Problem
from loket.standards.pack.standard import StandardSpec


def check_remote(standard: Read[StandardSpec], office: OfficeSpec) -> Iterator[Problem]:
    """`remote` and the steps that need it stand together; its hours are a calendar of the office."""
    spec, source = standard.spec, standard.source
    calling = [
        place
        for place, step in enumerate(spec.procedure)
        if step.kind in KINDS and KINDS[step.kind].calls
    ]
    holding = [place for place in calling if KINDS[spec.procedure[place].kind].judges]
    if spec.remote is None:
        for place in calling:
            code = spec.procedure[place].code
            message = f"langkah '{code}' memerlukan bagian 'remote' pada standar ini; tambahkan"
            yield source.error(message, "procedure", place)
        return
    if not holding:
        message = "'remote' ditulis, tetapi tidak ada langkah berjenis remote_session"
        yield source.error(message, "remote")
    if spec.remote.hours and spec.remote.hours not in office.calendars:
        message = (
            f"remote memakai kalender '{spec.remote.hours}' yang tidak ada di kantor"
        )
        yield source.error(message, "remote", "hours")
