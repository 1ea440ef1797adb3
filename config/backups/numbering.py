"""Numbers after a restore: none is given twice, although those given since the backup are forgotten (docs/adr/0034).

A number may stand on paper. With the ledger of the lost days it is known which were given; without it
a step is left out. Numbered documents thereby get a gap that is named and explained.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from loket.kernel import clock
from loket.kernel.ledger import BACKUP, NUMBER, Fact
from loket.offices.models import Office, Sequence
from loket.standards.queries import settings_of

A_DAY = 100  # numbers of one series; the busiest counter we know of gives fewer
ROWS = 100_000  # ids left out in every table: an old link must not lead to a new row
Series = tuple[str, str, int]  # office, kind, year


@dataclass(frozen=True)
class Gap:
    """Numbers that are left out, because they may have been given."""

    office: Office
    kind: str
    year: int
    first: int
    last: int
    is_known: bool

    def __str__(self) -> str:
        word = "sudah diberikan" if self.is_known else "mungkin sudah diberikan"
        return f"{self.office.code} {self.kind} {self.year}: {self.first}-{self.last} {word}"  # fmt: skip


def knows(facts: Iterable[Fact], *, backup: str) -> bool:
    """Whether a ledger was written on after this backup was begun, and so tells of the time since."""
    return any(fact == [BACKUP, backup] for fact in facts)


def given(facts: Iterable[Fact]) -> dict[Series, int]:
    """The highest number of each series that anybody may have seen."""
    highest: dict[Series, int] = {}
    for fact in facts:
        if fact[0] == NUMBER and len(fact) == 5:
            series = (str(fact[1]), str(fact[2]), int(fact[3]))
            highest[series] = max(highest.get(series, 0), int(fact[4]))
    return highest


def supposed(since: datetime, *, each: int | None) -> dict[Series, int]:
    """Without a ledger: a step for every series an office may have used since the backup."""
    step = A_DAY * ((clock.now() - since).days + 1) if each is None else each
    known = {(row.office.slug, row.kind, row.year): row.last for row in Sequence.objects.select_related("office")}  # fmt: skip
    possible = {series for office in Office.objects.all() for series in _series(office, since)}  # fmt: skip
    recent = {series for series in known if series[2] >= since.year}
    return {series: known.get(series, 0) + step for series in possible | recent} if step else {}  # fmt: skip


def _series(office: Office, since: datetime) -> Iterator[Series]:
    years = range(office.local(since).year, office.local(clock.now()).year + 1)
    for kind in ("ticket", *settings_of(office).document_titles):
        yield from ((office.slug, kind, year) for year in years)


@transaction.atomic
def leave_out(highest: dict[Series, int], *, is_known: bool) -> list[Gap]:
    """Move each series to this number unless it is further already; what is left out."""
    offices = {office.slug: office for office in Office.objects.all()}
    gaps = []
    for (slug, kind, year), last in sorted(highest.items()):
        if office := offices.get(slug):
            row, _made = Sequence.objects.select_for_update().get_or_create(office=office, kind=kind, year=year)  # fmt: skip
            if row.last < last:
                gaps.append(Gap(office, kind, year, row.last + 1, last, is_known))
                row.last = last
                row.save(update_fields=["last"])
    return gaps


def leave_out_rows() -> None:
    """The ids of rows go on far above those of the lost ones."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass,"
            " coalesce(last_value, 0) + %s) FROM pg_sequences WHERE schemaname = 'public'",
            [ROWS],
        )
