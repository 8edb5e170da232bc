"""From where a request comes. A header says so only behind a known number of proxies; anybody can write one."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Any

from django.conf import settings

HOME_BITS = 64  # one household or server has as many IPv6 addresses as it likes within these


def address_of(meta: Mapping[str, Any]) -> str:
    """The client's address: the peer's, or what the outermost of TRUSTED_PROXIES proxies saw."""
    proxies: int = settings.TRUSTED_PROXIES
    told = [part.strip() for part in str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    if proxies and len(told) >= proxies and _parsed(told[-proxies]):
        return str(told[-proxies])
    return str(meta.get("REMOTE_ADDR") or "")


def place_of(meta: Mapping[str, Any]) -> str:
    """What requests are counted by: an IPv4 address, or the network of an IPv6 address."""
    address = _parsed(address_of(meta))
    if address is None:
        return "local"  # a Unix socket has no address
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, HOME_BITS), strict=False))
    return str(address)


def is_loopback(meta: Mapping[str, Any]) -> bool:
    """Whether the request was made on this machine and passed no proxy."""
    address = _parsed(str(meta.get("REMOTE_ADDR") or ""))
    return bool(address and address.is_loopback) and "HTTP_X_FORWARDED_FOR" not in meta


def _parsed(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
