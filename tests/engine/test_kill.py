"""Kill -9 at ten moments, set-up included: the same command goes on, and the book is the same to the byte.

Real processes in process groups of their own, the embedded profile, and another PYTHONHASHSEED each time.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bookgen_site.env import BASE_DIR, EMBEDDED

pytestmark = pytest.mark.skipif(not EMBEDDED, reason="it is the embedded profile that is killed here")

SOURCES = Path(__file__).parents[1] / "fakes" / "brandreth"
SCRIPT = """
import sys
from django.core.management import call_command, execute_from_command_line
execute_from_command_line(["manage.py", "migrate", "-v0"])
execute_from_command_line(["manage.py", "generate", "Ottilie Brandreth", "--sources", sys.argv[1],
                           "--approve", "--out", sys.argv[2]])
"""
MIGRATIONS = "SELECT count(*) FROM django_migrations"
UNITS = "SELECT count(*) FROM units WHERE status = 'done'"
EVENTS = "SELECT count(*) FROM events"
MOMENTS = [
    (MIGRATIONS, 5),
    (MIGRATIONS, 30),
    (EVENTS, 1),
    (UNITS, 1),
    (UNITS, 3),
    (UNITS, 6),
    (UNITS, 9),
    (UNITS, 12),
    (UNITS, 16),
    (UNITS, 20),
]


def _start(home: Path, seed: int) -> subprocess.Popen[bytes]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("BOOKGEN", "PYTEST", "DATABASE"))
    }
    environment |= {
        "BOOKGEN_VAR": str(home / "var"),
        "DJANGO_SETTINGS_MODULE": "bookgen_site.settings",
        "PYTHONHASHSEED": str(seed),
        "PYTHONPATH": str(BASE_DIR),
    }
    command = [sys.executable, "-c", SCRIPT, str(SOURCES), str(home / "books")]
    return subprocess.Popen(
        command,
        env=environment,
        cwd=BASE_DIR,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def _reached(home: Path, query: str, count: int) -> Callable[[], bool]:
    """Whether the database of the run shows at least `count` of what the query counts."""
    database = home / "var" / "bookgen.sqlite3"

    def reached() -> bool:
        if not database.exists():
            return False
        try:
            with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=1)) as connection:
                return bool(connection.execute(query).fetchone()[0] >= count)
        except sqlite3.OperationalError:  # the table isn't there yet
            return False

    return reached


def _kill_when(process: subprocess.Popen[bytes], reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not reached():
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < deadline, "the moment never came"
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _finish(home: Path, seed: int) -> bytes:
    process = _start(home, seed)
    _out, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors.decode()
    (book,) = (home / "books").iterdir()
    return book.read_bytes()


def _rows(home: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home / "var" / "bookgen.sqlite3")) as connection:
        return connection.execute(query).fetchall()


def test_a_book_killed_at_ten_moments_is_the_same_book(tmp_path: Path) -> None:
    faulthandler.cancel_dump_traceback_later()  # a dozen processes one after another; each has its own limit
    calm, killed = tmp_path / "calm", tmp_path / "killed"
    calm.mkdir()
    killed.mkdir()
    undisturbed = _finish(calm, seed=0)
    for seed, (query, count) in enumerate(MOMENTS, 1):
        _kill_when(_start(killed, seed), _reached(killed, query, count))
    assert _finish(killed, seed=99) == undisturbed
    # Nothing was done twice, and no number of an event is missing or there twice.
    assert _rows(killed, "SELECT count(*) FROM biography_jobs") == [(1,)]
    assert _rows(killed, "SELECT max(number) FROM chapter_revisions") == [(1,)]
    numbers = [row[0] for row in _rows(killed, "SELECT seq FROM events ORDER BY seq")]
    assert numbers == list(range(1, len(numbers) + 1))
