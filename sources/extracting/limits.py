"""What a process that reads hostile documents may use, set by itself before it reads the first.

All are limits of POSIX, set without rights of any kind. What the system doesn't keep: macOS sets RLIMIT_AS but
doesn't enforce it, so memory is bound there by the time alone; Linux doesn't count RLIMIT_NPROC against
root, so in a container that runs as root a parser's own machine code could fork (Python code can't, see
`forbid`); the parent ends the whole process group with the child. No limit stands between the child and
the network but that nothing in it opens a socket.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any, Final

MEMORY: Final = 1_000_000_000  # bytes of address space; the largest documents that may come need a fifth
_FILES: Final = 64
_FORBIDDEN: Final = (
    "os.exec",
    "os.fork",
    "os.kill",
    "os.posix_spawn",
    "os.system",
    "pty.spawn",
    "socket.",
    "subprocess.",
)


def set_all(memory: int) -> None:
    """Set the limits that hold for life; one that the system doesn't know is left out."""
    for name, amount in (
        ("RLIMIT_AS", memory),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_NOFILE", _FILES),
        ("RLIMIT_NPROC", 0),
    ):
        # An OSError or ValueError: this system doesn't let it be set; the others still hold.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(getattr(resource, name), (amount, amount))
    sys.addaudithook(forbid)
    # The parent decides when to end; a signal to the whole group must not cost a document its reading.
    for unheard in (signal.SIGINT, signal.SIGTERM):
        signal.signal(unheard, signal.SIG_IGN)


def forbid(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: Python code in this process starts no other, opens no socket and writes no file."""
    if event.startswith(_FORBIDDEN) or (event == "open" and _writes(*arguments[1:3])):
        raise PermissionError(f"{event} is not for readers of documents")


def _writes(_mode: object, flags: object) -> bool:
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def allow(seconds: float, deadline: float) -> None:
    """Give the next document its CPU time, and the whole child its end, in seconds from now.

    The kernel ends the process at either, also when it hangs in machine code or has lost its parent.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]  # as it was inherited: only root could raise it
    if hard == resource.RLIM_INFINITY or soft <= hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
    signal.setitimer(signal.ITIMER_REAL, deadline)


def rest() -> None:
    """The document is read: no clock runs until the next."""
    signal.setitimer(signal.ITIMER_REAL, 0)


def held() -> int:
    """The memory that this process holds now, in bytes; where the system has no /proc, the most it has held.

    Linux's ru_maxrss won't do: a process inherits it from its parent through exec.
    """
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS
    return pages * resource.getpagesize()
