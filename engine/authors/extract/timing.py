"""When each fact happened: by its own date, by an age it tells, or by its place between dated neighbours."""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace

from engine.authors.base import FactDate, SourceText
from engine.authors.extract.ages import age_told
from engine.authors.extract.candidates import Candidate, is_letter, is_speech
from engine.authors.extract.debuts import debuts_of, with_debuts
from engine.authors.extract.life import Life, words_of_birth, year_of
from engine.authors.extract.person import Person
from engine.authors.extract.reading import read
from engine.authors.extract.rising import rising
from engine.authors.extract.signals import looks_back, signals_of

_AGED = 1.2
_BARE = 0.6  # weight of a bare year beside an exact date
_AHEAD = 5.0  # years after the next date of its text that make a bare year a glance ahead
_NEAR = 14  # sentences over which an undated fact may take its neighbour's date
_STEP = 0.04  # years that pass from one undated fact to the next
_PACE = 1.5  # texts dwell on what they have just dated: the time between two dates passes late


def placed(
    candidates: list[Candidate], sources: dict[int, SourceText], person: Person, life: Life
) -> list[Candidate]:
    """All candidates with `when`; those that nothing places are left out. Order kept."""
    told = [_by_own_words(one, sources[one.source], person, life) for one in candidates]
    debuts = debuts_of(told)
    result: list[Candidate] = []
    for chain in _works(told, sources):
        result.extend(_by_neighbours(chain, sources, life, debuts))
    order = {(one.source, one.first): place for place, one in enumerate(candidates)}
    return sorted(result, key=lambda one: order[(one.source, one.first)])


def _by_own_words(one: Candidate, source: SourceText, person: Person, life: Life) -> Candidate:
    if life.born is not None and words_of_birth(one.fact, person, own=one.own):
        return one.at(life.born, surely=True)
    date = one.fact.date
    if date is not None and (life.holds(date.start.year) or _is_afterwards(one, date, life)):
        middle = (
            (year_of(date.start) + year_of(date.end)) / 2
            if date.precision in ("month", "season", "day")
            else year_of(date.start)
        )
        return one.at(middle, surely=True)
    age = age_told(one, source, person) if life.born else None
    if age is None or life.born is None:
        return one.at(0.0, surely=False)
    year = int(life.born) + age
    aged = FactDate(dt.date(year, 1, 1), dt.date(year, 12, 31), "circa", "", True)
    # An age is nearly as good as a date: it says when, and it is said of what mattered.
    fact = replace(one.fact, date=aged, score=round(one.fact.score + _AGED, 4))
    return replace(one, fact=fact, when=year + 0.5, surely=True)


def _is_afterwards(one: Candidate, date: FactDate, life: Life) -> bool:
    """What others tell by day or month of the years after the death: a monument, a burial elsewhere."""
    exact = date.precision in ("day", "month", "season") and not date.inherited
    return not one.own and exact and life.died is not None and date.start.year > life.died


def _works(candidates: list[Candidate], sources: dict[int, SourceText]) -> list[list[Candidate]]:
    """Candidates by work: chapters of one book that came as several files follow one another."""
    groups: dict[tuple[str, str, int | None, str], list[Candidate]] = defaultdict(list)
    for one in candidates:
        source = sources[one.source]
        alone = not source.work or is_speech(source) or is_letter(source)
        groups[(source.work, source.author, source.year, str(one.source) if alone else source.form)].append(
            one
        )
    return [
        sorted(group, key=lambda one: (one.source, one.first))
        for _, group in sorted(groups.items(), key=_first_source)
    ]


def _first_source(item: tuple[object, list[Candidate]]) -> int:
    return min(one.source for one in item[1])


def _by_neighbours(
    chain: list[Candidate], sources: dict[int, SourceText], life: Life, debuts: dict[str, float]
) -> list[Candidate]:
    """Fill the gaps of one work between the dates that rise with the text."""
    source = sources[chain[0].source]
    spoken = is_speech(source) or is_letter(source)
    chain = _in_step(chain)
    sure = [] if spoken else _carrying(chain)
    anchors = with_debuts(sure, chain, debuts)
    kept = {place for place, _ in sure}
    result: list[Candidate] = []
    for place, one in enumerate(chain):
        scene = _scene(result[-1], one) if result and not one.surely else None
        if scene is not None:
            result.append(scene)
            continue
        if (
            one.surely
            and not (spoken and one.reflective)
            and (place in kept or _is_plausible(one, place, sure, life))
        ):
            result.append(one)
            continue
        if spoken and _remembers(one, source):
            continue
        if spoken and source.year is not None and life.holds(source.year):
            result.append(one.at(float(source.year), surely=True))
            continue
        when = _default(source, life) if spoken or not anchors else _between(place, anchors, chain, life)
        if when is not None:
            result.append(_with_date(one.at(when, surely=False), place, anchors, chain))
    return result


