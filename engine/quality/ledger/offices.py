"""Offices: when somebody was appointed or elected to one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from django.utils.translation import gettext as _

from engine.authors.extract.person import Person
from engine.quality.ledger.claims import Claim, Conflict, apart, span_of
from engine.quality.ledger.reading import Line, Page
from engine.quality.views import About
from engine.quality.words import words

_GIVEN: Final = re.compile(
    r"\b(?:was|fue|fut|foi|fu)\s+(?:appointed|elected|named|chosen|nombrad[oa]|elegid[oa]|nommée?|élue?|nomead[oa]|eleit[oa]|"
    r"nominat[oa]|elett[oa])\s+(?:as\s+|to be\s+)?"
)
_AGAIN: Final = re.compile(
    r"\b(?:again|re-?elected|re-?appointed|second|third|de nuevo|reelegid[oa]|à nouveau|réélue?|novamente|di nuovo)\b",
    re.I,
)
_SMALL: Final = frozenset(
    "the a an of to for in on by as and de del la el los las le les du des do da dos das di dei e y et il lo".split()
)
_LEAST: Final = 2  # words that name an office
_LIKE: Final = 0.7  # of the shorter name's words


def claims(page: Page) -> Iterator[Claim]:
    """Appointments with an office of at least two words and a date."""
    for line in page.lines:
        for match in _GIVEN.finditer(line.text) if line.dates and not _AGAIN.search(line.text) else ():
            yield from _told(line, match)


def _told(line: Line, match: re.Match[str]) -> Iterator[Claim]:
    dated, who = line.date_of(match.start(), match.end()), line.actor(match.start())
    if not dated or not who:
        return
    stop = dated[0].start if dated[0].start > match.end() else len(line.text)
    office = [word for word in words(line.text[match.end() : stop])[:8] if word not in _SMALL]
    if len(office) >= _LEAST:
        first, last = span_of(dated[0], hedged=dated[1])
        value = " ".join(office)
        yield Claim("office", who, line.text, line.view.name, match.start(), first, last, value=value)


def conflicts(claims: Iterable[Claim], about: About, subject: Person) -> Iterator[Conflict]:
    """One appointment with two dates."""
    del about, subject
    told = [claim for claim in claims if claim.kind == "office"]
    for place, later in enumerate(told):
        for earlier in told[:place]:
            if earlier.who == later.who and _is_same(earlier.value, later.value) and apart(earlier, later):
                yield Conflict(earlier, later, _("Two dates for one appointment of %s.") % later.who)
                break


def _is_same(one: str, other: str) -> bool:
    left, right = set(one.split()), set(other.split())
    return len(left & right) >= max(_LEAST, _LIKE * min(len(left), len(right)))
