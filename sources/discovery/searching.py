"""Asking the finders and bringing together what they found: no finder's trouble is anybody else's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Any, Final

import structlog
from django.conf import settings
from django.utils.translation import gettext as _

from sources.discovery.addresses import same_page
from sources.discovery.base import Ask, Candidate, FinderError, Person, Profile
from sources.discovery.registry import finder, wikidata

log = structlog.get_logger(__name__)

READ_PER_KEPT: Final = 2  # candidates that are fetched for each source that is wanted
MOST_READ: Final = 200  # in all, whatever is wanted
MOST_SKIPPED: Final = (
    2000  # candidates of one finder that are looked at: doubles don't count against its share
)


@dataclass(frozen=True, slots=True)
class Findings:
    """What one finder came to. `failed` is a sentence, "" when all went well; what was found before stays."""

    candidates: tuple[Candidate, ...] = ()
    failed: str = ""

    def as_json(self) -> dict[str, Any]:
        """The findings as a unit's result holds them."""
        return {"candidates": [one.as_json() for one in self.candidates], "failed": self.failed}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Findings:
        """The findings as they were stored."""
        return cls(tuple(Candidate(**one) for one in stored.get("candidates", [])), stored.get("failed", ""))


def most_read(wanted: int) -> int:
    """How many candidates are fetched so that `wanted` of them are worth keeping."""
    return min(MOST_READ, READ_PER_KEPT * wanted)


def search(name: str, person: Person, ask: Ask, most: int) -> Findings:
    """Up to `most` different documents that the finder of this name knows of. Never raises."""
    found: dict[str, Candidate] = {}
    try:
        for number, candidate in enumerate(finder(name).find(person, ask)):
            found.setdefault(same_page(candidate.url), candidate)
            if len(found) >= most or number >= MOST_SKIPPED:
                break
    except FinderError as error:
        return Findings(tuple(found.values()), error.reason)
    except Exception as error:  # a stranger's answer must not take the search down with it
        log.exception("finder_failed", finder=name)
        return Findings(tuple(found.values()), _unexpected(error))
    return Findings(tuple(found.values()))


def profile_of(person: Person, ask: Ask) -> tuple[Profile, str]:
    """Who the person is, and what went wrong when that can't be told ("" when nothing did). Never raises."""
    try:
        return wikidata().profile(person, ask), ""
    except FinderError as error:
        return Profile(), error.reason
    except Exception as error:
        log.exception("finder_failed", finder="wikidata")
        return Profile(), _unexpected(error)


def _unexpected(error: Exception) -> str:
    return _("Its answer couldn't be understood (%(error)s).") % {"error": type(error).__name__}


def merged(
    found: Mapping[str, Sequence[Candidate]], present: Iterable[str], most: int
) -> list[tuple[str, Candidate]]:
    """The candidates that the job hasn't got, each with its finder's name; the finders take turns.

    `found` is read in its own order, `present` holds the job's addresses. Pure: the same input, the same list.
    """
    seen = {same_page(url) for url in present} | {""}
    fresh = []
    turns = ([(name, one) for one in candidates] for name, candidates in found.items())
    for turn in chain.from_iterable(zip_longest(*turns)):
        if turn is None or same_page(turn[1].url) in seen:
            continue
        seen.add(same_page(turn[1].url))
        fresh.append(turn)
    return fresh[:most]


def wanted_sources(target: int | None) -> int:
    """How many sources a job wants in all: what it says itself, or TARGET_SOURCES."""
    return target if target is not None else int(settings.TARGET_SOURCES)
