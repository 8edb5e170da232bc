"""System checks: a wrong setting is told at start, with an id and a hint."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from biographies import lengths, wishes
from biographies.exports.docx import BadTemplate, check_template
from bookgen_site import env, reading
from bookgen_site.accounts.second_factor import MODES
from bookgen_site.lib import logs
from bookgen_site.lib.addresses import AddressError, read_place
from bookgen_site.value_checks import CENTURY
from engine.printing import house_style
from notifications.hooks.addresses import require_receiver
from notifications.hooks.signing import signed_headers
from sources.discovery.registry import KINDS

MOST_SOURCES = 1000  # as many as a job may ask for (biographies.wishes)


@register()
def profile_is_whole(**_kwargs: Any) -> Sequence[CheckMessage]:
    """A Redis without PostgreSQL, or the other way round, is neither of the two profiles."""
    if env.DATABASE_URL and not env.REDIS_URL:
        return [
            Warning(
                "DATABASE_URL is set but REDIS_URL is not.", hint="Set both for a team.", id="bookgen.W001"
            )
        ]
    if env.REDIS_URL and not env.DATABASE_URL:
        return [
            Error("REDIS_URL is set but DATABASE_URL is not.", hint="Set both for a team.", id="bookgen.E001")
        ]
    return []


@register()
def engine_numbers(**_kwargs: Any) -> Sequence[CheckMessage]:
    """Numbers that would make the engine stand still or lose its claims."""
    found: list[CheckMessage] = []
    if settings.ENGINE_THREADS < 1:
        found.append(
            Error("ENGINE_THREADS must be at least 1.", hint="4 is a good value.", id="bookgen.E002")
        )
    if settings.ENGINE_LEASE_SECONDS < 3 * settings.ENGINE_SWEEP_SECONDS:
        hint = "Make ENGINE_LEASE_SECONDS at least three times ENGINE_SWEEP_SECONDS."
        found.append(Error("The engine's lease is too short for its sweep.", hint=hint, id="bookgen.E003"))
    return found


@register()
def finders_are_known(**_kwargs: Any) -> Sequence[CheckMessage]:
    """A finder that is named but doesn't exist would silently never be asked."""
    hint = f"Choose among: {', '.join(KINDS)}."
    named = {"SOURCE_FINDERS": settings.SOURCE_FINDERS, "FINDER_URLS": settings.FINDER_URLS}
    return [
        Error(f"{setting} names “{name}”, which is no finder.", hint=hint, id="bookgen.E020")
        for setting, names in named.items()
        for name in names
        if name not in KINDS
    ]


@register()
def source_numbers(**_kwargs: Any) -> Sequence[CheckMessage]:
    """A minimum of no sources would make books of nothing, one above what a job takes would stop them all."""
    names = ("MIN_SOURCES_MANUAL", "MIN_SOURCES_FOUND")
    return [
        Error(
            f"{name} must be from 1 to {MOST_SOURCES}.",
            hint="10 for sources that people give, 40 for sources that are found, are good values.",
            id="bookgen.E005",
        )
        for name in names
        if not 1 <= getattr(settings, name) <= MOST_SOURCES
    ]


@register()
def template_of_books(**_kwargs: Any) -> Sequence[CheckMessage]:
    """A reference document that lacks styles would be told of when the first book is printed, after hours."""
    try:
        house = house_style()
        if house.template:
            check_template(house.template)
    except BadTemplate as error:
        hint = "Write one with `manage.py reference_docx FILE`, and change its styles in Word."
        return [Error(f"BOOK_REFERENCE_DOCX: {error}.", hint=hint, id="bookgen.E006")]
    return []


@register(deploy=True)
def team_has_own_keys(**_kwargs: Any) -> Sequence[CheckMessage]:
    """Several machines must share the keys, so a team sets them itself."""
    if env.EMBEDDED:
        return []
    names = [name for name in ("SECRET_KEY", "SECRETS_KEY") if not env.env.str(name, default="")]
    names = [name for name in names if not env.env.str(f"{name}_FILE", default="")]
    return [
        Error(f"{name} is not set.", hint="Set it to a long random string.", id="bookgen.E004")
        for name in names
    ]


