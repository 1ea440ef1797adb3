"""Loading and exporting packs: offices and their standards enter and leave the installation as data."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction

from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.actions import load_holidays
from loket.offices.models import Calendar, Closure, Office
from loket.standards.models import Export, LegalBasis, Print, Service, Standard
from loket.standards.pack import (
    OfficeSpec,
    Pack,
    Problem,
    StandardSpec,
    legal_register,
    read_pack,
    write_pack,
)
from loket.standards.queries import exportable, settings_of, spec_of


class PackRefused(Exception):
    """The pack cannot be loaded; `problems` say where and why."""

    def __init__(self, problems: Iterable[Problem] = (), reason: str = "") -> None:
        super().__init__(reason)
        self.problems = list(problems)


def load_packs(paths: Iterable[Path], *, by: User | None) -> list[Office]:
    """Publish what the packs hold; what is already published stays as it is."""
    load_registers()
    return [load_pack(read_pack(Path(path)), by=by) for path in paths]


@transaction.atomic
def load_registers() -> None:
    """The registers every office shares: legal bases, holidays."""
    rows = [
        LegalBasis(
            code=code, kind=law.kind, number=law.number, year=law.year,
            title=law.title, status=law.status, successor=law.successor or "", note=law.note or "",
        )
        for code, law in legal_register().items()
    ]  # fmt: skip
    LegalBasis.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[
            "kind",
            "number",
            "year",
            "title",
            "status",
            "successor",
            "note",
        ],
    )
    load_holidays()


@transaction.atomic
def load_pack(pack: Pack, *, by: User | None) -> Office:
    """Publish one office: its settings and calendars as they are now, each new standard once."""
    errors = [problem for problem in pack.problems if problem.severity == "error"]
    if errors or pack.office is None:
        raise PackRefused(errors)
    office = _save_office(pack.office)
    _refuse_unexported(office)
    first_load = {
        code for code in {s.service for s in pack.standards}
        if not Standard.objects.filter(office=office, service__code=code).exists()
    }  # fmt: skip
    for spec in sorted(pack.standards, key=lambda each: each.effective):
        publish(office, spec, is_first_load=spec.service in first_load, by=by)
    return office


def publish(
    office: Office, spec: StandardSpec, *, is_first_load: bool, by: User | None
) -> Standard:
    """One immutable version from its date; a past date only when the service is new here."""
    service, _ = Service.objects.get_or_create(office=office, code=spec.service)
    document = spec.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    known = Standard.objects.filter(service=service, effective=spec.effective).first()
    if known is not None:
        if spec_of(known.pk) != spec:
            raise PackRefused(
                reason=f"{spec.service} {spec.effective}: versi ini sudah terbit dan tidak dapat"
                " diubah; terbitkan versi baru dengan tanggal berlaku yang lebih akhir"
            )
        return known
    today = office.local(clock.now()).date()
    if spec.effective < today and not is_first_load:
        raise PackRefused(
            reason=f"{spec.service} {spec.effective}: tanggal berlaku sudah lewat; versi baru"
            " berlaku paling cepat hari ini"
        )
    return Standard.objects.create(
        office=office,
        service=service,
        version=Standard.objects.filter(service=service).count() + 1,
        effective=spec.effective,
        document=document,
        published_at=clock.now(),
        published_by=by,
    )


def keep_print(paper: Print, data: bytes, *, by: User | None) -> Print:
    """Keep a drawn paper beside the earlier ones; a job draws, so `by` is nobody."""
    paper.data, paper.size = data, len(data)
    paper.sha256 = sha256(data).hexdigest()
    paper.drawn_at = clock.now()
    paper.save(force_insert=True)
    return paper


@transaction.atomic
def export_pack(office: Office, folder: Path) -> None:
    """Write the office back to YAML; reading it gives equal records."""
    versions = exportable(office)
    write_pack(
        Pack(
            office=settings_of(office),
            standards=tuple(spec_of(version.pk) for version in versions),
            problems=[],
        ),
        folder,
    )
    Export.objects.bulk_create(
        Export(office=office, standard=version, at=clock.now()) for version in versions
    )


def _save_office(spec: OfficeSpec) -> Office:
    values: dict[str, Any] = {
        "code": spec.code,
        "name": spec.name,
        "parent": spec.parent,
        "time_zone": spec.time_zone,
        "registration_mode": spec.registration_mode,
        "settings": spec.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        "loaded_at": clock.now(),
    }
    office, made = Office.objects.update_or_create(slug=spec.office, defaults=values)
    for code, calendar in spec.calendars.items():
        Calendar.objects.update_or_create(
            office=office,
            code=code,
            defaults={
                "week": {day: list(hours) for day, hours in calendar.week.items()},
                "open_end": calendar.open_end_counts_until or "",
                "closed_on": list(calendar.closed_on),
                "special": [
                    season.model_dump(mode="json", by_alias=True)
                    for season in calendar.special
                ],
            },
        )
    for day, reason in spec.closures.items():
        Closure.objects.update_or_create(
            office=office, date=day, defaults={"reason": reason}
        )
    if not made:
        office.hours_version += 1
        office.save(update_fields=["hours_version"])
    return office


def _refuse_unexported(office: Office) -> None:
    """Refuse when an officer published a version that no export has written out yet."""
    waiting = Standard.objects.filter(
        office=office, published_by__isnull=False, exports=None
    ).first()
    if waiting is not None:
        raise PackRefused(
            reason=f"{waiting}: diterbitkan petugas dan belum diekspor; jalankan 'pack export' dahulu"
        )
