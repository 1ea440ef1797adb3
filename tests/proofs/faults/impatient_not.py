"""Loket without the bounds on its waiting for the database: what a proof must notice. Never part of loket."""

import psycopg
from django.conf import settings

from config.wsgi import application
from loket.kernel.patience import ImpatientConnection

__all__ = ["application"]
ImpatientConnection.wait = psycopg.Connection.wait
del settings.DATABASES["default"]["OPTIONS"]["pool"]["reconnect_timeout"]
