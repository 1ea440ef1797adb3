"""Fills a set: people and copies of the models, streamed by COPY, table after table in one pass."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count, cycle
from random import Random

import psycopg

from config.invented import ENDINGS, WORDS
from loket.offices.models import Office
from loket.tickets.models import Document, Event, Message, Ticket
from tests.bench.shape import (
    COMMON,
    COMMON_PERCENT,
    LONG,
    OPEN,
    RARE,
    RARE_TICKETS,
    Size,
)
from tests.bench.templates import COPIED, Template, columns_of, moved

WEEKS = 104
LATE = 10  # of a hundred open tickets came a week ago
SAID = (
    "Mohon dikirim ulang hasil pindai akta karena halaman ketiga tidak terbaca.",
    "Berkas sudah kami perbaiki, terima kasih atas bantuannya.",
    "Apakah surat kuasa boleh ditandatangani oleh salah satu direktur saja?",
    "Nomor telepon kantor kami berubah sejak bulan lalu.",
    "Silakan datang dengan dokumen asli pada jam pelayanan.",
    "Kata sandi belum dapat dipakai, mohon petunjuk.",
    "Pembayaran jasa katering kantor belum masuk, apakah benar melalui loket ini?",
    "NIB kami terbit minggu ini dan sudah kami unggah.",
)
TABLES = (*COPIED, Message)
Lines = dict[type, list[str]]


def fill(url: str, size: Size) -> None:
    """Copy the models until there are so many tickets; runs as the owner, who stands above the fence."""
    with psycopg.connect(url) as link:
        models = [
            Template.read(link, ticket)
            for (ticket,) in link.execute("SELECT id FROM tickets_ticket ORDER BY id").fetchall()
        ]  # fmt: skip
        people = _people(link, size.people)
        copies = Copies(link, models, people)
        with bare(link):
            _copy(link, copies, size.tickets - len(models))
    with psycopg.connect(url, autocommit=True) as link:
        link.execute("TRUNCATE procrastinate_jobs CASCADE")
        link.execute("VACUUM ANALYZE")


def _people(link: psycopg.Connection, number: int) -> range:
    """Accounts without a password; their ids."""
    first = link.execute("SELECT max(id) + 1 FROM accounts_user").fetchone()[0]
    random = Random(number)
    with link.cursor().copy(
        "COPY accounts_user (id, password, user_id, email, name, language, is_active, joined_at) FROM STDIN"
    ) as people:
        for pk in range(first, first + number):
            name = f"{random.choice(WORDS)} {random.choice(ENDINGS)}"
            people.write(f"{pk}\t!\torang{pk}\torang{pk}@usaha.example\t{name}\tid\tt\t2024-01-02 03:00:00+00\n")  # fmt: skip
    link.execute("SELECT setval('accounts_user_id_seq', %s)", [first + number])
    return range(first, first + number)


@contextmanager
def bare(link: psycopg.Connection) -> Iterator[None]:
    """Without foreign keys while rows stream in; putting them back checks every row."""
    names = [model._meta.db_table for model in TABLES]
    keys = link.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'f' AND conrelid::regclass::text = ANY (%s)", [names],
    ).fetchall()  # fmt: skip
    for table, name, _rule in keys:
        link.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    yield
    for table, name, rule in keys:
        link.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {rule}')


def _copy(link: psycopg.Connection, copies: "Copies", number: int) -> None:
    """Rows of every table in turns, since one connection streams one table at a time."""
    batch = 5000
    made = copies.make(number)
    for begin in range(0, number, batch):
        lines: Lines = defaultdict(list)
        for _ticket in range(begin, min(begin + batch, number)):
            for model, text in next(made):
                lines[model].append(text)
        for model in TABLES:
            columns = ", ".join(columns_of(model))
            statement = f"COPY {model._meta.db_table} ({columns}) FROM STDIN"
            with ExitStack() as stack:
                copied = stack.enter_context(link.cursor().copy(statement))
                copied.write("".join(lines[model]))
    copies.settle()


def _like(models: list[Template], office: int, is_open: bool) -> list[Template]:
    """Those of the office that are open or ended; in a tiny set there may be none but others."""
    of_office = [each for each in models if each.office == office]
    return [each for each in of_office if each.is_open is is_open] or of_office


def _is_open(model: Template) -> bool:
    return model.is_open


def _documents(model: Template) -> int:
    return len(model.ids[Document])


class Copies:
    """Makes copy after copy: the oldest first, the open ones last, offices in turn."""

    def __init__(
        self, link: psycopg.Connection, models: list[Template], people: range
    ) -> None:
        self.link, self.people = link, people
        self.random = Random(len(models))
        self.offices = list(Office.objects.order_by("slug"))
        self.ids = {model: count(self._first(model)) for model in TABLES}
        self.serials = {each.pk: count(self._last(each.pk, "ticket") + 1) for each in self.offices}  # fmt: skip
        self.issued: dict[tuple[int, str, str], int] = {}
        self.models = {
            (office.pk, is_open): cycle(_like(models, office.pk, is_open))
            for office in self.offices for is_open in (True, False)
        }  # fmt: skip
        self.fullest = max(filter(_is_open, models), key=_documents)
        self.writers = dict(
            link.execute(
                "SELECT office_id, min(user_id) FROM offices_membership WHERE role = 'helpdesk' GROUP BY 1"
            ).fetchall()
        )

    def _first(self, model) -> int:
        table = model._meta.db_table
        return self.link.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0]  # noqa: S608 # fmt: skip

    def _last(self, office: int, kind: str) -> int:
        found = self.link.execute(
            "SELECT coalesce(max(last), 0) FROM offices_sequence WHERE office_id = %s AND kind = %s",
            [office, kind],
        ).fetchone()
        return found[0]

    def make(self, number: int) -> Iterator[list[tuple[type, str]]]:
        """The rows of each copy, by table."""
        ended = number - round(number * OPEN)
        for place in range(number):
            is_open = place >= ended
            weeks = int(place % 100 < LATE) if is_open else WEEKS - place * WEEKS // ended  # fmt: skip
            office = self.offices[place % len(self.offices)]
            model = next(self.models[office.pk, is_open])
            if place == number - 1:
                model = self.fullest
                office = next(each for each in self.offices if each.pk == model.office)
            known = self._filled(model, office, place) | moved(model.dates, weeks)
            rows = [(table, text % known) for table, text in model.rows.items()]
            yield rows + self._messages(model, known, place, number)

    def _filled(self, model: Template, office: Office, place: int) -> dict[str, object]:
        ids = {
            model.mark(table, old)[2:-2]: next(self.ids[table])
            for table, olds in model.ids.items()
            for old in olds
        }
        first, second = self.random.sample(WORDS, 2)
        serial = 0
        if model.issues:
            key = (office.pk, *model.issues)
            last = self.issued.get(key)
            serial = self.issued[key] = 1 + (self._last(office.pk, model.issues[0]) if last is None else last)  # fmt: skip
        return {
            **ids,
            "number": f"{office.code}-26-{next(self.serials[office.pk]):05d}",
            "code": f"{place:08X}",
            "name": f"CV {first} {second} {self.random.choice(ENDINGS)}",
            "digest": f"{place:064x}",
            "person": self.people[place * 7 % len(self.people)],
            "serial": serial,
        }

    def _messages(
        self, model: Template, known: dict[str, object], place: int, number: int
    ) -> list[tuple[type, str]]:
        """What both sides wrote, with its events. One ticket, open and with files, has the long talk."""
        ticket = known[model.mark(Ticket, model.ids[Ticket][0])[2:-2]]
        at = model.submitted % known
        rows: list[tuple[type, str]] = []
        for turn in range(self.turns(place, number)):
            pk, event = next(self.ids[Message]), next(self.ids[Event])
            author = (known["person"], self.writers[model.office])[turn % 2]
            said = SAID[(place + 3 * turn) % len(SAID)]
            said += self._added(place, turn, number)
            as_what = ("party", "officer")[turn % 2]
            rows.append((Message, f"{pk}\t{model.office}\t{ticket}\t{author}\tf\t{said}\t{at}\t{at}\n"))  # fmt: skip
            rows.append((Event, f'{event}\t{model.office}\t{ticket}\treply\t\t\t\t{author}\t{as_what}\t{{"message": {pk}}}\t{at}\t{at}\n'))  # fmt: skip
        return rows

    def turns(self, place: int, number: int) -> int:
        """Two messages each, the last ticket of all eleven."""
        return LONG if place == number - 1 else 2

    def _added(self, place: int, turn: int, number: int) -> str:
        if turn:
            return f" Salam, petugas {place % 97}."
        is_common = place * 37 % 100 < COMMON_PERCENT
        is_rare = place % max(number // RARE_TICKETS, 1) == 0 and place // max(number // RARE_TICKETS, 1) < RARE_TICKETS  # fmt: skip
        return f" {COMMON}" * is_common + f" {RARE}" * is_rare

    def settle(self) -> None:
        """Numbers go on after those of the copies."""
        for model, ids in self.ids.items():
            table = model._meta.db_table
            self.link.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, next(ids)])  # fmt: skip
        for office, serials in self.serials.items():
            self._say(office, "ticket", next(serials) - 1)
        for (office, kind, _year), last in self.issued.items():
            self._say(office, kind, last)

    def _say(self, office: int, kind: str, last: int) -> None:
        self.link.execute(
            "UPDATE offices_sequence SET last = %s WHERE office_id = %s AND kind = %s",
            [last, office, kind],
        )
