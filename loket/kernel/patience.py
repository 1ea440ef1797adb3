"""How long a page waits for the database: one that hangs is as good as away, and whoever waits is told so."""

from typing import Any

import psycopg
from psycopg.abc import RV, PQGen

STATEMENT = 6.0  # seconds until the server itself ends a statement
ANSWER = 8.0  # seconds without an answer until nobody waits for the server any more


class ImpatientConnection(psycopg.Connection[Any]):
    """Gives up on a server that is there and says nothing, which no timeout of the server's own can notice.

    The connection is closed, since nobody knows what became of the statement. A transaction is undone,
    unless its COMMIT was on the way: then the one-time key leads the repeated form to the first answer.
    """

    def wait(
        self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None
    ) -> RV:
        try:
            return super().wait(gen, interval, timeout or ANSWER)
        except psycopg.OperationalError as error:
            if not timeout and not error.sqlstate:  # the server would have given a code
                self.pgconn.finish()
            raise
