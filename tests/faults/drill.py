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
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bookgen_site.backups.sealing import make_key
from scripts.tools import services
from scripts.tools.places import ROOT, say

PERSON: Final = "Ottilie Brandreth"
SOURCES: Final = ROOT / "tests" / "fakes" / "brandreth"
SET: Final = "drill"
PATIENCE: Final = 600.0  # of a busy machine


class DrillError(Exception):
    """A step went wrong; the text says which and what was seen."""


@dataclass
class Installation:
    """One profile in a folder of its own; `variables` are its settings."""

    name: str
    folder: Path
    variables: dict[str, str]

    def run(self, *commands: list[str | Path]) -> None:
        """Commands, one after the other in one process; raises DrillError when one fails."""
        with self.running(*commands):
            pass

    @contextmanager
    def running(self, *commands: list[str | Path]) -> Iterator[None]:
        """The same while the block runs; ended with it."""
        words = [sys.executable, "-m", "tests.faults.drill_steps"]
        told = repr([[str(word) for word in command] for command in commands])
        with tempfile.TemporaryFile("w+") as said:
            child = subprocess.Popen(
                [*words, told], cwd=ROOT, env=self._environment(), stdout=said, stderr=said
            )
            try:
                yield
                status = child.wait(PATIENCE)
            finally:
                child.kill()
                child.wait()
            said.seek(0)
            if status:
                raise DrillError(f"{self.name}: {commands[-1][0]} ended with {status}:\n{said.read()}")

    def order(self, out: Path) -> list[str | Path]:
        """The command that makes the book, or goes on with it."""
        return ["generate", PERSON, "--sources", SOURCES, "--approve", "--out", out]

    def _environment(self) -> dict[str, str]:
        foreign = ("BOOKGEN", "ALERT", "BACKUP", "OPENROUTER", "SECRET")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        quick = {"ENGINE_LEASE_SECONDS": "9", "ENGINE_SWEEP_SECONDS": "1", "LIBREOFFICE": "", "SMTP_HOST": ""}
        quick["DJANGO_SETTINGS_MODULE"] = "bookgen_site.settings"
        place = {"BOOKGEN_VAR": str(self.folder / "var"), "BOOKGEN_BOOKS": str(self.folder / "books")}
        return inherited | quick | place | self.variables


def drill(one: Installation) -> str:
    """All steps; returns what they have shown in one line."""
    began = time.monotonic()
    half, whole = one.folder / "half.backup", one.folder / "whole.backup"
    key = _encrypted(one)
    with one.running(["tests.faults.drill_steps:back_up_at_half", half]):
        one.run(["migrate", "-v0"], one.order(one.folder / "books"), ["backup", whole])
    first = _book(one.folder / "books")
    _wipe(one)
    again: list[str | Path] = ["export", PERSON, "--format", "docx", "--out", one.folder / "again"]
    one.run(["restore", whole, *key], ["doctor"], again)
    _require_same(first, _book(one.folder / "again"), f"{one.name}: the book exported after the restore")
    one.run(["restore", half, *key, "--force"], one.order(one.folder / "later"))
    _require_same(first, _book(one.folder / "later"), f"{one.name}: the book that went on from its middle")
    seconds = time.monotonic() - began
    return f"{one.name}: the same {len(first)} bytes, from the whole book and from its middle, in {seconds:.0f} s"


def _encrypted(one: Installation) -> list[str | Path]:
    """The team's backups are encrypted; what restoring needs for that."""
    if not one.variables["DATABASE_URL"]:
        return []
    key = one.folder / "key"
    one.variables["BACKUP_RECIPIENT"] = make_key(key)
    return ["--key", key]


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
