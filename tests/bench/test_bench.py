"""The bench at a tiny size: its set holds, every flow shows and does what it should, within its statements."""

from dataclasses import replace

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.bench import filling, inside, invariants
from tests.bench.browser import InProcess
from tests.bench.by_hand import make_models
from tests.bench.flows import FLOWS, LOKET, Wrong, worklist
from tests.bench.machine import MODELS
from tests.bench.report import STATEMENTS
from tests.bench.shape import Size

TINY = Size(tickets=150, people=40)
# What a flow costs today where its goal is not yet reached; never more
TODAY = STATEMENTS | {"ticket": 13, "create": 25}


@pytest.fixture
def filled(transactional_db):
    """A set in the test database, copied by its owner like the large ones."""
    make_models(MODELS)
    name = connection.settings_dict["NAME"]
    url = settings.DATABASE_OWNER_URL.replace("/loket?", f"/{name}?")
    connection.close()
    filling.fill(url, TINY)
    return url


def test_tiny_set_holds_and_flows_answer_within_their_statements(filled):
    found, known = invariants.look(TINY), inside.known()
    statements = {name: count for name, (count, _all) in inside.counted(known).items()}
    over = {name: statements[name] for name, most in TODAY.items() if statements[name] > most}  # fmt: skip
    assert (found["broken"], set(statements), over) == ({}, set(FLOWS), {})
    # The controls: a page with a row less than there is, a set with a rule broken
    browser = InProcess(inside.client_of(inside.officers()[0]))
    with pytest.raises(Wrong):
        worklist(browser, LOKET, replace(known, rows=known.rows + 9))
    before = invariants.look(TINY)["broken"]  # the flows wrote into the set
    with psycopg.connect(filled) as link:
        link.execute("DELETE FROM tickets_segment WHERE ended_at IS NULL")
    rule = "open tickets have one running segment, ended ones none"
    assert invariants.look(TINY)["broken"].keys() - before.keys() == {rule}
