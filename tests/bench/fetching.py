"""What fetching costs above the server's own time: a page with its robots.txt, and 60 of them at once."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from bookgen_site.lib.fetching import fetch
from tests.bench.figure import Figure
from tests.fakes.raw_server import RawServer, ok

NAMES = ("first page of a host", "60 pages of 60 hosts, 24 threads", "processor time of a page")
LATENCY = 0.2
PAGE = ok(b"<html><p>" + b"Some words of a page. " * 5000)


def measure() -> Iterable[Figure]:
    """Seconds against a server on loopback that waits 0.2 s before each answer, robots.txt included."""
    server = RawServer(_late(PAGE), _late(ok(b"User-agent: *\nDisallow: /private\n")))
    places = [f"host-{number}.localhost:{server.port}" for number in range(70)]
    singles = [_timed(place, places) for place in places[60:]]
    yield Figure(NAMES[0], min(singles), "s", "little above 0.4 (two latencies)", singles)
    begun, used = time.monotonic(), time.process_time()
    with ThreadPoolExecutor(24) as pool:
        times = list(pool.map(lambda place: _timed(place, places), places[:60]))
    yield Figure(NAMES[1], time.monotonic() - begun, "s", "well under 4", times)
    yield Figure(NAMES[2], (time.process_time() - used) / 60 * 1000, "ms", "the played server's included")
    server.listener.close()


def _late(answer: bytes) -> Callable[[socket.socket], None]:
    def send(connection: socket.socket) -> None:
        time.sleep(LATENCY)
        connection.sendall(answer)

    return send


def _timed(place: str, allowed: list[str]) -> float:
    begun = time.monotonic()
    fetch(f"http://{place}/", allowed_hosts=allowed)
    return time.monotonic() - begun
