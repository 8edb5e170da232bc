"""All settings, by section. What an operator may change is read in `env.py`."""

from __future__ import annotations

import datetime as dt
import hashlib
import sys

from corsheaders.defaults import default_headers
from csp.constants import NONE, SELF
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from bookgen_site.accounts.scopes import MEANINGS
from bookgen_site.env import (
    BASE_DIR,
    DATABASE_REPLICA_URL,
    DATABASE_URL,
    EMBEDDED,
    REDIS_URL,
    VAR_DIR,
    anymail_settings,
    env,
    kept_secret,
    mail_backend,
    private_file,
    redis_url,
    secret,
)
from bookgen_site.lib.logs import FORMATS, level_of, service_of, structlog_settings

# --- the site -------------------------------------------------------------------------------------
VERSION = "0.1.0"
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = kept_secret("SECRET_KEY", "secret_key")
SECRETS_KEY = kept_secret("SECRETS_KEY", "secrets_key")  # encrypts stored secrets; see lib/crypto.py
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
ROOT_URLCONF = "bookgen_site.urls"
WSGI_APPLICATION = "bookgen_site.wsgi.application"
ASGI_APPLICATION = "bookgen_site.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "channels",
    "corsheaders",
    "oauth2_provider",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_celery_results",
    "csp",
    "anymail",
    "bookgen_site.apps.SiteConfig",
    "bookgen_site.accounts",
    "notifications",
    "biographies",
    "sources",
    "engine",
]

MIDDLEWARE = [
    "bookgen_site.middleware.MachinesMiddleware",
    # First what every answer carries, those included that some middleware below gives instead of a view.
    "bookgen_site.middleware.LegacyHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "bookgen_site.middleware.DeskPolicyMiddleware",
    "bookgen_site.middleware.RequestIdMiddleware",
    "bookgen_site.metrics.timing.TimingMiddleware",
    "bookgen_site.lib.replica.ReplicaMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "bookgen_site.throttling.LimitMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # Last and sync-only: under ASGI the whole chain then runs in one thread hop (a quarter faster).
    "bookgen_site.middleware.OneHopMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- data -----------------------------------------------------------------------------------------
ENGINE_LEASE_SECONDS = env.int("ENGINE_LEASE_SECONDS", default=60)  # of a unit without a sign of life
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000;"
)
if DATABASE_URL:
    DATABASES = {"default": env.db_url_config(DATABASE_URL)}
    if DATABASE_REPLICA_URL:  # read by lists and reports alone; tests see the one database through it
        DATABASES["replica"] = {**env.db_url_config(DATABASE_REPLICA_URL), "TEST": {"MIRROR": "default"}}
    for database in DATABASES.values():
        database.setdefault("OPTIONS", {})
        if database["ENGINE"].endswith("postgresql"):
            database["OPTIONS"] |= {
                "pool": {
                    "min_size": 0,
                    "max_size": env.int("DATABASE_POOL", default=16),
                    "timeout": 5,  # seconds until somebody who waits is told that the database is away
                },
                # A process that hangs in the midst of a transaction holds locks for no longer than its lease: all that
                # a transaction ever waits for is the database.
                "options": f"-c idle_in_transaction_session_timeout={ENGINE_LEASE_SECONDS}s",
            }
            # After a restart of the server, nobody is handed one of the pool's dead connections.
            database["CONN_HEALTH_CHECKS"] = True
else:
    DATABASES = {
        "default": {
            "ENGINE": "bookgen_site.lib.sqlite",
            "NAME": private_file(VAR_DIR / "bookgen.sqlite3"),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
            "TEST": {"NAME": VAR_DIR / "test.sqlite3"},
        }
    }

DATABASE_ROUTERS = ["bookgen_site.lib.replica.Router"]

MEDIA_ROOT = env.str("BOOKGEN_MEDIA", default=str(VAR_DIR / "media"))
BOOKS_DIR = env.str("BOOKGEN_BOOKS", default=str(BASE_DIR / "books"))

