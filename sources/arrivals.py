"""Documents that came from the web, remembered for an hour: what one job has fetched, another needn't.

The cache holds a few words per address; the bytes lie in the store under their hash. A cache that was lost,
or that another process doesn't share, costs a second request and nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Final
from urllib.parse import urlsplit

from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _

from bookgen_site.lib import store
from bookgen_site.lib.fetching import FetchError, fetch
from bookgen_site.lib.memory import forget, recall, remember

KEPT_SECONDS: Final = 3600
AT_ONCE: Final = 32  # hosts spoken to at the same time by one unit: they wait for the network, not for us
# What a server says for good. "Too many requests" and its own errors may be over in a minute.
_LASTING: Final = frozenset({200, 404, 410})


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a server answered: the last address after redirects, and the hash of the bytes in the store."""

    url: str
    status: int
    content_type: str
    blob: str

    @property
    def refusal(self) -> str:
        """Why this is no document, in a sentence for the editor; "" when it is one."""
        return "" if self.status == 200 else _refusal(self.status) % self.status


def _refusal(status: int) -> str:
    """What a status means to somebody who wants the document, and what to do."""
    if status in (401, 402, 403, 451):
        return _(
            "The server answered %d: it doesn't show this page to everybody. Open it yourself and upload it."
        )
    if status in (404, 410):
        return _("The server answered %d: there is no such page. Check the address.")
    if status == 429 or status >= 500:
        return _(
            "The server answered %d: it is busy or out of order. Try again later, or upload the document."
        )
    return _("The server answered %d. Check the address.")


def arrive(url: str) -> Arrival:
    """The document at `url`, from the store if it came within the hour, else from the web.

    Raises FetchError when there is no answer. An answer that is no document (404) is an Arrival too.
    """
    known = _remembered(url)
    if known is not None:
        return known
    fetched = fetch(url)
    arrival = Arrival(fetched.url, fetched.status, fetched.content_type, store.put(fetched.data))
    if arrival.status in _LASTING:
        remember(_key(url), asdict(arrival), KEPT_SECONDS)
    return arrival


def ask_anew(url: str) -> None:
    """Forget what came from this address: the next one who wants it asks the server, whatever the hour."""
    forget(_key(url))


def arrive_all(
    urls: Iterable[str], then: Callable[[str, Arrival], None] = lambda _url, _arrival: None
) -> Mapping[str, Arrival | FetchError]:
    """What came of each address. Each host at its own pace, AT_ONCE hosts side by side.

    `then` is called with each document while others are still waited for. Whoever is killed in the middle finds
    what had come in the cache and the store.
    """
    hosts = list(_by_host(urls).values())
    if not hosts:
        return {}
    with ThreadPoolExecutor(min(AT_ONCE, len(hosts)), thread_name_prefix="fetch") as pool:
        answers = pool.map(lambda host: _one_host(host, then), hosts)
        return {url: answer for host in answers for url, answer in host}


def _one_host(
    urls: Iterable[str], then: Callable[[str, Arrival], None]
) -> list[tuple[str, Arrival | FetchError]]:
    try:
        return [(url, _answer(url, then)) for url in urls]
    finally:
        connection.close()  # a cache or a limit that lives in the database opened one for this thread


def _answer(url: str, then: Callable[[str, Arrival], None]) -> Arrival | FetchError:
    # The language of reasons is that of a thread, and this is one of the pool's.
    with translation.override("en"):
        try:
            arrival = arrive(url)
        except FetchError as error:
            return error
        if not arrival.refusal:
            then(url, arrival)
        return arrival


def _by_host(urls: Iterable[str]) -> dict[str, list[str]]:
    hosts: dict[str, list[str]] = {}
    for url in urls:
        hosts.setdefault(_host(url), []).append(url)
    return hosts


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _remembered(url: str) -> Arrival | None:
    found = recall(_key(url))
    try:
        arrival = Arrival(**found)
    except TypeError:  # nothing there, or written by another release
        return None
    return arrival if store.path_of(arrival.blob).exists() else None


def _key(url: str) -> str:
    return f"arrival:{hashlib.sha256(url.encode()).hexdigest()}"
