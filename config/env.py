"""Values from the environment, with a sentence when one is missing or malformed."""

import os
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("LOKET_VAR", BASE_DIR / "var"))


def key_file() -> Path:
    """Where the ring of keys stands."""
    return Path(text("LOKET_KEY_FILE", str(VAR_DIR / "keys" / "installation.key")))


def version() -> str:
    """Which loket this is."""
    project = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]
    return str(project["version"])


def flag(name: str, *, default: bool = False) -> bool:
    """True for 1, true, yes or on."""
    value = os.environ.get(name, "1" if default else "0")
    return value.lower() in {"1", "true", "yes", "on"}


def text(name: str, default: str) -> str:
    """The variable, or the default when it is unset or empty."""
    return os.environ.get(name) or default


def database(url: str) -> dict[str, Any]:
    """Django's settings for `postgresql://user:password@host:port/name?host=/socket`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise SystemExit(
            f"DATABASE_URL must begin with postgresql://, not {parts.scheme!r}"
        )
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
    }