CACHES: dict[str, dict[str, object]]
if REDIS_URL:
    # A Redis that doesn't even refuse must not hold up a page. Sessions are rows, as in the embedded profile: with a
    # cached copy nobody could sign in, out, or read a page while Redis is away.
    SOON = {"socket_connect_timeout": 1, "socket_timeout": 2}
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": redis_url(2),
            "OPTIONS": SOON,
        }
    }
else:
    # A few hundred bytes per entry: what was fetched and read within the hour, for several large books.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    }

SHARED_CACHE = bool(REDIS_URL)  # whether what one process forgets, all forget

# --- people ---------------------------------------------------------------------------------------
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{VALIDATION}.CommonPasswordValidator"},
]
# Whether staff log in with a code of an authenticator app after the password: required, optional (who has set it
# up is asked) or off (nobody is asked).
STAFF_TOTP = env.str("STAFF_TOTP", default="optional")
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=168) * 3600
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# --- words ----------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_TZ = True

# --- static files and security ----------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Served straight from the apps' folders until `collectstatic` has run: one command less for a newcomer.
WHITENOISE_USE_FINDERS = EMBEDDED
if EMBEDDED:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SECURE_COOKIES = env.bool("SECURE_COOKIES", default=not EMBEDDED)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True  # our scripts take the token from the page's forms
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
# A browser takes a cookie of such a name from this very host alone, by HTTPS: no neighbour under the same domain can
# plant one. (RFC 6265bis, section 4.1.3.2)
HOST_PREFIX = "__Host-" if SECURE_COOKIES else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{HOST_PREFIX}sessionid", f"{HOST_PREFIX}csrftoken"
# Browsers then come by HTTPS only, for a year. It's told over HTTPS alone.
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000 if SECURE_COOKIES else 0)
# For all names below the site's as well, and in the browsers' own lists: only who owns them all can say so.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("HSTS_SUBDOMAINS", default=False)
# Sending people to HTTPS is the door's task (docker/nginx/tls.conf, or the proxy before it): the process behind it
# speaks HTTP alone, and doesn't know what the way there is.
SILENCED_SYSTEM_CHECKS = ["security.W008"]
if not SECURE_HSTS_INCLUDE_SUBDOMAINS:
    SILENCED_SYSTEM_CHECKS += [
        "security.W005",
        "security.W021",
    ]  # the operator has said that there are others
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
)

# How many proxies stand before this process, each of which adds the address it saw to X-Forwarded-For. 0: none
# is believed, and the peer is the client.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

# --- live progress ----------------------------------------------------------------------------------
if REDIS_URL:
    # redis-py's own time-out of 5 s is as long as the layer's blocking read, and would end idle sockets.
    LAYER_HOSTS = [{"address": redis_url(4), "socket_timeout": None}]
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "bookgen_site.lib.redis_channels.SteadyChannelLayer",
            "CONFIG": {"hosts": LAYER_HOSTS},
        }
    }
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "bookgen_site.lib.channels.ThreadSafeChannelLayer"}}

# --- the queue (a hint; the database is the truth) ----------------------------------------------------
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default=redis_url(0) if REDIS_URL else "memory://localhost/")
CELERY_RESULT_BACKEND = env.str("CELERY_RESULT_BACKEND", default="django-db")
# The in-memory broker polls once a second unless told otherwise; Redis needs no polling. A Redis that doesn't even
# refuse (its machine is off) would hold every hint for the two minutes of the system's own time-out.
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"visibility_timeout": 3600, "socket_connect_timeout": 3} if REDIS_URL else {"polling_interval": 0.05}
)
# Once more and at once, since a restarted Redis is told by the first failure; then the sweep finds what has no message.
CELERY_TASK_PUBLISH_RETRY_POLICY = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # for ever: while the broker is away, the worker's sweep goes on
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_TRACK_STARTED = True
CELERY_RESULT_EXTENDED = True
CELERY_RESULT_EXPIRES = 7 * 24 * 3600
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")

