"""Addresses that came from outside, as links."""

from __future__ import annotations

from urllib.parse import urlsplit


def web_link(address: str) -> str:
    """The address when a browser may follow it, else "": a list of sources may hold anything."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.netloc else ""
