"""The site itself: its apps, middleware, templates, languages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bookgen_site.env import BASE_DIR, env, kept_secret, time_zone

VERSION = "0.1.0"
WEB_CONCURRENCY = env.int("WEB_CONCURRENCY", default=2)  # processes of one gunicorn
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
    "bookgen_site.middleware.HeadMiddleware",
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

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = time_zone()
USE_TZ = True
