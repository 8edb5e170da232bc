"""The shipped demo: the figures that the first release promises, read from the rows and the file.

The ordinary suite makes the book from seven of the twelve sources, which takes a third of the time and keeps every
promise but the numbers of the whole. CI makes it whole, by `make faults ARGS=demo`.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from biographies.models import BiographyJob, Chapter
from bookgen_site.accounts.actions import ensure_operator
from bookgen_site.env import BASE_DIR
from bookgen_site.lib import store
from engine import crew, reading
from engine.management import making
from sources.intake import read_folder
from sources.models import Citation
from sources.sentences import sentences

FACTS = Path(__file__).parents[1] / "data" / "frederick-douglass" / "facts.json"
LARGEST_SHARE = 0.35
LONGEST_RUN = 8
WHOLE = "CAMPAIGN_DEMO" in os.environ
FEW = {f"{number:02d}" for number in (1, 2, 3, 5, 7, 9, 12)}  # texts and pages, of three hands
CHAPTERS, WORDS, QUOTES = (8, 15_000, 24) if WHOLE else (5, 8_000, 10)


def _folder(place: Path) -> Path:
    """The demo's sources, or some of them."""
    (demo,) = (path for path in (BASE_DIR / "sources" / "demo").iterdir() if path.is_dir())
    if WHOLE:
        return demo
    listing = json.loads((demo / "sources.json").read_text())
    listing["sources"] = [one for one in listing["sources"] if one["file"][:2] in FEW]
    (place / "sources.json").write_text(json.dumps(listing))
    for one in listing["sources"]:
        shutil.copy(demo / one["file"], place)
    return place


@pytest.fixture
def book(transactional_db: None, tmp_path_factory: pytest.TempPathFactory) -> BiographyJob:
    """The demo's book, made by the sweep alone, approved by the operator, and exported."""
    del transactional_db
    folder = read_folder(_folder(tmp_path_factory.mktemp("demo")))
    assert folder.listing.subject is not None
    operator = ensure_operator()
    wishes: dict[str, Any] = {"character": folder.listing.subject.name}
    if not WHOLE:
        wishes |= {"min_sources": len(FEW)}
    job = making.new_job(by=operator, folder=folder, key="demo", wishes=wishes, say=pytest.fail)
    crew.sweep_once()
    assert making.approve_all(job=job, by=operator, say=pytest.fail) == 0
    crew.sweep_once()
    job.refresh_from_db()
    return job


@pytest.mark.long
@pytest.mark.once
def test_the_demo_book_keeps_its_promises(book: BiographyJob) -> None:
    assert (book.status, book.progress) == ("completed", 100)
    chapters = list(book.chapters.filter(kind="chapter").order_by("chapter_number"))
    assert len(chapters) >= CHAPTERS
    assert sum(chapter.word_count for chapter in chapters) >= WORDS
    assert len({chapter.title for chapter in chapters}) == len(chapters)
    for chapter in chapters:
        _every_sentence_is_verbatim(chapter)
    _nothing_is_told_twice(chapters)
    _no_source_is_dumped(chapters)
    assert len(_quotes_found(chapters)) >= QUOTES
    _the_file_holds_the_text(book, chapters)


def _citations(chapter: Chapter) -> list[Citation]:
    rows = Citation.objects.filter(revision=chapter.current_revision).select_related("passage__source")
    return list(rows.order_by("number"))


def _every_sentence_is_verbatim(chapter: Chapter) -> None:
    """All roman text of the chapter carries marks, and each mark leads to those words in a stored source."""
    cited = {row.number: row for row in _citations(chapter)}
    for block in reading.parse(chapter.content):
        for stretch in block.stretches:
            if stretch.italic or not stretch.text.strip(" “”"):
                continue
            assert stretch.marks, stretch.text
            for mark in stretch.marks:
                row = cited[mark]
                assert row.passage.source.text[row.start : row.end] == row.quote
            assert _folded(cited[stretch.marks[0]].quote) in _folded(stretch.text)


def _nothing_is_told_twice(chapters: list[Chapter]) -> None:
    homes = defaultdict(set)
    for chapter in chapters:
        for row in _citations(chapter):
            homes[_folded(row.sentence)].add(chapter.chapter_number)
    assert [sentence for sentence, numbers in homes.items() if len(numbers) > 1] == []


def _no_source_is_dumped(chapters: list[Chapter]) -> None:
    words: Counter[int] = Counter()
    places: defaultdict[int, set[int]] = defaultdict(set)
    texts: dict[int, str] = {}
    for row in (row for chapter in chapters for row in _citations(chapter)):
        source = row.passage.source
        words[source.number] += len(row.sentence.split())
        places[source.number].add(row.start)
        texts[source.number] = source.text
    assert max(words.values()) <= LARGEST_SHARE * sum(words.values())
    for number, text in texts.items():
        assert max(_runs(text, places[number])) <= LONGEST_RUN


def _runs(text: str, told: set[int]) -> Iterator[int]:
    """The lengths of all runs of neighbouring sentences of a source that the book tells."""
    run = 0
    for start, _end in sentences(text):
        run = run + 1 if start in told else 0
        yield run


def _quotes_found(chapters: list[Chapter]) -> list[str]:
    book = _folded(" ".join(reading.plain(chapter.content) for chapter in chapters))
    facts = json.loads(FACTS.read_text())["facts"]
    return [fact["id"] for fact in facts if _folded(fact["source"]["quote"]) in book]


def _the_file_holds_the_text(book: BiographyJob, chapters: list[Chapter]) -> None:
    (export,) = book.exports.all()
    document = Document(io.BytesIO(store.get(export.blob)))
    printed = {_folded(paragraph.text) for paragraph in document.paragraphs}
    for chapter in chapters:
        assert _folded(chapter.title) in printed
        for paragraph in reading.plain(chapter.content).splitlines():
            assert _folded(paragraph) in printed


def _folded(text: str) -> str:
    """Text without quotation marks and apostrophes (one turns into the other) and differences of white space."""
    return " ".join(re.sub(r"[\"“”„«»'‘’]", "", text).split())
