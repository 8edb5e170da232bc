"""How much of the truth reaches the fact table and the book, held against facts that a person looked up.

`BENCH_SUBJECT=<folder>` measures another subject: a folder of sources with a `facts.json` of the same form.
`BENCH_SHOW=1` names what is missing, and prints every contradiction that was marked.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django

from tests.bench.figure import Figure

NAMES = (
    "facts_in_table",
    "facts_in_text",
    "dates_right",
    "dates_told",
    "conflicts_found",
    "contradictions_marked",
)
_HERE = Path(__file__).parents[1]
_DEMO = _HERE.parent / "sources" / "demo" / "frederick-douglass"
_TRUTH = _HERE / "data" / "frederick-douglass" / "facts.json"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the fact table: the words of all its spans, its date, and the key it contradicts."""

    key: str
    words: str
    first: dt.date | None
    last: dt.date | None
    against: str
    told: tuple[tuple[dt.date, dt.date], ...]  # every date that it gives in full


def measure() -> Iterable[Figure]:
    """Make the whole book, then compare its rows with the ground truth."""
    django.setup()
    folder = Path(os.environ.get("BENCH_SUBJECT") or _DEMO)
    truth = json.loads((_TRUTH if folder == _DEMO else folder / "facts.json").read_text())
    started = time.perf_counter()
    rows, text = _made(folder)
    yield Figure("seconds_to_make", time.perf_counter() - started, "s", "under 40 s on two cores alone")
    yield from _facts(truth["facts"], rows, text)
    yield from _conflicts(truth["conflicts"], rows)


def _made(folder: Path) -> tuple[list[Row], str]:
    from django.core.management import call_command  # noqa: PLC0415 - the settings must stand before

    from bookgen_site.accounts.actions import ensure_operator  # noqa: PLC0415
    from engine import crew, reading  # noqa: PLC0415
    from engine.management import making  # noqa: PLC0415
    from sources.intake import read_folder  # noqa: PLC0415
    from sources.models import Fact, Source  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    found = read_folder(folder)
    name = found.listing.subject.name if found.listing.subject else folder.name.replace("-", " ").title()
    job = making.new_job(
        by=ensure_operator(),
        folder=found,
        key=str(folder),
        wishes={"character": name},
        say=print,
    )
    crew.sweep_once()
    texts = dict(Source.objects.filter(job=job).values_list("number", "text"))
    facts = Fact.objects.filter(job=job).select_related("contradicts").order_by("key")
    book = " ".join(reading.plain(chapter.content) for chapter in job.chapters.filter(kind="chapter"))
    return [_row(fact, texts) for fact in facts], _folded(book)


def _row(fact: Any, texts: dict[int, str]) -> Row:
    """Neighbouring sentences stand together, since a quotation may run over their border."""
    spans = [texts[source][start:end] for source, start, end in fact.also]
    if fact.spans:
        source, start = fact.spans[0][:2]
        spans.insert(0, texts[source][start : fact.spans[-1][2]])
    against = fact.contradicts.key if fact.contradicts else ""
    told = tuple((dt.date.fromisoformat(one[0]), dt.date.fromisoformat(one[1])) for one in fact.dates)
    return Row(fact.key, _folded(" | ".join(spans)), fact.date_start, fact.date_end, against, told)


def _facts(facts: list[dict[str, Any]], rows: list[Row], text: str) -> Iterator[Figure]:
    quotes = {fact["id"]: _folded(fact["source"]["quote"]) for fact in facts}
    holding = {name: [row for row in rows if quote in row.words] for name, quote in quotes.items()}
    tabled = [name for name in quotes if holding[name]]
    told = [name for name, quote in quotes.items() if quote in text]
    dated = [fact for fact in facts if fact["date"]]
    right = [
        fact["id"]
        for fact in dated
        if any(_fits(row.first, row.last, fact["date"]) for row in holding[fact["id"]])
    ]
    known = {
        fact["id"]
        for fact in dated
        if any(_fits(*date, fact["date"]) for row in holding[fact["id"]] for date in row.told)
    }
    _show("not in the table", set(quotes) - set(tabled))
    _show("not in the text", set(quotes) - set(told))
    _show("without the right date", {fact["id"] for fact in dated} - set(right))
    yield Figure("facts_in_table", len(tabled), f"of {len(quotes)}", "at least 30 of 35")
    yield Figure("facts_in_text", len(told), f"of {len(quotes)}", "at least 26 of 35")
    yield Figure("dates_right", len(right), f"of {len(dated)}", "as many as possible")
    yield Figure("dates_told", len(known | set(right)), f"of {len(dated)}", "with every date of the row")


def _fits(begin: dt.date | None, end: dt.date | None, date: str) -> bool:
    """Whether a row's date lies in the true one or holds it, and is off by no more than two years."""
    if begin is None or end is None:
        return False
    first, last = _extent(date)
    touches = begin <= last and first <= end
    return touches and abs(begin.year - first.year) <= 2 and abs(end.year - last.year) <= 2


def _extent(date: str) -> tuple[dt.date, dt.date]:
    """ "1845-08/1847-04", "1838-09", "1895-02-20" or "1845" as first and last day."""
    first, _, last = date.partition("/")
    start = dt.date.fromisoformat((first + "-01-01")[:10])
    end = last or first
    if len(end) == 10:
        return start, dt.date.fromisoformat(end)
    following = dt.date(int(end[:4]) + 1, 1, 1) if len(end) == 4 or end.endswith("-12") else None
    return start, (following or dt.date(int(end[:4]), int(end[5:7]) + 1, 1)) - dt.timedelta(days=1)


def _conflicts(conflicts: list[dict[str, Any]], rows: list[Row]) -> Iterator[Figure]:
    """A conflict is found when two rows that hold different claims of it are marked as contradicting."""
    by_key = {row.key: row for row in rows}
    pairs = [(row, by_key[row.against]) for row in rows if row.against]
    found = [one["id"] for one in conflicts if any(_disagree(one["claims"], *pair) for pair in pairs)]
    _show("conflicts not found", {one["id"] for one in conflicts} - set(found))
    for losing, better in pairs if os.environ.get("BENCH_SHOW") else ():
        sys.stderr.write(f"- {losing.words[:400]}\n  AGAINST {better.words[:400]}\n")
    yield Figure("conflicts_found", len(found), f"of {len(conflicts)}", "at least 4 of 6")
    yield Figure("contradictions_marked", len(pairs), "pairs", "none that isn't one")


def _disagree(claims: list[dict[str, str]], one: Row, other: Row) -> bool:
    of_one = {claim["claim"] for claim in claims if _folded(claim["quote"]) in one.words}
    of_other = {claim["claim"] for claim in claims if _folded(claim["quote"]) in other.words}
    return any(mine != theirs for mine in of_one for theirs in of_other)


def _show(what: str, names: Iterable[str]) -> None:
    if os.environ.get("BENCH_SHOW"):
        sys.stderr.write(f"{what}: {', '.join(sorted(names)) or '-'}\n")


def _folded(text: str) -> str:
    """Text without quotation marks and differences of white space, case and apostrophes."""
    return " ".join(re.sub(r"[\"“”„«»]", "", text.replace("’", "'").replace("‘", "'")).casefold().split())
