"""Who works here. Each process holds a lock on a file of its own; the system drops it when the process dies.

So what a killed process held is found at once by the next one on the same machine, without waiting
for leases. Workers on other machines are told apart by their leases alone.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import socket
from functools import cache
from pathlib import Path
from typing import IO

from bookgen_site.env import VAR_DIR
from engine import deaths
from engine.models import CallTicket

_open_locks: list[IO[str]] = []  # kept for the life of the process: closing the file would drop the lock


@cache
def me() -> str:
    """The name of this process, unique for all time: host, process id, and a random part."""
    name = f"{socket.gethostname()[:60]}.{os.getpid()}.{secrets.token_hex(4)}"
    # Locked under another name first: a neighbour must never see a lock file that nobody holds yet.
    draft = _path(name).with_suffix(".new")
    handle = draft.open("w")
    fcntl.flock(handle, fcntl.LOCK_EX)
    draft.rename(_path(name))
    _open_locks.append(handle)
    return name


def release_dead() -> int:
    """Free the units of processes that have died on this machine; returns how many units."""
    me()
    freed = 0
    for path in sorted(_folder().glob("*.lock")):
        if path.stem != me() and _is_dead(path):
            freed += deaths.release(path.stem)
            CallTicket.objects.filter(worker=path.stem).delete()
            path.unlink(missing_ok=True)
    return freed


def alive() -> int:
    """How many processes that work units live on this machine."""
    return sum(not _is_dead(path) for path in _folder().glob("*.lock"))


def _is_dead(path: Path) -> bool:
    try:
        with path.open() as handle:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False  # another process has tidied it up
    except BlockingIOError:
        return False
    return True


def _folder() -> Path:
    folder = VAR_DIR / "workers"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _path(name: str) -> Path:
    return _folder() / f"{name}.lock"
