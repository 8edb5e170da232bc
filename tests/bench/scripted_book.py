"""Whole books by a scripted provider that runs in a process of its own and logs its calls. No benchmark itself."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
DEMO: Final = ROOT / "sources" / "demo" / "frederick-douglass"
LIMIT: Final = 10  # calls in flight
PATIENCE: Final = 900.0  # seconds for one book
LOOK: Final = 0.5  # seconds between two looks at a book in the making


@dataclass(frozen=True, slots=True)
class Book:
    """A job that has come to rest, with seconds of wall time and of this process's CPU, and the provider's books."""

    job: Any
    seconds: float
    cpu: float
    began: float  # of the system's steady clock, as in the log
    bill: Mapping[str, Any]
    log: list[Mapping[str, Any]] = field(default_factory=list)
    before: Any = None


@contextmanager
def provider(*options: str) -> Iterator[str]:
    """A scripted OpenRouter; hands out its base URL."""
    command = [sys.executable, str(ROOT / "manage.py"), "scripted_openrouter", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        told = process.stdout.readline()
        try:
            yield told.split(" at ")[1].split()[0]
        finally:
            process.terminate()


def asked(url: str, path: str) -> Any:
    """What the provider says of itself."""
    with urllib.request.urlopen(f"{url}{path}", timeout=10) as answer:
        return json.load(answer)


def made(
    url: str,
    folder: Path,
    key: str,
    threads: int = 0,
    before: Callable[[Any], Any] | None = None,
    workers: int = 1,
    **wishes: Any,
) -> Book:
    """Make a book from a folder up to its rest, by a crew of this process, as `manage.py generate` does.

    With several workers by as many processes, each with a crew of so many threads, as a team's workers do.
    `before` is asked of the job at its start; its answer is the book's.
    """
    from django.conf import settings  # noqa: PLC0415  # Django must be set up before

    from engine.crew import Crew  # noqa: PLC0415
    from tests.bench.crewman import crews  # noqa: PLC0415  # which starts with this module

    job = started(url, folder, key, **wishes)
    told = before(job) if before else None
    threads = threads or settings.ENGINE_THREADS
    if workers > 1:
        with crews(workers, url, str(job.pk), threads) as spent:
            begun = time.monotonic()
            resting(job)
            seconds = time.monotonic() - begun
        cpu = sum(spent)
    else:
        begun, worked = time.monotonic(), time.process_time()
        with Crew(job.pk, threads) as crew:
            resting(job, lambda: crew.trouble)
            seconds, cpu = time.monotonic() - begun, time.process_time() - worked
    return Book(job, seconds, cpu, begun, asked(url, "/bill"), asked(url, "/log")["data"], told)


def settled(url: str) -> None:
    """Let the models of this process be the scripted ones at this address."""
    from django.conf import settings  # noqa: PLC0415  # Django must be set up before

    from engine.calls import roles  # noqa: PLC0415

    settings.OPENROUTER_BASE_URL = url
    settings.MODELS_BY_ROLE = dict.fromkeys(roles.ROLES, "scripted/writer")
    settings.MODEL_CONFIGURED = True
    settings.MODEL_CALLS_IN_FLIGHT = LIMIT


def started(url: str, folder: Path, key: str, **wishes: Any) -> Any:
    """A started job whose models are the scripted ones."""
    from bookgen_site.accounts.actions import ensure_operator  # noqa: PLC0415  # Django must be set up before
    from engine.management import making  # noqa: PLC0415
    from sources.intake import read_folder  # noqa: PLC0415

    settled(url)
    found = read_folder(folder)
    named = found.listing.subject
    ask = {"author": "model", "min_sources": 3, "character": named.name if named else folder.name}
    ask["description"] = named.description[:500] if named else ""
    return making.new_job(by=ensure_operator(), folder=found, key=key, wishes=ask | wishes, say=_told)


def _told(message: str) -> None:
    sys.stderr.write(f"{message}\n")


def resting(job: Any, trouble: Callable[[], BaseException | None] = lambda: None) -> None:
    """Until the job rests; raises what is the trouble of the crew that works it."""
    end = time.monotonic() + PATIENCE
    while True:
        job.refresh_from_db(fields=["status"])  # the question costs the engine's process CPU, too
        if job.status != "running":
            job.refresh_from_db()
            return
        if (error := trouble()) is not None:
            raise error
        if time.monotonic() > end:
            raise TimeoutError(f"The book isn't done after {PATIENCE:.0f} s: {job.current_phase}")
        time.sleep(LOOK)
