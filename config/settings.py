"""All settings in one file; what differs between installations comes from the environment."""

import os

from config import env
from loket.kernel.patience import STATEMENT, ImpatientConnection

BASE_DIR = env.BASE_DIR
VAR_DIR = env.VAR_DIR
DEBUG = env.flag("DEBUG")
DEMO = env.flag("LOKET_DEMO")

# Security
SECRET_KEY = env.text("SECRET_KEY", "only-for-demo-and-tests")
LOKET_KEY_FILE = str(env.key_file())
ALLOWED_HOSTS = env.text("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(
    ","
)
CSRF_TRUSTED_ORIGINS = [o for o in env.text("CSRF_TRUSTED_ORIGINS", "").split(",") if o]
HTTPS = env.flag("HTTPS")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
# Subdomains and preload lists are decided by whoever owns the domain, not by one of its sites
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
ALLAUTH_TRUSTED_PROXY_COUNT = int(env.text("TRUSTED_PROXIES", "0"))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sesi" if HTTPS else "sesi"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_AGE = (
    8 * 24 * 60 * 60
)  # longer than any limit below, which are told apart
SESSION_LIMITS = {  # seconds left alone, seconds altogether
    "officer": {
        "idle": int(env.text("OFFICER_IDLE_MINUTES", "60")) * 60,
        "absolute": int(env.text("OFFICER_SESSION_HOURS", "12")) * 3600,
    },
    "applicant": {
        "idle": int(env.text("APPLICANT_IDLE_MINUTES", "720")) * 60,
        "absolute": int(env.text("APPLICANT_SESSION_HOURS", "168")) * 3600,
    },
}
SESSION_NOTED_EVERY = 300  # seconds between two notes of the last use
KNOWN_BROWSER_COOKIE = "__Host-kenal" if HTTPS else "kenal"
CSRF_FAILURE_VIEW = "loket.portal.views.errors.csrf_failed"
# Rounds of one try of the proof of work before a link is sent; a browser needs 100 to 200 tries
PROOF_OF_WORK = 5000
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; object-src 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)

# Rooms
INSTALLED_APPS = [
    "loket.portal",
    "loket.reports",
    "loket.verification",
    "loket.requests",
    "loket.tenders",
    "loket.access_rights",
    "loket.suppliers",
    "loket.tickets",
    "loket.standards",
    "loket.files",
    "loket.offices",
    "loket.accounts",
    "loket.ui",
    "loket.kernel",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "loket.kernel.middleware.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "loket.kernel.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "loket.kernel.middleware.bounded",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "loket.accounts.middleware.session_limits",
    "loket.offices.middleware.EntranceMiddleware",
    "loket.offices.middleware.PolicyMiddleware",
    "loket.kernel.middleware.OnceMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = True
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "loket.ui.context.page",
                "loket.tickets.context.asked_of_you",
            ],
            "builtins": ["django.templatetags.i18n", "loket.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "loket.ui.forms.Renderer"

# Database: the application role serves; `loket migrate` sets LOKET_ROLE=owner
DATABASE_URL = env.text("DATABASE_URL", "postgresql://loket_app@/loket?host=/nowhere")
DATABASE_OWNER_URL = env.text("DATABASE_OWNER_URL", DATABASE_URL)
AS_OWNER = os.environ.get("LOKET_ROLE") == "owner"
POOLED = env.flag("LOKET_POOL")
# Page servers wait a few seconds at most: for a connection, for a statement, for a server that hangs
# and their statements are planned once for each connection (docs/adr/0035)
POOL: dict[str, object] = {
    "prepare_threshold": 2,
    "pool": {
        "min_size": 1,
        "max_size": 8,
        "timeout": 5,
        "reconnect_timeout": 5,  # then whoever comes next tries; the pool's own tries grow rare
        "connection_class": ImpatientConnection,
    },
}
# Commands and the worker are the system; page servers begin as nobody (loket.kernel.fence)
DATABASE_ACTOR = env.text("LOKET_ACTOR", "")
GIVEN = {
    "loket.actor": DATABASE_ACTOR,
    "statement_timeout": f"{STATEMENT * 1000:.0f}" if POOLED else "",
}
DATABASES = {
    "default": {
        **env.database(DATABASE_OWNER_URL if AS_OWNER else DATABASE_URL),
        "CONN_HEALTH_CHECKS": not POOLED,
        "OPTIONS": {
            "connect_timeout": 3,
            "server_side_binding": True,
            "options": " ".join(
                f"-c {name}={text}" for name, text in GIVEN.items() if text
            ),
            **(POOL if POOLED else {}),
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SESSION_ENGINE = "loket.accounts.sessions"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_cache",
    }
}

# People
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:start"
LOGOUT_REDIRECT_URL = "portal:home"
AUTHENTICATION_BACKENDS = ["loket.accounts.backends.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "loket.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "user_id"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": None,
}  # loket counts by itself, ADR 0021
RESET_VALID_MINUTES = 60
EMAIL_CHANGE_VALID_HOURS = 48
EMAIL_CHANGE_HOLD_HOURS = int(env.text("EMAIL_CHANGE_HOLD_HOURS", "72"))
ACCOUNT_FORMS = {
    "login": "loket.accounts.forms.LoginForm",
    "reauthenticate": "loket.accounts.forms.PasswordAgainForm",
}
MFA_FORMS = {
    "authenticate": "loket.accounts.forms.CodeForm",
    "activate_totp": "loket.accounts.forms.FirstCodeForm",
    "add_webauthn": "loket.accounts.forms.PasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "Loket"
MFA_TOTP_TOLERANCE = (
    1  # a code that changes while it is typed still counts, once (RFC 6238, 5.2)
)
MFA_ADAPTER = "loket.accounts.adapter.SecondFactorAdapter"

# Mail: the demo keeps it in a folder and shows it at /_surat/
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = int(env.text("EMAIL_PORT", "25"))
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
EMAIL_BACKEND = (
    "django.core.mail.backends." + ("filebased" if DEMO else "smtp") + ".EmailBackend"
)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "loket@localhost")
# Where refused mail comes back to, and who reads it. "{token}" makes every sender's address another
# one, which some servers need: loket+{token}@lpse.example
MAIL_RETURN_PATH = env.text("LOKET_RETURN_PATH", "")
LOKET_IMAP = env.text("LOKET_IMAP", "")  # imaps://user:password@host:993/INBOX
SITE_URL = env.text("SITE_URL", f"http://localhost:{env.text('PORT', '8000')}")

# Language, time
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "bahasa"
FORMAT_MODULE_PATH = ["loket.kernel.formats"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

# Files
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS: list[str] = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or env.flag("LOKET_TEST")
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or env.flag("LOKET_TEST")
FILES_DIR = VAR_DIR / "files"
LEDGER_FILE = env.text("LOKET_LEDGER", "")  # empty: with the files
CLAMD = env.text("LOKET_CLAMD", "")  # host:port or /path/to/socket; empty: no scanner
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["loket.kernel.uploads.InMemory"]
UPLOAD_KEPT = 16 * 1024 * 1024  # of one file; above any office's limit
UPLOAD_READ = 64 * 1024 * 1024  # of one request; longer ones are not even read
PACKS_DIR = BASE_DIR / "packs"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
    # It warns of each CSS property that means nothing on paper, at every drawing
    "loggers": {"weasyprint": {"level": "ERROR"}},
}
