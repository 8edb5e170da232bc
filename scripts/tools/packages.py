"""pip, quiet: one line of progress on the screen, every word of it in var/logs/setup.log."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from scripts.tools.places import ROOT, VAR, VENV_PYTHON, complain, say

LOG = VAR / "logs" / "setup.log"


def install(requirements: Path, lock_file: Path, *, lock: int) -> int:
    """Install the requirements at the versions of the lock; returns pip's exit status.

    `lock` is the descriptor that keeps a second setup waiting, also for a pip that lost its parent.
    """
    LOG.parent.mkdir(parents=True, exist_ok=True)
    # Python compiles what it imports; compiling all that's there would double the time of a first start.
    command = [
        str(VENV_PYTHON),
        "-m",
        "pip",
        "install",
        "--prefer-binary",
        "--no-compile",
        "--progress-bar",
        "off",
    ]
    command += ["-r", str(requirements), "-c", str(lock_file)]
    began = time.monotonic()
    say("Installing the pinned packages (about a minute) ...")
    with LOG.open("w") as log:
        pip = subprocess.Popen(
            command,
            cwd=ROOT,
            env=pip_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            pass_fds=[lock],
        )
        assert pip.stdout is not None
        follow(pip.stdout, log)
        status = pip.wait()
    if status:
        return complain("\n".join(LOG.read_text().splitlines()[-8:])) and status
    say(f"Installed in {time.monotonic() - began:.0f} s.")
    return 0


def follow(lines: IO[str], log: IO[str]) -> None:
    """Copy pip's words to the log; on a terminal count its packages on one line."""
    found = 0
    for line in lines:
        log.write(line)
        found += line.startswith("Collecting ")
        if line.startswith("Installing collected"):
            show(f"  unpacking {line.count(',') + 1} packages")
        elif found:
            show(f"  {found} packages found")
    show("")


def show(text: str) -> None:
    """Write over the line of progress; nothing where there's no terminal."""
    if sys.stdout.isatty():
        print(f"\r{text:<40}", end="" if text else "\r", flush=True)


def pip_environment() -> dict[str, str]:
    """The caller's environment (it may name a package index), less what would lead pip elsewhere."""
    settings = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PIP_USER": "0"}
    settings.pop("PIP_TARGET", None)
    settings.pop("PYTHONPATH", None)
    if not os.access(Path.home(), os.W_OK):
        # Without a home pip would keep no downloads, and every start after a kill would fetch them again.
        settings["PIP_CACHE_DIR"] = str(VAR / "cache" / "pip")
    return settings
