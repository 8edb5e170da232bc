"""One book by a scripted model in a process of its own, so that its memory and its seconds of CPU are its alone.

No benchmark itself: `measured(chapters=20, sources=60, latency=0)` for those that need it.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from tests.bench.scripted_book import DEMO, LIMIT, ROOT, made, provider

WORDS_PER_CHAPTER: Final = 1_000
SENTENCES: Final = 25  # of a made source


def measured(**wishes: Any) -> dict[str, float]:
    """Make the book in a child; `wishes` are chapters, sources (0: the demo's own) and latency of a call in seconds."""
    with tempfile.TemporaryDirectory(prefix="bookgen-bench-book-") as var:
        wishes["folder"] = str(_folder(Path(var) / "sources", wishes["sources"]))
        told = {**os.environ, "BOOKGEN_VAR": var, "DATABASE_URL": "", "REDIS_URL": "", "LOG_LEVEL": "ERROR"}
        command = [sys.executable, "-m", "tests.bench.one_book", json.dumps(wishes)]
        run = subprocess.run(command, cwd=ROOT, env=told, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return found


def main(wishes: dict[str, Any]) -> None:
    """Make the book here, and print what it took."""
    import django  # noqa: PLC0415  # the settings are read from this process's own environment

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookgen_site.settings")
    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    settings.MODEL_CALLS_IN_FLIGHT = LIMIT
    asked = {"wanted_chapters": wishes["chapters"], "wanted_words": wishes["chapters"] * WORDS_PER_CHAPTER}
    with provider("--latency", str(wishes["latency"])) as url:
        begun = time.monotonic()
        book = made(url, Path(wishes["folder"]), "one", threads=20, holds_targets=True, **asked)
        sys.stdout.write(json.dumps(_told(book, time.monotonic() - begun)) + "\n")


def _told(book: Any, seconds: float) -> dict[str, float]:
    from engine.models import Unit  # noqa: PLC0415  # Django must be set up before

    if book.job.status != "needs_review":
        raise AssertionError(f"The book is {book.job.status}: {book.job.error_message}")
    return {
        "seconds": seconds,
        "cpu": book.cpu,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "calls": len(book.log),
        "micros": book.job.spent_micros,
        "chapters": book.job.chapters.filter(kind="chapter").count(),
        "sources": book.job.sources.filter(valid=True).count(),
        "units": Unit.objects.filter(run__job=book.job, status="done").count(),
    }


def _folder(folder: Path, number: int) -> Path:
    """So many texts of the same length in a new folder: sentences of the demo's sources, another choice in each.

    They are made here and not in the process that is measured. Without a number, the demo's own.
    """
    if not number:
        return DEMO
    from sources.extracting.sandbox import extract  # noqa: PLC0415
    from sources.sentences import sentences  # noqa: PLC0415

    read = [
        extract(path.read_bytes(), path.name).text
        for path in sorted(DEMO.iterdir())
        if path.suffix != ".json"
    ]
    known = [text[start:end] for text in read for start, end in sentences(text)]
    good = [" ".join(one.split()) for one in known if 8 < len(one.split()) < 40]
    folder.mkdir()
    chance = random.Random(7)  # no secret: the same sources in every run
    for place in range(number):
        chosen = chance.sample(good, SENTENCES)
        paragraphs = [" ".join(chosen[start : start + 5]) for start in range(0, SENTENCES, 5)]
        head = f"Frederick Douglass: recollections, part {place + 1}"
        (folder / f"{place + 1:04d}.txt").write_text("\n\n".join([head, *paragraphs]))
    listing = json.loads((DEMO / "sources.json").read_text())
    (folder / "sources.json").write_text(json.dumps({"subject": listing["subject"], "sources": []}))
    return folder


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
