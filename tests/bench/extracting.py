"""Reading documents in child processes: how many a second, how soon the first, and what a child holds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sources.extracting.process import Child
from sources.extracting.sandbox import Sandbox
from tests.bench.figure import Figure

NAMES = (
    "child starts",
    "small pages, one child",
    "small pages, two children",
    "60 small pages from nothing",
    "longest PDF of the demo",
    "memory of a child",
)
DEMO = Path(__file__).parents[2] / "sources" / "demo"
PAGE = (
    "<html><head><title>Jane Roe</title></head><body><nav><a href='/'>Home</a></nav><article>"
    + "<p>Jane Roe was born in Leeds in 1822, and lived there with her brothers for thirty years.</p>" * 40
    + "</article></body></html>"
).encode()


def measure() -> Iterable[Figure]:
    """All figures, on this machine, with whatever else runs on it."""
    starts = [_start() for _time in range(5)]
    yield Figure("child starts", statistics.median(starts), "s", "once per child", starts)
    yield Figure("small pages, one child", _rate(1), "documents/s", "at least 20")
    yield Figure("small pages, two children", _rate(2), "documents/s")
    yield Figure("60 small pages from nothing", _from_nothing(), "s", "a part of the 4 s for 60 sources")
    yield from _pdf()


def _start() -> float:
    begun = time.monotonic()
    child = Child()
    taken = time.monotonic() - begun
    child.end()
    return taken


def _rate(children: int) -> float:
    """Documents a second of warm children, 100 each."""
    sandbox = Sandbox(children)
    with ThreadPoolExecutor(children) as pool:
        list(pool.map(lambda _n: sandbox.read(PAGE, "a.html"), range(children * 4)))
        begun = time.monotonic()
        list(pool.map(lambda _n: sandbox.read(PAGE, "a.html"), range(children * 80)))
        taken = time.monotonic() - begun
    sandbox.close()
    return children * 80 / taken


def _from_nothing() -> float:
    sandbox = Sandbox(2)
    begun = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _n: sandbox.read(PAGE, "a.html"), range(60)))
    taken = time.monotonic() - begun
    sandbox.close()
    return taken


def _pdf() -> Iterable[Figure]:
    data = max(DEMO.rglob("*.pdf"), key=lambda path: path.stat().st_size).read_bytes()
    child = Child()
    samples, held = [], 0
    for _time in range(4):
        begun = time.monotonic()
        notes, _text = child.ask(data, "a.pdf", 60, 120)
        samples.append(time.monotonic() - begun)
        held = int(notes["held"])
    child.end()
    yield Figure("longest PDF of the demo", statistics.median(samples), "s", "", samples)
    yield Figure("memory of a child", held / 1e6, "MB", "below 150")
