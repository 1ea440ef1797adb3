"""What the serving role may do: read and write rows, and only add to what must never change."""

from django.apps import apps
from django.db import connection, models
from psycopg import sql

ROLE = "loket_app"


def append_only() -> list[type[models.Model]]:
    """Models whose rows are written once: they say so with `append_only = True`."""
    return [each for each in apps.get_models() if getattr(each, "append_only", False)]


def grant(role: str = ROLE) -> None:
    """Run as the owner after every migration. The serving role owns nothing and can drop nothing."""
    name = sql.Identifier(role)
    with connection.cursor() as cursor:
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {role}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
            "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}",
            "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
        ):
            cursor.execute(sql.SQL(statement).format(role=name))
        for model in append_only():
            table = sql.Identifier(model._meta.db_table)
            cursor.execute(
                sql.SQL("REVOKE UPDATE, DELETE ON {table} FROM {role}").format(
                    table=table, role=name
                )
            )
