"""Claims on the turning points of the subject's life: a flight that failed, degrees, losses, children, relatives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from engine.authors.base import FactDraft, Span
from engine.authors.extract import deed_words as words
from engine.authors.extract.antecedents import kin_in, pronoun_before
from engine.authors.extract.claim import Claim
from engine.authors.extract.events import clauses
from engine.authors.extract.grammar import base_language, grammar_of, word_pattern
from engine.authors.extract.kinds import mentions_return
from engine.authors.extract.life import is_told_of_subject
from engine.authors.extract.person import Person
from engine.authors.extract.reading import Sentence
from sources.dates import FoundDate
from sources.names import NameBook, without_title
from sources.numerals import cardinals, fold

_OBJECT: Final = re.compile(r"\b(?:(?P<him>him|ihm|ihn)|her(?= (?:to|with|into|from|as|in|on)\b|[,;]))(?!\w)", re.I)
_ROUGH: Final = ("range", "decade")
_NEVER: Final = "(?!)"


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a fact with what stands around it in its paragraph. `fact` holds this sentence alone."""

    place: int
    span: Span
    fact: FactDraft
    before: str
    after: Sentence | None  # the next one of the paragraph
    language: str
    own: bool  # written by the subject
    names: NameBook
    person: Person

    @property
    def text(self) -> str:
        """The sentence."""
        return self.fact.text

    @property
    def tongue(self) -> str:
        """The language without its country."""
        return base_language(self.language)

    def is_subjects(self, at: int) -> bool:
        """Whether what is told from `at` on is told of the subject."""
        before = self.text[:at]
        if not self.own:
            told = is_told_of_subject(before, self.before, self.fact, self.person)
            return told or (self._is_object(before) and not any(kin_in(self.before[-_REACH * 3 :])))
        ego = max((one.start() for one in word_pattern(grammar_of(self.language).first).finditer(before)), default=-1)
        others = [one.start for one in self.names.names_in(before) if one.kind == "person"]
        return ego > max([*others, *(found for found, _ in kin_in(before))], default=-1)

    def _is_object(self, before: str) -> bool:
        """ "Freeland treated him kindly, but he …": who is done to by the one named is another, and goes on."""
        gender = pronoun_before(before)
        found = list(_OBJECT.finditer(before)) if gender and gender == self.person.gender else []
        named = [one.end for one in self.names.names_in(before) if one.kind == "person"]
        return any(("m" if one["him"] else "f") == gender and max(named, default=one.end()) < one.start() for one in found)

    def claim(self, topic: str, kind: str, **more: object) -> Claim:
        """A claim that this sentence makes."""
        return Claim(topic, kind, self.place, self.span, once=False, **more)  # type: ignore[arg-type]


def deeds_in(line: Line) -> Iterator[Claim]:
    """All of them in one sentence."""
    readers: tuple[Callable[[Line], Iterator[Claim]], ...] = (_attempts, _degrees, _prizes, _losses, _children, _relatives)
    for reader in readers:
        yield from reader(line)


def _attempts(line: Line) -> Iterator[Claim]:
    """A flight that was tried or planned."""
    for date, start, end in _dated(line):
        match = _pattern(words.ATTEMPT, line.tongue).search(line.text, start, end)
        if match and line.is_subjects(match.start()) and not mentions_return(line.text, line.language):
            yield line.claim("attempt to escape", "date", date=date)


def _degrees(line: Line) -> Iterator[Claim]:
    """When a degree in something was taken, and which of two came first."""
    if not _pattern(words.DEGREE, line.tongue).search(line.text):
        return
    told = [(at, field) for at, field in _fields(line.text) if _degree_near(line, at)]
    if not told or not line.is_subjects(told[0][0]):
        return
    dates = [(date, [field for at, field in told if start <= at < end]) for date, start, end in _dated(line)]
    level = "doctorate" if re.search(words.DOCTOR, line.text, re.I) else "degree"
    for date, fields in dates:
        for field in fields:
            yield line.claim(f"{level} in {field}", "date", date=date)
    for first, second in _in_order(line, told, dates):
        yield line.claim(f"order of the degrees in {min(first, second)} and {max(first, second)}", "order", value=first)


def _fields(text: str) -> list[tuple[int, str]]:
    return sorted(
        (match.start(), field)
        for field, form in words.FIELDS.items()
        for match in re.finditer(rf"\b(?:{form})\b", text, re.I)
    )


