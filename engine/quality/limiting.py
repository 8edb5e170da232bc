"""Findings in bearable numbers: one for each place and kind, and no flood of the same kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from django.utils.translation import ngettext

from biographies.actions import Seen
from biographies.vocabulary import Severity

MOST: Final = 12  # findings of one check and severity in one section
_GRAVE: Final = list(Severity)


def limited(seen: Iterable[Seen]) -> list[Seen]:
    """Merge what one check says of one place, and sum up what goes beyond `MOST` of one kind and severity."""
    kinds: dict[tuple[str, Severity], list[Seen]] = defaultdict(list)
    for one in _merged(seen):
        kinds[one.check, one.severity].append(one)
    return [one for found in kinds.values() for one in _summed(found)]


def _merged(seen: Iterable[Seen]) -> list[Seen]:
    kept: dict[tuple[str, str, str], Seen] = {}
    for one in seen:
        key = (one.check, one.place, "" if one.place else one.message)
        earlier = kept.get(key)
        kept[key] = _joined(earlier, one) if earlier else one
    return list(kept.values())


def _joined(one: Seen, other: Seen) -> Seen:
    severity = max(one.severity, other.severity, key=_GRAVE.index)
    told = one.message if other.message in one.message else f"{one.message} {other.message}"
    return replace(one, severity=severity, message=told)


def _summed(found: list[Seen]) -> list[Seen]:
    if len(found) <= MOST + 1:
        return found
    more = len(found) - MOST
    message = ngettext("And %(count)d more of this kind.", "And %(count)d more of this kind.", more) % {
        "count": more
    }
    return [*found[:MOST], Seen(found[0].check, found[0].severity, message)]
