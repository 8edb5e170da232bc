"""The support check: hard pairs, errors planted in sentences of real sources, false alarms, speed.

`BOOKGEN_BENCH_SOURCES` names further folders of sources to plant errors in, with ":" between them.
"""

from __future__ import annotations

import json
import os
import random
import time
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import django

from sources.demos import demo_folders
from sources.people import parse_name
from sources.support import check
from sources.vocabulary import Verdict
from tests.bench.figure import Figure
from tests.planting import PLANTERS, Planter, Told, retypeset, rewrapped, shortened, told_in
from tests.planting_classes import PLANTED_CLASSES

DATA = Path(__file__).parents[1] / "data"
PAIRS = {
    "given": DATA / "support_pairs.jsonl",
    "own": DATA / "support_pairs_own.jsonl",
    "light": DATA / "support_pairs_light.jsonl",
}
KINDS = ("supported", "date", "number", "name", "negation", "relation")
MOST = 400  # errors of each kind, at most
MOST_OF_CLASS = 150  # of each class in each half
HALVES = ("tuned on", "held out")
LIGHT = ("honest", "honest called contradicted", "errors")
NAMES = (
    *(f"{which} pairs: {half}" for which in PAIRS for half in HALVES),
    *(f"{which} pairs: {kind}" for which in ("given", "own") for kind in KINDS),
    *(f"light pairs, {half}: {what}" for half in HALVES for what in LIGHT),
    *(
        f"planted {kind}, {half}{where}"
        for kind in PLANTED_CLASSES
        for half in HALVES
        for where in ("", ", in a clause")
    ),
    *(f"planted in all classes, {half}" for half in HALVES),
    *(f"planted {kind} found" for kind in PLANTERS),
    *(f"planted {kind} found in a clause" for kind in PLANTERS),
    "false alarms",
    "false alarms, other typography",
    "false alarms, wrapped otherwise",
    "checks a second",
    "checks a second, new passages",
)


def measure() -> Iterable[Figure]:
    """The figures, all but the speed the same in each run."""
    django.setup()  # reasons are translated
    for which, path in PAIRS.items():
        yield from _pairs(which, path)
    yield from _light()
    folders = [
        *demo_folders(),
        *map(Path, filter(None, os.environ.get("BOOKGEN_BENCH_SOURCES", "").split(":"))),
    ]
    told = [one for folder in folders for one in told_in(folder)]
    yield from _planted(told)
    yield from _planted_classes(told)
    yield from _alarms(told)
    yield from _speed(told)


def _pairs(which: str, path: Path) -> Iterator[Figure]:
    """Right verdicts of those on each kind; the even rows were looked at while the rules were made."""
    right: dict[str, list[bool]] = defaultdict(list)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        about = parse_name(row.get("about", ""))
        held = check(row["claim"], row["passage"], about=about).holds == row["supported"]
        right["held out" if number % 2 else "tuned on"].append(held)
        right[row["kind"]].append(held)
    for name in (*HALVES, *(KINDS if which != "light" else ())):
        yield _share(f"{which} pairs: {name}", right[name], "at least 75" if name == "held out" else "")


def _share(name: str, hits: Sequence[bool], aim: str) -> Figure:
    return Figure(name, round(100 * sum(hits) / max(len(hits), 1), 1), "%", aim, [sum(hits), len(hits)])


def _planted(told: Sequence[Told]) -> Iterator[Figure]:
    for kind, planter in PLANTERS.items():
        chance = random.Random(f"planted {kind}")
        whole: list[bool] = []
        clauses: list[bool] = []
        for one in chance.sample(told, len(told)):
            wrong = planter(one, chance)
            if wrong is None or len(whole) >= MOST:
                continue
            whole.append(not check(wrong, one.passage).holds)
            clause = shortened(one.sentence, wrong)
            if clause:
                clauses.append(not check(clause, one.passage).holds)
        yield _share(f"planted {kind} found", whole, "at least 95")
        yield _share(f"planted {kind} found in a clause", clauses, "")