_GROWN: Final = 25  # years; an older age behind "when he died" mostly is the other's
_REACH: Final = 60  # characters between a degree and what it is in


def _degree_near(line: Line, at: int) -> bool:
    near = line.text[max(0, at - _REACH) : at + _REACH // 3]
    return bool(_pattern(words.DEGREE, line.tongue).search(near))


def _in_order(
    line: Line, told: list[tuple[int, str]], dates: list[tuple[FoundDate, list[str]]]
) -> Iterator[tuple[str, str]]:
    """Pairs of fields, the earlier first: by their dates, or by a "two years later" between them."""
    for one, mine in dates:
        for other, theirs in dates:
            if one.last < other.first:
                yield from ((first, second) for first in mine for second in theirs if first != second)
    if dates:
        return
    later = [match.start() for match in _pattern(words.LATER, line.tongue).finditer(line.text)]
    for at, first in told:
        for past, second in told:
            if first != second and any(at < mark < past for mark in later):
                yield first, second


def _prizes(line: Line) -> Iterator[Claim]:
    """When a prize with a name was given, and for what; one may be given twice, but hardly for the same."""
    if not _PRIZE.search(line.text) or not _WINS.search(line.text) or mentions_return(line.text, line.language):
        return
    for date, start, end in _dated(line):
        match = _PRIZE.search(line.text, start, end)
        if match and _WINS.search(line.text, start, end) and not _for_others(line, start, end):
            name = fold(next(group for group in match.groups() if group)).strip()
            fields = [field for at, field in _fields(line.text) if start <= at < end]
            yield line.claim(f"{name} prize for {', '.join(fields[:1])}", "date", date=date)


_PRIZE: Final = re.compile(words.PRIZE)
_WINS: Final = re.compile(words.WINS, re.I)


def _for_others(line: Line, start: int, end: int) -> bool:
    """Whether a clause names other people only, or nobody whom the sentence tells of."""
    people = [one.full for one in line.names.names_in(line.text[start:end]) if one.kind == "person"]
    others = [name for name in people if not line.person.is_called(name)]
    return bool(others) or not (line.person.named_in(line.text[:end]) or line.is_subjects(end))


def _losses(line: Line) -> Iterator[Claim]:
    """When father, mother or husband died, and how old the subject was then. A wife may have been the first of two."""
    for kin, match in _bereaved(line):
        for date, start, end in _dated(line):
            if start <= match.start() < end:
                yield line.claim(f"death of the {kin}", "date", date=date)
        ages = _age_after(line, match)
        if ages and kin != "husband":
            past = line.after.end if line.after and not _when(line, match) else line.span.end
            told = line.claim(f"age at the death of the {kin}", "years", ages=ages)
            yield replace(told, span=replace(line.span, end=past))


def _bereaved(line: Line) -> Iterator[tuple[str, re.Match[str]]]:
    """Who of the nearest died, and where that is said."""
    for kin, pattern in _bereavement(line.tongue, line.own) if _mentions_loss(line) else ():
        for match in pattern.finditer(line.text):
            named = match["named"]
            mine = line.own or not _others(line, line.text[: match.start()])
            if line.person.named_in(named) if named else mine:
                yield kin, match


def _mentions_loss(line: Line) -> bool:
    dies, loss = words.DIES.get(line.tongue, ("", "", _NEVER, _NEVER))[2:]
    return bool(_compiled(f"{dies}|{loss}").search(line.text))


@lru_cache(maxsize=16)
def _bereavement(tongue: str, own: bool) -> list[tuple[str, re.Pattern[str]]]:
    if tongue not in words.DIES:
        return []
    mine, theirs, dies, loss = words.DIES[tongue]
    return [
        (kin, re.compile(form.format(kin=name, dies=dies, loss=loss, whose=mine if own else theirs), re.I))
        for kin, name in words.KIN[tongue]
        if kin != "wife"
        for form in (_DIES, _LOSS)
    ]


_WHOSE: Final = r"(?:(?:{whose})|(?P<named>[^\W\d_][\w.]*(?: [^\W\d_][\w.]*)?)['’]s)(?: (?:own|poor|dear|beloved|very dear))?"
_DIES: Final = rf"\b{_WHOSE} (?:{{kin}})(?!-)(?:,[^;.]{{{{0,70}}}},| [^,;.]{{{{0,30}}}}?)? ?(?:had )?(?P<dies>{{dies}})\b"
_LOSS: Final = rf"\b(?P<loss>{{loss}}) {_WHOSE} (?:{{kin}})\b(?!-)(?P<dies>)"


def _others(line: Line, before: str) -> bool:
    """Whether anybody else is spoken of before, so that "his" may not be the subject's."""
    named = any(one.kind == "person" and not line.person.is_called(one.full) for one in line.names.names_in(before))
    return named or any(True for _ in kin_in(before))


def _age_after(line: Line, match: re.Match[str]) -> tuple[int, int] | None:
    """The age told right behind a loss, or in the sentence that follows: "I was then only nine years old".

    "His father died at forty" is the father's age, "he lost his father at nine" the subject's.
    """
    when = _when(line, match)
    if when:
        return _years(line.text[when.end() :], line.tongue)
    after = line.after.text if line.after else ""
    told = re.match(words.EGO_WAS[line.tongue][0 if line.own else 1], after)
    return _years(after[told.end() :], line.tongue) if told else None


def _when(line: Line, match: re.Match[str]) -> re.Match[str] | None:
    form = words.WHEN_WAS[line.tongue] if match["dies"] else words.AT_AGE[line.tongue]
    return re.compile(rf"\b(?:{form})", re.I).search(line.text, match.end(), match.end() + _REACH)


def _years(text: str, tongue: str) -> tuple[int, int] | None:
    """The years that "nine years old" or "very small" leave room for."""
    number = re.match(r"[\w-]+", text)
    value = _number(number.group(), tongue) if number else 0
    if value:
        return (value, value) if value <= _GROWN else None
    small = words.SMALL.get(tongue, ())
    return next(((0, most) for form, most in small if re.match(rf"(?:{form})\b", text, re.I)), None)


def _children(line: Line) -> Iterator[Claim]:
    """How many children the subject had."""
    had, children, none = words.CHILDREN.get(line.tongue, (_NEVER, "", _NEVER))
    match = _compiled(rf"{had} (?P<n>[\w-]+) (?:{children})").search(line.text)
    nobody = _compiled(none).search(line.text)
    found = match or nobody
    if not found or _compiled(words.SOME_ONLY).search(line.text):
        return
    if not (line.is_subjects(found.start()) or _are_they(line, found.start())):
        return
    number = 0 if nobody else _number(match["n"], line.tongue) if match else 0
    if number or nobody:
        yield line.claim("children", "number", number=number)


def _are_they(line: Line, at: int) -> bool:
    """ "They had two daughters", when the subject was just spoken of."""
    they = re.search(r"\b(?:they|we|there|ils|elles|ellos|sie|eles|wir|nous)\W+(?:\w+\W+)?$", line.text[:at], re.I)
    return bool(they) and line.person.named_in(line.before[-200:] + line.text[:at])


def _relatives(line: Line) -> Iterator[Claim]:
    """How somebody named in full was related to the subject."""
    for match in _related(line.tongue, line.own).finditer(line.text):
        if not line.own and _others(line, line.text[: match.start()]):
            continue
        name = next((one for one in line.names.names_in(line.text) if one.start == match.end()), None)
        if name is None or name.kind != "person" or line.person.is_called(name.full):
            continue
        called = fold(without_title(line.text[name.start : name.end]))
        if len(called.split()) > 1:
            yield line.claim(f"kin of {called}", "kinship", value=match.lastgroup or "")


@lru_cache(maxsize=16)
def _related(tongue: str, own: bool) -> re.Pattern[str]:
    if tongue not in words.DIES:
        return re.compile(_NEVER)
    whose = words.DIES[tongue][0 if own else 1]
    kin = "|".join(rf"(?P<{name}>{form})" for name, form in words.RELATED[tongue])
    return re.compile(rf"\b(?i:{whose})(?i: \w+)? (?i:{kin})(?:, | )(?=[^\W\d_a-z])")


def _dated(line: Line) -> list[tuple[FoundDate, int, int]]:
    return [one for one in clauses(line.text, line.language) if one[0].precision not in _ROUGH]


def _number(word: str, tongue: str) -> int:
    return int(word) if word.isdigit() else cardinals(tongue).get(fold(word), 0)


@lru_cache(maxsize=64)
def _compiled(form: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{form})\b" if form != _NEVER else form, re.I)


def _pattern(table: dict[str, str], tongue: str) -> re.Pattern[str]:
    return _compiled(table.get(tongue, _NEVER))
