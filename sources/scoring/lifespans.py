"""Years of life that a text gives behind the person's name: they tell namesakes apart."""

from __future__ import annotations

import re
from typing import Final

from sources.scoring.mentions import Kind, Mentions
from sources.scoring.profile import Profile
from sources.scoring.words import Words

_BEHIND: Final = 60  # characters behind the name
_TOLERANCE: Final = 3  # years: sources differ about a birth, not by a generation
_SHORTEST: Final = (
    12  # years of a life that somebody writes about: "Letters to Ann Lee (1848-1849)" are those of letters
)
_SPAN = re.compile(r"\(?[^()]{0,40}?\b(\d{4})\b[^()]{0,30}?[–—-][^()]{0,30}?\b(\d{4})\b")
_BORN = re.compile(
    r"\((?:[^()]{0,20}?\bborn|b\.|née?|nacid[ao]|geb\.|geboren|nascid[ao]|nat[ao]|\*)[^()]{0,30}?\b(\d{4})\b"
)


def dates_agree(profile: Profile, mentions: Mentions, words: Words) -> bool | None:
    """Whether years of life behind the full name are the person's; None when there are none to compare."""
    if not profile.years:
        return None
    told = [_span_behind(words, place) for place in mentions.places.get(Kind.FULL, [])[:40]]
    verdicts = [_same(profile, span) for span in told if span is not None]
    return any(verdicts) if verdicts else None


def known_years(profile: Profile, words: Words) -> tuple[int, ...]:
    """The known ends of the person's life that stand in the text."""
    numbers = {word for word in words.folded if word.isdigit() and len(word) == 4}
    return tuple(year for year in profile.years if str(year) in numbers)


def _span_behind(words: Words, place: int) -> tuple[int, int | None] | None:
    behind = words.text[words.spans[place][1] :][:_BEHIND].split(";")[0]
    start = behind.find("(")
    if start < 0 or start > 25:
        return None
    span, born = _SPAN.match(behind[start:]), _BORN.match(behind[start:])
    if span and int(span[2]) - int(span[1]) >= _SHORTEST:
        return int(span[1]), int(span[2])
    return (int(born[1]), None) if born else None


def _same(profile: Profile, span: tuple[int, int | None]) -> bool:
    pairs = [(profile.birth, span[0]), (profile.death, span[1])]
    return all(abs(own - told) <= _TOLERANCE for own, told in pairs if own is not None and told is not None)
