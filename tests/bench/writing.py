"""A whole book by a scripted model: 20 chapters, 51,000 words, the demo's sources; each call takes a second.

The ideal is reckoned from the provider's own log of calls and from what must wait for what. `BENCH_RUNS=3` for more
runs, `BENCH_LATENCY=2` for slower calls, `BENCH_WORKERS=2` for a second book as a team makes it: by so many worker
processes on PostgreSQL, with the threads shared among them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import django
from django.core.management import call_command

from scripts.tools import services
from tests.bench.figure import Figure
from tests.bench.scripted_book import DEMO, LIMIT, ROOT, Book, made, provider
from tests.fuzz.server import environment

NAMES = (
    "wall time of the calls / ideal",
    "wall time of the calls",
    "ideal",
    "calls",
    "start to review",
    "outside of calls",
    "CPU of the engine",
    "chapters within 5 % of their target",
)
WORKERS: Final = int(os.environ.get("BENCH_WORKERS", "1"))
SERVICES: Final = "writing"  # the name of the team's own PostgreSQL
WISHES: Final[dict[str, Any]] = {"wanted_chapters": 20, "wanted_words": 51_000, "holds_targets": True}


@dataclass(frozen=True, slots=True)
class Spans:
    """What the log says of one book, in seconds."""

    first: float
    last: float
    chain: float  # the longest chain of calls that wait for one another
    work: float  # all latencies together
    busy: float  # time with at least one call in flight

    @property
    def ideal(self) -> float:
        """No schedule can be faster than this."""
        return max(self.chain, self.work / LIMIT)


def measure() -> Iterable[Figure]:
    """Make the book so often, and compare; by one process, and where more are wished by these too."""
    yield from _measured(1)
    if WORKERS > 1:
        yield from _of_a_team()


def _of_a_team() -> Iterable[Figure]:
    """The same on PostgreSQL: Django of this process stands on another database already."""
    with tempfile.TemporaryDirectory(prefix="bookgen-bench-writing-") as var:
        services.wipe(SERVICES)  # what a run that was killed left behind
        try:
            variables = environment(Path(var), **services.start(SERVICES), LOG_LEVEL="ERROR")
            command = [sys.executable, "-m", "tests.bench.writing"]
            run = subprocess.run(
                command, cwd=ROOT, env=variables, check=True, stdout=subprocess.PIPE, text=True
            )
        finally:
            services.wipe(SERVICES)
    for line in run.stdout.splitlines():
        name, *told = json.loads(line)
        yield Figure(f"{WORKERS} workers, PostgreSQL: {name}", *told)


def main() -> None:
    """Print the figures of a team, one a line."""
    for figure in _measured(WORKERS):
        told = [figure.name, figure.value, figure.unit, figure.aim, list(figure.samples)]
        sys.stdout.write(json.dumps(told) + "\n")


def _measured(workers: int) -> Iterable[Figure]:
    django.setup()
    call_command("migrate", verbosity=0)
    books = [_book(number, workers) for number in range(int(os.environ.get("BENCH_RUNS", "1")))]
    spans = [spans_of(book) for book in books]
    wall = [one.last - one.first for one in spans]
    yield _figure(NAMES[0], [a / b.ideal for a, b in zip(wall, spans, strict=True)], "", "at most 1.10")
    yield _figure(NAMES[1], wall, "s")
    yield _figure(NAMES[2], [one.ideal for one in spans], "s")
    yield _figure("longest chain", [one.chain for one in spans], "s")
    yield _figure("latencies / limit", [one.work / LIMIT for one in spans], "s")
    yield _figure(NAMES[3], [len(book.log) for book in books], "")
    yield _figure(NAMES[4], [book.seconds for book in books], "s")
    yield _figure(NAMES[5], [a.seconds - b.busy for a, b in zip(books, spans, strict=True)], "s")
    yield _figure(NAMES[6], [book.cpu for book in books], "s")
    yield _figure(NAMES[7], [_fitting(book) for book in books], "of 20", "20")


def _figure(name: str, samples: Sequence[float], unit: str, aim: str = "") -> Figure:
    return Figure(name, sorted(samples)[len(samples) // 2], unit, aim, samples)


def _book(number: int, workers: int) -> Book:
    threads = int(os.environ.get("BENCH_THREADS", "20")) // workers
    with provider("--latency", os.environ.get("BENCH_LATENCY", "1")) as url:
        book = made(url, DEMO, f"writing {number}", threads=threads, workers=workers, **WISHES)
    if book.job.status != "needs_review":
        raise AssertionError(f"The book is {book.job.status}: {book.job.error_message}")
    return book


def _fitting(book: Book) -> int:
    chapters = book.job.chapters.filter(kind="chapter")
    return sum(abs(one.word_count - one.target_words) <= 0.05 * one.target_words for one in chapters)


def spans_of(book: Book) -> Spans:
    """Chains by what must wait for what: all facts, then the outline, then each chapter's parts one after another.

    Batches of one source don't need each other, nor do prologue, introduction and epilogue need the chapters' texts.
    """
    from engine.models import ModelCall  # noqa: PLC0415  # Django must be set up before

    lasted: defaultdict[str, float] = defaultdict(float)
    for line in book.log:
        lasted[line["request_hash"]] += line["ended"] - line["began"]
    rows = ModelCall.objects.filter(job=book.job).order_by("id")
    chains: defaultdict[tuple[str, str], float] = defaultdict(float)
    longest = {"facts": 0.0, "outline": 0.0, "written": 0.0}
    for phase, key, name in rows.values_list("unit__phase", "unit__key", "request_hash"):
        chains[phase, key] += lasted[name]
        if phase == "research_planning":
            kind = "outline" if key == "outline" else "facts"
            longest[kind] = max(longest[kind], lasted[name])
    longest["written"] = max(
        length for (phase, _key), length in chains.items() if phase != "research_planning"
    )
    return Spans(
        first=min(line["began"] for line in book.log),
        last=max(line["ended"] for line in book.log),
        chain=sum(longest.values()),
        work=sum(lasted.values()),
        busy=_covered(book.log),
    )


def _covered(log: Iterable[Mapping[str, Any]]) -> float:
    """The length of the union of all spans."""
    total, end = 0.0, float("-inf")
    for line in sorted(log, key=lambda one: one["began"]):
        total += max(0.0, line["ended"] - max(end, line["began"]))
        end = max(end, line["ended"])
    return total


if __name__ == "__main__":
    main()
