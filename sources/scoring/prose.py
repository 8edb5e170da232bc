"""Whether a text is prose: link farms, word lists, phone books and stuffed pages name anyone as often as you like."""

from __future__ import annotations

from typing import Final

from sources.scoring.words import Words

_SAMPLE: Final = 6_000  # words
_FEWEST: Final = 60  # words; of less nothing can be told
_RUN: Final = 3  # words


def prose(words: Words) -> float:
    """From 0 (a list) to 1 (prose), by what all languages share: small words, few numbers, little said twice."""
    if len(words) < _FEWEST:
        return 1.0
    raw = words.raw[:_SAMPLE]
    return _small_words(raw) * _few_numbers(raw) * _little_repeated(words.folded[:_SAMPLE])


def _small_words(raw: tuple[str, ...]) -> float:
    """The share of words without a capital: 0.6 in German prose, more elsewhere, under 0.4 in lists of names."""
    cased = [word for word in raw if word[0].islower() or word[0].isupper()]
    shouted = sum(word.isupper() and len(word) > 1 for word in cased)
    if len(cased) < len(raw) / 2 or shouted > len(cased) / 2:
        return 1.0  # a script without capitals, or all in capitals
    return _between(sum(word[0].islower() for word in cased) / len(cased), 0.3, 0.55)


def _few_numbers(raw: tuple[str, ...]) -> float:
    """Chronologies have one number in ten words, phone books one in three."""
    return 1 - _between(sum(word[0].isdigit() for word in raw) / len(raw), 0.18, 0.35)


def _little_repeated(folded: tuple[str, ...]) -> float:
    """The share of runs of three words that are new: above 0.85 in prose."""
    runs = list(zip(*(folded[start:] for start in range(_RUN)), strict=False))
    return _between(len(set(runs)) / len(runs), 0.4, 0.75)


def _between(value: float, low: float, high: float) -> float:
    """0 at `low` and below, 1 at `high` and above."""
    return min(1.0, max(0.0, (value - low) / (high - low)))
