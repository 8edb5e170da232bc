"""Ages: does an age fit the birth and the date?"""

# ruff: noqa: E501 - the long lines are tables of words

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _

from engine.authors.extract.person import Person
from engine.quality.ledger.claims import Claim, Conflict, span_of
from engine.quality.ledger.reading import Line, Page
from engine.quality.views import About
from sources.numerals import cardinals, fold

_FORMS: Final = {
    "en": r"(?:at the age of|aged|age) {n}\b(?! to\b)|\b(?:was|am|were) (?:(?:only|just|then|now) )*{n} years (?:old|of age)\b"
    r"|\b(?:then|being|only|just|scarcely|barely) {n} years (?:old|of age)\b",
    "es": r"(?:a la edad de|a los) {n} años\b|\btenía (?:solo )?{n} años\b",
    "fr": r"à l.âge de {n} ans\b|\bâgée? de {n} ans\b|\bavait {n} ans\b",
    "de": r"im alter von {n}(?: jahren)?\b|\bmit {n} jahren\b|\bwar {n} jahre alt\b",
    "pt": r"(?:com|aos) {n} anos\b|\btinha {n} anos\b",
    "it": r"all.età di {n} anni\b|\ba {n} anni\b|\baveva {n} anni\b",
}
_ASIDE: Final = re.compile(
    r"[;:]|\b(?:that|when|who|which|since|ago|before|after|until|had|were|would|que|cuando|hacía|antes|después|quand|qui|avant|"
    r"après|dass|als|vor|nach|seit|quando|che|prima|dopo|antes|depois)\b",
    re.I,
)
_REACH: Final = 60  # characters between an age and its date
_SLACK: Final = 1  # years: ages are counted in more than one way


@lru_cache(maxsize=16)
def _pattern(language: str) -> re.Pattern[str]:
    tongue = language.split("-")[0]
    numbers = sorted(cardinals(tongue), key=lambda word: (-len(word), word))
    number = "|".join([r"\d{1,3}", *map(re.escape, numbers)])
    form = _FORMS.get(tongue, "(?!)")
    named = [
        part.replace("{n}", f"(?P<n{place}>{number})") for place, part in enumerate(fold(form).split("|"))
    ]
    return re.compile("|".join(named), re.I) if _FORMS.get(tongue) else re.compile("(?!)")


def claims(page: Page) -> Iterator[Claim]:
    """An age and the one date beside it, of the one person whom the sentence is about."""
    for line in page.lines:
        if len(line.dates) == 1 and (match := _age(line)):
            who = _whose(line)
            if who and _beside(line, match):
                yield _claim(line, who, match)


def _age(line: Line) -> re.Match[str] | None:
    folded = fold(line.text)
    return _pattern(line.view.about.language).search(folded) if len(folded) == len(line.text) else None


def _number(line: Line, match: re.Match[str]) -> int:
    value = next(group for group in match.groups() if group)
    return int(value) if value.isdigit() else cardinals(line.view.about.language.split("-")[0]).get(value, 0)


def _beside(line: Line, match: re.Match[str]) -> bool:
    date = line.dates[0]
    between = line.text[min(match.end(), date.end) : max(match.start(), date.start)]
    return len(between) <= _REACH and not _ASIDE.search(between)


def _whose(line: Line) -> str:
    """The one person of a sentence: the only name, or the pronoun when there is none."""
    people = line.page.people
    named = {people.who(name) for name in people.names_in(line.text)}
    if line.page.subject.named_in(line.text):
        named.add(line.page.subject.name)
    if named:
        return named.pop() if len(named) == 1 and not _KIN.search(line.text) else ""
    if re.search(r"\bI\b", line.text):
        return line.page.subject.name if line.own else ""
    found = re.findall(r"\b(he|she|él|ella|il|elle|er|sie|ele|ela|lui|lei|egli)\b", line.text, re.I)
    if len({word.casefold() for word in found}) != 1 or _KIN.search(line.text):
        return ""
    return line.meant("m" if found[0].casefold() in ("he", "él", "il", "er", "ele", "lui", "egli") else "f")


_KIN: Final = re.compile(
    r"\b(?:wife|husband|father|mother|son|daughter|brother|sister|child|children|uncle|aunt|friend|baby|boy|girl|man|woman|"
    r"esposa|marido|padre|madre|hij[oa]s?|herman[oa]|femme|mari|père|mère|fils|fille|frère|sœur|frau|mann|vater|mutter|sohn|"
    r"tochter|bruder|schwester|mãe|pai|filh[oa]|irm[ãa]o?|moglie|marito|figli[oa]|fratello|sorella)\b",
    re.I,
)


def _claim(line: Line, who: str, match: re.Match[str]) -> Claim:
    date = line.dates[0]
    hedged = bool(
        re.search(
            r"\b(?:about|nearly|almost|some|casi|unos|presque|environ|fast|etwa|quase|quasi|circa)\b",
            line.text,
            re.I,
        )
    )
    first, last = span_of(date, hedged=hedged)
    return Claim(
        "age", who, line.text, line.view.name, match.start(), first, last, number=_number(line, match)
    )


def conflicts(claims: Iterable[Claim], about: About, subject: Person) -> Iterator[Conflict]:
    """Ages that no stated birth of the same person allows."""
    del about, subject
    told = list(claims)
    for age in (claim for claim in told if claim.kind == "age" and claim.number):
        births = [claim for claim in told if claim.kind == "birth" and claim.who == age.who]
        if births and all(_unfit(age, birth) for birth in births):
            what = _("An age of %(who)s (%(age)d) doesn't fit the birth.")
            yield Conflict(births[0], age, what % {"who": age.who, "age": age.number})


def _unfit(age: Claim, birth: Claim) -> bool:
    if not (age.first and age.last and birth.first and birth.last):
        return False
    earliest, latest = age.first.year - age.number - 1, age.last.year - age.number
    return latest + _SLACK < birth.first.year or earliest - _SLACK > birth.last.year
