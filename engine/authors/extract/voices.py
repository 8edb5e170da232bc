"""Speeches and letters of the subject: each is heard once, briefly, whatever the other rules think of talk."""

from __future__ import annotations

from dataclasses import replace

from engine.authors.base import SourceText
from engine.authors.extract.candidates import Candidate, is_letter, is_speech

_HEARD = 2  # units of each speech or letter
_WORTH = 3.4  # their score at least: above the common run, below a landmark
_WORDS = (30, 150)


def with_voices(candidates: list[Candidate], sources: tuple[SourceText, ...]) -> list[Candidate]:
    """The candidates, the best units of each speech and letter of the subject lifted so that they are chosen."""
    spoken = {source.number for source in sources if is_speech(source) or is_letter(source)}
    lifted: set[str] = set()
    for number in sorted(spoken):
        fitting = [
            one
            for one in candidates
            if one.source == number and one.own and _WORDS[0] <= one.words <= _WORDS[1]
        ]
        ranked = sorted(fitting, key=lambda one: (-one.fact.score, one.first))
        lifted.update(one.key for one in ranked[:_HEARD])
    return [_lifted(one) if one.key in lifted else one for one in candidates]


def _lifted(one: Candidate) -> Candidate:
    return replace(one, reflective=False, fact=replace(one.fact, score=max(one.fact.score, _WORTH)))
