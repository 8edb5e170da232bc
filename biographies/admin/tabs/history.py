"""The audit of the book: who did what, and what was there before and after."""

from __future__ import annotations

from typing import Any, Final

from django.http import QueryDict

from biographies.admin.book_head import Head
from biographies.admin.history import history

ON_A_PAGE: Final = 50
LARGEST: Final = 2**62


def rows(head: Head, asked: QueryDict) -> dict[str, Any]:
    """One page of it, newest first; `?before=` names the entry after which it goes on."""
    before = asked.get("before", "")
    place = min(int(before), LARGEST) if before.isascii() and before.isdigit() and len(before) < 20 else None
    lines = history(head.job.pk, before=place, most=ON_A_PAGE + 1)
    more = len(lines) > ON_A_PAGE
    return {"history": lines[:ON_A_PAGE], "older": lines[ON_A_PAGE - 1].pk if more else None, "paged": place}
