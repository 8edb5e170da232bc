"""Web addresses that somebody else chose, taken apart strictly: what two programs could read in two ways is refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from bookgen_site.lib.hosts import NotAHost, is_inside, is_literal, read_host
from bookgen_site.lib.networks import is_public

__all__ = ["PORTS", "AddressError", "Target", "allowed_places", "is_public", "read_place", "split_url"]

PORTS: Final = {"http": 80, "https": 443}
_LONGEST: Final = 2000
# A name, or an IPv6 address in brackets, then perhaps a port: nothing before, between or behind.
_PLACE: Final = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\[\]:@/?#%\s]+)(?::([0-9]*))?")


class AddressError(Exception):
    """This address may not be fetched; the message is a sentence for the editor."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart: `host` as DNS writes it, `path` with its query and without its fragment.

    `allowed` says that the host stands, by this name and port, in the list of the administrator.
    """

    scheme: str
    host: str
    port: int
    path: str
    allowed: bool = False

    @property
    def authority(self) -> str:
        """Host and port as in a Host header: "example.com", "books.lan:8080", "[2001:db8::1]"."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: what has one robots.txt and one set of secrets."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The whole address, as it goes out."""
        return self.origin + self.path


def allowed_places(entries: Collection[str] | None = None) -> frozenset[tuple[str, int]]:
    """Hosts and ports that may be private: `entries`, or those of the setting FETCH_ALLOWED_HOSTS.

    "books.lan:8080" is one place, "books.lan" is two: the ports of http and https. A wrong entry of the
    setting is a system check; here it opens nothing.
    """
    places: set[tuple[str, int]] = set()
    for entry in settings.FETCH_ALLOWED_HOSTS if entries is None else entries:
        try:
            host, port = read_place(entry)
        except AddressError:
            continue
        places |= {(host, number) for number in ([port] if port else PORTS.values())}
    return frozenset(places)


def read_place(text: str) -> tuple[str, int | None]:
    """Take "host" or "host:port" apart; the port is None where none stands. Raises AddressError."""
    match = _PLACE.fullmatch(text)
    if match is None:
        raise AddressError(_("This isn't a web address."))
    try:
        return read_host(match[1]), _port(match[2])
    except NotAHost as error:
        raise AddressError(_("The name of the server isn't valid.")) from error


def _port(digits: str | None) -> int | None:
    """An empty port is the usual one (RFC 3986, 3.2.3); 0, 080 and 99999 are none."""
    if not digits:
        return None
    if digits[0] == "0" or len(digits) > 5 or int(digits) > 65_535:
        raise AddressError(_("This isn't a web address."))
    return int(digits)


def split_url(url: str, *, allowed_hosts: Collection[str] | None = None) -> Target:
    """Take a web address apart; raises AddressError for all that may not be fetched, by its looks alone.

    Only http and https on their own ports, and no names or addresses of private networks; but for the
    places in `allowed_hosts` (by default the administrator's).
    """
    scheme, netloc, path = _parts(url)
    host, port = read_place(netloc)
    number = port or PORTS[scheme]
    target = Target(scheme, host, number, path, (host, number) in allowed_places(allowed_hosts))
    if not target.allowed:
        _refuse_inside(target)
    return target


def _parts(url: str) -> tuple[str, str, str]:
    """Scheme, host with port, and the path with its query, in ASCII."""
    if len(url) > _LONGEST or not url.isprintable() or any(char in url for char in ' \\"<>'):
        raise AddressError(_("The address has characters that don't belong in one, or is too long."))
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise AddressError(_("This isn't a web address.")) from error
    if parts.scheme not in PORTS or not parts.netloc:
        raise AddressError(_("A web address begins with http:// or https:// and the name of a server."))
    if "@" in parts.netloc:
        raise AddressError(_("The address holds a user name or a password."))
    whole = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    path = quote(unicodedata.normalize("NFC", whole), safe="/%?&=:;,+~!$'()*@[]")
    return parts.scheme, parts.netloc, path


def _refuse_inside(target: Target) -> None:
    private = not is_public(target.host) if is_literal(target.host) else is_inside(target.host)
    if private:
        raise AddressError(_("The address leads into a private network."))
    if target.port != PORTS[target.scheme]:
        raise AddressError(_("Only the usual ports of the web (80 and 443) are open."))
