"""How finders ask their services: through the one safe door, politely, and with an answer that is JSON or an error."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from bookgen_site.lib.fetching import FetchError, agent, fetch_json
from sources.discovery.base import Ask, FinderError, Parameters

LONGEST_WAIT: Final = 30.0  # seconds; a service that wants more patience is left alone
ATTEMPTS: Final = 3
_BUSY: Final = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `retry_after` is in seconds, None when the service didn't say."""

    status: int
    data: bytes
    retry_after: float | None = None


# One GET; raises FetchError. The port to `bookgen_site.lib.fetching`, so that tests can stand in for it.
Http = Callable[[str], Answer]


def through_the_door(url: str) -> Answer:
    """The `Http` of every day."""
    found = fetch_json(url, headers={"User-Agent": agent(settings.CONTACT_EMAIL)})
    return Answer(found.status, found.data, found.retry_after)


def asker(http: Http = through_the_door, sleep: Callable[[float], None] = time.sleep) -> Ask:
    """An `Ask` on this connection: a busy service is asked again after the time that it asks for."""

    def ask(base: str, query: Parameters) -> Any:
        url = f"{base}?{urlencode(query)}" if query else base
        return _parsed(_patiently(http, sleep, url))

    return ask


def _patiently(http: Http, sleep: Callable[[float], None], url: str) -> Answer:
    for attempt in range(1, ATTEMPTS + 1):
        answer = _once(http, url)
        wait = answer.retry_after if answer.retry_after is not None else float(2**attempt)
        if answer.status not in _BUSY or attempt == ATTEMPTS or wait > LONGEST_WAIT:
            break
        sleep(wait)
    return answer


def _once(http: Http, url: str) -> Answer:
    try:
        return http(url)
    except FetchError as error:
        raise FinderError(error.reason, permanent=not error.passing) from error


def _parsed(answer: Answer) -> Any:
    if answer.status != 200:
        told = _("It answered with the status %(status)d.") % {"status": answer.status}
        raise FinderError(told, permanent=answer.status not in _BUSY)
    try:
        return json.loads(answer.data, parse_constant=lambda _word: None)
    except (ValueError, RecursionError) as error:  # wrong UTF-8 and wrong JSON are ValueErrors
        raise FinderError(_("Its answer isn't JSON."), permanent=True) from error
