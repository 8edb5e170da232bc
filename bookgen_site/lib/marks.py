"""What may be remembered for a moment of something that changes, and is forgotten the moment it does.

Everything that is remembered so has a mark in the cache, a word made by chance; whatever is remembered of it says under
which mark it was read. A change puts another mark there once it is committed. A reader asks for the mark before it
reads the database, so what it remembers is never newer in name than in matter. Only a cache that all processes share
can keep that promise: without one, nothing is remembered.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from bookgen_site.lib.memory import recall_many, remember

MARKED_SECONDS: Final = 3600
PART: Final = "#"  # in a name, between something and a part of it


@dataclass(frozen=True, slots=True)
class Seen:
    """The present mark of something, "" when nothing may be remembered; and what was kept under it, or None."""

    mark: str = ""
    value: Any = None


def changed(name: str) -> None:
    """Forget what is remembered under this name, once the present transaction has committed."""
    if settings.SHARED_CACHE:
        transaction.on_commit(lambda: _put(name), robust=True)


def look(*names: str) -> Mapping[str, Seen]:
    """What is remembered under each of these names, all in one question to the cache."""
    if not settings.SHARED_CACHE or not names:
        return {name: Seen() for name in names}
    found = recall_many([place for name in names for place in (_mark_at(name), _value_at(name))])
    return {name: _seen(name, found) for name in names}


def keep(name: str, mark: str, value: Any, seconds: float) -> None:
    """Keep something that was read after its mark was asked for."""
    if mark:
        remember(_value_at(name), (mark, value), seconds)


def _seen(name: str, found: Mapping[str, Any]) -> Seen:
    mark = found.get(_mark_at(name))
    if mark is None:
        return Seen(_put(name))
    kept_under, value = found.get(_value_at(name)) or ("", None)
    return Seen(mark, value if kept_under == mark else None)


def _put(name: str) -> str:
    """Put another mark there; returns it."""
    mark = secrets.token_hex(8)
    remember(_mark_at(name), mark, MARKED_SECONDS)
    return mark


def _mark_at(name: str) -> str:
    """Parts of something have its mark: they are forgotten with it."""
    return f"mark:{name.partition(PART)[0]}"


def _value_at(name: str) -> str:
    return f"marked:{name}"
