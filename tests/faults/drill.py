"""The drill of backup and restore: a real book, both profiles, real processes.

    python -m tests.faults.drill [--profile embedded|team]

In each profile: 1 a book is begun, and backed up while it is being made; 2 it is finished, and backed up again;
3 everything is wiped; 4 the second backup comes back, and the book exported from it is the same to the byte; 5 the
first backup comes back in its place, the same command goes on with the half-made book, and it is the same to the byte.
The team's backups are encrypted. Both profiles run side by side; the status is 0 only when every step was good.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg

from scripts.tools import services
from scripts.tools.places import ROOT, say

PERSON: Final = "Ottilie Brandreth"
SOURCES: Final = ROOT / "tests" / "fakes" / "brandreth"
SET: Final = "drill"
DONE: Final = "SELECT count(*) FROM units WHERE status = 'done'"
HALF: Final = 4  # units after which the first backup is made
PATIENCE: Final = 120.0


class DrillError(Exception):
    """A step went wrong; the text says which and what was seen."""


@dataclass
class Installation:
    """One profile in a folder of its own; `variables` are its settings."""

    name: str
    folder: Path
    variables: dict[str, str]

    def manage(self, *words: str | Path, good: bool = True) -> str:
        """Run a command; raises DrillError when it fails (or with `good=False`, when it doesn't)."""
        done = subprocess.run(
            self._command(*words),
            cwd=ROOT,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if (done.returncode == 0) != good:
            raise DrillError(
                f"{self.name}: {words[0]} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
            )
        return done.stdout + done.stderr

    @contextmanager
    def making(self, out: Path) -> Iterator[subprocess.Popen[bytes]]:
        """The book is being made meanwhile."""
        words = self._command(*self.order(out))
        child = subprocess.Popen(words, cwd=ROOT, env=self._environment(), stdout=subprocess.DEVNULL)
        try:
            yield child
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()

    def order(self, out: Path) -> list[str | Path]:
        """The command that makes the book, or goes on with it."""
        return ["generate", PERSON, "--sources", SOURCES, "--approve", "--out", out]

    def units_done(self) -> int:
        """How many units have been done; 0 before there are tables."""
        if url := self.variables["DATABASE_URL"]:
            with psycopg.connect(url) as database:
                row = database.execute(DONE).fetchone()
                return int(row[0]) if row else 0
        path = self.folder / "var" / "bookgen.sqlite3"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)) as file:
            return int(file.execute(DONE).fetchone()[0])

    def _command(self, *words: str | Path) -> list[str]:
        return [sys.executable, "manage.py", *(str(word) for word in words)]

    def _environment(self) -> dict[str, str]:
        foreign = ("BOOKGEN", "ALERT", "BACKUP", "OPENROUTER", "SECRET")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        quick = {"ENGINE_LEASE_SECONDS": "3", "ENGINE_SWEEP_SECONDS": "1", "LIBREOFFICE": "", "SMTP_HOST": ""}
        place = {"BOOKGEN_VAR": str(self.folder / "var"), "BOOKGEN_BOOKS": str(self.folder / "books")}
        return inherited | quick | place | self.variables


def drill(one: Installation) -> str:
    """All steps; returns what they have shown in one line."""
    began = time.monotonic()
    half, whole = one.folder / "half.backup", one.folder / "whole.backup"
    key = one.folder / "key"
    locked = _encrypted(one, key)
    first = _made_and_saved(one, half, whole)
    one.manage("restore", whole, *locked, good=False)  # there is a book already
    _wipe(one)
    one.manage("restore", whole, *locked)
    one.manage("doctor")
    one.manage("export", PERSON, "--format", "docx", "--out", one.folder / "again")
    _require_same(first, _book(one.folder / "again"), f"{one.name}: the book exported after the restore")
    one.manage("restore", half, *locked, "--force")
    before = one.units_done()
    one.manage(*one.order(one.folder / "later"))
    _require_same(first, _book(one.folder / "later"), f"{one.name}: the book that went on from half")
    seconds = time.monotonic() - began
    return f"{one.name}: the same {len(first)} bytes, whole and from {before} units, in {seconds:.0f} s"


def _encrypted(one: Installation, key: Path) -> list[str | Path]:
    """The team's backups are encrypted; what restoring needs for that."""
    if not one.variables["DATABASE_URL"]:
        return []
    told = one.manage("backup", "--make-key", key)
    one.variables["BACKUP_RECIPIENT"] = told.rpartition("=")[2].strip()
    return ["--key", key]


def _made_and_saved(one: Installation, half: Path, whole: Path) -> bytes:
    one.manage("migrate", "--verbosity", "0")
    with one.making(one.folder / "books") as child:
        _wait_for_half(one, child)
        one.manage("backup", half)
        if child.wait(PATIENCE):
            raise DrillError(f"{one.name}: the book could not be made")
    one.manage("backup", whole)
    return _book(one.folder / "books")


def _wait_for_half(one: Installation, child: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while one.units_done() < HALF:
        if child.poll() is not None or time.monotonic() > deadline:
            raise DrillError(f"{one.name}: the book never got to its middle")
        time.sleep(0.02)


def _wipe(one: Installation) -> None:
    """Everything but the backups and the key."""
    subprocess.run(["rm", "-rf", str(one.folder / "var")], check=True)
    if one.variables["DATABASE_URL"]:
        services.command_wipe(SET)
        one.variables |= services.start(SET)


def _book(folder: Path) -> bytes:
    (path,) = folder.glob("*.docx")
    return path.read_bytes()


def _require_same(first: bytes, second: bytes, what: str) -> None:
    if first != second:
        raise DrillError(f"{what} isn't the same: {len(first)} and {len(second)} bytes")


@contextmanager
def installation(profile: str) -> Iterator[Installation]:
    """A place for one profile, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="bookgen-drill-") as folder:
        addresses: Mapping[str, str] = dict.fromkeys(("DATABASE_URL", "REDIS_URL"), "")
        if profile == "team":
            addresses = services.start(SET) | {"SECRET_KEY": "a" * 50, "SECRETS_KEY": "b" * 50}
        try:
            yield Installation(profile, Path(folder), dict(addresses))
        finally:
            if profile == "team":
                services.command_wipe(SET)


def run(profile: str) -> str:
    """The drill of one profile. Raises DrillError."""
    with installation(profile) as one:
        return drill(one)


def main(arguments: list[str] | None = None) -> int:
    """Both profiles, or one."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.drill")
    parser.add_argument("--profile", choices=["embedded", "team"])
    chosen = parser.parse_args(arguments)
    profiles = [chosen.profile] if chosen.profile else ["embedded", "team"]
    good = True
    with ThreadPoolExecutor(len(profiles)) as pool:
        for future in [pool.submit(run, profile) for profile in profiles]:
            try:
                say(future.result())
            except DrillError as error:
                good = False
                say(f"FAILED  {error}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
