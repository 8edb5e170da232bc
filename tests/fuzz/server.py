"""A server of the site on loopback with data of its own, for campaigns and benchmarks."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
WSGI: Final = "bookgen_site.wsgi:application"
PATIENCE: Final = 60.0  # seconds until it must answer


def environment(var: Path, **more: str) -> dict[str, str]:
    """The variables of an installation whose data lie in this folder; embedded unless more says otherwise."""
    own = {"BOOKGEN_VAR": str(var), "DATABASE_URL": "", "REDIS_URL": "", "SECURE_COOKIES": "false"}
    own["ALLOWED_HOSTS"] = "localhost,127.0.0.1"
    return {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "bookgen_site.settings", **more}


def manage(variables: Mapping[str, str], *arguments: str) -> None:
    """Run a command of manage.py; raises CalledProcessError."""
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=dict(variables), check=True, stdout=subprocess.DEVNULL)


def free_port() -> int:
    """A port on loopback that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def daphne(port: int) -> list[str]:
    """The command that serves WebSockets on this port of loopback, as a team's ASGI process does."""
    return [
        sys.executable,
        "-m",
        "daphne",
        "-b",
        "127.0.0.1",
        "-p",
        str(port),
        "bookgen_site.asgi:application",
    ]


@contextmanager
def serving(
    variables: Mapping[str, str], *, workers: int = 1, app: str = WSGI, log: Path | None = None
) -> Iterator[str]:
    """gunicorn as a team runs it, with `gunicorn.conf.py`; hands over its address, and ends it afterwards."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-w", str(workers), "-b", f"127.0.0.1:{port}", app]
    with (log or Path(os.devnull)).open("ab") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=dict(variables), stdout=out, stderr=out)
        try:
            _await(process, f"http://127.0.0.1:{port}/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(30)


def _await(process: subprocess.Popen[bytes], url: str) -> None:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if process.poll() is not None:
            raise RuntimeError(f"gunicorn ended with status {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError:
            return  # an answer all the same
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{url} doesn't answer")
