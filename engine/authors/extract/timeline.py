"""The timeline: dated statements about the subject's life, the best one of each event, in order."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from babel.dates import format_date, format_skeleton
from django.utils.translation import gettext as _

from engine.authors.base import Brief, Draft, FactDate, Row
from engine.authors.extract.finding import is_by_subject
from engine.authors.extract.grammar import grammar_of, word_pattern
from engine.authors.extract.leaning import FRESH, SUBJECT
from engine.authors.extract.lines import Line, lines_of
from engine.authors.extract.person import Person
from engine.authors.extract.reading import is_headword
from sources.numerals import fold

_MOST = 60
_PER_YEAR = 4
_EXACT = ("day", "month", "season", "range", "year", "circa")
_BESIDE = re.compile(
    r"\b(?:after|since|later than|until|till|después de|desde|hasta|après|depuis|jusqu['’]en|nach|seit|bis|depois de|"
    r"até|dopo il|dal|fino al)\s+(?:about |the year |el año )?$",
    re.I,
)
_LEAST = 6  # words of a row: less is mostly half a sentence, "In 1904 our second daughter."


def timeline(brief: Brief, person: Person) -> Draft:
    """Rows labelled with the date in the book's language."""
    best: dict[tuple[str, str], Line] = {}
    for line in lines_of(brief, person):
        date = line.fact.date
        if date is None or not _tells(line, date, person):
            continue
        key = (date.start.isoformat(), date.end.isoformat())
        if key not in best or _rank(line) < _rank(best[key]):
            best[key] = line
    chosen = sorted(_thinned(list(best.values())), key=_when)
    rows = [
        Row(date_label(line.fact.date, brief.subject.language), (line.piece,))
        for line in chosen
        if line.fact.date
    ]
    return Draft(rows=tuple(rows))


def _tells(line: Line, date: FactDate, person: Person) -> bool:
    """Whether the sentence itself has the date, stands alone, and is about the subject."""
    if date.inherited or date.precision not in _EXACT or _is_doubtful(line) or date.text not in line.text:
        return False
    if _BESIDE.search(line.text[: line.text.index(date.text)]):
        return False  # "after 1851": some time, but not then
    own = is_by_subject(line.source, person)
    if line.quoted and not own:
        return False
    if (
        line.leaning not in (FRESH, SUBJECT)
        or is_headword(line.text)
        or not _LEAST <= len(line.text.split()) <= 75
    ):
        return False
    grammar = grammar_of(line.source.language)
    speaks = own and bool(word_pattern(grammar.first).search(line.text))
    return speaks or line.leaning == SUBJECT or person.named_in(line.text)


def _is_doubtful(line: Line) -> bool:
    """Whether this very sentence says what the book doesn't follow; a place or a spelling does no harm to a date."""
    return any(
        one.own == line.span and one.kind not in ("place", "spelling", "age") for one in line.fact.disputes
    )


def _rank(line: Line) -> tuple[float, int, int]:
    return (-line.fact.score - (0.5 if not line.quoted else 0.0), line.span.source, line.span.start)


def _thinned(lines: list[Line]) -> list[Line]:
    """At most a few rows for one year, none that says again what a better one says, not too many."""
    kept: list[Line] = []
    per_year: dict[int, int] = {}
    for line in sorted(lines, key=_rank):
        year = line.fact.date.start.year if line.fact.date else 0
        if (
            per_year.get(year, 0) < _PER_YEAR
            and len(kept) < _MOST
            and not any(_again(line, other) for other in kept)
        ):
            per_year[year] = per_year.get(year, 0) + 1
            kept.append(line)
    return kept


def _again(line: Line, other: Line) -> bool:
    """Whether two rows of one year tell the same: half of the shorter one's long words are in the other."""
    one, two = line.fact.date, other.fact.date
    if one is None or two is None or one.start.year != two.start.year:
        return False
    words, others = (set(re.findall(r"\w{4,}", fold(each.text))) for each in (line, other))
    return len(words & others) >= 0.5 * min(len(words), len(others))


def _when(line: Line) -> tuple[dt.date, dt.date, int, int]:
    date = line.fact.date
    if date is None:
        raise ValueError("a line of the timeline has a date")
    return (date.start, date.end, line.span.source, line.span.start)


def date_label(date: FactDate | None, language: str) -> str:
    """ "7 November 1867", "August 1841", "spring 1849", "about 1817", "1847–1860" in the book's language."""
    if date is None:
        return ""
    locale = language.replace("-", "_")
    labels: dict[str, Callable[[], str]] = {
        "day": lambda: str(format_date(date.start, format="long", locale=locale)),
        "month": lambda: str(format_skeleton("yMMMM", date.start, locale=locale)),
        "season": lambda: _season(date),
        "circa": lambda: _("about %(year)d") % {"year": date.start.year},
    }
    return labels.get(date.precision, lambda: _years(date))()


def _years(date: FactDate) -> str:
    first, last = date.start.year, date.end.year
    return str(first) if first == last else f"{first}–{last}"


def _season(date: FactDate) -> str:
    if date.start.month == 1:
        return _("winter %(year)d") % {"year": date.start.year}
    names = {3: _("spring %(year)d"), 6: _("summer %(year)d"), 9: _("autumn %(year)d")}
    return names[date.start.month] % {"year": date.start.year}
