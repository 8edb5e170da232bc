"""When each fact happened: by its own date, by an age it tells, or by its place between dated neighbours."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache

from engine.authors.base import FactDate, FactDraft, SourceText, Subject
from engine.authors.extract.candidates import Candidate, is_letter, is_speech
from engine.authors.extract.grammar import NEVER, base_language, grammar_of
from engine.authors.extract.kinds import mentions
from engine.authors.extract.person import Person
from sources.numerals import cardinals, fold

_NEAR = 14  # sentences over which an undated fact may take its neighbour's date
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


def _landmark(kind: str, candidates: list[Candidate], person: Person, languages: dict[int, str]) -> float | None:
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


_OWN_BIRTH = re.compile(r"\b(?:I was born|born (?:at|in|on)\b.{0,60}\bI\b|nací\b|je suis née?|je naquis|ich wurde .{0,60}geboren|nasci\b|sono nat[oa])", re.I)
_OF_DEATH = re.compile(r"\b(?:he|she) (?:died|passed away|was buried)|\b(?:murió|falleció|mourut|starb|morreu|faleceu|morì)\b", re.I)
_OF_BIRTH = re.compile(r"\b(?:was born|nació|naquit|geboren|nasceu|nacque)\b", re.I)


def _is_of_subject(kind: str, sentence: str, fact: FactDraft, person: Person, *, own: bool | None) -> bool:
    if own is not False and kind == "birth" and _OWN_BIRTH.search(sentence):
        return True
    if own:
        return False
    pattern = _OF_BIRTH if kind == "birth" else _OF_DEATH
    if kind == "death" and re.search(r"\b(?:wife|husband|father|mother|son|daughter|brother|sister|mujer|marido|padre|madre|hij[oa]|herman[oa])\b", sentence):
        return False
    told = pattern.search(sentence) or (kind == "death" and re.search(r"\bdied\b", sentence))
    if not told:
        return False
    named = person.pattern.search(fold(sentence))
    return bool(named and named.start() < told.start()) or (not fact.people and not named)


def placed(candidates: list[Candidate], sources: dict[int, SourceText], person: Person, life: Life) -> list[Candidate]:
    """All candidates with `when`; those that nothing places are left out. Order kept."""
    told = [_by_own_words(one, sources[one.source], life) for one in candidates]
    result: list[Candidate] = []
    for chain in _works(told, sources):
        result.extend(_by_neighbours(chain, sources, life))
    order = {(one.source, one.first): place for place, one in enumerate(candidates)}
    return sorted(result, key=lambda one: order[(one.source, one.first)])


def _by_own_words(one: Candidate, source: SourceText, life: Life) -> Candidate:
    date = one.fact.date
    if date is not None and life.holds(date.start.year):
        middle = (year_of(date.start) + year_of(date.end)) / 2 if date.precision in ("month", "season", "day") else year_of(date.start)
        return one.at(middle, surely=True)
    age = _age_in(one.fact.text, source.language) if life.born and _tells_age(one) else None
    if age is None or life.born is None:
        return one.at(0.0, surely=False)
    year = int(life.born) + age
    aged = FactDate(dt.date(year, 1, 1), dt.date(year, 12, 31), "circa", "", True)
    return replace(one, fact=replace(one.fact, date=aged), when=year + 0.5, surely=True)


def _tells_age(one: Candidate) -> bool:
    """An age surely is the subject's where the subject speaks; elsewhere only when nobody else is named."""
    return one.own or not one.fact.people


@lru_cache(maxsize=16)
def _age_pattern(language: str) -> re.Pattern[str]:
    tongue = base_language(language)
    words = "|".join(re.escape(word) for word in sorted(cardinals(tongue), key=lambda word: (-len(word), word)))
    template = grammar_of(language).age
    if template == NEVER or not words:
        return re.compile(NEVER)
    number = rf"(?P<AGE>\d{{1,2}}|{words})"
    forms = [form.replace("{n}", number.replace("AGE", f"age{place}"), 1) for place, form in enumerate(_split(template))]
    return re.compile("|".join(rf"(?:\b{form.replace('{n}', number)})" for form in forms), re.I)


def _split(template: str) -> list[str]:
    """The alternatives of a pattern at depth 0, each with one place for a number."""
    parts, depth, current = [], 0, ""
    for char in template:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += char
    return [*parts, current]


