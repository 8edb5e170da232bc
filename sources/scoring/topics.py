"""Texts that speak of something else than a life, although the name is everywhere in them: films, shops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sources.scoring.vocabulary import FILM_WORDS, SHOP_WORDS
from sources.scoring.words import Words

_DIFFERENT: Final = 5  # words of a topic
_SHARE: Final = 0.02  # of all words


@dataclass(frozen=True, slots=True)
class Topic:
    """What a text is about instead: "film", "shop", or "" for nothing special; `factor` is what that leaves."""

    name: str
    factor: float


def topic_of(words: Words) -> Topic:
    """The topic whose own words make up a fiftieth of the text, in at least five different ones."""
    for name, vocabulary, factor in (("film", FILM_WORDS, 0.4), ("shop", SHOP_WORDS, 0.4)):
        found = [word for word in words.folded if word in vocabulary]
        if len(set(found)) >= _DIFFERENT and len(found) >= _SHARE * len(words):
            return Topic(name, factor)
    return Topic("", 1.0)
