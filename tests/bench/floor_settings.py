"""Settings of the floor: loket's, without its middleware, its sessions and its templates."""

from pathlib import Path

from config.settings import *  # noqa: F403 - the point is that nothing else differs
from config.settings import TEMPLATES

ROOT_URLCONF = "tests.bench.floor"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # it insists; it asks nothing
]
TEMPLATES = [
    {
        "BACKEND": TEMPLATES[0]["BACKEND"],
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]  # fmt: skip
