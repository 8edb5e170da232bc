"""The scripted provider in a process of its own; how slow it is, a file says while it runs."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import django

from engine.scripted.behaviour import Behaviour
from engine.scripted.server import Provider


def follow(provider: Provider, order: Path) -> None:
    """Take the latency from the file, again and again."""
    while True:
        try:
            latency = float(order.read_text())
        except (FileNotFoundError, ValueError):
            latency = 0.0
        if latency != provider.behaviour.latency:
            provider.behaviour = replace(provider.behaviour, latency=latency)
        time.sleep(0.05)


def main(order: str, caches: str) -> None:
    """Serve until killed; tells its address first."""
    provider = Provider(Behaviour(caches=caches == "yes", steady=True))
    server = provider.server()
    threading.Thread(target=follow, args=[provider, Path(order)], daemon=True).start()
    sys.stdout.write(f"http://127.0.0.1:{server.server_address[1]}/api/v1\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    django.setup()
    main(*sys.argv[1:])
