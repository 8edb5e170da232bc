"""The one safe way out: everything that BookGen asks of an address that somebody else chose.

A host is resolved once, every address it has must be public, and the connection goes to the address
that was checked, with the host's own name in the Host header and in TLS. Redirects are followed by hand,
each checked like the first address. httpcore instead of httpx, because it lets us open the connection
ourselves, and adds no cookies, proxies, decoding or redirects that would have to be switched off.

`addresses`, `hosts` and `networks` judge an address, `resolving` finds it, `pinned` and `exchange` carry one
request, `robots` and `politeness` are its manners, `requesting` follows redirects.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from django.utils.translation import gettext as _

from bookgen_site.lib.contents import document_kind
from bookgen_site.lib.exchange import Errand, agent
from bookgen_site.lib.fetch_errors import FetchError
from bookgen_site.lib.requesting import Fetched, Manners, request
from bookgen_site.lib.resolving import Resolve, resolve_host

__all__ = ["FetchError", "Fetched", "agent", "fetch", "fetch_json", "post", "resolve_host"]

MAX_BYTES: Final = 5_000_000
SECONDS: Final = 30.0
_DOCUMENTS: Final = "text/html, application/xhtml+xml, text/plain, application/pdf, */*;q=0.5"
_MOST_OF_A_REPLY: Final = 64 * 1024


def fetch(
    url: str,
    *,
    allowed_hosts: Collection[str] | None = None,
    resolve: Resolve | None = None,
    seconds: float = SECONDS,
    most: int = MAX_BYTES,
) -> Fetched:
    """Fetch a document. Raises FetchError, with the reason, when it may not or can't be fetched.

    Obeys robots.txt and waits for its turn at the host, which comes once a second. With status 200 the
    data are a web page, a PDF, a Word document or plain text, by content; with any other they are what the
    server wrote about it. `allowed_hosts` ("books.lan:8080") may be private, by default those of the
    setting FETCH_ALLOWED_HOSTS; `resolve` finds the addresses of a host.
    """
    errand = Errand(headers=(("Accept", _DOCUMENTS),), most=most)
    found = request(url, errand, Manners(allowed_hosts, resolve), seconds=seconds)
    if found.status == 200:
        _refuse_others(found)
    return found


def fetch_json(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    allowed_hosts: Collection[str] | None = None,
    resolve: Resolve | None = None,
    seconds: float = SECONDS,
    most: int = MAX_BYTES,
) -> Fetched:
    """Ask an API that is made for programs; `Fetched.json()` reads the answer, whose status is the caller's.

    In turn with all else that goes to the host, but without asking robots.txt, which is for pages.
    `headers` (keys among them) go to the origin of `url` only, but for the User-Agent.
    """
    given = headers or {}
    open_to_all = [(name, given[name]) for name in given if name.lower() in ("user-agent", "accept")]
    if not any(name.lower() == "accept" for name, _value in open_to_all):
        open_to_all.append(("Accept", "application/json"))
    private = tuple(pair for pair in given.items() if pair not in open_to_all)
    errand = Errand(headers=tuple(open_to_all), private=private, most=most)
    return request(url, errand, Manners(allowed_hosts, resolve, robots=False), seconds=seconds)


def post(
    url: str,
    body: bytes,
    *,
    headers: Mapping[str, str],
    allowed_hosts: Collection[str] | None = None,
    resolve: Resolve | None = None,
    seconds: float = 10.0,
) -> Fetched:
    """Send `body` to a receiver that wants it; follows no redirect (its status is the answer), reads 64 KB."""
    errand = Errand("POST", private=tuple(headers.items()), body=body, most=_MOST_OF_A_REPLY, cut=True)
    manners = Manners(allowed_hosts, resolve, redirects=0, robots=False, paced=False)
    return request(url, errand, manners, seconds=seconds)


def _refuse_others(found: Fetched) -> None:
    # UTF-7 hides markup in plain letters; no document has been written in it for twenty years.
    if "utf-7" in found.content_type or not (found.data.strip() == b"" or document_kind(found.data)):
        raise FetchError(
            _(
                "There is no document at this address: only web pages, PDF, Word files and plain text are read."
                " Check the address."
            )
        )
