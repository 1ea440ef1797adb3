"""Jobs of the front door: papers are drawn anew when what they say has changed."""

from contextlib import suppress
from hashlib import sha256
from importlib import import_module

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from loket.files.content import examine
from loket.kernel import clock
from loket.offices.queries import offices
from loket.portal.queries.prints import Paper, html_of, papers, starts_of
from loket.standards.actions import keep_print
from loket.standards.queries import print_of

DRAWING = "loket.files.drawing"  # not imported above: page servers must not pay for WeasyPrint
STYLE = "5"  # raise it when a style sheet changes, and every paper is drawn anew


@app.periodic(cron="*/5 * * * *")
@app.task(queue="prints", queueing_lock="draw_prints", lock="draw_prints")
def draw_prints(timestamp: int) -> None:
    """Draw what is missing or says something else than its newest PDF."""
    for office in offices():
        for paper in papers(office):
            draw_if_changed(paper)


def draw_soon() -> None:
    """Have papers looked through now, unless that is waiting already: what was published is not to wait for the clock."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        draw_prints.configure().defer(timestamp=int(clock.now().timestamp()))


def draw_if_changed(paper: Paper) -> bool:
    """Compare what the paper says with what was drawn; True when a new one was kept."""
    html = html_of(paper)
    content = sha256(f"{STYLE}\n{html}".encode()).hexdigest()
    known = print_of(
        paper.office, paper.standard, paper.kind, paper.language, letter=paper.letter
    )
    if known and known.content == content:
        return False
    drawing = import_module(DRAWING)
    starts = starts_of(paper, drawing.pages_of)
    data = drawing.pdf_of(html_of(paper, starts))
    row = paper.row
    row.content, row.pages = content, examine(data, types=("pdf",)).pages
    keep_print(row, data, by=None)
    return True