def _light() -> Iterator[Figure]:
    """Honest sentences that reword a little, which may not be called contradicted, and errors of all classes."""
    seen: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for number, line in enumerate(PAIRS["light"].read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        half = HALVES[number % 2]
        support = check(row["claim"], row["passage"], about=parse_name(row["about"]))
        if row["supported"]:
            seen[half, "honest"].append(support.holds)
            seen[half, "honest called contradicted"].append(support.verdict == Verdict.CONTRADICTED)
        else:
            seen[half, "errors"].append(not support.holds)
    aims = dict(zip(LIGHT, ("at least 75", "none", "at least 95"), strict=True))
    for half in HALVES:
        for what in LIGHT:
            yield _share(f"light pairs, {half}: {what}", seen[half, what], aims[what])


def _planted_classes(told: Sequence[Told]) -> Iterator[Figure]:
    """Errors of each class; the passages of the second half weren't looked at while the rules were made."""
    everything: dict[str, list[bool]] = defaultdict(list)
    for kind, planter in PLANTED_CLASSES.items():
        for half in HALVES:
            chance = random.Random(f"planted {kind}")
            whole, clauses = _found(planter, [one for one in told if _half_of(one) == half], chance)
            everything[half] += whole
            yield _share(f"planted {kind}, {half}", whole, "at least 95")
            yield _share(f"planted {kind}, {half}, in a clause", clauses, "")
    for half in HALVES:
        yield _share(f"planted in all classes, {half}", everything[half], "at least 95")


def _half_of(told: Told) -> str:
    return HALVES[zlib.crc32(told.passage.encode()) % 2]


def _found(planter: Planter, told: Sequence[Told], chance: random.Random) -> tuple[list[bool], list[bool]]:
    """Whether each planted error was found: in the whole sentence, and in the clause that holds it."""
    whole: list[bool] = []
    clauses: list[bool] = []
    for one in chance.sample(told, len(told)):
        wrong = planter(one, chance)
        if wrong is None or wrong == one.sentence or len(whole) >= MOST_OF_CLASS:
            continue
        whole.append(not check(wrong, one.passage).holds)
        clause = shortened(one.sentence, wrong)
        if clause:
            clauses.append(not check(clause, one.passage).holds)
    return whole, clauses


def _alarms(told: Sequence[Told]) -> Iterator[Figure]:
    chance = random.Random("false alarms")
    sample = chance.sample(told, min(len(told), 1_000))
    yield _share("false alarms", [not check(one.sentence, one.passage).holds for one in sample], "at most 2")
    other = [not check(retypeset(one.sentence, chance), one.passage).holds for one in sample]
    yield _share("false alarms, other typography", other, "at most 2")
    wrapped = [not check(rewrapped(one.sentence, chance), one.passage).holds for one in sample]
    yield _share("false alarms, wrapped otherwise", wrapped, "at most 2")


def _speed(told: Sequence[Told]) -> Iterator[Figure]:
    """Sentences with a planted error, by processor time; then with passages that were never seen before."""
    chance = random.Random("speed")
    wrong = [(wrong_sentence(one, chance), one.passage) for one in told]
    check(
        "He was born in Paris in 1850.", "In 1850 he was born in Paris."
    )  # the tables are read once a process
    yield _rate("checks a second", [one for one in wrong[:500] for _ in range(4)])
    apart = {passage: sentence for sentence, passage in wrong}
    yield _rate("checks a second, new passages", [(sentence, passage) for passage, sentence in apart.items()])


def wrong_sentence(told: Told, chance: random.Random) -> str:
    """A sentence with an error of any kind; its last word left out where nothing can be planted."""
    planted = (planter(told, chance) for planter in PLANTERS.values())
    return next(filter(None, planted), told.sentence.rsplit(" ", 2)[0] + " nowhere.")


def _rate(name: str, pairs: Sequence[tuple[str, str]]) -> Figure:
    started = time.process_time()
    for sentence, passage in pairs:
        check(sentence, passage)
    spent = time.process_time() - started
    return Figure(
        name, round(len(pairs) / spent), "a second and core", "at least 1,000", [len(pairs), round(spent, 3)]
    )
