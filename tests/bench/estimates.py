"""The estimate before the start against the bill at the end, for several settings and both kinds of price.

`BENCH_SUBJECT=<folder>` measures another subject than the demo's. Tokens in and out are compared apart, so the
figures hold for whatever prices a model has.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import django
from django.core.management import call_command

from tests.bench.figure import Figure
from tests.bench.scripted_book import DEMO, made, provider

WISHES: Final = {
    "8 chapters, 10,000 words": {"wanted_chapters": 8, "wanted_words": 10_000},
    "8 chapters, 25,000 words": {"wanted_chapters": 8, "wanted_words": 25_000},
    "20 chapters, 51,000 words": {"wanted_chapters": 20, "wanted_words": 51_000},
    "20 chapters, 51,000 words held": {"wanted_chapters": 20, "wanted_words": 51_000, "holds_targets": True},
}
COLUMNS: Final = ("calls", "tokens in", "tokens out", "cost")
NAMES: Final = tuple(f"{name}: {column}" for name in WISHES for column in COLUMNS)
AIM: Final = "0.85 to 1.15"


def measure() -> Iterable[Figure]:
    """Make each book without any waiting; the samples are what was estimated and what came."""
    django.setup()
    call_command("migrate", verbosity=0)
    folder = Path(os.environ.get("BENCH_SUBJECT") or DEMO)
    for name, wishes in WISHES.items():
        yield from _compared(name, folder, wishes)


def _compared(name: str, folder: Path, wishes: dict[str, Any]) -> Iterable[Figure]:
    from django.db.models import Sum  # noqa: PLC0415  # Django must be set up before

    from engine.estimating import estimate  # noqa: PLC0415
    from engine.models import ModelCall  # noqa: PLC0415

    with provider() as url:
        book = made(url, folder, name, threads=2, before=estimate, **wishes)
    told = book.before
    calls = ModelCall.objects.filter(job=book.job)
    paid = calls.aggregate(into=Sum("tokens_in"), out=Sum("tokens_out"), micros=Sum("cost_micros"))
    pairs = (
        (told.calls, calls.count()),
        (told.tokens_in, paid["into"]),
        (told.tokens_out, paid["out"]),
        (told.micros, paid["micros"]),
    )
    for column, (thought, came) in zip(COLUMNS, pairs, strict=True):
        yield Figure(f"{name}: {column}", thought / came, "of the bill", AIM, (thought, came))
