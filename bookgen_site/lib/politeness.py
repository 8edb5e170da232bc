"""One request a second to each host: across the threads of a process, and of a team's processes by its cache."""

from __future__ import annotations

import threading
from time import sleep
from typing import Final

import structlog
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from bookgen_site.lib import clock
from bookgen_site.lib.fetch_errors import FetchError

INTERVAL = 1.0  # seconds between the beginnings of two requests
_LOOK_AGAIN: Final = 0.05
_MANY: Final = 1000
_OF_ONE_PROCESS: Final = ("LocMemCache", "DummyCache")

log = structlog.get_logger(__name__)

_next: dict[str, float] = {}  # the moment at which each host is free again
_guard = threading.Lock()


def take_turn(place: str, *, patience: float) -> float:
    """Wait until a request may go to this place; returns the seconds waited.

    Raises FetchError at once when it would take longer than `patience` seconds. Turns are given in the
    order in which they are asked for; between processes by chance.
    """
    begun = clock.monotonic()
    sleep(_reserve(place, begun, patience))
    _wait_for_others(place, begun + patience)
    return clock.monotonic() - begun


def _reserve(place: str, now: float, patience: float) -> float:
    """Take the next free moment; returns how many seconds from now it is."""
    with _guard:
        if len(_next) > _MANY:
            for known in [known for known, moment in _next.items() if moment <= now]:
                del _next[known]
        moment = max(now, _next.get(place, 0.0))
        if moment - now > patience:
            raise _busy()
        _next[place] = moment + INTERVAL
    return moment - now


def _wait_for_others(place: str, until: float) -> None:
    """Whoever puts the key into the cache, where it stays for a second, has the turn."""
    while _shared() and not _first(f"fetch:{place}"):
        if clock.monotonic() > until:
            raise _busy()
        sleep(_LOOK_AGAIN)


def _shared() -> bool:
    return not str(settings.CACHES["default"]["BACKEND"]).endswith(_OF_ONE_PROCESS)


def _first(key: str) -> bool:
    try:
        return bool(cache.add(key, 1, timeout=max(1, round(INTERVAL))))
    except Exception as error:  # noqa: BLE001  # whatever a client of a cache raises: then each process is polite alone
        log.warning("cache_away", error=str(error))
        return True


def _busy() -> FetchError:
    return FetchError(
        _("Many pages of this server wait their turn: it's asked once a second. Try again later."),
        passing=True,
    )
