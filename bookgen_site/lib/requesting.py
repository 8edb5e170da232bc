"""A request with its redirects: followed by hand, each checked like the first address."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urljoin

from django.utils.translation import gettext as _

from bookgen_site.lib import clock, politeness, robots
from bookgen_site.lib.addresses import PORTS, AddressError, Target, split_url
from bookgen_site.lib.exchange import REDIRECTS, Answer, Errand, exchange
from bookgen_site.lib.fetch_errors import FetchError
from bookgen_site.lib.pinned import Deadline
from bookgen_site.lib.resolving import Resolve, checked_addresses, resolve_host

MOST_REDIRECTS: Final = 5
_PATIENCE: Final = 4.0  # times the seconds of a request are spent waiting for its turn, at most


@dataclass(frozen=True, slots=True)
class Manners:
    """How a request goes about: `robots` obeys robots.txt, `paced` waits for its turn at a host.

    `allowed_hosts` may be private (None: those that the administrator allows); `resolve` finds addresses.
    """

    allowed_hosts: Collection[str] | None = None
    resolve: Resolve | None = None
    redirects: int = MOST_REDIRECTS
    robots: bool = True
    paced: bool = True


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the server answered. `url` is the last address after redirects; `content_type` in small letters.

    `retry_after` is the seconds after which the server wants to be asked again, if it says so.
    """

    url: str
    status: int
    content_type: str
    data: bytes
    retry_after: float | None = None

    def json(self) -> Any:
        """The data read as JSON; raises FetchError when they aren't."""
        try:
            return json.loads(self.data)
        except (ValueError, RecursionError) as error:
            raise FetchError(_("The server's answer can't be read: it isn't JSON.")) from error


def request(url: str, errand: Errand, manners: Manners, *, seconds: float) -> Fetched:
    """Carry out an errand at `url`, within `seconds`. Raises FetchError when it may not or can't be done.

    The clock stands still while the request waits for its turn at a host. A host that an administrator
    allowed is reached by its own redirects, not by those of a host in the public internet.
    """
    deadline = Deadline.after(seconds)
    target = _split(url, manners.allowed_hosts)
    first = target.origin
    for hop in range(manners.redirects + 1):
        asked = errand if target.origin == first else replace(errand, private=())
        addresses = checked_addresses(target, manners.resolve or resolve_host, deadline)
        deadline = _politely(target, addresses, manners, deadline, seconds)
        answer = exchange(target, addresses, asked, deadline)
        location = answer.headers.get("location")
        if answer.status not in REDIRECTS or location is None or not manners.redirects:
            return _fetched(target, answer)
        if hop < manners.redirects:
            target = _led_to(target, location, manners)
    raise FetchError(
        _("The address is redirected too often. Give the address where the page opens in the end.")
    )


def _split(url: str, allowed_hosts: Collection[str] | None) -> Target:
    try:
        return split_url(url, allowed_hosts=allowed_hosts)
    except AddressError as error:
        raise FetchError(str(error)) from error


def _trusted(target: Target, manners: Manners) -> Collection[str] | None:
    """Whom this host may lead to, beside the public internet."""
    return manners.allowed_hosts if target.allowed else ()


def _led_to(target: Target, location: str, manners: Manners) -> Target:
    led = _split(urljoin(target.url, location), _trusted(target, manners))
    if target.scheme == "https" and led.scheme != "https":
        raise FetchError(
            _("The address leads from https to an insecure one. Open the page yourself and upload it.")
        )
    return led


def _politely(
    target: Target, addresses: list[str], manners: Manners, deadline: Deadline, seconds: float
) -> Deadline:
    """robots.txt first; it doesn't count as a turn, so the first page of a host follows at once."""
    if manners.robots:
        robots.obey(target, lambda: _robots(target, addresses, manners, deadline), seconds=deadline.left())
    if not manners.paced:
        return deadline
    place = target.host if target.port in PORTS.values() else target.authority
    return deadline.later(politeness.take_turn(place, patience=_PATIENCE * seconds))


def _robots(target: Target, addresses: list[str], manners: Manners, deadline: Deadline) -> Answer:
    """The site's robots.txt; one that leads where nothing may be fetched is as good as none."""
    errand = Errand(most=robots.MOST_BYTES, cut=True)
    here = replace(target, path="/robots.txt")
    answer = exchange(here, addresses, errand, deadline)
    location = answer.headers.get("location")
    if answer.status not in REDIRECTS or location is None:
        return answer
    away = Manners(_trusted(target, manners), manners.resolve, MOST_REDIRECTS - 1, robots=False, paced=False)
    try:
        led = _led_to(here, location, manners)
        found = request(led.url, errand, away, seconds=deadline.left())
    except FetchError as error:
        if error.passing:
            raise
        return Answer(404)
    return Answer(found.status, data=found.data)


def _fetched(target: Target, answer: Answer) -> Fetched:
    return Fetched(
        target.url,
        answer.status,
        answer.headers.get("content-type", "").lower(),
        answer.data,
        _seconds(answer.headers.get("retry-after", "")),
    )


def _seconds(value: str) -> float | None:
    """Retry-After is seconds or a date (RFC 9110, 10.2.3)."""
    if value.isdigit():
        return float(value[:9])
    try:
        return max(0.0, (parsedate_to_datetime(value) - clock.now()).total_seconds())
    except (TypeError, ValueError):
        return None
