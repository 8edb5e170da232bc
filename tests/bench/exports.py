"""Printing a book of 400 pages: processor time and memory, each format in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

from biographies.exports.manuscript import Block, IndexEntry, Inline, Manuscript, Note, Place, Section
from tests.bench.figure import Figure

RENDERERS = {"docx": "biographies.exports.docx:render"}
NAMES = tuple(f"{one}: {what}" for one in RENDERERS for what in ("seconds", "memory", "size"))
CHAPTERS, PARAGRAPHS, SENTENCES = 40, 32, 6  # about 130,000 words: 400 pages of 6 × 9 in
TIMES = 3
SENTENCE = "In the spring of 18{0:02d} she walked from Leith to the harbour of Hull and sold {0} charts. "
CHILD = """
import importlib, json, resource, sys, time
from biographies.exports.options import DEFAULTS
from tests.bench.exports import book
module, name = sys.argv[1].split(":")
render = getattr(importlib.import_module(module), name)
printed = book()
began = time.process_time()
data = render(printed, DEFAULTS)
took = time.process_time() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": took, "memory": peak, "size": len(data) / 1024}))
"""


def measure() -> Iterator[Figure]:
    """Each format several times; the fastest run counts, and the most memory."""
    for one, where in RENDERERS.items():
        told = [_run(where) for _time in range(TIMES)]
        seconds, memory = [run["seconds"] for run in told], [run["memory"] for run in told]
        yield Figure(f"{one}: seconds", min(seconds), "s", "at most 5", seconds)
        yield Figure(f"{one}: memory", max(memory), "MB", "at most 300", memory)
        yield Figure(f"{one}: size", told[0]["size"], "KB")


def _run(where: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, where], capture_output=True, text=True, check=True, timeout=600
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def book() -> Manuscript:
    """A book of about 400 pages with a note for every second sentence and an index."""
    chapters = tuple(_chapter(number) for number in range(1, CHAPTERS + 1))
    places = [Place(section, block) for section in range(CHAPTERS) for block in range(0, PARAGRAPHS, 3)]
    entries = tuple(
        IndexEntry(f"Name {number:03d}", "person", tuple(places[number :: len(places) // 6]))
        for number in range(300)
    )
    return Manuscript("A Long Life", "A Biography", "A Team", "en", chapters, index=entries)


def _chapter(number: int) -> Section:
    notes = range(1, PARAGRAPHS * SENTENCES // 2 + 1)
    return Section(
        "chapter",
        f"Years of Trade {number}",
        tuple(Block("paragraph", tuple(_inlines(block))) for block in range(PARAGRAPHS)),
        tuple(Note(one, (Inline("Doe, "), Inline("Harbours", italic=True), Inline(", 9."))) for one in notes),
        number=number,
    )


def _inlines(block: int) -> Iterator[Inline]:
    for place in range(SENTENCES):
        made = Inline(SENTENCE.format(place + block))
        first = block * SENTENCES // 2 + place // 2 + 1
        yield replace(made, notes=(first,)) if place % 2 else made
