"""The one safe way out: fetching a document from a public web address that somebody else chose.

A host is resolved once, every address it has must be public, and the connection goes to the address
that was checked, with the host's own name in the Host header and in TLS. Redirects are followed by hand,
each checked like the first address. httpcore instead of httpx, because it lets us open the connection
ourselves, and adds no cookies, proxies, decoding or redirects that would have to be switched off.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

import httpcore

from bookgen_site.lib.addresses import PORTS, AddressError, Target, is_public, split_url
from bookgen_site.lib.pinned import Deadline, PinnedBackend

Resolve = Callable[[str, int], Collection[str]]

MAX_BYTES: Final = 5_000_000
SECONDS: Final = 30.0
MOST_REDIRECTS: Final = 5
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_AGENT: Final = "BookGen/1.0 (fetches sources that an editor named)"


class FetchError(Exception):
    """The document can't be fetched; `reason` is a sentence for the editor."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the server answered. `url` is the last address after redirects; `content_type` in small letters."""

    url: str
    status: int
    content_type: str
    data: bytes


def resolve_host(host: str, port: int) -> Collection[str]:
    """Return all IP addresses of a host; raises FetchError when there is none."""
    try:
        return {str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise FetchError("There is no server of this name. Check the address.") from error


def fetch(
    url: str,
    *,
    allowed_hosts: Collection[str] = (),
    resolve: Resolve = resolve_host,
    seconds: float = SECONDS,
) -> Fetched:
    """Fetch `url` with GET. Raises FetchError, with the reason, when it may not or can't be fetched.

    `allowed_hosts` ("127.0.0.1:8000") are reached whatever their address and port: for tests on loopback.
    """
    deadline = Deadline.after(seconds)
    for _hop in range(MOST_REDIRECTS + 1):
        try:
            target = split_url(url, allowed_hosts=allowed_hosts)
        except AddressError as error:
            raise FetchError(str(error)) from error
        address = _checked_address(target, resolve, trusted=target.place in allowed_hosts)
        answer = _request(url, target, address, deadline)
        if isinstance(answer, Fetched):
            return answer
        if target.scheme == "https" and not answer.lower().startswith("https://"):
            raise FetchError("The address leads from https to an insecure one.")
        url = answer
    raise FetchError("The address is redirected too often.")


def _checked_address(target: Target, resolve: Resolve, *, trusted: bool) -> str:
    addresses = sorted(resolve(target.host, target.port))
    if not addresses:
        raise FetchError("There is no server of this name. Check the address.")
    if not trusted and not all(is_public(address) for address in addresses):
        raise FetchError("The address leads into a private network.")
    # IPv4 first: many servers have no route for IPv6.
    return min(addresses, key=lambda address: ":" in address)


def _request(url: str, target: Target, address: str, deadline: Deadline) -> Fetched | str:
    """One request: the answer, or the address that it leads to."""
    shown = f"[{target.host}]" if ":" in target.host else target.host
    host = shown if target.port == PORTS[target.scheme] else f"{shown}:{target.port}"
    headers = [
        ("Host", host),
        ("Accept-Encoding", "identity"),
        ("User-Agent", _AGENT),
        ("Connection", "close"),
    ]
    locator = httpcore.URL(
        scheme=target.scheme.encode(),
        host=target.host.encode(),
        port=target.port,
        target=target.path.encode(),
    )
    try:
        with (
            httpcore.ConnectionPool(network_backend=PinnedBackend(address, deadline)) as pool,
            pool.stream("GET", locator, headers=headers) as response,
        ):
            return _answer(url, response)
    except httpcore.TimeoutException as error:
        raise FetchError("The server took too long. Try again later, or upload the document.") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise FetchError(f"The server couldn't be read ({type(error).__name__}).") from error


def _answer(url: str, response: httpcore.Response) -> Fetched | str:
    headers = {name.lower().decode("ascii"): value.decode("latin-1") for name, value in response.headers}
    if response.status in _REDIRECTS and "location" in headers:
        return urljoin(url, headers["location"])
    if headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise FetchError(
            "The server sends compressed data although it was asked not to. Upload the document."
        )
    data = bytearray()
    for part in response.iter_stream():
        data += part
        if len(data) > MAX_BYTES:
            raise FetchError(f"The document is larger than {MAX_BYTES // 1_000_000} MB. Upload it as a file.")
    return Fetched(url, response.status, headers.get("content-type", "").lower(), bytes(data))
