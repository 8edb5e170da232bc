"""Dates and numbers of a claim that its passage doesn't bear out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sources.support.dates import Date, found_in
from sources.support.numbers import Number
from sources.support.pair import Clash, Pair
from sources.support.reading import Reading

_YEAR = 365.25  # days
_BETWEEN = 3  # tokens between the ends of a stretch of years: "1849 to 1856", "1849 until May 1856"
_SIDES = dict.fromkeys("before antes avant vor prima".split(), "before") | dict.fromkeys(
    "after despues apres nach depois dopo".split(), "after"
)
_OR = frozenset("or o ou oder und and y et".split())
_OF_DATES = frozenset("the year of el ano de del l l' annee dem jahr jahre o do il dell'".split())
_ROUNDED = 0.04  # of a length, for who converts it to a whole number


def wrong_dates(pair: Pair) -> Iterator[Clash]:
    """A clash for each date that isn't told, and one when the best sentence tells only others."""
    here = list(pair.dates_in_best())
    lacking = [date for date in pair.claim.dates if not _is_told(date, pair.passage)]
    for date in lacking:
        yield Clash("date", _said(pair.claim, date), _said(pair.passage, here[0]) if here else "")
    if pair.claim.dates and here and not lacking and not _any_told(pair, here):
        # Told, but of something else as far as rules see: "in the same year" may stand between.
        yield Clash("date elsewhere", _said(pair.claim, pair.claim.dates[0]), _said(pair.passage, here[0]))


def beyond(pair: Pair) -> Iterator[Clash]:
    """A clash where the one has a date and the other only what lies before or after it."""
    for date in pair.claim.dates:
        told = [one for one in pair.passage.dates if found_in(date, [one]) and pair.adds_to_best(one.first)]
        sides = [_side(pair.passage, one) for one in told]
        if told and _side(pair.claim, date) not in sides:
            first = told[0]
            said = pair.claim.said(_side_at(pair.claim, date), date.last)
            yield Clash("date", said, pair.passage.said(_side_at(pair.passage, first), first.last))


def _side(reading: Reading, date: Date) -> str:
    """ "before", "after", or "" for the date itself."""
    return _SIDES.get(reading.tokens[_side_at(reading, date)].folded, "")


def _side_at(reading: Reading, date: Date) -> int:
    """The token that says on which side of a date something lies; the date's first where none does."""
    place = date.first - 1
    while place >= 0 and place > date.first - 4 and reading.tokens[place].folded in _OF_DATES:
        place -= 1
    is_side = place >= 0 and reading.tokens[place].folded in _SIDES
    including = place > 0 and reading.tokens[place - 1].folded in _OR  # "in or before 1850"
    return place if is_side and not including else date.first


def _is_told(date: Date, passage: Reading) -> bool:
    if found_in(date, passage.dates):
        return True
    return date.is_year and any(number.value == date.year for number in passage.numbers)


def _any_told(pair: Pair, here: list[Date]) -> bool:
    """Whether a sentence about the same tells one of the claim's dates, or nothing that could be at odds with them."""
    if any(not (date.year and known.year) for date in pair.claim.dates for known in here):
        return True
    return any(
        found_in(date, [known]) or found_in(known, [date])
        for known in pair.passage.dates
        if pair.adds_to_best(known.first)
        for date in pair.claim.dates
    )


def _said(reading: Reading, item: Date | Number) -> str:
    return reading.said(item.first, item.last)


def wrong_numbers(pair: Pair) -> Iterator[Clash]:
    """A clash for each number that isn't told, or that the passage gives otherwise for the same thing."""
    for number in pair.claim.numbers:
        if not _has_number(number, pair.passage):
            rival = _rival(number, pair)
            yield Clash("number", _said(pair.claim, number), _said(pair.passage, rival) if rival else "")
        elif other := _counted_otherwise(number, pair):
            yield Clash("number", _said(pair.claim, number), _said(pair.passage, other))


def _has_number(said: Number, passage: Reading) -> bool:
    if said.value in (1, 0.5) and not said.days:
        return True  # "one of them", "half in jest"
    if any(agree(said, known) for known in passage.numbers):
        return True
    return _is_year_or_day(said, passage) or _is_stretch(said, passage) or _is_year_of_life(said, passage)


def _is_year_of_life(said: Number, passage: Reading) -> bool:
    """ "At forty-two" where the passage has "in her forty-third year"."""
    return not said.ordinal and any(
        known.ordinal and known.noun.startswith("year") and known.value == said.value + 1
        for known in passage.numbers
    )


def _is_stretch(said: Number, passage: Reading) -> bool:
    """ "For seven years" where the passage has "from 1849 to 1856"."""
    return said.days == _YEAR and any(
        said.value == other.year - one.year and other.first - one.last <= _BETWEEN
        for one, other in pairwise(passage.dates)
        if one.year and other.year
    )


def _is_year_or_day(said: Number, passage: Reading) -> bool:
    return any(said.value in (date.year, date.day) for date in passage.dates)


def agree(said: Number, known: Number) -> bool:
    """Whether two numbers say the same; "about 50" may stand for 52, but not for "about 52"."""
    (kind, size), (other, length) = said.measure, known.measure
    if kind and kind == other and size * known.value != length * said.value:
        return _is_converted(said, known)
    if said.value == known.value and _count_alike(said, known):
        return True
    vague = said.vague if said.vague != known.vague else None
    if said.days and known.days:
        return _is_near(said.length, known.length, vague, 0.015 if said.days != known.days else 0.0)
    return vague is not None and _is_near(said.value, known.value, vague, 0.0)


def _count_alike(said: Number, known: Number) -> bool:
    """Whether two equal numbers may count the same: no third beside a three, no years beside children."""
    if said.ordinal != known.ordinal:
        return False
    if said.days and not known.days:
        return not known.counts_things
    return not said.days or said.days == known.days


def _is_converted(said: Number, known: Number) -> bool:
    """Whether a length, area or weight is the other one in another unit, rounded: eighteen miles, 29 kilometres."""
    size, length = said.measure[1], known.measure[1]
    return abs(size - length) <= length * _ROUNDED


def _is_near(said: float, known: float, vague: int | None, slack: float) -> bool:
    """About: within a tenth; more than: from it to half as much again; less than: down to half of it."""
    if vague == 1:
        return said * 0.97 <= known <= said * 1.5
    if vague == -1:
        return said * 0.5 <= known <= said
    return abs(said - known) <= said * (0.1 if vague == 0 else slack)


def _rival(said: Number, pair: Pair) -> Number | None:
    """The number that stands for the same thing: of the same noun, else the only other one of the best sentence."""
    for known in pair.passage.numbers:
        if known.noun == said.noun and known.noun and known.ordinal == said.ordinal:
            return known
    values = {number.value for number in pair.claim.numbers}
    same = (known for known in pair.numbers_in_best() if known.ordinal == said.ordinal)
    others = [known for known in same if known.value not in values]
    return others[0] if len(others) == 1 else None


def _counted_otherwise(said: Number, pair: Pair) -> Number | None:
    """ "Five children" where the passage has five of something else and four children."""
    if not said.noun or said.days or said.ordinal:
        return None
    same = [known for known in pair.passage.numbers if known.noun == said.noun]
    if any(agree(said, known) for known in same) or not same:
        return None
    return same[0]
