"""Whether this installation can serve: the database answers and has every table (`/sehat/siap`)."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def is_migrated() -> bool:
    """Whether no migration waits; raises OperationalError while the database is away."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
