"""Stretches of the evidence that an editor may cite, found by their words."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from bookgen_site.lib.text import clean_text
from sources.models import Fact, Passage, Source
from sources.queries import usable_sources
from sources.sentences import sentences

MOST: Final = 12
A_SOURCE: Final = 3  # stretches of one source
LONGEST: Final = 1_500  # characters; longer sentences are lists and tables


@dataclass(frozen=True, slots=True)
class Quotable:
    """`source.text[start:end]` of the source with this number."""

    source: int
    title: str
    start: int
    end: int
    text: str


def quotable(job_id: uuid.UUID, words: str, chapter_id: int) -> list[Quotable]:
    """Sentences of the usable sources that hold all the words; without words, those behind the chapter's facts."""
    wanted = clean_text(words[:200], multiline=False).casefold().split()[:8]
    found = _told(job_id, chapter_id) if not wanted else _holding(job_id, wanted)
    return list(islice(found, MOST))


def _told(job_id: uuid.UUID, chapter_id: int) -> Iterator[Quotable]:
    """The first sentence of each fact of the chapter: what it tells, and then what it keeps in reserve."""
    facts = Fact.objects.filter(job_id=job_id, chapter_id=chapter_id).order_by("position", "key")
    spans = [fact.spans[0] for fact in facts if fact.spans][: MOST * 2]
    rows = usable_sources(job_id).filter(number__in={source for source, _start, _end in spans})
    by_number = {row.number: row for row in rows}
    for number, start, end in spans:
        if row := by_number.get(number):
            yield _cut(row, start, end)


def _holding(job_id: uuid.UUID, wanted: list[str]) -> Iterator[Quotable]:
    for row in usable_sources(job_id):
        yield from islice(_in_source(row, wanted), A_SOURCE)


def _in_source(row: Source, wanted: list[str]) -> Iterator[Quotable]:
    """Only passages that hold all the words are cut into sentences."""
    for start, end in Passage.objects.filter(source=row).order_by("start").values_list("start", "end"):
        passage = row.text[start:end]
        if not _holds(passage, wanted):
            continue
        for first, past in sentences(passage):
            if past - first <= LONGEST and _holds(passage[first:past], wanted):
                yield _cut(row, start + first, start + past)


def _holds(text: str, wanted: list[str]) -> bool:
    told = text.casefold()
    return all(
        re.search(rf"\b{re.escape(word)}", told) if word[0].isalnum() else word in told for word in wanted
    )


def _cut(row: Source, start: int, end: int) -> Quotable:
    return Quotable(row.number, str(row), start, end, row.text[start:end])
