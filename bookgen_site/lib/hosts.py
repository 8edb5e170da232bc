"""Names of servers: in their one plain form, and which of them belong to a private network by their looks."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from typing import Final

import idna

_LABEL: Final = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_LONGEST: Final = 253
# Names that the public DNS doesn't have: RFC 6761, 6762, 7686, 8375 and 9476, ICANN's resolution on
# .internal, the names of hosts files, and what firms commonly call their own networks (RFC 6762, G).
_INSIDE: Final = frozenset(
    "localhost localdomain local internal intranet private corp home lan home.arpa invalid onion alt".split()
)


class NotAHost(ValueError):
    """No name of a server, or one that two programs could read in two ways."""


def read_host(name: str) -> str:
    """The name as DNS writes it, or an IP address in its one plain form (IPv6 without brackets).

    Raises NotAHost. Letters beyond ASCII go by IDNA 2008 and must be written plainly: no full-width
    digits, no other dots, no letters that a browser would fold into ASCII.
    """
    if name.startswith("["):
        return _literal(name[1:-1])
    name = _in_ascii(name).lower().removesuffix(".")
    labels = name.split(".")
    # As in the URL standard of the WHATWG: a name that ends in a number is an IPv4 address or nothing.
    if labels[-1].isdigit() or labels[-1].startswith("0x"):
        return _literal(name)
    if len(name) > _LONGEST or not all(map(_LABEL.fullmatch, labels)):
        raise NotAHost(name)
    for label in labels:
        _refuse_false_punycode(label)
    return name


def is_literal(host: str) -> bool:
    """Whether a host from `read_host` is an IP address."""
    return ":" in host or host.rpartition(".")[2].isdigit()


def is_inside(host: str) -> bool:
    """Whether a name can only be one of a private network: without a dot, or under a name kept for them."""
    labels = host.split(".")
    return len(labels) == 1 or labels[-1] in _INSIDE or ".".join(labels[-2:]) in _INSIDE


def _in_ascii(name: str) -> str:
    if name.isascii():
        return name
    lowered = name.lower()
    # Compatibility forms would be folded by some programs ("ⓔ" to "e", the Kelvin sign to "k").
    if unicodedata.normalize("NFKC", name) != name:
        raise NotAHost(name)
    try:
        return idna.encode(lowered, strict=True).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        raise NotAHost(name) from error


def _refuse_false_punycode(label: str) -> None:
    """What a label in Punycode stands for must be what IDNA would write so."""
    if label.startswith("xn--"):
        try:
            plain = idna.ulabel(label)
            same = not plain.isascii() and idna.alabel(plain).decode("ascii") == label
        except (idna.IDNAError, UnicodeError) as error:
            raise NotAHost(label) from error
        if not same:
            raise NotAHost(label)


def _literal(text: str) -> str:
    """An address in its usual form; the short, octal and hexadecimal ones of inet_aton are none."""
    try:
        return str(ipaddress.ip_address(text))
    except ValueError as error:
        raise NotAHost(text) from error