# --- language models ----------------------------------------------------------------------------------
OPENROUTER_API_KEY = secret("OPENROUTER_API_KEY")
OPENROUTER_BASE_URL = env.str("OPENROUTER_BASE_URL", default="https://openrouter.ai/api/v1")
# A server of one's own may need no key; OpenRouter does.
MODEL_CONFIGURED = bool(OPENROUTER_API_KEY) or "openrouter.ai" not in OPENROUTER_BASE_URL
OPENROUTER_REFERER = env.str("OPENROUTER_REFERER", default="")
OPENROUTER_MODEL = env.str(
    "OPENROUTER_MODEL", default="claude"
)  # a preset, or names by preference: "a/b,c/d"
MODELS_BY_ROLE = {
    "planner": env.str("OPENROUTER_MODEL_PLANNER", default=OPENROUTER_MODEL),
    "writer": env.str("OPENROUTER_MODEL_WRITER", default=OPENROUTER_MODEL),
    "checker": env.str("OPENROUTER_MODEL_CHECKER", default=OPENROUTER_MODEL),
}
MODEL_CALLS_IN_FLIGHT = env.int("MODEL_CALLS_IN_FLIGHT", default=8)  # of all workers together
MODEL_CALL_SECONDS = env.float("MODEL_CALL_SECONDS", default=600)
MODEL_GAP_SECONDS = env.float("MODEL_GAP_SECONDS", default=120)
MODEL_DAY_BUDGET_USD = env.float("MODEL_DAY_BUDGET_USD", default=None)
MODEL_MONTH_BUDGET_USD = env.float("MODEL_MONTH_BUDGET_USD", default=None)
MODEL_BOOK_BUDGET_USD = env.float("MODEL_BOOK_BUDGET_USD", default=None)  # no book may be given more

# --- the engine -------------------------------------------------------------------------------------
# Threads of a process. Calls of a model are waited for, so a process can hold as many as may be in flight, and as many
# again, which take the places of those that are reading, checking and storing between two calls.
ENGINE_THREADS = env.int("ENGINE_THREADS", default=2 * MODEL_CALLS_IN_FLIGHT if MODEL_CONFIGURED else 4)
ENGINE_SWEEP_SECONDS = env.float("ENGINE_SWEEP_SECONDS", default=3)
ENGINE_MAX_ATTEMPTS = env.int("ENGINE_MAX_ATTEMPTS", default=5)  # that end with an error
ENGINE_MAX_DEATHS = env.int("ENGINE_MAX_DEATHS", default=3)  # of workers, that one unit is given

# --- the length of books ----------------------------------------------------------------------------
# Of a book for which nobody says; one that isn't set follows from the two others (biographies.lengths).
CHAPTERS_NUMBER = env.int("CHAPTERS_NUMBER", default=None)
TOTAL_WORDS = env.int("TOTAL_WORDS", default=None)
WORDS_PER_CHAPTER = env.int("WORDS_PER_CHAPTER", default=None)

# --- the evidence -----------------------------------------------------------------------------------
MIN_SOURCES_MANUAL = env.int("MIN_SOURCES_MANUAL", default=10)
MIN_SOURCES_FOUND = env.int("MIN_SOURCES_FOUND", default=40)  # modes hybrid and automatic
TARGET_SOURCES = env.int(
    "TARGET_SOURCES", default=60
)  # found ones and own ones together, where a job doesn't say
SOURCE_FINDERS = env.list(
    "SOURCE_FINDERS",
    default=["wikidata", "wikipedia", "open_library", "internet_archive", "library_of_congress", "openalex"],
)
FINDER_URLS = env.dict("FINDER_URLS", default={})  # where a finder's service is, if not at its own address
OPENALEX_API_KEY = secret("OPENALEX_API_KEY")  # free; without one OpenAlex answers a few searches a day
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")  # told to the services that finders ask
# Hosts that are fetched from although they aren't public: a library's internal server ("books.lan:8080").
FETCH_ALLOWED_HOSTS = env.list("FETCH_ALLOWED_HOSTS", default=[])

