"""The API under load, on PostgreSQL and Redis behind gunicorn as a team runs it.

The status of a job with everything (limits, key, visibility) is compared in one run with the bare views of
`tests/bench/bare`, under the same server and database: ratios, because machines differ.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scripts.tools import services
from tests.bench.figure import Figure
from tests.bench.load import open_loop, percentile, requests_a_second
from tests.fuzz.server import ROOT, environment, manage, serving

ROUNDS = 4
SET = "bench"
NAMES = (
    "bare Django view",
    "bare framework view",
    "status of a job",
    "status / bare framework",
    "status / bare Django",
    "status, nothing new (304) / bare framework",
    "three processes / one",
    "/health p99 at 50 a second",
    "status p95 at 50 a second",
    "create p95 at 50 a second",
)
BARE = {"DJANGO_SETTINGS_MODULE": "tests.bench.bare.settings"}


def measure() -> Iterable[Figure]:
    """Rounds of three seconds, each view in turn; then 50 requests a second for some seconds."""
    if not shutil.which("wrk"):
        sys.stderr.write("wrk isn't installed (Debian: wrk): the API isn't measured.\n")
        return
    with installation() as (variables, seeded), serving(variables | BARE) as bare, serving(variables) as own:
        job = seeded["jobs"][0]
        status, key = f"{own}/api/v1/biographies/{job}/status", {"X-API-Key": seeded["key"]}
        urls = {
            "plain": (f"{bare}/plain/{job}", {}),
            "framework": (f"{bare}/framework/{job}", {}),
            "status": (status, key),
            "unchanged": (status, key | {"If-None-Match": _tag(status, key)}),
        }
        yield from _throughput(urls)
        with serving(variables, workers=3) as three:
            yield _three(status, status.replace(own, three), key)
        yield from _latencies(own, job, key)


@contextmanager
def installation() -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
    """PostgreSQL and Redis of its own with some jobs in them: the variables, and what was made."""
    services.wipe(SET)  # what a run that was killed left behind
    addresses = services.start(SET)
    try:
        with tempfile.TemporaryDirectory(prefix="bookgen-bench-api-") as folder:
            # The limits are on and count; they are only too high to be reached.
            limits = {"RATE_LIMIT_PER_MINUTE": "10000000", "RATE_LIMIT_PER_KEY": "10000000"}
            variables = environment(Path(folder), **addresses, **limits, LOG_LEVEL="WARNING")
            manage(variables, "migrate", "--verbosity", "0")
            yield variables, _seeded(variables)
    finally:
        services.wipe(SET)


def _seeded(variables: Mapping[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.fuzz.seed"]
    run = subprocess.run(command, cwd=ROOT, env=dict(variables), check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def _tag(url: str, headers: Mapping[str, str]) -> str:
    from urllib.request import Request, urlopen  # noqa: PLC0415  # one request

    with urlopen(Request(url, headers=dict(headers)), timeout=30) as answer:
        return str(answer.headers.get("ETag", '"none"'))


def _throughput(urls: Mapping[str, tuple[str, Mapping[str, str]]]) -> Iterator[Figure]:
    """Ratios of each round: what slows the machine for a while slows all of them."""
    for url, headers in urls.values():
        requests_a_second(url, headers, seconds=1)
    rates: dict[str, list[float]] = {name: [] for name in urls}
    for _round in range(ROUNDS):
        for name, (url, headers) in urls.items():
            rates[name].append(requests_a_second(url, headers))
    for figure, name in zip(NAMES[:3], ("plain", "framework", "status"), strict=True):
        aim = "at least 1,000 if the bare one reaches 1,200" if name == "status" else ""
        yield Figure(figure, statistics.median(rates[name]), "a second", aim, rates[name])
    yield _ratio(NAMES[3], rates["status"], rates["framework"], "at least 0.8")
    yield _ratio(NAMES[4], rates["status"], rates["plain"], "")
    yield _ratio(NAMES[5], rates["unchanged"], rates["framework"], "")


def _ratio(name: str, own: list[float], other: list[float], aim: str) -> Figure:
    ratios = [mine / theirs for mine, theirs in zip(own, other, strict=True)]
    return Figure(name, statistics.median(ratios), "", aim, ratios)


def _three(one: str, three: str, headers: Mapping[str, str]) -> Figure:
    requests_a_second(three, headers, seconds=1)
    pairs = [(requests_a_second(three, headers), requests_a_second(one, headers)) for _round in range(2)]
    aim = f"at least 2 where cores allow; here are {os.cpu_count()}"
    return _ratio(NAMES[6], [pair[0] for pair in pairs], [pair[1] for pair in pairs], aim)


def _latencies(address: str, job: str, key: Mapping[str, str]) -> Iterator[Figure]:
    headers = {**key, "Content-Type": "application/json"}
    asked = (
        (NAMES[7], 0.99, "under 10", "GET", "/health", None),
        (NAMES[8], 0.95, "under 50", "GET", f"/api/v1/biographies/{job}/status", None),
        (NAMES[9], 0.95, "under 100", "POST", "/api/v1/biographies", '{"character": "Ada Quill"}'),
    )
    for name, share, aim, method, path, body in asked:

        def ask(connection: Any, _number: int, one: Any = (method, path, body)) -> Any:
            connection.request(*one, headers=headers)
            return connection.getresponse()

        taken = open_loop(address, ask)
        yield Figure(name, percentile(taken, share), "ms", aim, sorted(taken)[-5:])
