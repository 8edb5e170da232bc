"""robots.txt (RFC 9309), as read by protego: asked for once an hour and site, and obeyed."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _
from protego import Protego

from bookgen_site.lib import clock
from bookgen_site.lib.addresses import Target
from bookgen_site.lib.exchange import Answer
from bookgen_site.lib.fetch_errors import FetchError, too_late

PRODUCT: Final = "BookGen"  # what a site writes after "User-agent:" to mean this program
MOST_BYTES: Final = 512 * 1024  # RFC 9309, 2.5: at least 500 KiB are read, and the rest may be left
_KEPT_SECONDS: Final = 3600.0
_AGAIN_SECONDS: Final = 5.0  # after a failure; those who stood in line meanwhile hear of the same one
_MOST_SITES: Final = 256
_AGENT_LINE: Final = re.compile(r"\s*user[-\s]*agent[:\s]\s*([^#]*)", re.IGNORECASE)

Load = Callable[[], Answer]


@dataclass
class _Site:
    lock: threading.Lock = field(default_factory=threading.Lock)
    until: float = 0.0
    rules: Protego = field(default_factory=Protego)
    error: FetchError | None = None


_sites: OrderedDict[str, _Site] = OrderedDict()
_guard = threading.Lock()


def forget() -> None:
    """Forget the rules of all sites."""
    with _guard:
        _sites.clear()


def obey(target: Target, load: Load, *, seconds: float) -> None:
    """Raise FetchError when the site's robots.txt closes this address to programs, or can't be read.

    `load` asks the site for it, and raises FetchError when the site can't be reached; it is called by one
    thread, while others wait, `seconds` at most.
    """
    site = _site(target.origin)
    if not site.lock.acquire(timeout=seconds):
        raise too_late()
    try:
        if clock.monotonic() >= site.until:
            _load(site, load)
    finally:
        site.lock.release()
    if site.error is not None:
        raise FetchError(site.error.reason, passing=site.error.passing)
    if not site.rules.can_fetch(target.url, PRODUCT):
        raise FetchError(_("The site closes this page to programs (robots.txt). Open it and upload it."))


def _site(origin: str) -> _Site:
    with _guard:
        site = _sites.setdefault(origin, _Site())
        _sites.move_to_end(origin)
        if len(_sites) > _MOST_SITES:
            _sites.popitem(last=False)
        return site


def _load(site: _Site, load: Load) -> None:
    try:
        site.rules, site.error = _rules(load()), None
    except FetchError as error:
        site.error = error
    kept = _AGAIN_SECONDS if site.error else _KEPT_SECONDS
    site.until = clock.monotonic() + kept


def _rules(answer: Answer) -> Protego:
    """RFC 9309, 2.3.1: what isn't there allows everything, a server in trouble nothing."""
    if answer.status >= 500:
        trouble = _("The site's rules for programs (robots.txt) can't be read now. Try again later.")
        raise FetchError(trouble, passing=True)
    text = answer.data.decode("utf-8-sig", errors="replace") if 200 <= answer.status < 300 else ""
    return Protego.parse("\n".join(map(_own_agent, text.splitlines())))


def _own_agent(line: str) -> str:
    """Name all other programs alike: thousands of names before thousands of rules would be multiplied."""
    match = _AGENT_LINE.match(line)
    if match is None:
        return line
    product = re.match(r"[a-z_-]*", match[1].lower())
    if match[1].strip() == "*":
        return "User-agent: *"
    return f"User-agent: {PRODUCT if product and product[0] == PRODUCT.lower() else 'another'}"