# --- messages ---------------------------------------------------------------------------------------
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")  # in the links of mails
DELIVERY_THREADS = env.int("DELIVERY_THREADS", default=8)  # of a process: mails and webhooks on their way
DELIVERY_LEASE_SECONDS = env.int("DELIVERY_LEASE_SECONDS", default=30)
DIGEST_HOUR = env.int("DIGEST_HOUR", default=7)  # of the daily mails, in TIME_ZONE
AUTHOR_LINK_DAYS = env.int("AUTHOR_LINK_DAYS", default=90)
DOWNLOAD_LINK_DAYS = env.int("DOWNLOAD_LINK_DAYS", default=14)

# Receivers of webhooks that aren't public, or that have no https: a program in the house ("hooks.lan:8080").
WEBHOOK_ALLOWED_HOSTS = env.list("WEBHOOK_ALLOWED_HOSTS", default=[])

WEBHOOK_SECONDS = env.float("WEBHOOK_SECONDS", default=15)  # until a receiver must have answered
# A receiver that hears of all books from the start, besides those that are made on the desk.
WEBHOOK_URL = secret("WEBHOOK_URL")
WEBHOOK_SECRET = secret("WEBHOOK_SECRET")

# --- alerts -----------------------------------------------------------------------------------------
ALERT_EMAILS = env.list("ALERT_EMAILS", default=[])  # none: all Administrators with an address
ALERT_SLACK_URL = secret("ALERT_SLACK_URL")
ALERT_DISCORD_URL = secret("ALERT_DISCORD_URL")
ALERT_PAGERDUTY_KEY = secret("ALERT_PAGERDUTY_KEY")
ALERT_PAGERDUTY_URL = env.str("ALERT_PAGERDUTY_URL", default="https://events.pagerduty.com/v2/enqueue")
ALERT_EVERY_SECONDS = env.float("ALERT_EVERY_SECONDS", default=60)
ALERT_QUEUE_MINUTES = env.float("ALERT_QUEUE_MINUTES", default=15)  # that work may wait while nobody works
ALERT_DISK_PERCENT = env.float("ALERT_DISK_PERCENT", default=10)  # of the disk that must be free
ALERT_BACKUP_FILE = env.str("ALERT_BACKUP_FILE", default="")  # touched by each backup that went well
BACKUP_RECIPIENT = env.str("BACKUP_RECIPIENT", default="")  # backups are encrypted for this key (age1…)
ALERT_BACKUP_HOURS = env.float("ALERT_BACKUP_HOURS", default=26)

# --- what is kept, and how long (0: for ever); see engine/retention --------------------------------------
KEEP_EVENTS_DAYS = env.int("KEEP_EVENTS_DAYS", default=365)
KEEP_CALL_BODIES_DAYS = env.int("KEEP_CALL_BODIES_DAYS", default=90)
KEEP_EXPORTS_DAYS = env.int("KEEP_EXPORTS_DAYS", default=0)
KEEP_DELIVERIES_DAYS = env.int("KEEP_DELIVERIES_DAYS", default=90)
KEEP_AUDIT_DAYS = env.int("KEEP_AUDIT_DAYS", default=0)
KEEP_LOGS_DAYS = env.int("KEEP_LOGS_DAYS", default=30)

# --- the printed book -------------------------------------------------------------------------------
BOOK_PUBLISHER = env.str("BOOK_PUBLISHER", default="")  # the team, on the imprint page
BOOK_FONT = env.str("BOOK_FONT", default="")  # "": each format has its own
BOOK_REFERENCE_DOCX = env.str("BOOK_REFERENCE_DOCX", default="")  # a team's own styles
LIBREOFFICE = env.str("LIBREOFFICE", default="soffice")  # lays out pages to number them; "" does without
LIBREOFFICE_SECONDS = env.float("LIBREOFFICE_SECONDS", default=120)

