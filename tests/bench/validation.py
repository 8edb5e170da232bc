"""Speed of the first phase: 60 sources under 60 host names of one local server that answers after 200 ms.

The real phase, planned and worked by the threads of a crew on SQLite, with the default number of threads; then
the same sources for a second job within the hour; then a thousand texts compared with each other.
"""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import django
from django.core.management import call_command

from tests.bench.figure import Figure

NAMES = (
    "60 sources of 60 hosts, first time",
    "60 sources again within the hour",
    "CPU of the first time",
    "sources found valid",
    "1,000 texts compared",
)
HOSTS: Final = 60
LATENCY: Final = 0.2  # seconds
PAGE: Final = 850  # words
DEMO: Final = Path("sources/demo/frederick-douglass")


def measure() -> Iterable[Figure]:
    """Run the phase twice, then the comparison."""
    django.setup()
    call_command("migrate", verbosity=0)
    with _server(_pages()) as port:
        first, cpu, valid = _phase(port, "one")
        again, _cpu, _valid = _phase(port, "two")
    yield Figure(NAMES[0], first, "s", "under 4", [first])
    yield Figure(NAMES[1], again, "s", "under 4", [again])
    yield Figure(NAMES[2], cpu, "s")
    yield Figure(NAMES[3], valid, "of 60", "60")
    compared = _compared(1_000)
    yield Figure(NAMES[4], compared, "s", "under 10", [compared])


def _pages() -> list[bytes]:
    """Pages in the form of the web: stretches of the demo's texts, all different, between menus and a footer."""
    from sources.extracting.sandbox import extract  # noqa: PLC0415  # Django must be set up before

    texts = [
        extract(path.read_bytes(), path.name).text
        for path in sorted(DEMO.iterdir())
        if path.suffix != ".json"
    ]
    paragraphs = [one for text in texts for one in text.split("\n\n")]
    words, cuts, start = 0, [], 0
    for place, paragraph in enumerate(paragraphs):
        words += len(paragraph.split())
        if words >= PAGE:
            cuts.append(paragraphs[start : place + 1])
            start, words = place + 1, 0
    chosen = (cuts * (HOSTS // len(cuts) + 1))[:HOSTS]
    return [_page(number, "".join(f"<p>{one}</p>" for one in cut)) for number, cut in enumerate(chosen)]


def _page(number: int, body: str) -> bytes:
    menu = "".join(f"<li><a href='/{each}'>Section {each}</a></li>" for each in range(30))
    title = f"Frederick Douglass, part {number}"
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title><meta name='author' content='Frederick Douglass'>"
        f"</head><body><nav><ul>{menu}</ul></nav><article><h1>{title}</h1>{body}"
        f"<p>Told anew under number {number} for the readers of host {number * 7919}.</p></article>"
        "<footer>All rights reserved.</footer></body></html>"
    ).encode()


@contextmanager
def _server(pages: list[bytes]) -> Iterator[int]:
    """A server on loopback that keeps everybody waiting; each host has its own page."""
    loop = asyncio.new_event_loop()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        await asyncio.sleep(LATENCY)
        body, kind = b"User-agent: *\nAllow: /\n", "text/plain"
        if not asked.startswith("get /robots.txt"):
            body, kind = pages[int(asked.split("host: h")[1].split(".")[0])], "text/html; charset=utf-8"
        writer.write(
            f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        )
        await writer.drain()
        writer.close()

    server = loop.run_until_complete(asyncio.start_server(answer, "127.0.0.1", 0, backlog=256))
    threading.Thread(target=loop.run_forever, daemon=True).start()
    yield server.sockets[0].getsockname()[1]
    loop.call_soon_threadsafe(loop.stop)


def _phase(port: int, name: str) -> tuple[float, float, int]:
    """Seconds and seconds of CPU from the start of a job to the end of its first phase, and its valid sources."""
    from django.conf import settings  # noqa: PLC0415  # Django must be set up before

    from engine.crew import Crew  # noqa: PLC0415
    from sources.models import Source  # noqa: PLC0415

    settings.FETCH_ALLOWED_HOSTS = [f"h{number}.localhost:{port}" for number in range(HOSTS)]
    job = _job(name, [f"http://{host}/page.html" for host in settings.FETCH_ALLOWED_HOSTS])
    begun, worked = time.perf_counter(), time.process_time()
    with Crew(job.pk, settings.ENGINE_THREADS) as crew:
        while not _is_done(job) and crew.trouble is None:
            time.sleep(0.05)
        seconds, cpu = time.perf_counter() - begun, time.process_time() - worked
        _stop(job)
    if crew.trouble is not None:
        raise crew.trouble
    return seconds, cpu, Source.objects.filter(job=job, valid=True).count()


def _job(name: str, urls: list[str]) -> Any:
    """A running job with these sources, and no more of a book than its first phase."""
    from biographies.models import BiographyJob  # noqa: PLC0415  # Django must be set up before
    from bookgen_site.accounts.models import User  # noqa: PLC0415
    from engine.models import Run  # noqa: PLC0415
    from sources.models import Source  # noqa: PLC0415

    owner = User.objects.create(username=name)
    job = BiographyJob.objects.create(
        owner=owner, character="Frederick Douglass", description="American abolitionist", status="running"
    )
    Source.objects.bulk_create(
        [Source(job=job, number=n, url=url, origin_url=url, found="url") for n, url in enumerate(urls, 1)]
    )
    Run.objects.create(job=job)
    return job


def _is_done(job: Any) -> bool:
    from engine.models import PhasePlan  # noqa: PLC0415  # Django must be set up before

    plans = PhasePlan.objects.filter(run__job=job, phase="source_validation")
    return plans.filter(finished_at__isnull=False).exists()


def _stop(job: Any) -> None:
    """The book itself is of no interest here."""
    from biographies.models import BiographyJob  # noqa: PLC0415  # Django must be set up before

    BiographyJob.objects.filter(pk=job.pk).update(status="paused")


def _compared(number: int) -> float:
    """Seconds to compare this many texts of a thousand to eight thousand words with a frame in common."""
    from sources.comparing import twins  # noqa: PLC0415  # Django must be set up before
    from sources.duplicates import signature  # noqa: PLC0415
    from sources.models import Source  # noqa: PLC0415

    chance = random.Random(1)  # no secret: the same texts in every run
    words = [f"word{each}" for each in range(20_000)]
    frame = " ".join(chance.choices(words, k=300))
    texts = [
        f"{frame} {' '.join(chance.choices(words, k=chance.randint(1_000, 8_000)))}"
        for _each in range(number)
    ]
    rows = [Source(pk=n, number=n, text=text, signature=signature(text)) for n, text in enumerate(texts, 1)]
    begun = time.perf_counter()
    if twins(rows):
        raise AssertionError("texts of chance are no twins")
    return time.perf_counter() - begun
