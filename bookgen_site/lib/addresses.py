"""Web addresses that somebody else chose: taken apart strictly, and which of them are public."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

import idna

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS: Final = {"http": 80, "https": 443}
_LONGEST: Final = 2000

# The special-purpose registries of IANA (RFC 6890 and what came after), multicast and reserved space. A
# table of our own, because ipaddress.is_global and is_private differ between Python releases.
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
# unique local, link-local and multicast. Out of it go the IETF block (Teredo, ORCHID, benchmarks),
# documentation, 6to4 and AS112.
_GLOBAL_V6: Final = ipaddress.IPv6Network("2000::/3")
_SPECIAL_V6: Final = tuple(
    ipaddress.IPv6Network(net)
    for net in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)


class AddressError(Exception):
    """This address may not be fetched; the message is a sentence for the editor."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart: `host` as DNS writes it, `path` with its query and without its fragment."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def place(self) -> str:
        """Host and port, as in a list of allowed hosts: "127.0.0.1:8000"."""
        return f"{self.host}:{self.port}"


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet; what isn't an IP address doesn't."""
    try:
        parsed: _Address = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv4Address):
        return not any(parsed in net for net in _SPECIAL_V4)
    return parsed in _GLOBAL_V6 and not any(parsed in net for net in _SPECIAL_V6)


def split_url(url: str, *, allowed_hosts: Collection[str] = ()) -> Target:
    """Take a web address apart; what two programs could read in two ways raises AddressError.

    Only http and https on their own ports, but for a `host:port` in `allowed_hosts`.
    """
    if len(url) > _LONGEST or not url.isprintable() or any(char in url for char in ' \\"<>'):
        raise AddressError("The address has characters that don't belong in one, or is too long.")
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise AddressError("This isn't a web address.") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise AddressError("A web address begins with http:// or https:// and the name of a server.")
    if "@" in parts.netloc:
        raise AddressError("The address holds a user name or a password.")
    host = _literal(parts.hostname) if "[" in parts.netloc else _host(parts.hostname)
    path = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe="/%?&=:;,+~!$'()*@[]")
    target = Target(parts.scheme, host, port, path)
    if port != PORTS[parts.scheme] and target.place not in allowed_hosts:
        raise AddressError("Only the usual ports of the web (80 and 443) are open.")
    return target


def _host(name: str) -> str:
    """The name as DNS writes it; an IPv4 address in its one plain form only."""
    if not name.isascii():
        try:
            name = idna.encode(name, strict=True).decode("ascii")
        except idna.IDNAError as error:
            raise AddressError("The name of the server isn't valid.") from error
    name = name.lower().removesuffix(".")
    labels = name.split(".")
    if labels[-1].isdigit() or labels[-1].startswith("0x"):
        return _literal(name)
    if not all(0 < len(label) < 64 and label.replace("-", "").replace("_", "").isalnum() for label in labels):
        raise AddressError("The name of the server isn't valid.")
    return name


def _literal(name: str) -> str:
    try:
        if "%" in name:  # a zone: it names a network card of ours
            raise ValueError(name)
        return str(ipaddress.ip_address(name))
    except ValueError as error:
        raise AddressError("The name of the server isn't valid.") from error