# --- mail -------------------------------------------------------------------------------------------
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
EMAIL_HOST = env.str("SMTP_HOST", default="")
EMAIL_PORT = env.int("SMTP_PORT", default=587)
EMAIL_HOST_USER = env.str("SMTP_USER", default="")
EMAIL_HOST_PASSWORD = secret("SMTP_PASSWORD")
EMAIL_USE_TLS = env.bool("SMTP_TLS", default=True)
EMAIL_TIMEOUT = env.int("SMTP_SECONDS", default=20)  # of silence, after which it is tried later
# A provider's API through Anymail ("postmark", "amazon_ses", …; its settings are ANYMAIL_… in the environment), else a
# mail server, else files.
MAIL_PROVIDER = env.str("MAIL_PROVIDER", default="")
ANYMAIL = anymail_settings()
EMAIL_BACKEND = mail_backend(MAIL_PROVIDER, EMAIL_HOST)
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="BookGen <bookgen@localhost>")

# --- the API ----------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "bookgen_site.accounts.authentication.ApiKeyAuthentication",
        "bookgen_site.accounts.authentication.JwtAuthentication",
        "bookgen_site.accounts.authentication.ClientAuthentication",
        "rest_framework.authentication.SessionAuthentication",
        "bookgen_site.accounts.authentication.LocalAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "bookgen_site.accounts.permissions.HasScope",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "bookgen_site.openapi.Schema",
    "EXCEPTION_HANDLER": "bookgen_site.problems.problem_response",
    "DEFAULT_PAGINATION_CLASS": "bookgen_site.pagination.NewestFirst",
    "PAGE_SIZE": 50,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
RATE_LIMIT_PER_MINUTE = env.int("RATE_LIMIT_PER_MINUTE", default=60)  # of one address; 0: no limit
RATE_LIMIT_PER_KEY = env.int(
    "RATE_LIMIT_PER_KEY", default=120
)  # of one key or token, from wherever; 0: no limit
# Programs on this machine need no key, in the embedded profile alone; see accounts/authentication.py.
API_OPEN_ON_LOOPBACK = env.bool("API_OPEN_ON_LOOPBACK", default=False)
METRICS_TOKEN = secret("METRICS_TOKEN")
METRICS_ALLOWED = env.list("METRICS_ALLOWED", default=[])  # addresses and networks that read /metrics

CORS_ALLOWED_ORIGINS = env.list("CORS_ORIGINS", default=[])
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_HEADERS = (*default_headers, "x-api-key", "idempotency-key", "if-match", "if-none-match")
CORS_EXPOSE_HEADERS = (
    *("etag", "location", "retry-after", "ratelimit", "ratelimit-policy", "x-request-id"),
    "content-disposition",
)

