"""What the book says of people's lives, entered in one ledger, and where its entries can't all be true.

Only what is said in so many words is entered: a missed contradiction costs less than an editor who no longer
reads the findings. Births, deaths, ages, weddings, parents, offices, places of birth and death, and what the
subject is said to have done in a certain year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from biographies.actions import Seen
from biographies.vocabulary import ChapterKind, Severity
from engine.quality.ledger import ages, deeds, kin, lives, offices, places
from engine.quality.ledger.claims import Claim, Conflict
from engine.quality.ledger.reading import Page, pages
from engine.quality.people import people_of
from engine.quality.views import SectionView

NAME = "ledger"
_READ = frozenset(ChapterKind) - {ChapterKind.BIBLIOGRAPHY, ChapterKind.INTRODUCTION}
_TOPICS = (lives, ages, kin, offices, places, deeds)


def check_book(views: Iterable[SectionView], known: Iterable[tuple[str, str]] = ()) -> Iterator[Seen]:
    """Pairs of statements that contradict each other; each finding quotes both.

    `known` are pairs of sentences that another finding tells of already.
    """
    told = {frozenset(map(_plain, pair)) for pair in known}
    read = [view for view in views if view.kind in _READ]
    if not read:
        return
    found = pages(read, people_of(read))
    claims = _claims(found)
    for topic in _TOPICS:
        for conflict in topic.conflicts(claims, read[0].about, found.subject):
            if frozenset((_plain(conflict.first.sentence), _plain(conflict.second.sentence))) in told:
                continue
            yield Seen(NAME, Severity.WARNING, conflict.message(), conflict.second.sentence)


def _plain(sentence: str) -> str:
    """The words of a sentence, however it is set."""
    return " ".join(re.findall(r"\w+", sentence.casefold()))


def _claims(found: Page) -> list[Claim]:
    return [claim for topic in _TOPICS for claim in topic.claims(found)]


__all__ = ["NAME", "Conflict", "check_book"]
