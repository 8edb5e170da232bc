"""Which IP addresses belong to the public internet.

A table of our own: ipaddress.is_global and is_private differ between releases of Python, and let NAT64, 6to4,
multicast and some documentation networks through.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import Final

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def _networks(text: str) -> tuple[_Network, ...]:
    return tuple(ipaddress.ip_network(net) for net in text.split())


# The special-purpose registries of IANA (RFC 6890 and what came after), multicast, reserved space, and the
# one public address at which a cloud (Azure) answers its own machines.
_SPECIAL_V4: Final = _networks(
    "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12"
    " 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16"
    " 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4"
)
# Of IPv6 only global unicast is let through, which leaves out loopback, mapped and translated IPv4, NAT64,
# unique local, link-local and multicast. Out of it go the IETF block (Teredo, ORCHID, benchmarks),
# documentation, 6to4, AS112 and the returned 6bone.
_GLOBAL_V6: Final = ipaddress.IPv6Network("2000::/3")
_SPECIAL_V6: Final = _networks("2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3ffe::/16 3fff::/20")
# ISATAP (RFC 5214) puts an IPv4 address behind this half of an interface id, with or without its
# universal bit, under any prefix.
_ISATAP: Final = frozenset({0x0000_5EFE, 0x0200_5EFE})

# Where nobody keeps documents, even if a name that an administrator allowed leads there: this host,
# link-local (with the metadata services of clouds), multicast, and metadata services elsewhere.
_NEVER: Final = _networks(
    "0.0.0.0/8 100.100.100.200/32 168.63.129.16/32 169.254.0.0/16 192.0.0.192/32 224.0.0.0/4 240.0.0.0/4"
    " ::/128 fd00:c1::a9fe:a9fe/128 fd00:ec2::/32 fd20:ce::254/128 fe80::/10 ff00::/8"
)
# IPv6 that a gateway turns into IPv4, whose address stands in the last 32 bits: mapped, translated (RFC 2765),
# compatible, and NAT64 (RFC 6052, RFC 8215).
_CARRIERS: Final = _networks("::/96 ::ffff:0:0/96 ::ffff:0:0:0/96 64:ff9b::/96 64:ff9b:1::/48")


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet; what isn't an IP address doesn't."""
    parsed = _parsed(address)
    if parsed is None:
        return False
    if isinstance(parsed, ipaddress.IPv4Address):
        return not _within(parsed, _SPECIAL_V4)
    isatap = (int(parsed) >> 32) & 0xFFFF_FFFF in _ISATAP
    return parsed in _GLOBAL_V6 and not _within(parsed, _SPECIAL_V6) and not isatap


def may_be_allowed(address: str) -> bool:
    """Whether a host that an administrator allowed may have this address: private ones it may.

    None that is, or is turned by a gateway into, an address where nobody keeps documents.
    """
    parsed = _parsed(address)
    if parsed is None:
        return False
    return not any(_within(one, _NEVER) for one in (parsed, *_carried(parsed)))


def _carried(address: _Address) -> list[_Address]:
    """The IPv4 addresses that one of IPv6 leads to in the end; 6to4 and Teredo hold theirs inside."""
    if isinstance(address, ipaddress.IPv4Address) or address.is_loopback:  # "::1" carries nothing
        return []
    inside = [address.sixtofour, address.teredo[1] if address.teredo else None]
    if _within(address, _CARRIERS):
        inside.append(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
    return [one for one in inside if one is not None]


def _parsed(address: str) -> _Address | None:
    try:
        return None if "%" in address else ipaddress.ip_address(address)
    except ValueError:
        return None


def _within(address: _Address, networks: Iterable[_Network]) -> bool:
    return any(address in net for net in networks)
