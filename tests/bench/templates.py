"""One ticket with all its rows, as text for COPY with holes where a copy differs: ids, dates, names."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar

import psycopg
from django.db.models import ForeignKey

from loket.accounts.models import User
from loket.suppliers.models import (
    FollowUp,
    Registration,
    Representative,
    Supplier,
)
from loket.tickets.models import (
    Check,
    Document,
    Event,
    IssuedDocument,
    Party,
    Segment,
    Ticket,
    Verdict,
)

OF_TICKET = "SELECT id FROM {} WHERE ticket_id = {{ticket}}"
SUPPLIER = "SELECT supplier_id FROM suppliers_registration WHERE ticket_id = {ticket}"
# Parents first; which rows belong to a ticket
COPIED = {
    Ticket: "id = {ticket}",
    Supplier: f"id IN ({SUPPLIER})",
    Registration: "ticket_id = {ticket}",
    Representative: f"supplier_id IN ({SUPPLIER})",
    Party: "ticket_id = {ticket}",
    Event: "ticket_id = {ticket}",
    Segment: "ticket_id = {ticket}",
    Document: "ticket_id = {ticket}",
    Verdict: f"document_id IN ({OF_TICKET.format('tickets_document')})",
    Check: "ticket_id = {ticket}",
    IssuedDocument: "ticket_id = {ticket}",
    FollowUp: "ticket_id = {ticket}",
}
UNIQUE = {
    (Ticket, "number"): "%(number)s",
    (Ticket, "public_code"): "%(code)s",
    (Ticket, "applicant_name"): "%(name)s",
    (Supplier, "name"): "%(name)s",
    (Supplier, "tax_id_digest"): "%(digest)s",
    (IssuedDocument, "serial"): "%(serial)d",
    (IssuedDocument, "code"): "%(code)s",
}


def columns_of(model) -> list[str]:
    """The columns Django writes; others PostgreSQL makes."""
    return [each.column for each in model._meta.concrete_fields]


@dataclass
class Template:
    """The rows of one ticket by table, and the ids and dates that are holes in them."""

    office: int
    is_open: bool
    submitted: str
    rows: dict[type, str] = field(default_factory=dict)
    ids: dict[type, list[str]] = field(default_factory=dict)
    dates: set[str] = field(default_factory=set)
    issues: tuple[str, str] | None = None

    MARK: ClassVar = "%({}_{})d"

    @classmethod
    def read(cls, link: psycopg.Connection, ticket: int) -> "Template":
        """Take one ticket out of the database."""
        first = link.execute(
            "SELECT office_id, ended_at IS NULL, submitted_at::text, (SELECT user_id FROM tickets_party"
            " WHERE ticket_id = t.id) FROM tickets_ticket t WHERE id = %s", [ticket],
        ).fetchone()  # fmt: skip
        office, is_open, submitted, person = first
        made = cls(office, is_open, "")
        made.submitted = made._dated(submitted)
        for model, condition in COPIED.items():
            where = condition.format(ticket=ticket)
            made._take(link, model, where, str(person))
        return made

    def _take(self, link: psycopg.Connection, model, where: str, person: str) -> None:
        columns = columns_of(model)
        query = f"SELECT {','.join(columns)} FROM {model._meta.db_table} WHERE {where} ORDER BY id"  # noqa: S608 - of our own models
        with link.cursor().copy(f"COPY ({query}) TO STDOUT") as copied:
            lines = b"".join(copied).decode().splitlines()
        table = [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]
        self.ids[model] = [row["id"] for row in table]
        if model is IssuedDocument and table:
            self.issues = (table[0]["kind"], table[0]["year"])
        self.rows[model] = "".join(
            "\t".join(self._hole(model, each, row, person) for each in model._meta.concrete_fields) + "\n"
            for row in table
        )  # fmt: skip

    def _hole(self, model, column, row: dict[str, str], person: str) -> str:
        value = row[column.column]
        if value == "\\N":
            return value
        if column.primary_key:
            return self.mark(model, value)
        if isinstance(column, ForeignKey):
            return self._other(column.related_model, value, person)
        if column.get_internal_type() == "DateTimeField":
            value = self._dated(value)
        else:
            value = value.replace("%", "%%")
        return UNIQUE.get((model, column.column), value)

    def _other(self, model, value: str, person: str) -> str:
        """A row that is copied too, the applicant, or somebody who stays the same."""
        if model in COPIED:
            return self.mark(model, value)
        return "%(person)d" if model is User and value == person else value

    def mark(self, model, value: str) -> str:
        """The hole for an id of a table."""
        return self.MARK.format(model._meta.db_table, value)

    def _dated(self, moment: str) -> str:
        """`2026-11-23 03:40:00+00`: the day is moved by whole weeks, the time stays."""
        self.dates.add(moment[:10])
        return f"%({moment[:10]})s{moment[10:]}"


def moved(days: set[str], weeks: int) -> dict[str, str]:
    """The same weekdays so many weeks earlier."""
    back = timedelta(weeks=weeks)
    return {day: (date.fromisoformat(day) - back).isoformat() for day in days}
