"""How far a text speaks of what is known of the person: BM25 of its passages against the person's profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sources.scoring.profile import Profile, stem
from sources.scoring.words import Words

_PASSAGE: Final = 120  # words
_BEST: Final = 3  # passages that decide
_ENOUGH: Final = 4  # terms of full weight in one passage: it speaks of the person, more proves no more
_LEAST_FULL: Final = 3.0  # of weight: a description of one word proves little
_K1, _B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Context:
    """`value` from 0 to 1; `words` of the profile that the text has, the telling ones first."""

    value: float
    words: tuple[str, ...]


def context_of(profile: Profile, words: Words) -> Context:
    """Okapi BM25 (Robertson et al. 1994; k1 = 1.2, b = 0.75) of the best passages, as a share of a full answer.

    The inverse document frequency is replaced by the weights of the profile (a proper name of the description
    counts double): within one source the words that are everywhere are its subject, not noise.
    """
    if not profile.terms or not words:
        return Context(0.0, ())
    weights = {term: weight for term, weight, _word in profile.terms}
    stems = [stem(word) for word in words.folded]
    passages = list(_cut(stems))
    mean = len(stems) / len(passages)
    scores = sorted((_bm25(passage, weights, mean) for passage in passages), reverse=True)[:_BEST]
    full = max(_LEAST_FULL, sum(sorted(weights.values(), reverse=True)[:_ENOUGH]))
    seen = set(stems).intersection(weights)
    named = [word for term, _weight, word in sorted(profile.terms, key=lambda one: -one[1]) if term in seen]
    return Context(min(1.0, sum(scores) / len(scores) / full), tuple(named))


def _cut(stems: Sequence[str]) -> Iterator[Sequence[str]]:
    return (stems[place : place + _PASSAGE] for place in range(0, len(stems), _PASSAGE))


def _bm25(passage: Sequence[str], weights: dict[str, float], mean: float) -> float:
    counts = Counter(word for word in passage if word in weights)
    length = _K1 * (1 - _B + _B * len(passage) / mean)
    return sum(weights[word] * count * (_K1 + 1) / (count + length) for word, count in counts.items())
