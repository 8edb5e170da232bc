"""The chapters: where each stands, how long it is, and what the checks saw in it."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from biographies.admin.book_head import Head, numbered
from biographies.vocabulary import ChapterStatus


def rows(head: Head, _asked: QueryDict) -> dict[str, Any]:
    """The header has read them already."""
    waiting = [one for one in head.chapters if one.status == ChapterStatus.NEEDS_REVIEW]
    return {
        "words": sum(one.word_count for one in numbered(head.chapters)),
        "first_waiting": waiting[0] if waiting else None,
    }
