"""Refuses registers nobody described and checks due before a step that does not exist."""

from collections.abc import Iterator

from loket.standards.pack.office import OfficeSpec
from loket.standards.pack.reader import Read
from loket.standards.pack.source import Problem
from loket.standards.pack.standard import StandardSpec


def check_registers(
    standard: Read[StandardSpec], office: OfficeSpec
) -> Iterator[Problem]:
    """Registers are described once, in the office's part of the pack."""
    spec, source = standard.spec, standard.source
    named: list[tuple[str, tuple[str | int, ...]]] = [
        (register, ("requirements", code, "checks", place))
        for code, one in spec.requirements.items()
        for place, register in enumerate(one.checks)
    ]
    steps = {step.code for step in spec.procedure}
    for place, asked in enumerate(spec.checks):
        named.append((asked.code, ("checks", place, "register")))
        if asked.before and asked.before not in steps:
            message = f"periksa '{asked.code}' sebelum langkah '{asked.before}', yang tidak ada"
            yield source.error(message, "checks", place, "before")
        if asked.code in [other.code for other in spec.checks[:place]]:
            message = f"register '{asked.code}' ditulis dua kali; hapus salah satu"
            yield source.error(message, "checks", place)
    for register, where in named:
        if register not in office.registers:
            message = f"register '{register}' tidak ada di registers kantor"
            yield source.error(message, *where)
