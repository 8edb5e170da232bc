"""Load on a server: as much as it takes (wrk), or so many requests a second whatever it does (open loop)."""

from __future__ import annotations

import http.client
import re
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlsplit

from bookgen_site.metrics.percentiles import of_values

RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
BAD = re.compile(r"Non-2xx or 3xx responses: (\d+)")
THREADS = 24
IDLE = 1.0  # seconds after which a connection isn't used again
Ask = Callable[[http.client.HTTPConnection, int], http.client.HTTPResponse]


def requests_a_second(
    url: str, headers: Mapping[str, str], *, seconds: int = 3, connections: int = 16
) -> float:
    """What wrk gets through with so many connections; raises RuntimeError when an answer was no success."""
    named = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", *named, url]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = RATE.search(told)
    if BAD.search(told) or not found:
        raise RuntimeError(told)
    return float(found[1])


def open_loop(address: str, ask: Ask, *, rate: float = 50, seconds: float = 8) -> list[float]:
    """Milliseconds of each request from the moment when it was due: a server that stalls makes the next ones late.

    Each of many threads has a connection of its own and takes every n-th request.
    """
    number, threads = int(rate * seconds), THREADS
    place = urlsplit(address)
    taken = [0.0] * number
    begin = time.monotonic() + 0.5

    def work(first: int) -> None:
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=30)
        for one in range(first, number, threads):
            due = begin + one / rate
            if (pause := due - time.monotonic()) > IDLE:
                connection.close()  # the server would close it meanwhile; it is opened again by itself
            time.sleep(max(0.0, pause))
            answer = ask(connection, one)
            answer.read()
            if answer.status >= 400:
                raise RuntimeError(f"{answer.status} {answer.reason}")
            taken[one] = 1000 * (time.monotonic() - due)
        connection.close()

    workers = [threading.Thread(target=work, args=[first]) for first in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if not all(taken):
        raise RuntimeError("some requests weren't answered")
    return taken


def percentile(taken: Sequence[float], share: float) -> float:
    """The percentile of some times, of which there must be one."""
    found = of_values(taken, share)
    assert found is not None
    return found
