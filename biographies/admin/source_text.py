"""The stored text of one source for the screen: its passages with what was drawn and written from each.

A page of it is read, never the whole: sources may be books. Only plain text goes to the template, which escapes it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from django.db.models import QuerySet
from django.db.models.functions import Substr

from sources.models import Citation, Fact, Source

ON_A_PAGE: Final = 30  # passages
MOST: Final = 12  # sentences, and facts, that are named beside one passage
SIGNS: Final = 20  # of injection, shown of one source
SIGN_WIDTH: Final = 160  # characters of one sign
BEGINNING: Final = 5_000  # characters of a text without passages


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one style. `cites` tells that a sentence of the book quotes them; `sign` names a family of signs."""

    text: str
    cited: bool = False
    sign: str = ""


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage with what rests on it; the `more_` numbers count what isn't named."""

    number: int
    pieces: tuple[Piece, ...]
    facts: Sequence[Fact]
    more_facts: int
    citations: Sequence[Citation]
    more_citations: int


@dataclass(frozen=True, slots=True)
class ShownSign:
    """Words that look like instructions to a model; `passage` is the number of theirs, None outside of all."""

    name: str
    words: str
    passage: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the text. `first` and `last` count passages from 1 among those that are shown."""

    passages: Sequence[ShownPassage]
    signs: Sequence[ShownSign]
    more_signs: int
    beginning: str  # of a text without passages
    total: int
    used: int  # passages that sentences of the book rest on
    first: int
    last: int
    previous: int | None  # numbers of passages
    next: int | None


Cut = tuple[int, int, int, int]  # id, number, start and end of a passage


def page_of(source: Source, *, at: int, used_only: bool) -> Page:
    """The page that holds the passage with the number `at`; five queries, whatever the length of the text."""
    every: list[Cut] = list(source.passages.order_by("number").values_list("pk", "number", "start", "end"))
    used = set(_current(source).values_list("passage_id", flat=True).distinct())
    cuts = [cut for cut in every if cut[0] in used] if used_only else every
    place = max(0, bisect_right([cut[1] for cut in cuts], at) - 1)
    first = place - place % ON_A_PAGE
    shown = cuts[first : first + ON_A_PAGE]
    texts = _texts(source, shown)
    return Page(
        passages=_passages(source, shown, texts["window"]),
        signs=[
            ShownSign(str(name), " ".join(texts[f"sign{n}"].split()), _passage_at(every, int(start)))
            for n, (name, start, _end) in enumerate(source.signs[:SIGNS])
        ],
        more_signs=max(0, len(source.signs) - SIGNS),
        beginning=texts["window"] if not every else "",
        total=len(cuts),
        used=len(used),
        first=first + 1 if shown else 0,
        last=first + len(shown),
        previous=cuts[max(0, first - ON_A_PAGE)][1] if first else None,
        next=cuts[first + ON_A_PAGE][1] if first + ON_A_PAGE < len(cuts) else None,
    )


def _current(source: Source) -> QuerySet[Citation]:
    """The citations of this source in the texts that the book has now."""
    return Citation.objects.filter(passage__source=source, revision__current_of__isnull=False)


def _texts(source: Source, shown: Sequence[Cut]) -> dict[str, str]:
    """The stretch that holds the passages of the page (or the beginning), and the words of the signs: one query."""
    start, end = (min(cut[2] for cut in shown), max(cut[3] for cut in shown)) if shown else (0, BEGINNING)
    columns = {"window": Substr("text", start + 1, end - start)}
    for n, (_name, begins, ends) in enumerate(source.signs[:SIGNS]):
        columns[f"sign{n}"] = Substr("text", begins + 1, max(1, min(ends - begins, SIGN_WIDTH)))
    row: dict[str, Any] = dict(Source.objects.filter(pk=source.pk).values(**columns).get())
    return row


def _passage_at(cuts: Sequence[Cut], offset: int) -> int | None:
    place = bisect_right([cut[2] for cut in cuts], offset) - 1
    return cuts[place][1] if place >= 0 and offset < cuts[place][3] else None


def _passages(source: Source, shown: Sequence[Cut], window: str) -> list[ShownPassage]:
    begins = min((cut[2] for cut in shown), default=0)
    ids = [cut[0] for cut in shown]
    citations, facts = _citations(source, ids), _facts(ids)
    rows = []
    for pk, number, start, end in shown:
        quotes = [(one.start, one.end) for one in citations[pk]]
        text = window[start - begins : end - begins]
        rows.append(
            ShownPassage(
                number=number,
                pieces=tuple(_pieces(text, start, quotes, source.signs)),
                facts=facts[pk][:MOST],
                more_facts=max(0, len(facts[pk]) - MOST),
                citations=citations[pk][:MOST],
                more_citations=max(0, len(citations[pk]) - MOST),
            )
        )
    return rows


def _citations(source: Source, ids: Sequence[int]) -> Mapping[int, list[Citation]]:
    rows = _current(source).filter(passage__in=ids).select_related("revision__chapter")
    found: dict[int, list[Citation]] = defaultdict(list)
    for row in rows.defer("revision__text", "quote").order_by("start", "revision_id", "number"):
        found[row.passage_id].append(row)
    return found


def _facts(ids: Sequence[int]) -> Mapping[int, list[Fact]]:
    ties = Fact.passages.through.objects.filter(passage_id__in=ids).select_related("fact__chapter")
    found: dict[int, list[Fact]] = defaultdict(list)
    for tie in ties.order_by("fact__key"):
        found[tie.passage_id].append(tie.fact)
    return found


def _pieces(
    text: str, offset: int, quotes: Iterable[tuple[int, int]], signs: Iterable[Sequence[Any]]
) -> list[Piece]:
    """The passage cut wherever a quotation or a sign begins or ends; `offset` is its place in the source."""
    end = offset + len(text)
    quoted = [(max(a, offset), min(b, end)) for a, b in quotes if a < end and b > offset]
    signed = [(max(a, offset), min(b, end), str(name)) for name, a, b in signs if a < end and b > offset]
    cuts = sorted(
        {offset, end, *(cut for pair in quoted for cut in pair), *(cut for one in signed for cut in one[:2])}
    )
    return [
        Piece(
            text[a - offset : b - offset],
            any(first <= a and b <= last for first, last in quoted),
            next((name for first, last, name in signed if first <= a and b <= last), ""),
        )
        for a, b in pairwise(cuts)
    ]