def _age_in(text: str, language: str) -> int | None:
    folded = fold(text)
    match = _age_pattern(language).search(folded)
    if match is None:
        return None
    value = next(group for group in match.groupdict().values() if group)
    age = int(value) if value.isdigit() else cardinals(base_language(language)).get(value, 0)
    return age if 2 <= age <= 100 else None


def _works(candidates: list[Candidate], sources: dict[int, SourceText]) -> list[list[Candidate]]:
    """Candidates by work: chapters of one book that came as several files follow one another."""
    groups: dict[tuple[str, str, int | None, str], list[Candidate]] = defaultdict(list)
    for one in candidates:
        source = sources[one.source]
        alone = not source.work or is_speech(source) or is_letter(source)
        groups[(source.work, source.author, source.year, str(one.source) if alone else source.form)].append(one)
    return [sorted(group, key=lambda one: (one.source, one.first)) for _, group in sorted(groups.items(), key=_first_source)]


def _first_source(item: tuple[object, list[Candidate]]) -> int:
    return min(one.source for one in item[1])


def _by_neighbours(chain: list[Candidate], sources: dict[int, SourceText], life: Life) -> list[Candidate]:
    """Fill the gaps of one work between the dates that rise with the text."""
    source = sources[chain[0].source]
    spoken = is_speech(source) or is_letter(source)
    anchors = [] if spoken else _rising([(place, one.when) for place, one in enumerate(chain) if one.surely])
    kept = {place for place, _ in anchors}
    result = []
    for place, one in enumerate(chain):
        if one.surely and (place in kept or _is_plausible(one)):
            result.append(one)
            continue
        when = _default(source, life) if spoken or not anchors else _between(place, anchors, chain, sources, life)
        if when is not None:
            result.append(_with_date(one.at(when, surely=False), place, anchors, chain))
    return result


def _is_plausible(one: Candidate) -> bool:
    """A date out of the order of its text: a look back or ahead; the words are believed if they are exact."""
    date = one.fact.date
    return date is not None and not date.inherited and date.precision != "decade"


def _default(source: SourceText, life: Life) -> float | None:
    if source.year is None:
        return None
    return float(source.year) if life.holds(source.year) else None


def _rising(points: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """The longest run of points whose years don't fall (patience sorting, n log n)."""
    tails: list[float] = []
    ends: list[int] = []
    previous: list[int] = [-1] * len(points)
    for index, (_, when) in enumerate(points):
        slot = bisect_right(tails, when)
        if slot:
            previous[index] = ends[slot - 1]
        if slot == len(tails):
            tails.append(when)
            ends.append(index)
        else:
            tails[slot], ends[slot] = when, index
    chain: list[tuple[int, float]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(points[index])
        index = previous[index]
    return chain[::-1]


def _between(
    place: int, anchors: list[tuple[int, float]], chain: list[Candidate], sources: dict[int, SourceText], life: Life
) -> float | None:
    """Straight interpolation by the number of facts; after the last date the time stands nearly still."""
    after = bisect_right([at for at, _ in anchors], place)
    if after == 0:
        first_at, first = anchors[0]
        low = max(first - 0.1 * (first_at - place), life.born or first - 1.0)
        return min(first, low + 0.02) if first_at - place > 40 else first - 0.001 * (first_at - place)
    if after == len(anchors):
        last_at, last = anchors[-1]
        return last + 0.004 * (place - last_at)
    (left_at, left), (right_at, right) = anchors[after - 1], anchors[after]
    return left + (right - left) * _pace(place, left_at, right_at)


def _pace(place: int, left: int, right: int) -> float:
    """Texts dwell on what they have just dated: the time between two dates passes late."""
    return ((place - left) / (right - left)) ** 1.5


def _with_date(one: Candidate, place: int, anchors: list[tuple[int, float]], chain: list[Candidate]) -> Candidate:
    """Give the date of the nearest dated fact before, if it is in the same section and near."""
    if one.fact.date is not None:
        return replace(one, fact=replace(one.fact, date=None))
    before = bisect_right([at for at, _ in anchors], place)
    if not before:
        return one
    anchor = chain[anchors[before - 1][0]]
    near = anchor.source == one.source and anchor.section == one.section and one.first - anchor.last <= _NEAR
    if not near or anchor.fact.date is None:
        return one
    date = FactDate(anchor.fact.date.start, anchor.fact.date.end, anchor.fact.date.precision, anchor.fact.date.text, True)
    return replace(one, fact=replace(one.fact, date=date))

