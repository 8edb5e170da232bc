"""Where the tools keep what they make, and how they write it so that kill -9 leaves nothing half-made."""

from __future__ import annotations

import contextlib
import fcntl
import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = ROOT / "var"
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"


def say(text: str) -> None:
    """One line for the person at the terminal, at once even when the output is a pipe."""
    print(text, flush=True)


def complain(text: str) -> int:
    """One line of what went wrong; returns the exit status that goes with it."""
    print(text, file=sys.stderr, flush=True)
    return 1


def write_whole(path: Path, text: str, *, mode: int = 0o644) -> None:
    """The file is there with all of its text, or it's as it was: written beside it, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(text)
    draft.replace(path)


def read_or_empty(path: Path) -> str:
    """The text of a stamp; no stamp is an empty text."""
    try:
        return path.read_text()
    except (FileNotFoundError, NotADirectoryError):
        return ""


@contextlib.contextmanager
def alone(path: Path) -> Iterator[int]:
    """Hold the lock file while the block runs; gives its descriptor, to be passed on to children.

    The kernel drops the lock with the last process that holds the descriptor, so nothing is left
    behind by kill -9, and a child that outlived its parent is still waited for.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle.fileno()
