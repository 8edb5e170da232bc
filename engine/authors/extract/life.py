"""When the subject was born and died, as the sources tell it."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass

from engine.authors.base import FactDraft, Subject
from engine.authors.extract.antecedents import kin_in, means_subject, pronoun_before
from engine.authors.extract.candidates import Candidate
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


def life_of(subject: Subject, candidates: list[Candidate], person: Person) -> Life:
    """Birth and death by the statements that name the subject and give a date; else by the description."""
    born = _landmark("birth", candidates, person)
    died = _landmark("death", candidates, person)
    described = [int(year) for year in re.findall(r"\b(1[0-9]{3}|20[0-9]{2})\b", subject.description)]
    told = re.search(r"\b(1\d{3}|20\d\d)\s*[-–—]\s*(1\d{3}|20\d\d)\b", subject.description)
    if told:
        born, died = born or float(told.group(1)), died or float(told.group(2))
    elif described and died is None and re.search(r"\b(?:died|murió|mort|gestorben|†)", subject.description):
        died = float(described[-1])
    if born is not None and died is not None and not 0 < died - born < _LONGEST_LIFE:
        died = None
    return Life(born, died)


def _landmark(kind: str, candidates: list[Candidate], person: Person) -> float | None:
    """The time that most statements of this kind give for the subject; the earlier year wins a tie."""
    votes: dict[int, float] = defaultdict(float)
    exact: dict[int, float] = {}
    for candidate in candidates:
        date = candidate.fact.date
        if date is None or not is_landmark_of(kind, candidate.fact, person, own=candidate.own):
            continue
        votes[date.start.year] += (
            2.0 if date.precision in ("day", "month") else 1.0
        ) * candidate.fact.witnesses
        exact.setdefault(date.start.year, year_of(date.start))
        if date.precision == "day":
            exact[date.start.year] = year_of(date.start)
    if not votes:
        return None
    best = max(votes.values())
    return exact[min(year for year, count in votes.items() if count == best)]


def is_landmark_of(
    kind: str, fact: FactDraft, person: Person, *, own: bool | None = None, context: str = ""
) -> bool:
    """Whether a fact dates the subject's own birth or death, near the very words that tell it."""
    date = fact.date
    if date is None or date.inherited or not fact.sentences or not date.text:
        return False
    for sentence, before in _sentences(fact):
        told = told_of(kind, sentence, fact, person, own=own, context=f"{context} {before}")
        if told and date.text in sentence[max(0, told.start() - _NEAR) : told.end() + _NEAR]:
            return True
    return False


def words_of_birth(fact: FactDraft, person: Person, *, own: bool) -> str:
    """What follows the subject's "was born" in a fact, to the end of the sentence; "" when it tells no birth."""
    for sentence, before in _sentences(fact) if fact.kind == "birth" else ():
        told = told_of("birth", sentence, fact, person, own=own, context=before)
        if told:
            return sentence[told.start() :]
    return ""


def _sentences(fact: FactDraft) -> list[tuple[str, str]]:
    """Each sentence, with what the fact says before it."""
    found = _SENTENCE_END.split(fact.text)
    return [(sentence, " ".join(found[:place])) for place, sentence in enumerate(found)]


# Not the stop of an ordinal: "am 3. Mai".
_SENTENCE_END = re.compile(
    r"(?<=[.!?])(?!(?<=\d\.)\s+(?:Jan|Jän|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)\w*\b)\s+"
)
_NEAR = 90  # characters between "was born" and its date
_OWN_BIRTH = re.compile(
    r"(?:\bI (?:was|must have been) born\b|\b(?:myself|me) to have been born\b|"
    r"^\W*Born (?:at|in|on)\b(?=.{0,60}\bI\b)|\b(?:nací\b|je suis née?|je naquis|"
    r"ich wurde (?=.{0,60}geboren)|nasci\b|sono nat[oa]))",
    re.I,
)
_TOLD = {
    "birth": re.compile(r"\b(?:was born|have been born|nació|naquit|est née?|geboren|nasceu|nacque)\b", re.I),
    "death": re.compile(
        r"\b(?:died|death (?:did )?c[ao]me|passed away|was buried|murió|falleció|mourut|est morte?|décéda|est décédée?|"
        r"starb|verstarb|verschied|(?:ist|war)\b.{0,60}\bgestorben|morreu|faleceu|morì|è mort[oa])\b",
        re.I,
    ),
}


def told_of(
    kind: str, sentence: str, fact: FactDraft, person: Person, *, own: bool | None, context: str = ""
) -> re.Match[str] | None:
    """The words that tell the subject's birth or death: whoever was named last before them is the subject.

    `context` is what the paragraph says before the sentence: whom "he" or "she" means may stand there.
    """
    if own is not False and kind == "birth" and (match := _OWN_BIRTH.search(sentence)):
        return match
    if own:
        return None
    for match in _TOLD[kind].finditer(sentence):
        if is_told_of_subject(sentence[: match.start()], context, fact, person):
            return match
    return None


def is_told_of_subject(before: str, context: str, fact: FactDraft, person: Person) -> bool:
    """Whether what follows `before` in a sentence is told of the subject: named last, or meant by a pronoun."""
    subject = max((found.start() for found in person.pattern.finditer(fold(before))), default=-1)
    bare = _without(person, before)
    others = [bare.rfind(name.split()[-1]) for name in fact.people]
    rivals = max([*others, *(at for at, _ in kin_in(before))], default=-1)
    if subject == rivals == -1:
        return means_subject(before, context, fact.people, person)
    gender = pronoun_before(before[subject:]) if subject >= 0 else None
    return subject > rivals and (not gender or not person.gender or gender == person.gender)


def _without(person: Person, text: str) -> str:
    """The text with the subject's names blanked: others of the family bear the same surname."""
    plain = fold(text)
    if len(plain) != len(text):
        return text
    for found in person.pattern.finditer(plain):
        text = text[: found.start()] + " " * (found.end() - found.start()) + text[found.end() :]
    return text
