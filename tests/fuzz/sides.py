"""One side of the campaign: its own copy of the rows, its own server, its own schemathesis with its operations.

A side shares nothing with the others, so what one deletes none misses, and the same seed does the same.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.fuzz.server import ROOT, environment, serving

CONFIG, ROWS, COUNTED, LOG = "schemathesis.toml", "seeded.json", "counted.json", "server.log"
# Nobody shrinks in CI: a failure is told with its request, and the seed finds it again. The zero character is valid
# JSON and no text: everything refuses it.
QUIET: Final = (
    *("--suppress-health-check", "all", "--no-shrink", "--generation-database", "none"),
    *("--generation-allow-x00", "false"),
)
Process = subprocess.Popen[str]
TIMED_OUT: Final = 124  # as coreutils' `timeout` says it


@dataclass(frozen=True)
class Told:
    """What the command line said. `seconds` is when a side is ended, 0 for never; `more` goes to schemathesis."""

    examples: int
    seed: int
    seconds: int
    more: Sequence[str]


@dataclass(frozen=True)
class Result:
    """What became of a side: the status, how many generated examples each operation had, and everything it said."""

    status: int
    counted: Mapping[str, int]
    output: str


def limits_off(place: Path) -> dict[str, str]:
    """The variables of an installation in this folder that answers as fast as it can."""
    return environment(place, RATE_LIMIT_PER_MINUTE="0", RATE_LIMIT_PER_KEY="0")


def divided(operations: Iterable[str], sides: int) -> list[list[str]]:
    """The operations ("GET /api/v1/status") in so many parts of about one size, what belongs together in one.

    Operations on one kind of thing stay together, since schemathesis hands on what the one answers to the next.
    """
    families: dict[str, list[str]] = {}
    for name in operations:
        families.setdefault(_family(name), []).append(name)
    parts: list[list[str]] = [[] for _side in range(sides)]
    for family in sorted(families.values(), key=len, reverse=True):
        min(parts, key=len).extend(family)
    return [part for part in parts if part]


def run(pattern: Path, place: Path, operations: Sequence[str], told: Told) -> Result:
    """Try these operations against a copy of what lies in the pattern."""
    shutil.copytree(pattern, place)
    log = place / LOG
    with serving(limits_off(place), log=log) as address:
        files = {"SEEDED": str(place / ROWS), "COUNTED": str(place / COUNTED)}
        process = started(_command(place / CONFIG, address, operations, told), files)
        output, status = awaited(process, told.seconds)
    return Result(status, counted(place / COUNTED), output + _of_server(log))


def _family(name: str) -> str:
    """The kind of thing that an operation is about: "chapters" for everything under a book's chapters."""
    parts = name.partition("/api/v1/")[2].split("/")
    return "/".join(part for part in parts[:3] if "{" not in part)


def _command(config: Path, address: str, operations: Sequence[str], told: Told) -> list[str]:
    program = str(Path(sys.executable).with_name("schemathesis"))
    options = ["--checks", "all", "--max-examples", str(told.examples), "--seed", str(told.seed)]
    only = [word for name in operations for word in ("--include-name", name)]
    own = ["--config-file", str(config), "run", f"{address}/api/schema/?format=json"]
    return [program, *own, *options, *only, *QUIET, *told.more]


def started(command: Sequence[str], more: Mapping[str, str]) -> Process:
    """This command with these variables besides, its words kept for `awaited`."""
    out = subprocess.PIPE
    variables = {**os.environ, **more}
    return subprocess.Popen(command, cwd=ROOT, env=variables, stdout=out, stderr=subprocess.STDOUT, text=True)


def awaited(process: Process, seconds: int) -> tuple[str, int]:
    """What it said, and its status; it is ended after so many seconds, if any."""
    try:
        output, _nothing = process.communicate(timeout=seconds or None)
    except subprocess.TimeoutExpired:
        process.kill()
        output, _nothing = process.communicate()
        return f"{output}\nTHE TIME RAN OUT after {seconds} seconds.\n", TIMED_OUT
    return output, process.returncode


def counted(path: Path) -> Mapping[str, int]:
    """Nothing when schemathesis was ended before it could say."""
    found: Any = json.loads(path.read_text()) if path.exists() else {}
    return Counter(found)


def _of_server(log: Path) -> str:
    """The server's own words about what broke, so that a 500 explains itself."""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    broken = [line for line in lines if "Traceback" in line or "[error" in line]
    return "".join(f"server: {line}\n" for line in broken[:20])
