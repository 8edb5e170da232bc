"""The one safe way out: fetching a document from a public web address that somebody else chose.

Every host is resolved once, every address that it has must be public, and the connection goes to the
address that was checked. Redirects are followed by hand, each checked like the first address.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx
import idna

Resolve = Callable[[str, int], Collection[str]]
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

MAX_BYTES: Final = 5_000_000
SECONDS: Final = 30.0
MOST_REDIRECTS: Final = 5
_PORTS: Final = {"http": 80, "https": 443}
_AGENT: Final = "BookGen/1.0 (source fetcher)"

# IANA special-purpose registries (RFC 6890 and later entries), multicast and reserved space. A table of our
# own, because ipaddress.is_global differs between Python releases.
_SPECIAL_V4: Final = tuple(
    ipaddress.IPv4Network(net)
    for net in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24"),
        *("192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
        *("224.0.0.0/4", "240.0.0.0/4"),
    )
)
# Of IPv6 only global unicast is let through, which leaves out loopback, mapped and translated IPv4, NAT64,
# unique local, link-local and multicast; then Teredo, ORCHID, documentation, 6to4 and SRv6 are taken out.
_GLOBAL_V6: Final = ipaddress.IPv6Network("2000::/3")
_SPECIAL_V6: Final = tuple(
    ipaddress.IPv6Network(net)
    for net in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)


class FetchError(Exception):
    """The document can't be fetched; `reason` is a sentence for the editor."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Fetched:
    """What the server answered last. `url` is the address after redirects, `content_type` in small letters."""

    url: str
    status: int
    content_type: str
    data: bytes


@dataclass(frozen=True)
class _Target:
    """An address split and checked: `host` as text for the Host header and TLS, `path` with its query."""

    scheme: str
    host: str
    port: int
    path: str


def fetch(url: str, *, allowed_hosts: Collection[str] = (), resolve: Resolve | None = None) -> Fetched:
    """Fetch `url` with GET; raises FetchError with the reason when it may not or can't be fetched.

    `allowed_hosts` ("127.0.0.1:8000") are fetched whatever their address and port: for tests, and for a
    server that the operator trusts by name.
    """
    deadline = time.monotonic() + SECONDS
    for _hop in range(MOST_REDIRECTS + 1):
        response = _fetch_once(url, deadline, allowed_hosts, resolve or _resolve)
        if isinstance(response, Fetched):
            return response
        if urlsplit(url).scheme.lower() == "https" and not response.lower().startswith("https:"):
            raise FetchError("The address leads from https to an insecure one.")
        url = response
    raise FetchError("The address is redirected too often.")


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet."""
    try:
        parsed: _Address = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv4Address):
        return not any(parsed in net for net in _SPECIAL_V4)
    return parsed in _GLOBAL_V6 and not any(parsed in net for net in _SPECIAL_V6)


def _fetch_once(url: str, deadline: float, allowed: Collection[str], resolve: Resolve) -> Fetched | str:
    target = _split(url, allowed)
    trusted = f"{target.host}:{target.port}" in allowed
    address = _checked_address(target, resolve, trusted=trusted)
    netloc = f"[{address}]" if ":" in address else address
    shown = f"[{target.host}]" if ":" in target.host else target.host
    host = shown if target.port == _PORTS[target.scheme] else f"{shown}:{target.port}"
    headers = {"Host": host, "Accept-Encoding": "identity", "User-Agent": _AGENT, "Connection": "close"}
    timeout = httpx.Timeout(max(0.1, min(10.0, deadline - time.monotonic())))
    with httpx.Client(trust_env=False, follow_redirects=False, timeout=timeout) as client:
        request = client.build_request(
            "GET", f"{target.scheme}://{netloc}:{target.port}{target.path}", headers=headers
        )
        request.extensions["sni_hostname"] = target.host
        try:
            response = client.send(request, stream=True)
            return _answer(response, url, deadline)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise FetchError(f"The server couldn't be read: {type(error).__name__}.") from error


def _split(url: str, allowed: Collection[str]) -> _Target:
    """Take an address apart strictly: what two parsers could read differently is refused."""
    if not url.isprintable() or any(char in url for char in " \\") or len(url) > 2000:
        raise FetchError("The address has characters that don't belong in one.")
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise FetchError("This isn't a web address.") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise FetchError("The address must begin with http:// or https://.")
    if "@" in parts.netloc:
        raise FetchError("The address holds a user name or a password.")
    host = _host(parts.hostname)
    if port != _PORTS[parts.scheme] and f"{host}:{port}" not in allowed:
        raise FetchError("Only the usual ports of the web are open.")
    return _Target(parts.scheme, host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def _host(name: str) -> str:
    """The host as DNS writes it; an IPv4 address only in its one plain form."""
    if ":" in name:
        return str(_literal(name))
    if not name.isascii():
        try:
            name = idna.encode(name).decode()
        except idna.IDNAError as error:
            raise FetchError("The name of the host isn't valid.") from error
    name = name.lower().removesuffix(".")
    labels = name.split(".")
    last = labels[-1]
    if last.isdigit() or last.startswith("0x"):
        return str(_literal(name))
    if not all(
        label and len(label) < 64 and label.replace("-", "").replace("_", "").isalnum() for label in labels
    ):
        raise FetchError("The name of the host isn't valid.")
    return name


def _literal(name: str) -> _Address:
    try:
        return ipaddress.ip_address(name)
    except ValueError as error:
        raise FetchError("The name of the host isn't valid.") from error


def _resolve(host: str, port: int) -> list[str]:
    try:
        return sorted({str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})
    except (OSError, UnicodeError) as error:
        raise FetchError("There is no server of this name.") from error


def _checked_address(target: _Target, resolve: Resolve, *, trusted: bool) -> str:
    addresses = list(resolve(target.host, target.port))
    if not addresses:
        raise FetchError("There is no server of this name.")
    if not trusted and not all(is_public(address) for address in addresses):
        raise FetchError("The address leads into a private network.")
    # IPv4 first: many servers have no route for IPv6, and the choice must not depend on the order of DNS.
    return min(addresses, key=lambda address: (":" in address, address))


def _answer(response: httpx.Response, url: str, deadline: float) -> Fetched | str:
    """Read the body against the clock: httpx's own time-outs start anew with every byte."""
    try:
        if response.is_redirect:
            return urljoin(url, response.headers["Location"])
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise FetchError("The server sends compressed data although it was asked not to.")
        data = bytearray()
        for part in response.iter_raw(65_536):
            data += part
            if len(data) > MAX_BYTES:
                raise FetchError(
                    f"The document is larger than {MAX_BYTES // 1_000_000} MB. Upload it as a file."
                )
            if time.monotonic() > deadline:
                raise FetchError(f"The server took longer than {SECONDS:.0f} seconds.")
    finally:
        response.close()
    return Fetched(url, response.status_code, response.headers.get("Content-Type", "").lower(), bytes(data))
