"""A book by the scripted provider, while editors do what they like over the API and at the desk; then the checks."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any, Final

import django

from tests.bench import scripted_book
from tests.faults import history
from tests.faults.constraints import own_database
from tests.faults.history import FAIL, OK, Op, Recorder

SOURCES: Final = Path(__file__).parents[1] / "fakes" / "brandreth"
ACTS: Final = ("approve", "approve", "edit", "edit", "regenerate", "pause", "resume", "resume")
PATIENCE: Final = 300.0


class Desk:
    """An editor with a key, at one book."""

    def __init__(self, job: Any, number: int, seed: int, recorder: Recorder) -> None:
        from rest_framework.test import APIClient  # noqa: PLC0415  # needs the settings

        from bookgen_site.accounts import roles  # noqa: PLC0415
        from bookgen_site.accounts.keys import make_key  # noqa: PLC0415
        from tests.fakes import rows  # noqa: PLC0415

        self.who = rows.person(roles.CHIEF_EDITOR, username=f"editor-{number}")
        self._job, self._chance, self._recorder = job, Random(seed), recorder
        self._client = APIClient(HTTP_X_API_KEY=make_key(user=self.who, name="campaign")[1])
        self._address = f"/api/v1/biographies/{job.pk}"

    def act(self, times: int) -> None:
        """So many random acts, each on a text that was on the screen a moment ago."""
        from django.db import connection  # noqa: PLC0415

        try:
            end = time.monotonic() + PATIENCE
            while times and time.monotonic() < end:
                name, section = self._chance.choice(ACTS), self._screen()
                time.sleep(self._chance.random() * 0.3)
                if section:
                    times -= 1
                if name in {"pause", "resume"}:
                    self._asked(name, f"{self._address}/{name}", {})
                elif section:
                    self._on(name, section)
        finally:
            connection.close()

    def _screen(self) -> dict[str, Any] | None:
        sections = self._client.get(f"{self._address}/chapters").json()
        written = [one for one in sections if one["sha256"]]
        return self._chance.choice(written) if written else None

    def _on(self, name: str, section: dict[str, Any]) -> None:
        told = {"chapter": section["id"], "seen": section["sha256"]}
        if name == "edit":
            self._edit(told)
            return
        body = {"sha256": section["sha256"]}
        self._asked(name, f"{self._address}/chapters/{section['id']}/{name}", body, **told)

    def _asked(self, name: str, address: str, body: dict[str, Any], **told: Any) -> None:
        with self._recorder.op(self.who.get_username(), name, **told) as op:
            status = self._client.post(address, body, format="json").status_code
            if status >= 500:
                raise AssertionError(f"{name} was answered with {status}")
            op.outcome = OK if status < 300 else FAIL

    def _edit(self, told: dict[str, Any]) -> None:
        from biographies.errors import BookError  # noqa: PLC0415
        from biographies.models import Chapter, ChapterRevision  # noqa: PLC0415
        from engine import editing  # noqa: PLC0415

        text = ChapterRevision.objects.filter(chapter=told["chapter"], sha256=told["seen"])[0].text
        lead = f"*{self.who.get_username()} looked at it: {self._chance.random()}.*\n\n"
        with self._recorder.op(self.who.get_username(), "edit", (BookError,), **told) as op:
            chapter = Chapter.objects.get(pk=told["chapter"])
            made = editing.edit(chapter=chapter, by=self.who, text=lead + text, sha256=told["seen"])
            op.made = made.sha256


def run(seed: int, editors: int, times: int) -> tuple[list[Op], list[str]]:
    """One run; its operations, and everything that is wrong."""
    from engine.crew import Crew  # noqa: PLC0415  # needs the apps

    recorder = Recorder()
    with scripted_book.provider(f"--seed={seed}", "--latency=0.05", "--faults=0.1", "--hang=0.5") as url:
        job = scripted_book.started(url, SOURCES, f"history-{seed}")
        desks = [Desk(job, number, 1000 * seed + number, recorder) for number in range(editors)]
        with Crew(job.pk, 4) as crew, _troubles() as troubles:
            threads = [threading.Thread(target=desk.act, args=[times]) for desk in desks]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            _rest(desks[0], job, crew)
        bill = int(scripted_book.asked(url, "/bill")["micros"])
    return recorder.ops, [*troubles, *history.faults(recorder.ops, history.rows_of(job.pk, bill))]


def _rest(desk: Desk, job: Any, crew: Any) -> None:
    """Let the machine go on to its rest, whatever the editors have left."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        job.refresh_from_db()
        if crew.trouble is not None:
            raise crew.trouble
        if job.status == "paused":
            desk._asked("resume", f"{desk._address}/resume", {})
        elif job.status not in {"running", "exporting"}:
            return
        time.sleep(0.1)
    raise TimeoutError(f"the book came to no rest: {job.status}, {job.current_phase}")


@contextmanager
def _troubles() -> Iterator[list[str]]:
    """What ended a thread of an editor."""
    found: list[str] = []
    before: Callable[[threading.ExceptHookArgs], Any] = threading.excepthook
    threading.excepthook = lambda told: found.append(f"{told.exc_type.__name__}: {told.exc_value}")
    try:
        yield found
    finally:
        threading.excepthook = before


def main() -> int:
    """One run on a test database of the settings' server; the status is 0 when nothing is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.history")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--editors", type=int, default=3)
    parser.add_argument("--times", type=int, default=25, help="acts of each editor")
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookgen_site.settings")
    os.environ |= {"RATE_LIMIT_PER_KEY": "0", "RATE_LIMIT_PER_MINUTE": "0", "LOG_LEVEL": "ERROR"}
    logging.disable(logging.WARNING)  # of each request that was refused
    warnings.simplefilter("ignore")  # there are no collected static files
    os.environ |= {"ALLOWED_HOSTS": "testserver", "LIBREOFFICE": ""}
    django.setup()
    with own_database():
        began = time.monotonic()
        ops, wrong = run(chosen.seed, chosen.editors, chosen.times)
        sys.stdout.write(f"{history.told(ops)}; in {time.monotonic() - began:.0f} s\n")
        sys.stdout.writelines(f"WRONG  {one}\n" for one in wrong)
    return int(bool(wrong))
