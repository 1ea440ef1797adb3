"""Pytest plug-in: the embedded PostgreSQL, which starts with a bare environment, has this process's clock."""

import os

from loket.kernel import postgres

NAMES = ("LD_PRELOAD", "FAKETIME_TIMESTAMP_FILE", "FAKETIME_NO_CACHE")
postgres.ENVIRONMENT.update({name: os.environ[name] for name in NAMES})
