"""`make setup`: the virtual environment and the pinned packages, whatever was killed on the way.

    python -m scripts.tools.environment [--dev]

What is finished has a stamp, written last. Nothing is mended: an environment without its stamp, or one
in which an installation was cut off, is removed and made again (pip keeps its downloads, so that's quick).
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.tools.packages import install
from scripts.tools.places import (
    ROOT,
    VAR,
    VENV,
    VENV_PYTHON,
    alone,
    complain,
    read_or_empty,
    say,
    write_whole,
)

MADE = VENV / ".bookgen-made"
INSTALLING = VENV / ".bookgen-installing"
REQUIREMENTS = ROOT / "requirements"


def main(arguments: list[str] | None = None) -> int:
    """Build what is missing; the status is 0 when everything is in place."""
    parser = argparse.ArgumentParser(description="Build the virtual environment and install the packages.")
    parser.add_argument("--dev", action="store_true", help="also what the tests and checks need")
    group = "dev" if parser.parse_args(arguments).dev else "base"
    with alone(VAR / "setup.lock") as lock:
        if ready(group):
            return 0
        make_environment()
        return fill(group, lock)


def ready(group: str) -> bool:
    """True when the environment works and holds exactly this group's pinned packages."""
    return whole() and read_or_empty(stamp(group)) == digest(group)


def whole() -> bool:
    """True when the environment was finished, nothing was cut off in it, and its Python still runs."""
    if not MADE.exists() or INSTALLING.exists():
        return False
    try:
        return subprocess.run([VENV_PYTHON, "-c", ""], check=False).returncode == 0
    except OSError:
        return False


def stamp(group: str) -> Path:
    """The file that says: this group is installed."""
    return VENV / f".bookgen-{group}"


def digest(group: str) -> str:
    """What the installed packages depend on: the pins and the direct requirements."""
    names = ["lock.txt", "base.txt"] + (["dev.txt"] if group == "dev" else [])
    return hashlib.sha256(b"\0".join((REQUIREMENTS / name).read_bytes() for name in names)).hexdigest()


def make_environment() -> None:
    """An empty environment with pip, unless a whole one is there."""
    if whole():
        return
    if VENV.exists():
        say("The virtual environment isn't whole: making it anew.")
        shutil.rmtree(VENV)
    say(f"Python {'.'.join(map(str, sys.version_info[:3]))}: making the virtual environment in .venv ...")
    subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    write_whole(MADE, sys.version)


def fill(group: str, lock: int) -> int:
    """Install the group. The mark stays if this is killed or fails, and the next run starts afresh."""
    for name in ("base", "dev"):
        stamp(name).unlink(missing_ok=True)
    write_whole(INSTALLING, str(os.getpid()))
    status = install(REQUIREMENTS / f"{group}.txt", REQUIREMENTS / "lock.txt", lock=lock)
    if status:
        return complain("The packages could not be installed; all that pip said is in var/logs/setup.log.")
    if group == "dev":
        write_whole(stamp("base"), digest("base"))
    write_whole(stamp(group), digest(group))
    INSTALLING.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