@register()
def loopback_is_for_one_process(**_kwargs: Any) -> Sequence[CheckMessage]:
    """Behind a proxy every request comes from this machine: a team's API would be open to the world."""
    if not settings.API_OPEN_ON_LOOPBACK or env.EMBEDDED:
        return []
    told = "API_OPEN_ON_LOOPBACK is set in the team's profile, where it opens nothing."
    return [Error(told, hint="Take it out, and give programs keys.", id="bookgen.E009")]


@register()
def places_of_metrics(**_kwargs: Any) -> Sequence[CheckMessage]:
    """Entries of METRICS_ALLOWED that are no addresses."""
    return [
        Error(
            f"METRICS_ALLOWED: “{entry}” is neither an address nor a network.",
            hint="Write 10.0.0.5 or 10.0.0.0/24.",
            id="bookgen.E007",
        )
        for entry in settings.METRICS_ALLOWED
        if not _is_network(entry)
    ]


@register()
def numbers_of_the_api(**_kwargs: Any) -> Sequence[CheckMessage]:
    """Numbers below nothing: the limits would let nobody in, or the client's address be taken from anywhere."""
    names = ("RATE_LIMIT_PER_MINUTE", "RATE_LIMIT_PER_KEY", "TRUSTED_PROXIES")
    return [
        Error(f"{name} must not be negative.", hint="0 means none.", id="bookgen.E008")
        for name in names
        if getattr(settings, name) < 0
    ]


@register()
def allowed_hosts_of_fetching(**_kwargs: Any) -> Sequence[CheckMessage]:
    """Entries of FETCH_ALLOWED_HOSTS that open nothing, because they aren't hosts."""
    return [
        Error(
            f"FETCH_ALLOWED_HOSTS: “{entry}” is neither a host nor host:port.",
            hint="Write names of servers, without http:// and without wildcards: books.lan:8080, archive.lan",
            id="bookgen.E010",
        )
        for entry in settings.FETCH_ALLOWED_HOSTS
        if not _is_place(entry)
    ]


def _is_network(entry: str) -> bool:
    try:
        ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return False
    return True


@register()
def receivers_of_messages(**_kwargs: Any) -> Sequence[CheckMessage]:
    """Hosts of webhooks that open nothing, and addresses of chats that nothing can be posted to."""
    hosts = [
        Error(
            f"WEBHOOK_ALLOWED_HOSTS: “{entry}” is neither a host nor host:port.",
            hint="Write names of servers, without https:// and without wildcards: hooks.lan:8080",
            id="bookgen.E040",
        )
        for entry in settings.WEBHOOK_ALLOWED_HOSTS
        if not _is_place(entry)
    ]
    names = ("ALERT_SLACK_URL", "ALERT_DISCORD_URL", "ALERT_PAGERDUTY_URL")
    # The address itself is a secret: the message names the setting alone.
    addresses = [
        Error(f"{name} isn't a web address.", hint="It begins with https://.", id="bookgen.E041")
        for name in names
        if getattr(settings, name) and not getattr(settings, name).startswith(("https://", "http://"))
    ]
    return [*hosts, *addresses]


@register()
def readable_settings(**_kwargs: Any) -> Sequence[CheckMessage]:
    """Values that aren't of the kind that they should be: their defaults are in force until they're mended."""
    return [
        Error(
            f"{name} isn't {kind}, so its default is used.",
            hint="Mend it in the environment or in .env, or take it out.",
            id="bookgen.E060",
        )
        for name, kind in sorted(reading.WRONG.items())
    ]


@register()
def words_of_logs(**_kwargs: Any) -> Sequence[CheckMessage]:
    """Formats and levels that don't exist."""
    levels = ("LOG_LEVEL", "API_LOG_LEVEL", "WORKER_LOG_LEVEL")
    wrong = [name for name in levels if (getattr(settings, name) or "INFO").upper() not in logs.LEVELS]
    found: list[CheckMessage] = [
        Error(f"{name} names no level.", hint=f"Choose among: {', '.join(logs.LEVELS)}.", id="bookgen.E061")
        for name in wrong
    ]
    if settings.LOG_FORMAT not in logs.FORMATS:
        told, hint = "LOG_FORMAT names no format.", f"Choose among: {', '.join(logs.FORMATS)}."
        found.append(Error(told, hint=hint, id="bookgen.E061"))
    return found


