"""What is to happen, as small files in a folder: the campaign writes them, its workers read them."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Final


class Orders:
    """The folder of orders. An order to die is carried out once, by whoever takes its file away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def give(self, name: str, text: str = "") -> None:
        """Write an order, whole."""
        draft = self.folder / f".{name}.{os.getpid()}"
        draft.write_text(text)
        draft.replace(self.folder / name)

    def withdraw(self, name: str) -> None:
        """Take an order back; what was carried out is gone already."""
        (self.folder / name).unlink(missing_ok=True)

    def read(self, name: str) -> str | None:
        """The text of an order, None when there is none."""
        try:
            return (self.folder / name).read_text()
        except FileNotFoundError:
            return None

    def takes(self, name: str, about: str = "") -> bool:
        """Whether this process is the one to carry it out; an order with a text wants that `about` it."""
        wanted = self.read(name)
        if wanted is None or (wanted and wanted != about):
            return False
        try:
            (self.folder / name).unlink()
        except FileNotFoundError:
            return False
        return True

    def die(self, name: str, *, alone: bool = False) -> None:
        """Say so, and die as nothing that cleans up can: the worker with all its processes, or this one alone."""
        with (self.folder / "deaths").open("a") as told:
            told.write(f"{name} {os.getpid()} {time.monotonic()}\n")
        if alone:
            os.kill(os.getpid(), signal.SIGKILL)
        os.killpg(os.getpgrp(), signal.SIGKILL)

    def deaths(self) -> list[tuple[str, int, float]]:
        """Point, process and moment (of the system's steady clock) of each death."""
        lines = [line.split() for line in (self.read("deaths") or "").splitlines()]
        return [(name, int(pid), float(moment)) for name, pid, moment in lines]


# The points by name: where a process dies, and what is lost with it.
POINTS: Final[dict[str, str]] = {
    "intent": "the request is booked, and not sent",
    "send": "the request is sent, and not answered",
    "answer": "the answer is there, and not on the disk",
    "spool": "the answer is on the disk, and not in the database",
    "before-commit": "the answer is written in a transaction that never ends",
    "after-commit": "the answer is recorded, and the unit knows nothing of it",
    "claim": "the unit is claimed, and not begun",
    "unit-before-commit": "the unit's result is written in a transaction that never ends",
    "unit-after-commit": "the unit is done, and nobody has looked at what comes next",
    "planning": "the next phase's units are written in a transaction that never ends",
    "exporting": "the file is rendered, and stored nowhere",
    "exported": "the file is stored, and no row names it",
}
