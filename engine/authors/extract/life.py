"""When the subject was born and died, as the sources tell it."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass

from engine.authors.base import FactDraft, SourceText, Subject
from engine.authors.extract.candidates import Candidate
from engine.authors.extract.kinds import mentions
from engine.authors.extract.person import Person
from sources.numerals import fold

_LONGEST_LIFE = 110


@dataclass(frozen=True, slots=True)
class Life:
    """The years of birth and death as the sources tell them; None when they don't."""

    born: float | None
    died: float | None

    def holds(self, year: float) -> bool:
        """Whether a year lies in the life, or just after it."""
        low = self.born - 0.5 if self.born else 0
        high = self.died + 2 if self.died else (self.born + _LONGEST_LIFE if self.born else 9999)
        return low <= year <= high


def year_of(date: dt.date) -> float:
    """A day as a year with a fraction."""
    return date.year + (date.timetuple().tm_yday - 1) / 366


def life_of(subject: Subject, candidates: list[Candidate], person: Person, languages: dict[int, str]) -> Life:
    """Birth and death by the statements that name the subject and give a date; else by the description."""
    born = _landmark("birth", candidates, person, languages)
    died = _landmark("death", candidates, person, languages)
    described = [int(year) for year in re.findall(r"\b(1[0-9]{3}|20[0-9]{2})\b", subject.description)]
    told = re.search(r"\b(1\d{3}|20\d\d)\s*[-–—]\s*(1\d{3}|20\d\d)\b", subject.description)
    if told:
        born, died = born or float(told.group(1)), died or float(told.group(2))
    elif described and died is None and re.search(r"\b(?:died|murió|mort|gestorben|†)", subject.description):
        died = float(described[-1])
    if born is not None and died is not None and not 0 < died - born < _LONGEST_LIFE:
        died = None
    return Life(born, died)


def _landmark(
    kind: str, candidates: list[Candidate], person: Person, languages: dict[int, str]
) -> float | None:
    """The year that most statements of this kind give for the subject; the first-told wins a tie."""
    votes: dict[int, float] = defaultdict(float)
    for candidate in candidates:
        date = candidate.fact.date
        if date is None or not is_landmark_of(kind, candidate.fact, person, languages, own=candidate.own):
            continue
        votes[date.start.year] += 2.0 if date.precision in ("day", "month") else 1.0
    if not votes:
        return None
    best = max(votes.values())
    return float(min(year for year, count in votes.items() if count == best))


def is_landmark_of(
    kind: str, fact: FactDraft, person: Person, languages: dict[int, str], *, own: bool | None = None
) -> bool:
    """Whether a fact dates the subject's own birth or death, in the very sentence that has the date."""
    date = fact.date
    if date is None or date.inherited or not fact.sentences:
        return False
    for sentence in re.split(r"(?<=[.!?])\s+", fact.text):
        if date.text in sentence and mentions(kind, sentence, languages[fact.sentences[0].source]):
            return _is_of_subject(kind, sentence, fact, person, own=own)
    return False


_OWN_BIRTH = re.compile(
    r"\b(?:I was born|born (?:at|in|on)\b.{0,60}\bI\b|nací\b|je suis née?|je naquis|ich wurde .{0,60}geboren|nasci\b|sono nat[oa])",
    re.I,
)
_OF_DEATH = re.compile(
    r"\b(?:he|she) (?:died|passed away|was buried)|\b(?:murió|falleció|mourut|starb|morreu|faleceu|morì)\b",
    re.I,
)
_OF_BIRTH = re.compile(r"\b(?:was born|nació|naquit|geboren|nasceu|nacque)\b", re.I)


def _is_of_subject(kind: str, sentence: str, fact: FactDraft, person: Person, *, own: bool | None) -> bool:
    if own is not False and kind == "birth" and _OWN_BIRTH.search(sentence):
        return True
    if own:
        return False
    pattern = _OF_BIRTH if kind == "birth" else _OF_DEATH
    if kind == "death" and re.search(
        r"\b(?:wife|husband|father|mother|son|daughter|brother|sister|mujer|marido|padre|madre|hij[oa]|herman[oa])\b",
        sentence,
    ):
        return False
    told = pattern.search(sentence) or (kind == "death" and re.search(r"\bdied\b", sentence))
    if not told:
        return False
    named = person.pattern.search(fold(sentence))
    return bool(named and named.start() < told.start()) or (not fact.people and not named)


def tells_birth(fact: FactDraft, source: SourceText, person: Person, *, own: bool) -> bool:
    """Whether a fact tells the subject's own birth, with or without a date."""
    if fact.kind != "birth":
        return False
    sentences = re.split(r"(?<=[.!?])\s+", fact.text)
    return any(
        _is_of_subject("birth", sentence, fact, person, own=own)
        for sentence in sentences
        if mentions("birth", sentence, source.language)
    )
