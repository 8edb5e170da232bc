"""The same book while three of ten requests break unbilled, and once more while one of ten answers is billed and bad.

Hangs are as long as the gap between bytes that is allowed, which is scaled down with the calls: one second for both.
"""

from __future__ import annotations

from collections.abc import Iterable

import django
from django.core.management import call_command

from tests.bench.figure import Figure
from tests.bench.scripted_book import DEMO, LIMIT, Book, made, provider
from tests.bench.writing import WISHES

NAMES = (
    "faults: paid calls / calls of the book",
    "faults: requests that broke",
    "faults: chapters written",
    "bad answers: paid calls / (calls and repairs)",
    "bad answers: repair calls",
    "bad answers: chapters written or with a reason",
)
LATENCY = "0.2"  # seconds
GAP = 1.0


def measure() -> Iterable[Figure]:
    """Two books with one and the same outline."""
    django.setup()
    call_command("migrate", verbosity=0)
    book = _book("faults", "--faults", "0.3", "--hang", "2")
    needed = book.job.calls.count()
    yield Figure(NAMES[0], book.bill["paid"] / needed, "", "at most 1.05", (book.bill["paid"], needed))
    yield Figure(NAMES[1], book.bill["faults"], f"of {book.bill['requests']}", "about 30 %")
    yield Figure(NAMES[2], _written(book), "of 20", "20")
    book = _book("lies", "--lies", "0.1", "--lie", "prose")
    repairs = book.job.calls.filter(purpose__endswith="(repair)").count()
    first = book.job.calls.count() - repairs
    paid = book.bill["paid"]
    yield Figure(NAMES[3], paid / (first + repairs), "", "1", (paid, first, repairs))
    yield Figure(NAMES[4], repairs, f"of {first} calls")
    parked = book.job.chapters.filter(kind="chapter", status="parked").exclude(parked_reason="").count()
    yield Figure(NAMES[5], _written(book) + parked, "of 20", "20", (_written(book), parked))


def _written(book: Book) -> int:
    return int(book.job.chapters.filter(kind="chapter", status="needs_review").count())


def _book(key: str, *options: str) -> Book:
    from django.conf import settings  # noqa: PLC0415  # Django must be set up before

    settings.MODEL_CALLS_IN_FLIGHT, settings.MODEL_GAP_SECONDS = LIMIT, GAP
    with provider("--latency", LATENCY, "--seed", "1", *options) as url:
        book = made(url, DEMO, key, threads=LIMIT, **WISHES)
    if book.job.status != "needs_review":
        raise AssertionError(f"The book is {book.job.status}: {book.job.error_message}")
    return book
