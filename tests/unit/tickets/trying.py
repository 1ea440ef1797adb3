"""Trying what may be refused: everything is undone, and the answer is a word."""

from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from config import env
from loket.kernel import clock
from loket.tickets.actions import WrongStatus
from loket.tickets.models import Ticket, Turn
from loket.tickets.models.ticket import OPEN

REFUSALS = {PermissionDenied: "denied", WrongStatus: "late", ValidationError: "wrong"}


@contextmanager
def undone():
    """What happens inside leaves no trace."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def answer(act):
    """done, denied, late or wrong; nothing stays of it."""
    with undone():
        try:
            act()
        except tuple(REFUSALS) as refusal:
            return REFUSALS[type(refusal)]
        return "done"


def put(ticket, status, step=None):
    """Stand a ticket in a status, whatever led there."""
    is_open = status in OPEN
    Ticket.objects.filter(pk=ticket.pk).update(
        status=status, step=step or ticket.step,
        ended_at=None if is_open else clock.now(),
        turn=ticket.turn if is_open else Turn.NOBODY,
    )  # fmt: skip
    return Ticket.objects.get(pk=ticket.pk)


def as_owner(statement, values=()):
    """One statement of the owner role in a connection of its own; for committed data."""
    parts = env.database(settings.DATABASE_OWNER_URL)
    with psycopg.connect(
        dbname=connection.settings_dict["NAME"], user=parts["USER"], password=parts["PASSWORD"],
        host=parts["HOST"], port=parts["PORT"] or None,
    ) as link:  # fmt: skip
        link.execute(statement, values)
