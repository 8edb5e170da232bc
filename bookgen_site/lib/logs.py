"""Logging by structlog: one line an event, JSON or console, with request and job ids bound to it."""

from __future__ import annotations

import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

SECRET_WORDS = ("password", "secret", "token", "api_key", "authorization", "cookie")


def mask_secrets(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Replace the value of every key that sounds like a secret."""
    for key in event:
        if any(word in key.lower() for word in SECRET_WORDS):
            event[key] = "***"
    return event


def structlog_settings(style: str, level: str) -> dict[str, Any]:
    """Configure structlog, and return Django's LOGGING so that both speak through one handler."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        mask_secrets,
    ]
    _configure(shared)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": _formatter(style, shared)},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {name: {"level": "WARNING"} for name in NOISY},
    }


# Libraries that tell every page or request at INFO; their warnings still come through.
NOISY = (
    "trafilatura",
    "daphne",
    "httpx",
    "httpcore",
    "django.channels.server",
    "celery",
    "kombu",
    "asyncio",
)


def _configure(shared: list[Processor]) -> None:
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def _formatter(style: str, shared: list[Processor]) -> dict[str, Any]:
    # Plain tracebacks: the pretty ones print every local variable, a posted password among them, and take seconds.
    # Colours are for a terminal: in a file they are only in the way.
    console = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    last: Processor = structlog.processors.JSONRenderer() if style == "json" else console
    before: list[Processor] = [structlog.processors.format_exc_info] if style == "json" else []
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": shared,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *before, last],
    }
