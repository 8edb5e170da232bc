"""System checks of single values: numbers within their bounds, and words that are addresses, mailboxes or models."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from email.utils import parseaddr
from typing import Any, Final
from urllib.parse import urlsplit

from celery import current_app
from celery.app.backends import by_url
from celery.exceptions import ImproperlyConfigured as NoBackend
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from kombu.transport import TRANSPORT_ALIASES
from redis.connection import parse_url

from bookgen_site import env
from bookgen_site.backups.errors import BackupError
from bookgen_site.backups.sealing import recipient_of
from engine.calls.roles import PRESETS

CENTURY: Final = 36_500  # days; further away than calendars go, dates can't be reckoned with
Bounds = tuple[float, float | None]

# Name of the setting (in settings, where that differs from the environment's): the least and the most.
NUMBERS: Final[dict[str, Bounds]] = {
    "MODEL_CALLS_IN_FLIGHT": (1, None),
    "MODEL_CALL_SECONDS": (1, None),
    "MODEL_GAP_SECONDS": (1, None),
    "MODEL_DAY_BUDGET_USD": (0, None),
    "MODEL_MONTH_BUDGET_USD": (0, None),
    "MODEL_BOOK_BUDGET_USD": (0, None),
    "ENGINE_SWEEP_SECONDS": (0.01, None),
    "ENGINE_MAX_ATTEMPTS": (1, None),
    "ENGINE_MAX_DEATHS": (1, None),
    "DELIVERY_THREADS": (1, None),
    "DELIVERY_LEASE_SECONDS": (1, None),
    "DIGEST_HOUR": (0, 23),
    "AUTHOR_LINK_DAYS": (1, CENTURY),
    "DOWNLOAD_LINK_DAYS": (1, CENTURY),
    "ALERT_EVERY_SECONDS": (1, None),
    "ALERT_QUEUE_MINUTES": (1, None),
    "ALERT_DISK_PERCENT": (0, 100),
    "ALERT_BACKUP_HOURS": (1, None),
    "SMTP_PORT": (1, 65535),
    "SMTP_SECONDS": (1, None),
    "HSTS_SECONDS": (0, None),
    "LIBREOFFICE_SECONDS": (1, None),
    "TARGET_SOURCES": (1, 1000),  # as many as a job may ask for
    "DATABASE_POOL": (1, None),
    "WEB_CONCURRENCY": (1, 1000),
}
IN_SETTINGS: Final = {
    "SMTP_PORT": "EMAIL_PORT",
    "SMTP_SECONDS": "EMAIL_TIMEOUT",
    "HSTS_SECONDS": "SECURE_HSTS_SECONDS",
}


@register()
def numbers_within_bounds(**_kwargs: Any) -> Sequence[CheckMessage]:
    """Numbers with which nothing would be done, or all at once."""
    found: list[CheckMessage] = []
    for name, (low, high) in NUMBERS.items():
        value = getattr(settings, IN_SETTINGS.get(name, name))
        if value is not None and not (low <= value and (high is None or value <= high)):
            bounds = f"from {low:g} to {high:g}" if high is not None else f"{low:g} or more"
            hint = f"It must be {bounds}; taken out, the default holds."
            found.append(Error(f"{name} can't be {value:g}.", hint=hint, id="bookgen.E066"))
    return found


@register()
def words_that_lead_somewhere(**_kwargs: Any) -> Sequence[CheckMessage]:
    """Addresses that nothing can be reached at. None is repeated: there may be a password in it."""
    return [
        Error(f"{name} isn't {kind}.", hint=f"Such as {example}.", id="bookgen.E067")
        for name, kind, example, good in _words()
        if not good
    ]


def _words() -> Iterator[tuple[str, str, str, bool]]:
    """Name, what it should be, an example, and whether it is that."""
    site, models = settings.SITE_URL, settings.OPENROUTER_BASE_URL
    yield "SITE_URL", "a web address", "https://books.example.org", _is_web(site)
    yield "OPENROUTER_BASE_URL", "a web address", "http://127.0.0.1:8080/v1", _is_web(models)
    host = settings.EMAIL_HOST
    yield "SMTP_HOST", "the name of a server", "mail.example.org", not set(host) & set(" /@")
    yield "MAIL_FROM", "a sender", "BookGen <books@example.org>", _is_mailbox(settings.DEFAULT_FROM_EMAIL)
    people = [*settings.ALERT_EMAILS]
    yield "ALERT_EMAILS", "a list of mailboxes", "ops@example.org", all(map(_is_mailbox, people))
    contact = settings.CONTACT_EMAIL
    yield "CONTACT_EMAIL", "a mailbox", "books@example.org", not contact or _is_mailbox(contact)
    yield "REDIS_URL", "an address of Redis", "redis://127.0.0.1:6379", _passes(parse_url, env.REDIS_URL)
    broker = settings.CELERY_BROKER_URL
    yield "CELERY_BROKER_URL", "an address that Celery knows", "redis://127.0.0.1:6379/0", _is_broker(broker)
    results = settings.CELERY_RESULT_BACKEND
    yield "CELERY_RESULT_BACKEND", "a place that Celery knows", "django-db", _passes(_backend, results)
    key = settings.BACKUP_RECIPIENT
    yield "BACKUP_RECIPIENT", "a recipient of age", "age1…", _passes(recipient_of, key)


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _is_mailbox(text: str) -> bool:
    name, _at, place = parseaddr(text)[1].rpartition("@")
    return bool(name and place)


def _is_broker(addresses: str) -> bool:
    schemes = [one.partition("://")[0].partition("+")[0] for one in addresses.split(";")]
    return all("://" in one for one in addresses.split(";")) and all(
        one in TRANSPORT_ALIASES for one in schemes
    )


def _backend(address: str) -> object:
    return by_url(address, current_app.loader)


def _passes(read: Callable[[str], object], text: str) -> bool:
    """Whether there is nothing to be read, or what there is can be."""
    try:
        return not text or read(text) is not None
    except (ValueError, ImportError, NoBackend, BackupError):
        return False


@register()
def models_that_exist(**_kwargs: Any) -> Sequence[CheckMessage]:
    """At OpenRouter a model is `maker/model`: another word is a preset, or a mistake that each book would stop at."""
    if "openrouter.ai" not in settings.OPENROUTER_BASE_URL:
        return []
    named = {"OPENROUTER_MODEL": settings.OPENROUTER_MODEL}
    named |= {f"OPENROUTER_MODEL_{role.upper()}": models for role, models in settings.MODELS_BY_ROLE.items()}
    hint = f"Choose among {', '.join(PRESETS)}, or name models as the provider does: maker/model."
    return [
        Error(f"{name} names “{one}”, which is no model.", hint=hint, id="bookgen.E068")
        for name, models in named.items()
        if name == "OPENROUTER_MODEL" or models != settings.OPENROUTER_MODEL
        for one in (word.strip() for word in models.split(","))
        if one and one not in PRESETS and "/" not in one
    ]
