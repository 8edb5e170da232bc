"""The tabs of a book: each a page of its own under the same header, and a module that reads what it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from biographies.admin.book_head import Head
from biographies.admin.standing import Standing
from biographies.admin.tabs import (
    author,
    chapters,
    exports,
    facts,
    history,
    images,
    money,
    outline,
    quality,
    sources,
)

Rows = Callable[[Head, QueryDict], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: the name of its address and template, its words, what it reads, and the number beside its words."""

    name: str
    label: Promise
    rows: Rows
    count: Callable[[Standing], int] = lambda _standing: 0


# The first is what a book's own address shows.
TABS: Final = {
    tab.name: tab
    for tab in (
        Tab("book", _("Chapters"), chapters.rows, lambda one: one.to_read),
        Tab("outline", _("Outline"), outline.rows),
        Tab("sources", _("Sources"), sources.rows, lambda one: one.undecided),
        Tab("facts", _("Facts and timeline"), facts.rows),
        Tab("quality", _("Quality"), quality.rows, lambda one: one.open_findings),
        Tab("images", _("Images"), images.rows),
        Tab("money", _("Money"), money.rows),
        Tab("exports", _("Exports"), exports.rows, lambda one: one.files),
        Tab("author", _("Author and mail"), author.rows),
        Tab("history", _("History"), history.rows),
    )
}


@dataclass(frozen=True, slots=True)
class ShownTab:
    """A tab as the navigation shows it."""

    label: Promise
    url: str
    count: int
    current: bool


def shown_tabs(head: Head, current: str) -> list[ShownTab]:
    """The navigation, with the tab that is open marked."""
    return [
        ShownTab(
            tab.label,
            reverse(f"desk:{tab.name}", args=[head.job.pk]),
            tab.count(head.standing),
            tab.name == current,
        )
        for tab in TABS.values()
    ]
