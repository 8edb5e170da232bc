"""Django's cache as it may be used here: it saves time, and where it is away, that is all that is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from django.core.cache import cache

log = structlog.get_logger(__name__)


def recall(key: str) -> Any:
    """What was remembered under this key; None when there is nothing, or no cache."""
    try:
        return cache.get(key)
    except Exception as error:  # noqa: BLE001  # whatever a client of a cache raises
        log.warning("cache_away", error=str(error))
        return None


def recall_many(keys: Sequence[str]) -> dict[str, Any]:
    """What was remembered under these keys, in one question; those are missing of which there is nothing."""
    try:
        found: dict[str, Any] = cache.get_many(keys)
    except Exception as error:  # noqa: BLE001
        log.warning("cache_away", error=str(error))
        return {}
    return found


def forget(key: str) -> None:
    """Forget what was remembered, if there is a cache."""
    try:
        cache.delete(key)
    except Exception as error:  # noqa: BLE001
        log.warning("cache_away", error=str(error))


def remember(key: str, value: Any, seconds: float) -> None:
    """Remember a value for so long, if there is a cache."""
    try:
        cache.set(key, value, seconds)
    except Exception as error:  # noqa: BLE001
        log.warning("cache_away", error=str(error))
