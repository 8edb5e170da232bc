"""Births and deaths."""

# ruff: noqa: E501 - the long lines are tables of words

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Final

from django.utils.translation import gettext as _

from engine.authors.extract.person import Person
from engine.quality.ledger.claims import Claim, Conflict, apart, clashes, span_of
from engine.quality.ledger.reading import Line, Page
from engine.quality.views import About

VERBS: Final = {
    "birth": re.compile(
        r"\b(?:was born|nació|naquit|est née?|était née?|wurde geboren|nasceu|nacque|è nat[oa]|nací|je naquis|nasci)\b(?! (?:again|anew|de nuevo|otra vez|à nouveau))"
    ),
    "death": re.compile(
        r"\b(?:died|passed away|murió|falleció|mourut|est morte?|décéda|starb|verstarb|morreu|faleceu|morì|è mort[oa])\b"
    ),
}
_BORN_FIRST: Final = re.compile(r"^Born\b[^.;:]{0,80}?,\s*")
_BRACKETS: Final = re.compile(
    r"\(\s*(?P<c1>c\.|ca\.|about )?\s*(?P<born>1\d{3}|20\d\d)\s*[-–—]\s*(?P<c2>c\.|ca\.|about )?\s*(?P<died>1\d{3}|20\d\d)\s*\)"
)
_DESCRIBED: Final = re.compile(r"\b(1\d{3}|20\d\d)\s*[-–—]\s*(1\d{3}|20\d\d)\b")
_ONE_END: Final = {
    "birth": re.compile(
        r"\b(?:born|nacid[oa]|née?|geboren|nat[oa]|nascid[oa])\b[^.;]{0,80}?\b(1\d{3}|20\d\d)\b", re.I
    ),
    "death": re.compile(
        r"(?:\b(?:died|murió|fallecid[oa]|mort[eoa]?|gestorben|morreu|morì)\b|†)[^.;]{0,80}?\b(1\d{3}|20\d\d)\b",
        re.I,
    ),
}


def claims(page: Page) -> Iterator[Claim]:
    """Every dated birth and death of a person who is named, or surely meant."""
    for line in page.lines:
        if not line.dates:
            continue
        for kind, pattern in VERBS.items():
            for match in pattern.finditer(line.text):
                yield from _told(line, kind, match)
        yield from _in_brackets(line)


def _told(line: Line, kind: str, match: re.Match[str]) -> Iterator[Claim]:
    dated = line.date_of(match.start(), match.end())
    who = line.actor(match.start()) if dated else ""
    if dated and who:
        first, last = span_of(dated[0], hedged=dated[1])
        exact = dated[0].precision == "day"
        yield Claim(kind, who, line.text, line.view.name, match.start(), first, last, exact)


def _in_brackets(line: Line) -> Iterator[Claim]:
    """ "Ada Quill (1801–1877)"."""
    for match in _BRACKETS.finditer(line.text):
        who = line.page.named_last(line.text[: match.start()].rstrip() + " ")
        if not who or int(match["died"]) - int(match["born"]) > 110:
            continue
        for kind, about in (("birth", "c1"), ("death", "c2")):
            year = int(match["born" if kind == "birth" else "died"])
            slack = 2 if match[about] else 0
            first, last = dt.date(year - slack, 1, 1), dt.date(year + slack, 12, 31)
            yield Claim(kind, who, line.text, line.view.name, match.start(), first, last)


def conflicts(claims: Iterable[Claim], about: About, subject: Person) -> Iterator[Conflict]:
    """Two dates of one birth or death, and a death before the birth."""
    del about, subject
    told = list(claims)
    births = [claim for claim in told if claim.kind == "birth"]
    deaths = [claim for claim in told if claim.kind == "death"]
    for one, other in clashes(births, apart):
        yield Conflict(one, other, _("Two dates of birth for %s.") % one.who)
    for one, other in clashes(deaths, apart):
        yield Conflict(one, other, _("Two dates of death for %s.") % one.who)
    for birth in births:
        for death in deaths:
            if birth.who == death.who and birth.first and death.last and death.last < birth.first:
                yield Conflict(birth, death, _("%s dies before being born.") % birth.who)


def bounds(claims: Iterable[Claim], about: About, subject: Person) -> tuple[Claim | None, Claim | None]:
    """The widest life that the book, or else the description, gives the subject: its birth and its death."""
    told = [claim for claim in claims if claim.who == subject.name and claim.first and claim.last]
    births = [claim for claim in told if claim.kind == "birth"]
    deaths = [claim for claim in told if claim.kind == "death"]
    birth = min(births, key=lambda one: one.first or dt.date.max, default=None)
    death = max(deaths, key=lambda one: one.last or dt.date.min, default=None)
    return birth or _described("birth", about, subject), death or _described("death", about, subject)


def _described(kind: str, about: About, subject: Person) -> Claim | None:
    years = _DESCRIBED.search(about.description)
    single = _ONE_END[kind].search(about.description)
    year = int(years[1 if kind == "birth" else 2]) if years else int(single[1]) if single else 0
    if not year:
        return None
    section = _("the description")
    return Claim(
        kind, subject.name, about.description, section, 0, dt.date(year, 1, 1), dt.date(year, 12, 31)
    )
