"""How long quality control takes for a book of 120,000 words, on one core: the checks alone, on plain data.

The book is made of the demo's sources: each citation is verbatim, as from the extractive author, but for every
tenth, whose sentence only rests on its passage, as a language model's does. The chapters are different texts up
to the size of the sources; beyond, words are renamed, so that no sentence stands there twice.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

import django

django.setup()  # before anything that knows the tables

# ruff: noqa: E402
from biographies.actions import Seen
from bookgen_site.env import BASE_DIR
from engine import quality, reading, texts
from engine.quality.views import About, CitedSentence, SectionView
from sources.extracting.sandbox import extract
from sources.sentences import sentences
from tests.bench.figure import Figure

WORDS = 120_000
CHAPTERS = 20
NAMES = ("all checks, 120,000 words", "slowest check")


def measure() -> Iterable[Figure]:
    """Seconds of processor time in all, and of each check."""

    views = _views()
    spent = {name: _seconds(work) for name, work in _works(views)}
    total = sum(spent.values())
    words = sum(view.words for view in views)
    yield Figure(NAMES[0], total, "s", "under 10 s", [words, *spent.values()])
    slowest = max(spent, key=lambda name: spent[name])
    yield Figure(NAMES[1], spent[slowest], f"s ({slowest})")
    for name, seconds in spent.items():
        yield Figure(f"  {name}", seconds, "s")


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _works(views: list[SectionView]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each check; what they share (sentences, words) is paid for by the first that asks."""

    for module in quality.SECTION_MODULES:
        yield f"{module.NAME} (sections)", partial(_each, module.check, views)
    for module in quality.BOOK_MODULES:
        yield f"{module.NAME} (book)", partial(_whole, module.check_book, views)


def _each(check: Callable[[SectionView], Iterable[Seen]], views: list[SectionView]) -> list[list[Seen]]:
    return [list(check(one)) for one in views]


def _whole(check: Callable[[list[SectionView]], Iterable[Seen]], views: list[SectionView]) -> list[Seen]:
    return list(check(views))


def _views() -> list[SectionView]:
    sources = _sources()
    about = About("Frederick Douglass", "en", "American orator (1817–1895)", sources)
    told = _told(sources)
    return [_chapter(f"{number}. Chapter", told, about) for number in range(1, CHAPTERS + 1)]


def _chapter(name: str, told: Iterator[CitedSentence], about: About) -> SectionView:
    cited: list[CitedSentence] = []
    words = 0
    while words < WORDS / CHAPTERS:
        cited.append(replace(next(told), number=len(cited) + 1))
        words += len(cited[-1].sentence.split())
    marked = [f"{texts.escape(one.sentence)}[^{one.number}]" for one in cited]
    text = "\n\n".join(" ".join(six) for six in _sixes(marked))
    return SectionView(
        name, "chapter", tuple(reading.parse(text)), words, words, tuple(cited), (), text, about
    )


def _sources() -> dict[int, str]:

    (folder,) = (path for path in (BASE_DIR / "sources" / "demo").iterdir() if path.is_dir())
    files = [path for path in sorted(folder.iterdir()) if path.suffix in {".txt", ".html", ".pdf"}]
    return {number: extract(path.read_bytes(), path.name).text for number, path in enumerate(files, 1)}


def _told(sources: dict[int, str]) -> Iterator[CitedSentence]:
    """Sentences without end: each round's words are spelled a little differently."""
    spans = [(number, text, span) for number, text in sources.items() for span in sentences(text)]
    for turn in range(100):
        for place, (number, text, (start, end)) in enumerate(spans):
            said = re.sub(r"\b([a-z]{5,})\b", rf"\1{'x' * turn}", " ".join(text[start:end].split()))
            verdict = "supported" if place % 10 == 9 else "verbatim"
            yield CitedSentence(0, said, said, said, verdict, "", number, start)


def _sixes(marked: list[str]) -> Iterator[list[str]]:
    for place in range(0, len(marked), 6):
        yield marked[place : place + 6]
