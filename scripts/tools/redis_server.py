"""A private Redis: its own folder, its own port on loopback, its own password; it keeps nothing on disk."""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import time

from scripts.tools import processes
from scripts.tools.place_of_services import Place, ServiceError
from scripts.tools.places import read_or_empty


def program() -> str | None:
    """Redis, or its free continuation."""
    return shutil.which("redis-server") or shutil.which("valkey-server")


def start(place: Place) -> str:
    """Start it unless it runs; returns its address."""
    if not running(place):
        launch(place)
    return url(place)


def running(place: Place) -> int:
    """The number of our server's process, 0 when it doesn't run. Who knows our password is ours."""
    known = place.known()
    if "redis" not in known:
        return 0
    question = f"AUTH default {known['password']}\r\nINFO server\r\nQUIT\r\n"
    found = re.search(rb"process_id:(\d+)", ask(int(known["redis"]), question))
    return int(found[1]) if found else 0


def ask(port: int, question: str) -> bytes:
    """What the server at this port of the loopback says; nothing when there's none, or a deaf one."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as caller:
        caller.sendall(question.encode())
        return b"".join(iter(lambda: caller.recv(65536), b""))
    return b""


def stop(place: Place) -> bool:
    """End our server; False when there was none."""
    pid = running(place)
    if pid:
        processes.end(pid)
    return bool(pid)


def url(place: Place) -> str:
    """The address for REDIS_URL: BookGen appends the numbers of its databases."""
    known = place.known()
    return f"redis://default:{known['password']}@127.0.0.1:{known['redis']}"


def launch(place: Place) -> None:
    """Start the server and wait until its port answers."""
    found = program()
    if found is None:
        raise ServiceError("Redis isn't installed (on Debian: apt install redis-server).")
    for _ in range(3):
        # The settings go in by stdin: a password among the arguments could be read by everyone.
        place.run(found, "-", stdin=settings(place))
        if answers(place):
            return
    raise ServiceError(f"Redis doesn't start:\n{read_or_empty(place.folder / 'redis' / 'log')[-800:]}")


def settings(place: Place) -> str:
    """Redis's settings. The port is remembered before the start, so a start that's cut off isn't lost."""
    folder = place.own_folder("redis")
    lines = {
        "bind": "127.0.0.1",
        "port": place.free_port("redis"),
        "requirepass": place.password(),
        "daemonize": "yes",
        "dir": f'"{folder}"',
        "logfile": f'"{folder / "log"}"',
        "save": '""',
        "appendonly": "no",
    }
    return "".join(f"{name} {value}\n" for name, value in lines.items())


def answers(place: Place, seconds: float = 5) -> bool:
    """True as soon as our own server (not a neighbour on its port) is there."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if running(place):
            return True
        time.sleep(0.02)
    return False