JWT_ACCESS_LIFETIME = dt.timedelta(minutes=10)
JWT_REFRESH_LIFETIME = dt.timedelta(days=14)
SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": JWT_ACCESS_LIFETIME,
    "REFRESH_TOKEN_LIFETIME": JWT_REFRESH_LIFETIME,
    # A key of its own, so that nothing else that is signed here can pass for a token.
    "SIGNING_KEY": hashlib.sha256(f"jwt {SECRET_KEY}".encode()).hexdigest(),
}
# The toolkit's tables in one step: its own twenty-two took longer than those of all other apps together.
MIGRATION_MODULES = {"oauth2_provider": "bookgen_site.accounts.oauth_tables"}
OAUTH2_PROVIDER_APPLICATION_MODEL = "accounts.ApiClient"
# As the toolkit has them; `makemigrations` looks for them here.
OAUTH2_PROVIDER_ACCESS_TOKEN_MODEL = "oauth2_provider.AccessToken"  # noqa: S105  # a model
OAUTH2_PROVIDER_REFRESH_TOKEN_MODEL = "oauth2_provider.RefreshToken"  # noqa: S105  # a model
OAUTH2_PROVIDER_ID_TOKEN_MODEL = "oauth2_provider.IDToken"  # noqa: S105  # a model
OAUTH2_PROVIDER_GRANT_MODEL = "oauth2_provider.Grant"
OAUTH2_PROVIDER_DEVICE_GRANT_MODEL = "oauth2_provider.DeviceGrant"
OAUTH2_PROVIDER = {
    "OAUTH2_SERVER_CLASS": "oauthlib.oauth2.BackendApplicationServer",  # client credentials and nothing else
    "SCOPES": MEANINGS,
    "DEFAULT_SCOPES": ["__all__"],  # all that the client was given
    "SCOPES_BACKEND_CLASS": "bookgen_site.accounts.oauth.ClientScopes",
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    # What OAuth's Best Current Practice (RFC 9700) asks for; tokens are stored as hashes.
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "BookGen",
    "DESCRIPTION": "Book-length, fully cited biographies from sources: make them, follow them, fetch them.",
    "VERSION": VERSION,
    "OAS_VERSION": "3.1.1",
    "REDOC_DIST": "SIDECAR",
    "ENFORCE_NON_BLANK_FIELDS": True,
    "APPEND_COMPONENTS": {"securitySchemes": {"oauthClient": {"type": "http", "scheme": "basic"}}},
    "COMPONENT_SPLIT_PATCH": False,  # what a PATCH needs and what it may leave out, its serializer says itself
    "ENUM_NAME_OVERRIDES": {  # word lists that several fields of one name would fight about
        "JobStatus": "biographies.vocabulary.JobStatus",
        "ChapterStatus": "biographies.vocabulary.ChapterStatus",
        "FindingStatus": "biographies.vocabulary.FindingStatus",
        "ChapterKind": "biographies.vocabulary.ChapterKind",
        "SourceKind": "sources.vocabulary.SourceKind",
        "Decision": "sources.vocabulary.Decision",
        "DecisionMade": "sources.api.serializers.MADE",
        "EventKind": "notifications.events.EventKind",
        "LogLineKind": "biographies.api.event_serializers.LINE_KINDS",
        "FactKind": "sources.vocabulary.FactKind",
        "BookFormat": "biographies.exports.formats.NAMES",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
}

# --- the desk ---------------------------------------------------------------------------------------
UNFOLD = {
    "SITE_TITLE": "BookGen",
    "SITE_HEADER": "BookGen",
    "SITE_SUBHEADER": _("the editors' desk"),
    "SITE_SYMBOL": "auto_stories",
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_LANGUAGES": True,
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": f"/{STATIC_URL}desk/icon.svg"}],
    "BORDER_RADIUS": "6px",
    "LOGIN": {"form": "bookgen_site.accounts.desk.DeskLoginForm"},
    "ACCOUNT": {
        "navigation": [
            {"title": _("Second factor"), "link": reverse_lazy("account:second-factor")},
        ]
        if STAFF_TOTP != "off"
        else []
    },
    "DASHBOARD_CALLBACK": "biographies.admin.home.home_context",
    "SIDEBAR": {"navigation": "biographies.admin.navigation.sidebar"},
}

# --- logs -------------------------------------------------------------------------------------------
LOG_FORMAT = env.str("LOG_FORMAT", default="console" if EMBEDDED else "json")
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
API_LOG_LEVEL = env.str("API_LOG_LEVEL", default="")  # of gunicorn and Daphne; empty: LOG_LEVEL
WORKER_LOG_LEVEL = env.str("WORKER_LOG_LEVEL", default="")  # of workers and beat; empty: LOG_LEVEL
SERVICE = service_of(sys.argv)
LOGGING = structlog_settings(
    LOG_FORMAT if LOG_FORMAT in FORMATS else "json",
    level_of(SERVICE, of_all=LOG_LEVEL, of_api=API_LOG_LEVEL, of_workers=WORKER_LOG_LEVEL),
    service=SERVICE,
    known=[
        *(SECRET_KEY, OPENROUTER_API_KEY, OPENALEX_API_KEY, EMAIL_HOST_PASSWORD, METRICS_TOKEN),
        *(ALERT_SLACK_URL, ALERT_DISCORD_URL, ALERT_PAGERDUTY_KEY, secret("POSTGRES_PASSWORD")),
        *(secret("REDIS_PASSWORD"), *SECRETS_KEY.split(","), *ANYMAIL.values()),
        *(str(database.get("PASSWORD", "")) for database in DATABASES.values()),
    ],
)