@register()
def length_of_books(**_kwargs: Any) -> Sequence[CheckMessage]:
    """Lengths that no book can be ordered with, and three that contradict one another."""
    ranges = {"CHAPTERS_NUMBER": "wanted_chapters", "TOTAL_WORDS": "wanted_words"}
    found: list[CheckMessage] = []
    for name, wish in ranges.items():
        low, high = wishes.RANGES[wish]
        if (value := getattr(settings, name)) is not None and not low <= value <= high:
            hint = f"It is from {low} to {high}; empty leaves it to the sources."
            found.append(Error(f"{name} can't be {value}.", hint=hint, id="bookgen.E062"))
    each = settings.WORDS_PER_CHAPTER
    if each is not None and each < 1:
        told, hint = "WORDS_PER_CHAPTER must be at least 1.", "About 2500 is usual."
        found.append(Error(told, hint=hint, id="bookgen.E062"))
    elif lengths.disagree():
        told = "CHAPTERS_NUMBER, TOTAL_WORDS and WORDS_PER_CHAPTER contradict one another."
        found.append(Error(told, hint="Set two of them.", id="bookgen.E063"))
    return found


@register()
def times_of_keeping(**_kwargs: Any) -> Sequence[CheckMessage]:
    """A negative time of keeping would remove what is made this moment; one without end has no date."""
    names = ("EVENTS", "CALL_BODIES", "EXPORTS", "DELIVERIES", "AUDIT", "LOGS")
    return [
        Error(f"KEEP_{name}_DAYS must be from 0 to {CENTURY}.", hint="0 keeps for ever.", id="bookgen.E064")
        for name in names
        if not 0 <= getattr(settings, f"KEEP_{name}_DAYS") <= CENTURY
    ]


@register()
def webhook_of_settings(**_kwargs: Any) -> Sequence[CheckMessage]:
    """An address that no message may go to, or a secret that can't sign; neither is repeated."""
    found: list[CheckMessage] = []
    if settings.WEBHOOK_SECONDS <= 0:
        told, hint = "WEBHOOK_SECONDS must be more than 0.", "15 is a good value."
        found.append(Error(told, hint=hint, id="bookgen.E042"))
    try:
        if settings.WEBHOOK_URL:
            require_receiver(settings.WEBHOOK_URL)
    except AddressError as error:
        found.append(Error(f"WEBHOOK_URL: {error}", hint="Or see WEBHOOK_ALLOWED_HOSTS.", id="bookgen.E042"))
    try:
        if settings.WEBHOOK_SECRET:
            signed_headers("check", 0, b"", [settings.WEBHOOK_SECRET])
    except ValueError as error:
        hint = "“whsec_” and 32 random bytes in base64; or leave it empty, and read the one that is made on the desk."
        found.append(Error(f"WEBHOOK_SECRET: {error}.", hint=hint, id="bookgen.E042"))
    return found


@register()
def replica_is_another_database(**_kwargs: Any) -> Sequence[CheckMessage]:
    """A replica needs something to be a replica of."""
    if not env.DATABASE_REPLICA_URL or (env.DATABASE_URL and env.DATABASE_URL != env.DATABASE_REPLICA_URL):
        return []
    told = "DATABASE_REPLICA_URL is set without a DATABASE_URL that differs from it."
    return [Error(told, hint="Name the database that is written to in DATABASE_URL.", id="bookgen.E065")]


def _is_place(entry: str) -> bool:
    try:
        read_place(entry)
    except AddressError:
        return False
    return True


@register()
def second_factor_of_staff(**_kwargs: Any) -> Sequence[CheckMessage]:
    """A word for STAFF_TOTP that isn't one would ask nobody, and nobody would notice."""
    found: list[CheckMessage] = []
    if settings.STAFF_TOTP not in MODES:
        told = f"STAFF_TOTP: “{settings.STAFF_TOTP}” is none of {', '.join(MODES)}."
        found.append(Error(told, hint="required is good for a team.", id="bookgen.E050"))
    if not 0 < settings.SESSION_COOKIE_AGE <= CENTURY * 86_400:
        told = f"SESSION_HOURS must be from 1 to {CENTURY * 24}."
        found.append(Error(told, hint="168 is a week.", id="bookgen.E051"))
    return found