def _remembers(one: Candidate, source: SourceText) -> bool:
    """Whether a letter tells of years long gone without saying of which: its own date doesn't place that."""
    if not is_letter(source) or one.reflective or one.paragraph < 0:
        return False
    reading = read(source)
    signals = signals_of(
        tuple(each.text for each in reading.sentences[one.first : one.last + 1]), source.language
    )
    told = (each.text for each in reading.sentences if each.paragraph == one.paragraph)
    return signals.telling > 0 and looks_back(" ".join(told))


def _scene(before: Candidate, one: Candidate) -> Candidate | None:
    """An undated fact, when the day told before it in its paragraph goes on; a look back may last some sentences too.

    A later day that the paragraph leads up to isn't meant: `before` has just been told.
    """
    date = before.fact.date
    if date is None or date.precision not in ("day", "month") or one.fact.date is not None:
        return None
    if before.section != one.section or not 0 <= before.paragraph == one.paragraph:
        return None
    told = FactDate(date.start, date.end, date.precision, date.text, True)
    return replace(one.at(before.when + _STEP / 10, surely=False), fact=replace(one.fact, date=told))


def _in_step(chain: list[Candidate]) -> list[Candidate]:
    """A bare year that follows an exact date of the same year in the text means the rest of that year."""
    told: list[Candidate] = []
    latest = 0.0
    for one in chain:
        bare = one.surely and one.fact.date is not None and one.fact.date.precision == "year"
        if bare and one.when < latest < int(one.when) + 1:
            one = one.at(latest, surely=True)
        latest = one.when if one.surely else latest
        told.append(one)
    return told


def _carrying(chain: list[Candidate]) -> list[tuple[int, float]]:
    """The dates that carry the story on; a bare year is as often an aside."""
    dated = [(place, one) for place, one in enumerate(chain) if one.surely]
    return rising(
        [(place, one.when) for place, one in dated],
        [
            _BARE if one.fact.date and one.fact.date.precision in ("year", "circa") else 1.0
            for _, one in dated
        ],
    )


def _is_plausible(one: Candidate, place: int, anchors: list[tuple[int, float]], life: Life) -> bool:
    """A date out of the order of its text: a look back or ahead; the words are believed if they are exact.

    A bare year far after both neighbours is a glance ahead ("I heard in 1835 how old I was"), and stays where it is.
    """
    date = one.fact.date
    if one.when == life.born:
        return True
    if date is None or date.inherited or date.precision == "decade":
        return False
    if date.precision not in ("year", "circa") or not one.first_person:
        return True
    after = bisect_right([at for at, _ in anchors], place)
    return after == len(anchors) or one.when - anchors[after][1] < _AHEAD


def _default(source: SourceText, life: Life) -> float | None:
    if source.year is None:
        return None
    return float(source.year) if life.holds(source.year) else None


def _between(
    place: int, anchors: list[tuple[int, float]], chain: list[Candidate], life: Life
) -> float | None:
    """A time between the dated facts before and after; near either of them it stays close."""
    after = bisect_right([at for at, _ in anchors], place)
    if after == 0:
        return _before_all(place, anchors[0], life)
    left_at, left = anchors[after - 1]
    own = chain[place].source
    if after == len(anchors):
        return left + _STEP * (place - left_at if own == chain[left_at].source else 1)
    right_at, right = anchors[after]
    part: float = (place - left_at) / (right_at - left_at)
    if own == chain[left_at].source == chain[right_at].source:
        return left + (right - left) * math.pow(part, _PACE)
    if own == chain[left_at].source:
        return min(right, left + _STEP * (place - left_at))
    if own == chain[right_at].source:
        return max(left, right - _STEP * (right_at - place))
    return left + (right - left) * part


def _before_all(place: int, first: tuple[int, float], life: Life) -> float:
    """Before the first date of a work: just before it, but not before the birth."""
    at, when = first
    return max(when - _STEP * (at - place), min(when, life.born or when - 1.0))


def _with_date(
    one: Candidate, place: int, anchors: list[tuple[int, float]], chain: list[Candidate]
) -> Candidate:
    """Give the date of the nearest dated fact before, if it is in the same section and near."""
    if one.fact.date is not None:
        return replace(one, fact=replace(one.fact, date=None))
    before = bisect_right([at for at, _ in anchors], place)
    if not before:
        return one
    anchor = chain[anchors[before - 1][0]]
    near = anchor.source == one.source and anchor.section == one.section and one.first - anchor.last <= _NEAR
    if (
        not near
        or anchor.fact.date is None
        or anchor.fact.kind == "birth"
        or abs(anchor.fact.date.start.year - int(anchor.when)) > 1
    ):
        return one
    told = anchor.fact.date
    date = FactDate(told.start, told.end, told.precision, told.text, True)
    dwells = told.precision in (
        "day",
        "month",
        "season",
    )  # a story stays with a day, but hurries through a year
    when = min(one.when, anchor.when + _STEP * (place - anchors[before - 1][0])) if dwells else one.when
    return replace(one, fact=replace(one.fact, date=date), when=when)
