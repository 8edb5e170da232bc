"""Claims on the losses of a life: when father, mother or husband died, and how old the subject was then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from engine.authors.extract import deed_words as words
from engine.authors.extract.claim import Claim
from engine.authors.extract.deed_line import NEVER, Line, compiled, number_of

_GROWN: Final = 25  # years; an older age behind "when he died" mostly is the other's
_REACH: Final = 60  # characters behind a loss in which an age is told


def losses(line: Line) -> Iterator[Claim]:
    """When father, mother or husband died, and how old the subject was then. A wife may have been the first of two."""
    for kin, match in _bereaved(line):
        for date, start, end in line.dated():
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
            mine = line.own or not line.speaks_of_others(line.text[: match.start()])
            if line.person.named_in(named) if named else mine:
                yield kin, match


def _mentions_loss(line: Line) -> bool:
    dies, loss = words.DIES.get(line.tongue, ("", "", NEVER, NEVER))[2:]
    return bool(compiled(f"{dies}|{loss}").search(line.text))


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


_DEAR: Final = r"(?: (?:own|poor|dear|beloved|very dear))?"
_WHOSE: Final = rf"(?:(?:{{whose}})|(?P<named>[^\W\d_][\w.]*(?: [^\W\d_][\w.]*)?)['’]s){_DEAR}"
_BETWEEN: Final = r"(?:,[^;.]{{0,70}},| [^,;.]{{0,30}}?)?"  # "her mother, who had been a teacher, died"
_DIES: Final = rf"\b{_WHOSE} (?:{{kin}})(?!-){_BETWEEN} ?(?:had )?(?P<dies>{{dies}})\b"
_LOSS: Final = rf"\b(?P<loss>{{loss}}) {_WHOSE} (?:{{kin}})\b(?!-)(?P<dies>)"


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
    value = number_of(number.group(), tongue) if number else 0
    if value:
        return (value, value) if value <= _GROWN else None
    small = words.SMALL.get(tongue, ())
    return next(((0, most) for form, most in small if re.match(rf"(?:{form})\b", text, re.I)), None)
