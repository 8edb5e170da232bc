"""Whose process is this? Numbers of processes are used again, so one from a file is never trusted alone."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path


def words(pid: int) -> str:
    """The command line and working directory of a living process; empty when there is none."""
    if Path("/proc/self").exists():
        return words_from_proc(Path(f"/proc/{pid}"))
    answer = subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip()


def words_from_proc(entry: Path) -> str:
    """The same from /proc: a zombie has no words, a process of another account shows no directory."""
    try:
        line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""
    with contextlib.suppress(OSError):
        line += f" in {os.readlink(entry / 'cwd')}" if line else ""
    return line


def end(pid: int, *, polite: signal.Signals = signal.SIGTERM, seconds: float = 10) -> None:
    """Ask the process to end, and end it when it doesn't."""
    for wish, patience in ((polite, seconds), (signal.SIGKILL, 5.0)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, wish)
        if wait_gone(pid, patience):
            return


def wait_gone(pid: int, seconds: float) -> bool:
    """True as soon as the process is gone; False when it outlives the seconds."""
    limit = time.monotonic() + seconds
    while words(pid):
        if time.monotonic() > limit:
            return False
        time.sleep(0.02)
    return True
