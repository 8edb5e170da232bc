"""`make test`: the ordinary test suite on the embedded profile, and at the same time on PostgreSQL and Redis.

The run on PostgreSQL leaves out what meets no database, queue or cache: pure functions say the same on both.
Each run waits now and then, for a child process, a browser or a server; the other one works meanwhile.

    scripts/test [arguments for pytest]

The second run uses DATABASE_URL and REDIS_URL when both are given, else a private set of services if
their programs are installed. If neither, that is said plainly; with REQUIRE_SERVICES=1 or CI=true it
is a failure. What it says is shown when the first one has ended.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO

from scripts.tools import services
from scripts.tools.place_of_services import ServiceError
from scripts.tools.places import ROOT, VENV_PYTHON, complain, say

ADDRESSES = ("DATABASE_URL", "REDIS_URL")
OWN_SET = "test"
STORES = ("--stores-only",)


@dataclass(frozen=True)
class Outcome:
    """One profile's run in one line."""

    profile: str
    text: str
    good: bool


def main(arguments: list[str] | None = None) -> int:
    """Run both profiles; the status is 0 only when all that had to run ran and passed."""
    told = sys.argv[1:] if arguments is None else arguments
    with ThreadPoolExecutor(1) as beside, tempfile.TemporaryFile() as saved:
        second = beside.submit(team, told, saved)
        outcomes = [embedded(told)]
        outcomes.append(second.result())
        saved.seek(0)
        say(saved.read().decode(errors="replace"))
    for outcome in outcomes:
        say(f"{outcome.profile}: {outcome.text}")
    return 0 if all(outcome.good for outcome in outcomes) else 1


def embedded(told: list[str]) -> Outcome:
    """The profile of the first start: SQLite, everything in one process."""
    # Empty, not absent: an address in a `.env` file must not change what is tested.
    return pytest("Embedded profile (SQLite)", told, dict.fromkeys(ADDRESSES, ""))


def team(told: list[str], output: IO[bytes] | None = None) -> Outcome:
    """The team's profile on the given addresses or on private services, which are stopped afterwards."""
    profile = "PostgreSQL and Redis"
    told = [*STORES, *told]
    if all(os.environ.get(name) for name in ADDRESSES):
        return pytest(profile, told, {name: os.environ[name] for name in ADDRESSES}, output)
    if lacking := services.missing():
        return Outcome(
            profile, f"not run, {' and '.join(lacking)} not installed", good=not required(os.environ)
        )
    try:
        return pytest(profile, told, services.start(OWN_SET), output)
    except ServiceError as error:
        complain(str(error))
        return Outcome(profile, "not run, the services did not start", good=False)
    finally:
        services.stop(OWN_SET)


def required(environment: Mapping[str, str]) -> bool:
    """True where a missing service is a failure."""
    return environment.get("REQUIRE_SERVICES", "") not in {"", "0"} or environment.get("CI", "") == "true"


# Two processes, as on the two cores that the tests are measured on; `--processes 1` among the arguments is one.
# A module's tests stay together, so what it makes once is made once; the long ones come first (tests/conftest.py).
PARALLEL = ("--processes", "2")
# Every process reads what the first one compiled, whatever the shell says; it takes half of their start.
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}
# A real browser has a target of its own, `make browser`: it takes minutes, and the same on every profile.
NO_BROWSER = ("-m", "not browser")


def pytest(
    profile: str, told: list[str], addresses: Mapping[str, str], output: IO[bytes] | None = None
) -> Outcome:
    """One run of pytest in its own process, with these two addresses and no other; what it says, to the screen."""
    say(f"== {profile}{': begun, told at the end' if output else ''}")
    began = time.monotonic()
    without = () if any("browser" in word for word in told) else NO_BROWSER
    command = [str(VENV_PYTHON), "-m", "pytest", *PARALLEL, *without, *told]
    environment = os.environ | addresses | COMPILED
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, stdout=output, stderr=output)
    status, spent = done.returncode, f"{time.monotonic() - began:.0f} s"
    return Outcome(
        profile, f"passed in {spent}" if status == 0 else f"FAILED (pytest {status}, {spent})", status == 0
    )


if __name__ == "__main__":
    sys.exit(main())
