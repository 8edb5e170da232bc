"""`make team`: the team's topology on one machine's loopback, from one command.

    scripts/team [--port 8000] [--webs 3] [--workers 2] [--tls]

PostgreSQL and Redis (the private set, or DATABASE_URL and REDIS_URL when given), three gunicorn processes for
pages and the API, Daphne for live progress, workers, beat, and nginx before them if it's installed. Stays
in the foreground; what dies is started again; Ctrl+C ends all but the two services. With `--tls` people come by
HTTPS at the second port, with a certificate that is made on the spot, and the first one sends them there.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from scripts.tools import services
from scripts.tools.certificate import certificate
from scripts.tools.place_of_services import ServiceError, taken
from scripts.tools.places import ROOT, VAR, VENV_PYTHON, complain, say
from scripts.tools.supervisor import Supervisor
from scripts.tools.topology import Ports, nginx_program, nginx_settings, processes

FOLDER = VAR / "team"


def main(arguments: list[str] | None = None) -> int:
    """Bring the team up and keep it up until told to end."""
    parser = argparse.ArgumentParser(prog="scripts/team", description="The team's topology on loopback.")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--webs", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--tls", action="store_true", help="HTTPS with a certificate made on the spot")
    chosen = parser.parse_args(arguments)
    if chosen.tls and not nginx_program():
        return complain("HTTPS needs nginx, which isn't installed.")
    ports = Ports.from_first(chosen.port, with_nginx=bool(nginx_program()), webs=chosen.webs, tls=chosen.tls)
    supervisor = Supervisor(FOLDER)
    supervisor.end_leftovers()
    if busy := [str(port) for port in ports.listening() if taken(port)]:
        return complain(f"Already in use: port {', '.join(busy)}. Choose another: scripts/team --port 8100")
    try:
        environment = prepare(ports)
    except (ServiceError, subprocess.CalledProcessError) as error:
        return complain(str(error))
    return watch(supervisor, ports, chosen.workers, environment)


def prepare(ports: Ports) -> dict[str, str]:
    """The services, the tables and the static files; returns the environment of the team's processes."""
    given = {name: os.environ.get(name, "") for name in ("DATABASE_URL", "REDIS_URL")}
    addresses = given if all(given.values()) else services.start()
    environment = {
        **seen_from(ports),
        **os.environ,
        **addresses,
        "PORT": str(ports.front),
        # All processes of this machine count into one folder, so /metrics of any of them tells of all.
        "PROMETHEUS_MULTIPROC_DIR": str(emptied(FOLDER / "metrics")),
    }
    say("Bringing tables and static files up to date ...")
    for command in (["migrate", "--verbosity", "0"], ["collectstatic", "--no-input", "--verbosity", "0"]):
        subprocess.run([VENV_PYTHON, "manage.py", *command], cwd=ROOT, env=environment, check=True)
    return environment


def seen_from(ports: Ports) -> dict[str, str]:
    """What the processes must know of the way to them."""
    proxies = {"TRUSTED_PROXIES": "1" if ports.nginx else "0", "SITE_URL": ports.address}
    if not ports.tls:
        # Loopback speaks plain HTTP: with cookies for HTTPS only nobody could sign in.
        return {**proxies, "SECURE_COOKIES": "false"}
    # HSTS is of a name, whatever the port: what else answers on localhost mustn't be lost for a year.
    return {**proxies, "SECURE_COOKIES": "true", "BEHIND_PROXY": "true", "HSTS_SECONDS": "300"}


def emptied(folder: Path) -> Path:
    """The folder, with nothing in it: counters of processes that are gone would be counted for ever."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def watch(supervisor: Supervisor, ports: Ports, workers: int, environment: dict[str, str]) -> int:
    """Start the processes, show the addresses, start again what dies, end everything when asked."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, leave)
    if ports.tls:
        certificate(FOLDER / "certificates")
    if ports.nginx:
        nginx_settings(FOLDER, ports)
    try:
        for name, command in processes(ports, workers, FOLDER).items():
            supervisor.start(name, command, environment)
        say(ports.greeting())
        while True:
            supervisor.restart_the_dead()
            time.sleep(0.5)
    except SystemExit:
        say("Ending the team; `make services-stop` ends PostgreSQL and Redis.")
        return 0
    finally:
        supervisor.end_all()


def leave(_number: int, _frame: FrameType | None) -> None:
    """Turn a signal into an orderly end."""
    raise SystemExit


if __name__ == "__main__":
    sys.exit(main())
