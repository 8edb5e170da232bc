"""A worker process of a measured book: a crew until the job rests. No benchmark itself: started by `scripted_book`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.bench.scripted_book import ROOT, resting, settled


@contextmanager
def crews(number: int, url: str, job_id: str, threads: int) -> Iterator[list[float]]:
    """So many processes at work; the list gets the CPU seconds of each when the block ends, and with it the job."""
    told = json.dumps({"url": url, "job": job_id, "threads": threads})
    command = [sys.executable, "-m", "tests.bench.crewman", told]
    started = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _number in range(number)
    ]
    spent: list[float] = []
    try:
        for process in started:
            assert process.stdout is not None
            process.stdout.readline()  # it is up, and waits for the word
        for process in started:
            assert process.stdin is not None
            process.stdin.close()
        yield spent
        for process in started:
            assert process.stdout is not None
            spent.append(float(process.stdout.readline()))
    finally:
        for process in started:
            process.kill()
            process.wait()


def main(told: dict[str, Any]) -> None:
    """Say that it is up, wait for the word, work, and print the seconds of CPU that the work took."""
    import django  # noqa: PLC0415  # the settings are read from the environment of this process

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookgen_site.settings")
    django.setup()
    from biographies.models import BiographyJob  # noqa: PLC0415
    from engine.crew import Crew  # noqa: PLC0415

    settled(told["url"])
    job = BiographyJob.objects.get(pk=told["job"])
    sys.stdout.write("up\n")
    sys.stdout.flush()
    sys.stdin.read()
    worked = time.process_time()
    with Crew(job.pk, told["threads"]) as crew:
        resting(job, lambda: crew.trouble)
    sys.stdout.write(f"{time.process_time() - worked:.2f}\n")


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
