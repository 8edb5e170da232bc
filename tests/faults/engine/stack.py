"""The team's processes in a folder of the campaign: workers, beat, the web server, and the scripted provider."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bookgen_site.env import BASE_DIR
from tests.fakes.forking import Fork, Forks
from tests.faults.engine.orders import Orders
from tests.faults.engine.servers import Servers
from tests.faults.engine.surroundings import environment

WORKERS: Final = ("worker-1", "worker-2")


@dataclass
class Stack:
    """Everything that runs. `fell` are the moments at which a worker was killed or ended, on the steady clock."""

    folder: Path
    servers: Servers
    caches: bool = True
    fell: list[float] = field(default_factory=list)
    stopped: set[str] = field(
        default_factory=set
    )  # workers by name that aren't to be revived, or can't answer

    def __post_init__(self) -> None:
        for room in ("var", "media", "orders", "logs"):
            (self.folder / room).mkdir(parents=True, exist_ok=True)
        self.orders = Orders(self.folder / "orders")
        self.workers: dict[str, Fork] = {}
        self._forks: dict[str, Forks] = {}
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self.web_port = free_port()

    @contextmanager
    def running(self, *, team: bool) -> Iterator[Stack]:
        """Start the provider, and the team if there is to be one; end everything."""
        try:
            self.provider = self._start_provider()
            if team:
                self._start_team()
            yield self
        finally:
            self.end()

    def _start_team(self) -> None:
        told = environment(self.folder, self.servers, self.provider)
        for name in WORKERS:
            command = ["tests.faults.engine.worker:work", name]
            self._forks[name] = Forks(told, self.folder / "logs" / name, command)
        self._start("beat", self._beat)
        place = f"127.0.0.1:{self.web_port}"
        self._start("web", ["gunicorn", "-b", place, "bookgen_site.wsgi:application"])
        for name in WORKERS:
            self.workers[name] = self._forks[name].start()

    def end(self) -> None:
        """Kill what still runs."""
        for fork in self.workers.values():
            with suppress(ProcessLookupError):
                os.killpg(fork.pid, signal.SIGKILL)
        for forks in self._forks.values():
            forks.close()
        for process in self._processes.values():
            process.kill()
            process.wait()

    def revive(self) -> int:
        """Start again what has died, as a supervisor does; returns how many."""
        dead = [name for name, fork in self.workers.items() if name not in self.stopped and not fork.lives()]
        for name in dead:
            self.workers[name].wait()
            self.fell.append(time.monotonic())
            self.workers[name] = self._forks[name].start()
        return len(dead)

    def kill(self, name: str) -> None:
        """Kill -9; the next `revive` starts it again."""
        with suppress(ProcessLookupError):
            os.killpg(self.workers[name].pid, signal.SIGKILL)
        while self.workers[name].lives():
            time.sleep(0.01)

    def tell(self, name: str, number: signal.Signals) -> None:
        """A signal to one worker."""
        with suppress(ProcessLookupError):
            os.killpg(self.workers[name].pid, number)

    def deploy(self, patience: float) -> None:
        """End all workers as a deploy does, and start them again; who doesn't end in time is killed."""
        self.stopped |= set(WORKERS)
        for name in WORKERS:
            self.tell(name, signal.SIGTERM)
        until(lambda: not any(fork.lives() for fork in self.workers.values()), patience)
        for name in WORKERS:
            self.kill(name)
        self.stopped.clear()

    def limit_files(self, *, full: bool) -> None:
        """No worker can write a byte to any file any more, as on a full disk; or as before."""
        for fork in self.workers.values():
            with suppress(ProcessLookupError):
                _soft, hard = resource.prlimit(fork.pid, resource.RLIMIT_FSIZE)
                resource.prlimit(fork.pid, resource.RLIMIT_FSIZE, (0 if full else hard, hard))

    @property
    def _beat(self) -> list[str]:
        schedule = str(self.folder / "beat-schedule")
        return ["celery", "-A", "bookgen_site", "beat", "-s", schedule, "--pidfile="]

    def kill_beat(self) -> None:
        """It stays dead."""
        self._processes["beat"].kill()
        self._processes["beat"].wait()

    def asked(self, path: str) -> Any:
        """What the provider says of itself: `/bill` or `/log`."""
        with urllib.request.urlopen(f"{self.provider}{path}", timeout=10) as answer:
            return json.load(answer)

    def _start(self, name: str, module: list[str]) -> None:
        with (self.folder / "logs" / name).open("ab") as log:
            self._processes[name] = subprocess.Popen(
                [sys.executable, "-m", *module],
                cwd=BASE_DIR,
                env=environment(self.folder, self.servers, self.provider),
                stdout=log,
                stderr=log,
            )

    def _start_provider(self) -> str:
        command = [sys.executable, "-m", "tests.faults.engine.provider"]
        told = [str(self.orders.folder / "latency"), "yes" if self.caches else "no"]
        process = subprocess.Popen(
            [*command, *told],
            cwd=BASE_DIR,
            env=environment(self.folder, self.servers),
            stdout=subprocess.PIPE,
            stderr=(self.folder / "logs" / "provider").open("ab"),
        )
        self._processes["provider"] = process
        assert process.stdout is not None
        return process.stdout.readline().decode().strip()


def until(reached: Callable[[], Any], seconds: float, pause: float = 0.1) -> bool:
    """Wait for something; False when it didn't come in time."""
    end = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def copied(source: Path, target: Path) -> None:
    """The store of files as it was when the database was copied."""
    shutil.copytree(source, target, dirs_exist_ok=True)
