"""Web addresses that mean the same page, and addresses where a page's text can be had."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

_ARCHIVED: Final = re.compile(
    r"https?://(?:web\.)?archive\.org/web/\d+[a-z_]*/(https?:/?/?.+)", re.IGNORECASE
)
_SCANNED: Final = re.compile(r"^/(?:details|stream)/([\w.-]+)(?:/.*)?$")
_ITEM: Final = re.compile(r"^/(?:details|stream|download)/([\w.-]+)(?:/.*)?$")
# What says how a reader came to a page, not which page it is.
_TRACKING: Final = re.compile(r"^(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref|ref_src|cmpid|ito)$", re.IGNORECASE)
_MOBILE: Final = re.compile(r"^(?:www\d?|m|mobile|amp)\.|(?<=^[a-z][a-z]\.)m\.")


def same_page(url: str) -> str:
    """A form of the address that is equal for two addresses of one page; for comparing, not for fetching.

    Scheme, port, "www.", case of the host, fragment, a last slash, the order of the query and what
    follows readers around don't count; nor does it whether the Wayback Machine or Internet Archive's
    viewer stands between. "" for what is no web address.
    """
    archived = _ARCHIVED.match(url)
    if archived:
        return same_page(re.sub(r"^(https?):/*", r"\1://", archived[1], flags=re.IGNORECASE))
    parts = _split(url)
    if parts is None:
        return ""
    host = _bare_host(parts)
    item = _ITEM.match(parts.path) if host == "archive.org" else None
    if item:
        return f"archive.org/{item[1]}"
    path = quote(unquote(parts.path), safe="/").rstrip("/")
    kept = sorted(pair for pair in parse_qsl(parts.query, True) if not _TRACKING.match(pair[0]))
    return host + path + (f"?{urlencode(kept)}" if kept else "")


def site_of(url: str) -> str:
    """The site that an address belongs to: the last two names of its host, three below "co.uk" and the like."""
    parts = _split(url)
    if parts is None:
        return ""
    names = _bare_host(parts).split(".")
    below_a_short_one = len(names) > 2 and len(names[-1]) == 2 and len(names[-2]) <= 3
    return ".".join(names[-3:] if below_a_short_one else names[-2:])


def readable(url: str) -> str:
    """Where the text of a page is: of a scanned book at Internet Archive its full text, else the page itself."""
    parts = _split(url)
    if parts is None or _bare_host(parts) != "archive.org":
        return url
    scanned = _SCANNED.match(parts.path)
    return full_text(scanned[1]) if scanned else url


def full_text(item: str, base: str = "https://archive.org") -> str:
    """The recognised text of a scanned book at Internet Archive, under the name that nearly all have."""
    return f"{base}/download/{item}/{item}_djvu.txt"


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        return parts if parts.scheme.lower() in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _bare_host(parts: SplitResult) -> str:
    host = _MOBILE.sub("", (parts.hostname or "").rstrip("."))
    host = "doi.org" if host == "dx.doi.org" else host
    port = _port(parts)
    return host if port in (None, 80, 443) else f"{host}:{port}"


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        return None
