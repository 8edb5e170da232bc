"""A crowd at the API while two books are made: so many requests a second, whatever the server does.

PostgreSQL, Redis, gunicorn with three processes and one worker process, all on the same cores as the crowd. Of four
requests one asks for the list of books, one for a chapter, two for a status. `BENCH_SECONDS=600` for ten minutes,
`BENCH_RATE=100` for fewer. An answer that is no success ends the run.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from tests.bench.api import installation
from tests.bench.figure import Figure
from tests.bench.load import THREADS, open_loop, percentile
from tests.bench.scripted_book import DEMO, LIMIT, ROOT, provider
from tests.fuzz.server import serving

RATE: Final = float(os.environ.get("BENCH_RATE", "200"))
SECONDS: Final = float(os.environ.get("BENCH_SECONDS", "60"))
CALLS: Final = 250  # of two books
BOOKS: Final = 60  # in the list
WISHES: Final[dict[str, Any]] = {"wanted_chapters": 20, "wanted_words": 51_000, "holds_targets": True}
NAMES = (
    "requests answered",
    "list of books p95",
    "chapter p95",
    "status p95",
    "books in the making at the end",
    "calls for them",
)


def measure() -> Iterable[Figure]:
    """Fill the list, begin the books, and send the crowd."""
    with installation() as (variables, seeded), serving(variables, workers=3) as address:
        headers = {"X-API-Key": seeded["key"], "Content-Type": "application/json"}
        _fill(address, headers)
        latency = SECONDS * LIMIT / CALLS  # so that both are at work until the end
        with provider("--latency", f"{latency:.1f}") as url, books(variables, url) as jobs:
            taken = open_loop(address, _asking(seeded, headers), rate=RATE, seconds=SECONDS)
            going = [_told(address, headers, f"/api/v1/biographies/{job}/status")["status"] for job in jobs]
            costs = [_told(address, headers, f"/api/v1/biographies/{job}/cost") for job in jobs]
            calls = [sum(one["calls"] for one in cost["by_phase"]) for cost in costs]
    yield Figure(NAMES[0], len(taken), f"of {RATE:.0f} a second", "all")
    yield _p95(NAMES[1], taken, "under 100", 0)
    yield _p95(NAMES[2], taken, "under 60", 1)
    yield _p95(NAMES[3], taken, "", 2, 3)
    yield Figure(NAMES[4], going.count("running"), "", "2")
    yield Figure(NAMES[5], sum(calls), "", "", calls)


def kind(number: int) -> int:
    """Which of the four a request is: all of them on each connection, of which every n-th request has the same one."""
    return (number + number // THREADS) % 4


def _p95(name: str, taken: Sequence[float], aim: str, *kinds: int) -> Figure:
    times = [one for number, one in enumerate(taken) if kind(number) in kinds]
    return Figure(name, percentile(times, 0.95), "ms", aim, sorted(times)[-5:])


def _asking(seeded: Mapping[str, Any], headers: Mapping[str, str]) -> Any:
    job, (chapter, *_more) = next(
        (job, ids["chapter_id"]) for job, ids in seeded["children"].items() if ids["chapter_id"]
    )
    status = f"/api/v1/biographies/{job}/status"
    paths = ("/api/v1/biographies", f"/api/v1/biographies/{job}/chapters/{chapter}", status, status)

    def ask(connection: http.client.HTTPConnection, number: int) -> http.client.HTTPResponse:
        connection.request("GET", paths[kind(number)], headers=dict(headers))
        return connection.getresponse()

    return ask


def _fill(address: str, headers: Mapping[str, str]) -> None:
    for number in range(BOOKS):
        _told(address, headers, "/api/v1/biographies", json.dumps({"character": f"Ada Quill {number}"}))


def _told(address: str, headers: Mapping[str, str], path: str, body: str | None = None) -> Any:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=30)
    connection.request("POST" if body else "GET", path, body, dict(headers))
    answer = connection.getresponse()
    told = json.loads(answer.read())
    if answer.status >= 400:
        raise RuntimeError(f"{path}: {answer.status} {told}")
    return told


@contextmanager
def books(variables: Mapping[str, str], url: str) -> Iterator[list[str]]:
    """Two books at work in a process of their own while the block runs; hands over the ids of their jobs."""
    command = [sys.executable, "-m", "tests.bench.crowd", url]
    with subprocess.Popen(
        command, cwd=ROOT, env={**variables, "LOG_LEVEL": "ERROR"}, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield list(json.loads(process.stdout.readline()))
        finally:
            process.kill()


def main(url: str) -> None:
    """Begin two books, print their ids, and work at them until killed."""
    import django  # noqa: PLC0415  # the settings are read from this process's own environment

    django.setup()
    from engine.crew import Crew  # noqa: PLC0415
    from tests.bench.scripted_book import started  # noqa: PLC0415

    jobs = [started(url, DEMO, f"crowd {number}", **WISHES) for number in range(2)]
    sys.stdout.write(json.dumps([str(job.pk) for job in jobs]) + "\n")
    sys.stdout.flush()
    with Crew(jobs[0].pk, LIMIT), Crew(jobs[1].pk, LIMIT):
        time.sleep(SECONDS + 600)


if __name__ == "__main__":
    main(sys.argv[1])
