"""Fills an installation, starts servers on it, and lets schemathesis try every operation of the schema with all checks.

    python -m tests.fuzz [--examples 50] [--only REGEX] [--sides 2] [--seed 1] [--seconds 0] [more for schemathesis]

The status is 0 when nothing was found and every operation had as many generated examples as were asked for: one with
fewer, or a side whose time ran out, fails the run.

Three fifths of the time go into making examples (Hypothesis draws, and schemathesis weighs what earlier answers taught
it), two fifths into the server; the checks and the network are little. Both are Python and hold one core each, in turn.
So the operations are divided between two sides, each with a schemathesis, a server and rows of its own, and two cores
are busy to the end. All phases and checks stay on. What schemathesis calls `--max-time` isn't used: it repeats the
search until that is spent, and ends it in silence.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.fuzz import sides
from tests.fuzz.config import config
from tests.fuzz.server import ROOT, manage


def main(arguments: list[str]) -> int:
    """One campaign."""
    options, told = _told(arguments)
    with tempfile.TemporaryDirectory(prefix="bookgen-fuzz-") as folder:
        pattern = Path(folder) / "pattern"
        names = [name for name in _filled(pattern) if re.search(options.only, name)]
        parts = sides.divided(names, options.sides)
        with ThreadPoolExecutor(len(parts)) as threads:
            started = [
                threads.submit(sides.run, pattern, Path(folder) / str(number), part, told)
                for number, part in enumerate(parts)
            ]
            results = [one.result() for one in started]
    for result in results:
        sys.stdout.write(result.output)
    return verdict(names, results, told.examples)


def _told(arguments: list[str]) -> tuple[argparse.Namespace, sides.Told]:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--examples", type=int, default=50, help="generated for each operation, at least")
    parser.add_argument("--only", default="", help='operations whose "METHOD /path" has this expression')
    parser.add_argument("--sides", type=int, default=2, help="processes that divide the operations")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=0, help="the run fails after so long; 0: no limit")
    options, more = parser.parse_known_args(arguments)
    return options, sides.Told(options.examples, options.seed, options.seconds, more)


def _filled(pattern: Path) -> list[str]:
    """Make the installation that each side copies; returns the names of all operations."""
    pattern.mkdir()
    variables = sides.limits_off(pattern)
    manage(variables, "migrate", "--verbosity", "0")
    seeded = _seeded(variables)
    (pattern / sides.CONFIG).write_text(config(seeded))
    (pattern / sides.ROWS).write_text(json.dumps(seeded))
    return [f"{one['method']} {one['path']}" for one in seeded["good"]]


def _seeded(variables: Mapping[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.fuzz.seed"]
    run = subprocess.run(command, cwd=ROOT, env=dict(variables), check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def verdict(names: Sequence[str], results: Sequence[sides.Result], wanted: int) -> int:
    """Say how many examples there were, and which operations had too few; the worst status of all."""
    counted: Counter[str] = sum((Counter(result.counted) for result in results), Counter())
    few = [name for name in names if counted[name] < wanted]
    sys.stdout.write(
        f"{len(names)} operations, {counted.total()} generated examples: {wanted} of each\n" * (not few)
    )
    for name in few:
        sys.stdout.write(f"TOO FEW: {counted[name]} of {wanted} examples for {name}\n")
    return int(bool(few) or any(result.status for result in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
