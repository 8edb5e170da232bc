"""Kill -9 at up to ten moments: the same command goes on, and the book is the same to the byte.

Real processes in process groups of their own, the embedded profile, and another PYTHONHASHSEED each.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import cycle
from pathlib import Path

import pytest

from bookgen_site.env import BASE_DIR, EMBEDDED
from tests import databases
from tests.fakes.forking import Fork, Forks

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not EMBEDDED, reason="it is the embedded profile that is killed here"),
]

SOURCES = Path(__file__).parents[1] / "fakes" / "brandreth"
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
# Two of them, on a migrated database, say most of it in a tenth of the time; CI tries all, those in the set-up too, by
# `make faults ARGS=kill`.
WHOLE = "CAMPAIGN_MOMENTS" in os.environ
CHOSEN = MOMENTS if WHOLE else MOMENTS[4::4]


class Home:
    """A place for one book: its database and files, and processes that make it, each with another hash seed."""

    def __init__(self, folder: Path, *seeds: int) -> None:
        self.folder = folder
        folder.mkdir()
        if not WHOLE:
            databases.put_migrated(folder / "var" / "bookgen.sqlite3")
        self._forks = [
            Forks(self._environment(seed), folder / f"errors-{seed}", *self._commands()) for seed in seeds
        ]
        self._turns = cycle(self._forks)

    def _environment(self, seed: int) -> dict[str, str]:
        foreign = ("BOOKGEN", "PYTEST", "DATABASE", "REDIS")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        return inherited | {
            "BOOKGEN_VAR": str(self.folder / "var"),
            "DJANGO_SETTINGS_MODULE": "bookgen_site.settings",
            "PYTHONHASHSEED": str(seed),
            "PYTHONPATH": str(BASE_DIR),
            **({} if WHOLE else {"LIBREOFFICE": ""}),  # it takes longer than the whole book
        }

    def _commands(self) -> list[list[str]]:
        order = ["generate", "Ottilie Brandreth", "--sources", str(SOURCES), "--approve"]
        order += ["--out", str(self.folder / "books")]
        return [["migrate", "-v0"], order] if WHOLE else [order]

    def start(self) -> Fork:
        """Begin the book, or go on with it."""
        return next(self._turns).start()

    def finish(self) -> bytes:
        """Let one process go on to the end; the bytes of the book."""
        status = self.start().wait()
        assert status == 0, "\n".join(path.read_text() for path in self.folder.glob("errors-*"))
        (book,) = (self.folder / "books").iterdir()
        return book.read_bytes()

    def close(self) -> None:
        """End what waits to be forked."""
        for forks in self._forks:
            forks.close()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the database of the book answers."""
        path = self.folder / "var" / "bookgen.sqlite3"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=1)) as connection:
            return connection.execute(query).fetchall()

    def shows(self, query: str, count: int) -> bool:
        """Whether the database counts at least so many."""
        try:
            ((found,),) = self.rows(query)
        except sqlite3.OperationalError:  # the file or the table isn't there yet
            return False
        return isinstance(found, int) and found >= count


@pytest.fixture
def home(tmp_path: Path, django_db_setup: None) -> Iterator[Callable[..., Home]]:
    made: list[Home] = []

    def make(name: str, *seeds: int) -> Home:
        made.append(Home(tmp_path / name, *seeds))
        return made[-1]

    yield make
    for one in made:
        one.close()


def kill_when(process: Fork, reached: Callable[[], bool]) -> None:
    """Kill the process at the moment, which must come while it lives."""
    deadline = time.monotonic() + 300  # machines that run tests are often busy
    while not reached():
        assert process.lives(), "it ended before it could be killed"
        assert time.monotonic() < deadline, "the moment never came"
        time.sleep(0.03)
    assert process.kill() == -9


def test_a_book_killed_again_and_again_is_the_same_book(home: Callable[..., Home]) -> None:
    calm, killed = home("calm", 0), home("killed", *([1, 2] if WHOLE else [1]))
    undisturbed = calm.start()
    for query, count in CHOSEN:
        kill_when(killed.start(), partial(killed.shows, query, count))
    assert undisturbed.wait() == 0
    (book,) = (calm.folder / "books").iterdir()
    assert killed.finish() == book.read_bytes()
    assert killed.rows("SELECT count(*) FROM biography_jobs") == [(1,)]
    # Nothing was done twice, no sentence is lost or there twice, and no number of an event is missing.
    assert killed.rows("SELECT max(number) FROM chapter_revisions") == [(1,)]
    for told in (
        "SELECT phase, key, generation, status FROM units ORDER BY phase, key, generation",
        "SELECT kind, sha256 FROM chapters c JOIN chapter_revisions r ON chapter_id = c.id ORDER BY 1, 2",
        "SELECT number, count(*) FROM sources GROUP BY number",
        "SELECT key FROM facts ORDER BY key",
        "SELECT sentence, quote, start FROM citations ORDER BY sentence, start",
    ):
        assert killed.rows(told) == calm.rows(told)
    numbers = [row[0] for row in killed.rows("SELECT seq FROM events ORDER BY seq")]
    assert numbers == list(range(1, len(numbers) + 1))
