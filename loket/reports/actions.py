"""Taking the log out of the system: a file, and who took it."""

import csv
import datetime as dt
from io import BytesIO, StringIO

from django.core.exceptions import PermissionDenied
from django.db import transaction
from xlsxwriter import Workbook

from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.models import Office
from loket.offices.permissions import may
from loket.offices.roles import Permission
from loket.reports.models import LogExport
from loket.reports.queries import COLUMNS, GROUPS, Row, log_of

STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
WIDTHS = {"Deskripsi": 48, "Solusi": 48, "Nama Pengguna": 28, "No. Tiket": 15}
WIDTH = 18  # signs, of every other column


@transaction.atomic
def export_log(office: Office, month: dt.date, kind: str, *, by: User) -> bytes:
    """The log of one month as a file; the row that says who took it comes first."""
    if not may(by, Permission.TICKET_READ, office.pk):
        raise PermissionDenied
    rows = list(log_of(office, month, by))
    LogExport.objects.create(
        office=office, by=by, at=clock.now(), month=month, format=kind, rows_given=len(rows)
    )  # fmt: skip
    return _xlsx(rows) if kind == LogExport.Format.XLSX else _csv(rows)


def _xlsx(rows: list[Row]) -> bytes:
    """Two lines of headings as on the paper; text stays text, whatever it begins with."""
    out = BytesIO()
    with Workbook(
        out, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet("Log")
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        column = 0
        for group, names in GROUPS:
            if group:
                sheet.merge_range(0, column, 0, column + len(names) - 1, group, bold)
            for name in names:
                sheet.write_string(1, column, name, bold)
                sheet.set_column(column, column, WIDTHS.get(name, WIDTH))
                column += 1
        for number, row in enumerate(rows, start=2):
            for place, cell in enumerate(row.cells):
                sheet.write_string(number, place, cell, plain)
        sheet.freeze_panes(2, 1)
    return out.getvalue()


def _csv(rows: list[Row]) -> bytes:
    """UTF-8 with its mark, as spreadsheets expect; what would run as a formula is quoted."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(cell) for cell in row.cells] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(STARTS_FORMULA) else cell
