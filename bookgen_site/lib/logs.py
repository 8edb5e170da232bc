"""Logging by structlog: one line an event, JSON or console, with the ids of request, job and unit, without secrets."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any, Final

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bookgen_site.lib.masking import MASK, Masker

FORMATS: Final = ("console", "json")
LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
SECRET_WORDS = ("password", "secret", "token", "api_key", "authorization", "cookie")
REQUESTS: Final = "bookgen.requests"  # one line a request; at a terminal only those that went wrong

# Libraries that tell every page or request at INFO; their warnings still come through.
NOISY = (
    *("trafilatura", "daphne", "httpx", "httpcore", "django.channels.server"),
    *("celery", "kombu", "asyncio", "weasyprint", "fontTools"),
)


def service_of(arguments: Sequence[str]) -> str:
    """What a process is by how it was started: api (gunicorn, Daphne), worker, beat, serve, or command."""
    words = {PurePath(word).stem for word in arguments} | {
        PurePath(word).parent.name for word in arguments[:1]
    }
    if "celery" in words:
        return "beat" if "beat" in words else "worker"
    if "work_unit" in words:  # a worker's own process for one unit
        return "worker"
    if words & {"gunicorn", "daphne"}:
        return "api"
    return "serve" if "serve" in words else "command"


def level_of(service: str, *, of_all: str, of_api: str, of_workers: str) -> str:
    """From which level a service writes: its own where it has one, else that of all. Unknown words mean INFO."""
    own = {"api": of_api, "worker": of_workers, "beat": of_workers}.get(service, "")
    return next((level for level in (own.upper(), of_all.upper()) if level in LEVELS), "INFO")


def mask_secrets(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Replace the value of every key that sounds like a secret."""
    for key in event:
        if any(word in key.lower() for word in SECRET_WORDS):
            event[key] = MASK
    return event


def structlog_settings(
    style: str, level: str, *, service: str = "command", known: Iterable[str] = ()
) -> dict[str, Any]:
    """Configure structlog, and return Django's LOGGING so that both speak through one handler.

    `known` are the values of secrets: wherever one stands in a line, it is masked.
    """

    def named(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
        return {"service": service, **event}

    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        named,
        mask_secrets,
    ]
    _configure(shared)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": _formatter(style, shared, Masker(known))},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            **{name: {"level": max("WARNING", level, key=_number)} for name in NOISY},
            REQUESTS: {"level": level if style == "json" else max("WARNING", level, key=_number)},
        },
    }


def _number(level: str) -> int:
    return int(logging.getLevelName(level))


def _configure(shared: list[Processor]) -> None:
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


class Lines(structlog.stdlib.ProcessorFormatter):
    """Formats as its processors say, and masks the line as a whole."""

    def __init__(self, *, masker: Masker, **more: Any) -> None:
        super().__init__(**more)
        self._masker = masker

    def format(self, record: logging.LogRecord) -> str:
        return self._masker(super().format(record))


def _formatter(style: str, shared: list[Processor], masker: Masker) -> dict[str, Any]:
    # Plain tracebacks: the pretty ones print every local variable, a posted password among them, and take seconds.
    # Colours are for a terminal: in a file they are only in the way.
    console = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    last: Processor = structlog.processors.JSONRenderer() if style == "json" else console
    before: list[Processor] = [structlog.processors.format_exc_info] if style == "json" else []
    return {
        "()": Lines,
        "masker": masker,
        "foreign_pre_chain": shared,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *before, last],
    }
