"""How far a source can be checked and held to account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from sources.scoring.host_lists import HostClass
from sources.scoring.hosts import class_of
from sources.scoring.score import Score, sentence

_BASE: Final = {"primary": 65, "secondary": 55, "unknown": 50, "tertiary": 45}
_BY_HOST: Final = {
    HostClass.LIBRARY: 8,
    HostClass.PUBLIC: 6,
    HostClass.SCHOLARLY: 8,
    HostClass.REFERENCE: 8,
    HostClass.PRESS: 4,
    HostClass.WIKI: -8,
    HostClass.OPEN: -25,
    HostClass.FARM: -35,
    HostClass.SHOP: -35,
    HostClass.UNKNOWN: 0,
}
_MOST_OF_OPEN: Final = (
    60  # what stands where anyone may publish is never among the best, however well described
)
_MOST_OF_FARM: Final = 40
_CAPS: Final = {HostClass.OPEN: _MOST_OF_OPEN, HostClass.FARM: _MOST_OF_FARM, HostClass.SHOP: _MOST_OF_FARM}
_UNREADABLE: Final = -40


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a source; "" for unknown. `kind` is that of `SourceKind`, `date` any spelling."""

    kind: str
    title: str = ""
    author: str = ""
    date: str = ""
    publisher: str = ""
    url: str = ""
    readable: bool = True


def credibility(record: Record) -> Score:
    """Score from 0 to 100 how far a source can be checked: its kind, its metadata, and who publishes it.

    Whether it has a date counts, which date it is doesn't: the oldest witness is often the best.
    """
    host = class_of(record.url)
    points = _BASE.get(record.kind, _BASE["unknown"]) + _completeness(record) + _BY_HOST[host]
    if not record.readable:
        points += _UNREADABLE
    total = min(points, _CAPS.get(host, 100))
    said = [_kind(record.kind), *_metadata(record), _host(host)]
    return Score(
        min(100, max(0, total)), sentence([*said, "" if record.readable else _("its text can't be read")])
    )


def _completeness(record: Record) -> int:
    given = {10: record.author, 8: record.publisher, 7: record.date, 2: record.title}
    return sum(points for points, value in given.items() if value.strip())


def _metadata(record: Record) -> list[str]:
    named = {
        _("author"): record.author,
        _("publisher"): record.publisher,
        _("date"): record.date,
        _("title"): record.title,
    }
    missing = [name for name, value in named.items() if not value.strip()]
    if not missing:
        return [_("with author, publisher, date and title")]
    return [_("missing: %s") % " · ".join(missing)]


def _kind(kind: str) -> str:
    names = {
        "primary": _("primary source"),
        "secondary": _("secondary source"),
        "tertiary": _("tertiary source"),
    }
    return names.get(kind, _("source of unknown kind"))


def _host(host: HostClass) -> str:
    return {
        HostClass.LIBRARY: _("kept by a library, an archive or a museum"),
        HostClass.PUBLIC: _("published by a public body"),
        HostClass.SCHOLARLY: _("published by a university or a learned press"),
        HostClass.REFERENCE: _("from an edited work of reference"),
        HostClass.PRESS: _("from a newspaper or magazine"),
        HostClass.WIKI: _("from a wiki that anyone may edit"),
        HostClass.OPEN: _("from a site where anyone can publish"),
        HostClass.FARM: _("from a site that writes for search engines"),
        HostClass.SHOP: _("from a shop"),
        HostClass.UNKNOWN: "",
    }[host]
