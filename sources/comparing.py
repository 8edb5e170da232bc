"""Which sources of a job say the same, and which of two twins stays.

What a person gave stays before what a finder found. Of two texts that are the same, the more credible stays;
of an excerpt and the whole, the whole. A found book in which a given letter is quoted is no twin of the letter.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from sources.duplicates import SAME, SURE, Overlap, Signature, overlap, overlap_of_texts, signature
from sources.models import Source
from sources.vocabulary import Decision, Found

WORTH_A_LOOK: Final = 0.35  # of the smaller sketch; below, chance alone doesn't make SAME of it
FRAME: Final = (
    64  # sources that share a stretch without being twins: the frame of a site, which proves nothing
)
QUOTED: Final = 2.0  # a text more than twice as long as its excerpt is a work of its own


@dataclass(slots=True)
class _Known:
    """A source with what its comparison needs, and why it isn't kept when it isn't."""

    source: Source
    signature: Signature
    better: _Known | None = None
    excerpt: bool = False
    place: int = -1  # on the shelf

    @property
    def standing(self) -> tuple[bool, bool]:
        """Accepted before suggested, given before found."""
        return self.source.decision == Decision.ACCEPTED, self.source.found != Found.FINDER

    @property
    def words(self) -> int:
        return self.signature.get("words", 0)

    @property
    def merit(self) -> tuple[tuple[bool, bool], float, int, int]:
        """Standing; then the more credible; then the longer; then the earlier."""
        return self.standing, self.source.credibility_score or 0, self.words, -self.source.number

    def kept(self) -> _Known:
        """The source that stays in its place."""
        one = self
        while one.better is not None:
            one = one.better
        return one


@dataclass(slots=True)
class _Shelf:
    """The sources kept so far, found again by any hash of their sketches."""

    known: list[_Known] = field(default_factory=list)
    by_hash: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_text: dict[str, _Known] = field(default_factory=dict)

    def put(self, one: _Known) -> None:
        self.by_text[one.signature["exact"]] = one
        one.place = len(self.known)
        self.known.append(one)
        for each in one.signature["sketch"]:
            self.by_hash[each].append(one.place)

    def like(self, one: _Known) -> list[_Known]:
        """Sources on the shelf that have so many hashes in common with this one that a look is worth it."""
        same = self.by_text.get(one.signature["exact"])
        if same is not None:
            return [same.kept()]
        holders = (self.by_hash.get(each, ()) for each in one.signature["sketch"])
        shared = Counter(other for held in holders if len(held) <= FRAME for other in held)
        likely = [self.known[place] for place in sorted(shared)]
        likely = [other for other in likely if _worth(one, other, shared[other.place])]
        return [other for other in likely if other.better is None]


def _worth(one: _Known, other: _Known, common: int) -> bool:
    bound = min(one.signature.get("bound", 0), other.signature.get("bound", 0))
    smaller = min(bisect_left(each.signature["sketch"], bound) for each in (one, other))
    return common >= max(1.0, WORTH_A_LOOK * smaller)


def twins(sources: Iterable[Source]) -> list[tuple[int, str]]:
    """The sources that another one makes superfluous, by id and number, each with the reason to reject it.

    The longest are put on the shelf first, so that each is compared only with what could contain it:
    a thousand sources need no million comparisons.
    """
    known = [_Known(one, _signature(one)) for one in sources]
    shelf = _Shelf()
    for one in sorted(known, key=lambda each: (-each.words, each.source.number)):
        _place(one, shelf)
    out = [one for one in known if one.better is not None]
    with translation.override("en"):
        return [(one.source.pk, _because(one)) for one in sorted(out, key=lambda each: each.source.number)]


def _place(one: _Known, shelf: _Shelf) -> None:
    """Compare a source with the longer ones on the shelf, and put it there unless one of them makes it superfluous."""
    for other in shelf.like(one):
        shares = _shares(one, other)
        if min(shares.of_one, shares.of_other) >= SAME:
            worse, better = sorted((one, other), key=lambda each: each.merit)
            worse.better = better
        elif shares.of_one >= SAME:
            _settle_excerpt(one, other)
        if one.better is not None:
            return
    shelf.put(one)


def _settle_excerpt(one: _Known, whole: _Known) -> None:
    """The whole stays, unless the excerpt has the better standing: then it stays, and a work that quotes it too."""
    if one.standing <= whole.standing:
        one.better, one.excerpt = whole, True
    elif whole.words <= QUOTED * one.words:
        whole.better = one


def _shares(one: _Known, other: _Known) -> Overlap:
    found = overlap(one.signature, other.signature)
    return found if found.sample >= SURE else overlap_of_texts(one.source.text, other.source.text)


def _signature(source: Source) -> Signature:
    stored: Signature | None = source.signature
    return stored if stored is not None and "bound" in stored else signature(source.text)


def _because(one: _Known) -> str:
    kept = one.kept()
    named = {"n": kept.source.number, "title": str(kept.source)}
    if one.excerpt:
        return (
            _("Its text stands in source %(n)d, “%(title)s”, which holds more. Nothing need be done.") % named
        )
    return (
        _("It is the same as source %(n)d, “%(title)s”. Nothing need be done: one of them is enough.") % named
    )
