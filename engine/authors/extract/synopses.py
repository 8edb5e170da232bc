"""The synopsis of a chapter: its years, places and people, in one sentence of the book's language."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _

from engine.authors.extract.candidates import Candidate
from engine.authors.extract.naming import is_person_name

_PLACES, _PEOPLE = 3, 4


def synopsis_of(chapter: list[Candidate]) -> str:
    """ "1838–1841. Places: New York, New Bedford. People: David Ruggles. Told by 5 sources." """
    parts = [_years(chapter)]
    places = _commonest([place for one in chapter for place in one.fact.places], _PLACES)
    people = _commonest(
        [name for one in chapter for name in one.fact.people if is_person_name(name)], _PEOPLE
    )
    if places:
        parts.append(_("Places: %(places)s.") % {"places": ", ".join(places)})
    if people:
        parts.append(_("People: %(people)s.") % {"people": ", ".join(people)})
    parts.append(_("Sources: %(count)d.") % {"count": len({one.source for one in chapter})})
    return " ".join(part for part in parts if part)


def _years(chapter: list[Candidate]) -> str:
    years = sorted(int(one.when) for one in chapter if one.surely) or sorted(int(one.when) for one in chapter)
    if not years or years[0] <= 0:
        return ""
    # A look back or ahead doesn't make the period of a chapter: leave out a twentieth at each end.
    edge = len(years) // 20
    first, last = years[edge], years[-1 - edge]
    return f"{first}." if first == last else f"{first}–{last}."


def _commonest(names: list[str], most: int) -> list[str]:
    tally = Counter(names)
    return sorted(tally, key=lambda name: (-tally[name], names.index(name)))[:most]
