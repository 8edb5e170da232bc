"""What a key or token may be used for. It narrows what its person may do, and never widens it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext_lazy as _

READ: Final = "read"
WRITE: Final = "write"
APPROVE: Final = "approve"
ADMIN: Final = "admin"

MEANINGS: Final = {
    READ: _("read what the person may see"),
    WRITE: _("make and change books"),
    APPROVE: _("approve chapters and export"),
    ADMIN: _("look after the installation"),
}
ALL: Final = tuple(MEANINGS)
EVERYTHING: Final = " ".join(ALL)
USUAL: Final = (READ, WRITE)


def joined(scopes: Iterable[str]) -> str:
    """The known ones among these words, in their fixed order, as they are stored."""
    given = set(scopes)
    return " ".join(scope for scope in ALL if scope in given)
