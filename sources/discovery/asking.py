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
from sources.discovery.reading import at, text

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


# What MediaWiki says inside of an answer with the status 200 (https://www.mediawiki.org/wiki/API:Errors_and_warnings).
_BUSY_CODES: Final = frozenset({"ratelimited", "maxlag", "readonly", "internal_api_error_DBQueryError"})
_LONGEST_ERROR: Final = 20_000  # bytes
_SAID: Final = 200  # characters of what a service says of its error


def _patiently(http: Http, sleep: Callable[[float], None], url: str) -> Answer:
    for attempt in range(1, ATTEMPTS + 1):
        answer = _once(http, url)
        wait = answer.retry_after if answer.retry_after is not None else float(2**attempt)
        if not _is_busy(answer) or attempt == ATTEMPTS or wait > LONGEST_WAIT:
            break
        sleep(wait)
    return answer


def _once(http: Http, url: str) -> Answer:
    try:
        return http(url)
    except FetchError as error:
        raise FinderError(error.reason, permanent=not error.passing) from error


def _parsed(answer: Answer) -> Any:
    code, said = _error_in(answer)
    if answer.status != 200:
        told = _("It answered with the status %(status)d.") % {"status": answer.status}
        raise FinderError(_with(told, said), permanent=not _is_busy(answer))
    if code:
        raise FinderError(_with(_("It refused the question."), said), permanent=not _is_busy(answer))
    try:
        return _json(answer.data)
    except ValueError as error:
        raise FinderError(_("Its answer isn't JSON."), permanent=True) from error


def _json(data: bytes) -> Any:
    """Raises ValueError for all that isn't JSON, what is nested too deep included."""
    try:
        return json.loads(data, parse_constant=lambda _word: None)
    except RecursionError as error:  # wrong UTF-8 and wrong JSON are ValueErrors already
        raise ValueError("nested too deep") from error


def _is_busy(answer: Answer) -> bool:
    return answer.status in _BUSY or (answer.status == 200 and _error_in(answer)[0] in _BUSY_CODES)


def _error_in(answer: Answer) -> tuple[str, str]:
    """The code and the words of an error inside of the answer, "" for none.

    MediaWiki: {"error": {"code", "info"}}, with the status 200; OpenAlex: {"error", "message"}.
    """
    if len(answer.data) > _LONGEST_ERROR or b'"error"' not in answer.data:
        return "", ""
    try:
        found = _json(answer.data)
    except ValueError:
        return "", ""
    error = at(found, "error")
    if isinstance(error, str):
        return error[:_SAID], (text(at(found, "message")) or text(error))[:_SAID]
    code = text(at(error, "code"))
    return code, text(at(error, "info"))[:_SAID] if code else ""


def _with(told: str, said: str) -> str:
    return _("%(told)s It says: “%(said)s”") % {"told": told, "said": said} if said else told
