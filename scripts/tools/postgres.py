"""A private PostgreSQL: its own folder, its own port on loopback, its own password."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
import time
from pathlib import Path

from scripts.tools import processes
from scripts.tools.place_of_services import Place, ServiceError
from scripts.tools.places import read_or_empty, write_whole

NAME = "bookgen"
LOCALE = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
# What a crash of the machine would lose is nothing here: the data can be made again in a minute.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
QUIET = "-c unix_socket_directories='' -c listen_addresses=127.0.0.1 -c max_connections=200"


def programs() -> Path | None:
    """The folder of PostgreSQL's programs: that of PATH, else Debian's newest (not in PATH there)."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(
        folders, key=lambda folder: [int(part) for part in re.findall(r"\d+", str(folder))], default=None
    )


def start(place: Place) -> str:
    """Start it unless it runs; returns its address."""
    if not running(place):
        data = cluster(place)
        launch(place, data)
        make_database(place)
    return url(place)


def running(place: Place) -> int:
    """The number of our server's process, 0 when it doesn't run: the number's process must name our folder."""
    data = place.folder / "postgres" / "data"
    lines = read_or_empty(data / "postmaster.pid").splitlines()
    pid = int(lines[0]) if lines and lines[0].isdigit() else 0
    return pid if pid and f"-D {data}" in processes.words(pid) else 0


def stop(place: Place) -> bool:
    """End our server; False when there was none."""
    pid = running(place)
    if pid:
        processes.end(pid, polite=signal.SIGINT)  # "fast": doesn't wait for clients
    return bool(pid)


def url(place: Place) -> str:
    """The address for DATABASE_URL."""
    known = place.known()
    return f"postgres://{NAME}:{known['password']}@127.0.0.1:{known['postgres']}/{NAME}"


def cluster(place: Place) -> Path:
    """The data folder; it's made under another name first, so that one under its name is whole."""
    home = place.own_folder("postgres")
    data, draft = home / "data", home / "draft"
    if not data.exists():
        shutil.rmtree(draft, ignore_errors=True)
        secret = secret_file(place, home)
        told = [
            "--no-sync",
            "--auth=scram-sha-256",
            f"--pwfile={secret}",
            "--encoding=UTF8",
            f"--locale={LOCALE}",
        ]
        made = place.run(needed("initdb"), *told, "-U", NAME, "-D", draft)
        secret.unlink()
        if made.returncode:
            raise ServiceError(f"PostgreSQL's initdb failed:\n{made.stdout}")
        os.rename(draft, data)
    return data


def secret_file(place: Place, home: Path) -> Path:
    """The password as initdb wants it; the folder is closed to everyone but the services' account."""
    secret = home / "password"
    write_whole(secret, place.password() + "\n", mode=0o600)
    if place.user:
        shutil.chown(secret, place.user)
    return secret


def launch(place: Place, data: Path) -> None:
    """Start the server and wait until it answers; a port lost to a neighbour meanwhile is chosen anew."""
    log = data.parent / "log"
    for _ in range(3):
        options = f"{QUIET} {FAST} -c port={place.free_port('postgres')}"
        began = place.run(needed("pg_ctl"), "start", "-w", "-t", "60", "-D", data, "-l", log, "-o", options)
        if began.returncode == 0:
            return
        time.sleep(0.5)  # the children of a server killed with -9 take a moment to notice
    last = "\n".join(log.read_text(errors="replace").splitlines()[-8:]) if log.exists() else began.stdout
    raise ServiceError(f"PostgreSQL doesn't start (`scripts/services wipe` begins anew):\n{last}")


def make_database(place: Place) -> None:
    """The one database; a start that was cut off may have made it already."""
    known = place.known()
    where = ["-h", "127.0.0.1", "-p", str(known["postgres"]), "-U", NAME]
    made = place.run(needed("createdb"), *where, NAME, PGPASSWORD=str(known["password"]))
    if made.returncode and "already exists" not in made.stdout:
        raise ServiceError(f"PostgreSQL's createdb failed:\n{made.stdout}")


def needed(program: str) -> Path:
    """The path of one of PostgreSQL's programs."""
    folder = programs()
    if folder is None:
        raise ServiceError("PostgreSQL's programs aren't installed (on Debian: apt install postgresql).")
    return folder / program
