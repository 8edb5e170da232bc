"""Weddings and parents."""

# ruff: noqa: E501 - the long lines are tables of words

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from engine.authors.extract.person import Person
from engine.quality.ledger.claims import Claim, Conflict, apart, clashes, span_of
from engine.quality.ledger.reading import Line, Page
from engine.quality.views import About
from sources.names import gender_of
from sources.numerals import fold

_WED: Final = re.compile(
    r"\b(?:married|was married to|wed|se casó con|contrajo matrimonio con|épousa|se maria avec|heiratete|casou(?:-se)? com|"
    r"sposò|si sposò con)\s+(?=[^\W\d_a-z])"
)
_PARENT: Final = re.compile(
    r"\b(?P<whose>his|her|my|su|mi|sa|ma|son|mon|seine?|ihre?|meine?|sua|minha|meu|seu|suo|mia|mio)\s+"
    r"(?:(?P<mother>mother|madre|mère|mutter|mãe)|(?P<father>father|padre|père|vater|pai))"
    r"(?:['’]s name was|,| was(?: named| called)?| named| called| era| se llamaba| s['’]appelait| était| hieß| war| chamava-se| si chiamava)"
    r"\s+(?=[A-ZÀ-Þ])",
    re.I,
)
_FEMALE: Final = frozenset({"her", "ihre", "ihr"})
_EGO: Final = frozenset("my mi ma mon mein meine minha meu mia mio".split())


def claims(page: Page) -> Iterator[Claim]:
    """Weddings with a date and a name, and parents with a name."""
    for line in page.lines:
        for match in _WED.finditer(line.text) if line.dates else ():
            yield from _wedding(line, match)
        for match in _PARENT.finditer(line.text):
            yield from _parent(line, match)


def _wedding(line: Line, match: re.Match[str]) -> Iterator[Claim]:
    dated = line.date_of(match.start(), match.end())
    who, spouse = line.actor(match.start()), _name_at(line, match.end())
    if dated and who and spouse and spouse != who:
        first, last = span_of(dated[0], hedged=dated[1])
        exact = dated[0].precision == "day"
        yield Claim(
            "wedding", who, line.text, line.view.name, match.start(), first, last, exact, value=spouse
        )


def _parent(line: Line, match: re.Match[str]) -> Iterator[Claim]:
    name, whose = _name_at(line, match.end()), match["whose"].casefold()
    if whose in _EGO:
        who = line.page.subject.name if line.own else ""
    else:
        who = line.meant("f" if whose in _FEMALE else "m")
    kind = "mother" if match["mother"] else "father"
    if name and who and name != who and gender_of(name) != ("m" if kind == "mother" else "f"):
        yield Claim(kind, who, line.text, line.view.name, match.start(), value=name)


def _name_at(line: Line, place: int) -> str:
    """The person who is named at this offset."""
    people = line.page.people
    return next((people.who(one) for one in people.names_in(line.text) if one.start <= place < one.end), "")


def conflicts(claims: Iterable[Claim], about: About, subject: Person) -> Iterator[Conflict]:
    """Two dates of one wedding, two weddings on one day, two mothers, two fathers."""
    del about, subject
    told = list(claims)
    weddings = [claim for claim in told if claim.kind == "wedding"]
    couples = [replace(claim, who=f"{claim.who} + {_given(claim.value)}") for claim in weddings]
    for one, other in clashes(couples, apart):
        yield Conflict(one, other, _("Two dates for one wedding."))
    for one, other in clashes([claim for claim in weddings if claim.exact], _on_one_day_with_another):
        yield Conflict(one, other, _("Two weddings of %s on one day.") % one.who)
    for kind, message in (("mother", _("Two mothers of %s.")), ("father", _("Two fathers of %s."))):
        for one, other in clashes((claim for claim in told if claim.kind == kind), _are_others):
            yield Conflict(one, other, message % one.who)


def _given(name: str) -> str:
    return fold(name.split()[0])


def _are_others(one: Claim, other: Claim) -> bool:
    return not set(fold(one.value).split()) & set(fold(other.value).split())


def _on_one_day_with_another(one: Claim, other: Claim) -> bool:
    return one.first == other.first and _are_others(one, other)
