"""Places of birth and death: two towns far from each other can't both be meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from math import asin, cos, radians, sin, sqrt
from typing import Final

from django.utils.translation import gettext as _

from engine.authors.extract.person import Person
from engine.quality.ledger.claims import Claim, Conflict
from engine.quality.ledger.lives import VERBS
from engine.quality.ledger.reading import Line, Page
from engine.quality.views import About
from sources.gazetteer import Point, is_place, towns
from sources.numerals import fold

_IN: Final = re.compile(
    r"\s+(?:at|in|near|en|à|in der|in|em|a)\s+(?P<place>[^\W\d_a-z][\w.'’-]+(?:\s+[^\W\d_a-z][\w.'’-]+){0,2})"
)
_FAR: Final = 150  # kilometres: nearer towns may be one within the other
_RADIUS: Final = 6371  # of the Earth, in kilometres


def claims(page: Page) -> Iterator[Claim]:
    """The town right after "was born" and "died"."""
    for line in page.lines:
        for kind, pattern in VERBS.items():
            for match in pattern.finditer(line.text):
                yield from _told(line, kind, match)


def _told(line: Line, kind: str, match: re.Match[str]) -> Iterator[Claim]:
    found = _IN.match(line.text, match.end())
    town = found["place"].rstrip(".'’-") if found else ""
    who = line.actor(match.start()) if is_place(town) else ""
    if who:
        yield Claim(f"{kind} place", who, line.text, line.view.name, match.start(), value=fold(town))


def conflicts(claims: Iterable[Claim], about: About, subject: Person) -> Iterator[Conflict]:
    """Two towns of one birth or death, more than `_FAR` apart wherever they may be."""
    del about, subject
    told = [claim for claim in claims if claim.kind.endswith("place")]
    pairs = [
        (one, other)
        for place, other in enumerate(told)
        for one in told[:place]
        if (one.kind, one.who) == (other.kind, other.who) and one.value != other.value
    ]
    for one, other in pairs:
        near, far = towns(one.value), towns(other.value)
        if near and far and min(_distance(a, b) for a in near for b in far) > _FAR:
            message = (
                _("Two places of birth for %s.")
                if one.kind.startswith("birth")
                else _("Two places of death for %s.")
            )
            yield Conflict(one, other, message % one.who)


def _distance(one: Point, other: Point) -> float:
    """Kilometres along the great circle (haversine)."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _RADIUS * asin(sqrt(half))
