"""API keys as this process last read them: a program that asks every second needn't cost a query each time.

What is kept holds only while the mark of all people's rights in the shared cache (`lib/marks.py`) is the one that it
was read under. Every change of a right and every revoked key puts another mark there, so it ends at once everywhere.
A change by other hands (a console of the database), or one made while the cache was away, is seen after KEPT_SECONDS.
Without a shared cache nothing is kept.
"""

from __future__ import annotations

import copy
import threading
from dataclasses import dataclass
from typing import Final

from bookgen_site.accounts.keys import digest_of, find_key, mark_used
from bookgen_site.accounts.models import ApiKey
from bookgen_site.lib import clock, marks

PEOPLE: Final = "people"  # the mark of everything that decides what a key may do
KEPT_SECONDS: Final = 5.0
MOST: Final = 1_000  # keys in memory; with more, all are read anew


@dataclass(frozen=True, slots=True)
class _Kept:
    key: ApiKey
    mark: str
    until: float  # of `clock.monotonic`

    def holds(self, mark: str) -> bool:
        """Whether it may be used under the present mark."""
        if not mark or self.mark != mark or clock.monotonic() >= self.until:
            return False
        return self.key.expires_at is None or self.key.expires_at > clock.now()


_kept: dict[str, _Kept] = {}
_guard = threading.Lock()


def rights_changed() -> None:
    """Somebody's rights, or a key's, aren't what they were: call it in the transaction that changes them."""
    marks.changed(PEOPLE)


def present_key(plain: str, mark: str) -> ApiKey | None:
    """As `find_key`, but kept under this mark, which was asked for just now (nothing is under ""); its use is noted.

    Each caller gets rows of its own to work with. Only what was found is kept, never that there is no such key.
    """
    digest = digest_of(plain)
    kept = _kept.get(digest)
    if kept is not None and kept.holds(mark):
        key = kept.key
    elif found := find_key(plain):
        key = found
        _keep(digest, _Kept(key, mark, clock.monotonic() + KEPT_SECONDS))
    else:
        return None
    mark_used(key)
    return _own(key)


def _keep(digest: str, kept: _Kept) -> None:
    with _guard:
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[digest] = kept


def forget() -> None:
    """Read all keys anew."""
    with _guard:
        _kept.clear()


def _own(key: ApiKey) -> ApiKey:
    mine = copy.copy(key)
    mine.user = copy.copy(key.user)
    return mine
