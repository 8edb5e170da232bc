"""Which class of publisher stands behind a web address: told by its registered domain, never by a look-alike.

"harvard.edu.evil.com" belongs to evil.com: the registered domain is taken from the Public Suffix List
(publicsuffix.org) that ships with `publicsuffixlist`; nothing is fetched.
"""

from __future__ import annotations

import ipaddress
from functools import cache
from typing import Final
from urllib.parse import unquote, urlsplit

import idna
from publicsuffixlist import PublicSuffixList

from bookgen_site.lib.once import once
from sources.scoring.host_lists import CLASSES, HostClass

_KEPT_SUFFIXES: Final = {  # the first label of a suffix under which only such bodies may register
    **dict.fromkeys(("edu", "ac"), HostClass.SCHOLARLY),
    **dict.fromkeys(("gov", "gob", "gouv", "govt", "go", "gv", "gub", "mil", "int"), HostClass.PUBLIC),
    "museum": HostClass.LIBRARY,
    **dict.fromkeys(("nhs", "parliament", "police"), HostClass.PUBLIC),
}


@once
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(only_icann=True)


def class_of(url: str) -> HostClass:
    """The class of the publisher; UNKNOWN for most of the web, for addresses without a name and for no address."""
    host = host_of(url)
    if not host or _is_ip(host):
        return HostClass.UNKNOWN
    found = _class_of_host(host)
    if found in _KEEPS_PEOPLE and "/~" in unquote(url):
        return HostClass.OPEN  # the private page of a member of a university
    return found


def form_by_host(url: str) -> str:
    """What a document is when nobody says: an encyclopedia's article at an encyclopedia's address, or ""."""
    return "encyclopedia" if class_of(url) in {HostClass.REFERENCE, HostClass.WIKI} else ""


def host_of(url: str) -> str:
    """The host as DNS writes it; "" where there is none."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
        return host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
    except (ValueError, idna.IDNAError):
        return ""


@cache
def _classes() -> dict[str, HostClass]:
    return {host: kind for kind, hosts in CLASSES.items() for host in hosts.split()}


def _class_of_host(host: str) -> HostClass:
    """By the longest listed name that the host is or ends in, down to its registered domain; then by its suffix."""
    registered = _suffixes().privatesuffix(host)
    if registered is None:
        return HostClass.UNKNOWN
    labels = host.split(".")
    for start in range(len(labels) - registered.count(".")):
        listed = _classes().get(".".join(labels[start:]))
        if listed is not None:
            return listed
    suffix = _suffixes().publicsuffix(host) or ""
    return (
        _KEPT_SUFFIXES.get(suffix.split(".")[0], HostClass.UNKNOWN) if _is_kept(suffix) else HostClass.UNKNOWN
    )


def _is_kept(suffix: str) -> bool:
    """ "gov" and "ac.uk" are kept for such bodies; "go" or "ac" as a country's own ending isn't."""
    labels = suffix.split(".")
    return (len(labels) == 2 and len(labels[1]) == 2) or suffix in {"edu", "gov", "mil", "int", "museum"}


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


_KEEPS_PEOPLE: Final = frozenset({HostClass.SCHOLARLY, HostClass.PUBLIC, HostClass.LIBRARY})
