"""Private PostgreSQL and Redis for development, tests and the team on one machine.

    scripts/services start|stop|status|env|wipe [--name SET]
    scripts/services stop --all

Every command may be given again: `start` leaves running services alone, `stop` ends what runs, by its
process number and only if the process is really ours. `wipe` also removes the data. Data live in
var/services/SET; the sets are independent (the tests have their own).
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from scripts.tools import postgres, redis_server
from scripts.tools.place_of_services import Place, ServiceError, place_for
from scripts.tools.places import VAR, alone, complain, say

DEFAULT_SET = "team"


def missing() -> list[str]:
    """The names of the services whose programs aren't on this machine."""
    found = {"PostgreSQL": postgres.programs(), "Redis": redis_server.program()}
    return [name for name, program in found.items() if program is None]


def start(name: str = DEFAULT_SET) -> dict[str, str]:
    """Start both; returns the two settings that choose them. Raises ServiceError."""
    with alone(VAR / "services.lock"):
        place = place_for(name)
        place.password()
        return {"DATABASE_URL": postgres.start(place), "REDIS_URL": redis_server.start(place)}


def stop(name: str = DEFAULT_SET) -> list[str]:
    """End both; returns the names of those that ran."""
    with alone(VAR / "services.lock"):
        place = place_for(name)
        ended = {"PostgreSQL": postgres.stop(place), "Redis": redis_server.stop(place)}
    return [service for service, ran in ended.items() if ran]


def known_sets() -> list[str]:
    """The sets that this checkout has ever started."""
    return sorted(folder.name for folder in (VAR / "services").glob("*/")) or [DEFAULT_SET]


def running(place: Place) -> dict[str, int]:
    """The process number of each service, 0 for one that doesn't run."""
    return {"PostgreSQL": postgres.running(place), "Redis": redis_server.running(place)}


def command_start(name: str) -> int:
    """Start, and show the addresses."""
    for key, value in start(name).items():
        say(f"{key}={value}")
    return 0


def command_stop(name: str) -> int:
    """Stop, and say what was stopped."""
    ended = stop(name)
    say(f"Stopped {' and '.join(ended)} ({name})." if ended else f"Nothing was running ({name}).")
    return 0


def command_status(name: str) -> int:
    """Say what runs; the status is 0 only when both do."""
    numbers = running(place_for(name))
    for service, pid in numbers.items():
        say(f"{service}: {f'running, process {pid}' if pid else 'not running'}")
    return 0 if all(numbers.values()) else 1


def command_env(name: str) -> int:
    """The addresses for `eval "$(scripts/services env)"`."""
    place = place_for(name)
    if not all(running(place).values()):
        return complain("The services aren't running: scripts/services start")
    say(f"export DATABASE_URL='{postgres.url(place)}'\nexport REDIS_URL='{redis_server.url(place)}'")
    return 0


def wipe(name: str) -> Path:
    """Stop the set and remove its data, if there are any; returns where they were."""
    stop(name)
    folder = place_for(name).folder
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def command_wipe(name: str) -> int:
    """Stop, and remove the data."""
    say(f"Removed {wipe(name)}.")
    return 0


COMMANDS = {
    "start": command_start,
    "stop": command_stop,
    "status": command_status,
    "env": command_env,
    "wipe": command_wipe,
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command."""
    parser = argparse.ArgumentParser(prog="scripts/services", description="Private PostgreSQL and Redis.")
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("--name", default=DEFAULT_SET, help="which set (default: %(default)s)")
    parser.add_argument("--all", action="store_true", help="every set (for stop)")
    chosen = parser.parse_args(arguments)
    if chosen.command == "stop" and chosen.all:
        return max(main(["stop", "--name", name]) for name in known_sets())
    if chosen.command == "start" and (lacking := missing()):
        return complain(
            f"Not installed: {' and '.join(lacking)} (on Debian: apt install postgresql redis-server)."
        )
    try:
        return COMMANDS[chosen.command](chosen.name)
    except (ServiceError, OSError) as error:  # OSError: the folder was made by another account
        return complain(str(error))


if __name__ == "__main__":
    sys.exit(main())
