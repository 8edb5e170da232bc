"""Keeps a handful of processes alive: starts them, starts again what died, ends them all."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.tools import processes
from scripts.tools.places import ROOT, read_or_empty, say, write_whole


@dataclass
class Child:
    """One process and how to start it again."""

    command: list[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes]
    started: float


class Supervisor:
    """Logs and process numbers lie in `folder`, one pair of files for each name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.children: dict[str, Child] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def start(self, name: str, command: list[str], environment: Mapping[str, str]) -> None:
        """Start a process in a session of its own, so that Ctrl+C reaches it through us, in order."""
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        # The program's name goes with the number: another process may have the number by tomorrow.
        write_whole(self.folder / f"{name}.pid", f"{process.pid} {' '.join(command)}")
        self.children[name] = Child(command, environment, process, time.monotonic())

    def restart_the_dead(self) -> None:
        """Start again what ended; one that ends at once waits, so that it can't fill the disk with its log."""
        for name, child in self.children.items():
            status = child.process.poll()
            if status is None or time.monotonic() - child.started < 3:
                continue
            say(f"{name} ended with status {status}: starting it again (var/team/{name}.log)")
            self.start(name, child.command, child.environment)

    def end_all(self) -> None:
        """Ask all at once, then wait for each."""
        for child in self.children.values():
            if child.process.poll() is None:
                child.process.terminate()
        for name, child in self.children.items():
            try:
                child.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()
            (self.folder / f"{name}.pid").unlink(missing_ok=True)

    def end_leftovers(self) -> None:
        """End what a supervisor that was killed with -9 left running."""
        for file in sorted(self.folder.glob("*.pid")):
            number, _, command = read_or_empty(file).partition(" ")
            # Contained, not alike: nginx puts “nginx: master process” before the words it was started with.
            if number.isdigit() and command and command in processes.words(int(number)):
                say(f"{file.stem} was left over from an earlier team: ending it.")
                processes.end(int(number), seconds=15)
            file.unlink(missing_ok=True)
