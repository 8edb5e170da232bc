"""Reading JSON that a stranger sent: whatever isn't of the promised form is nothing, never an error later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from bookgen_site.lib.addresses import AddressError, split_url
from bookgen_site.lib.text import clean_text
from sources.discovery.base import FinderError

LONGEST: Final = 500  # characters of a title or a name
MOST: Final = 500  # entries of one list that are looked at


def at(data: Any, *path: str) -> Any:
    """The value under these keys, or None when something on the way is no object or lacks the key."""
    for key in path:
        if not isinstance(data, Mapping):
            return None
        data = data.get(key)
    return data


def rows(data: Any, *path: str) -> list[dict[str, Any]]:
    """The objects of the list under these keys; what isn't an object is left out."""
    found = at(data, *path)
    return [one for one in found[:MOST] if isinstance(one, dict)] if isinstance(found, list) else []


def promised(data: Any, *path: str) -> list[dict[str, Any]]:
    """Like `rows`, but the list must be there: a service that leaves it out has changed its form."""
    if not isinstance(at(data, *path), list):
        raise FinderError(_("It answered in another form than it documents."), permanent=True)
    return rows(data, *path)


def text(value: Any) -> str:
    """A short clean line: of a string or a number as it is, of a list its first one; else ""."""
    if isinstance(value, list):
        value = next((one for one in value[:MOST] if isinstance(one, str | int)), "")
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return clean_text(str(value)[: 4 * LONGEST], multiline=False)[:LONGEST]


def texts(value: Any) -> list[str]:
    """All clean lines of a list of strings, or of one string."""
    found = value[:MOST] if isinstance(value, list) else [value]
    return [line for line in map(text, found) if line]


def names(value: Any) -> str:
    """Several people in one line, as `sources.people` takes them apart again."""
    return "; ".join(texts(value))[:LONGEST]


def address(value: Any) -> str:
    """A web address that may be fetched, as it was sent; "" for anything else."""
    if not isinstance(value, str):
        return ""
    url = f"https:{value}" if value.startswith("//") else value
    try:
        target = split_url(url)
    except AddressError:
        return ""
    # A document lives at a name. What is at a bare number is somebody's machine.
    is_number = ":" in target.host or target.host[-1:].isdigit()
    return "" if is_number and not target.allowed else url
