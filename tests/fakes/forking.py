"""Processes without their start: BookGen is imported once, and each run is a fork of that, in a group of its own.

A run is as killable as any other process; it only doesn't pay seconds for imports before it begins to work.
Run as a program, this file is the server: for each line on its standard input it forks once.
"""

from __future__ import annotations

import ast
import importlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import django
from django.core.management import execute_from_command_line

from bookgen_site.env import BASE_DIR


class Forks:
    """A server with this environment; `start` begins one run of the given commands of `manage.py`, or
    functions of a module."""

    def __init__(self, environment: Mapping[str, str], errors: Path, *commands: list[str]) -> None:
        self._errors = errors
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.forking", repr(commands)],
            cwd=BASE_DIR,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors.open("a"),
            text=True,
        )

    def start(self) -> Fork:
        """One more run."""
        self._say("go")
        return Fork(int(self._hear()), self._hear)

    def close(self) -> None:
        """End the server; its runs have ended before."""
        self._server.kill()
        self._server.communicate()

    def _say(self, word: str) -> None:
        assert self._server.stdin
        self._server.stdin.write(f"{word}\n")
        self._server.stdin.flush()

    def _hear(self) -> str:
        assert self._server.stdout
        line = self._server.stdout.readline()
        assert line, self._errors.read_text()
        return line


class Fork:
    """One run, in a process group of its own."""

    def __init__(self, pid: int, hear: Callable[[], str]) -> None:
        self._pid = pid
        self._hear = hear

    @property
    def pid(self) -> int:
        """The number of the process, which leads its group."""
        return self._pid

    def lives(self) -> bool:
        """Whether it is still there."""
        try:
            os.kill(self._pid, 0)
        except ProcessLookupError:
            return False
        return True

    def kill(self) -> int:
        """Kill -9 for the whole group; returns the status, -9 unless it had ended by itself."""
        os.killpg(self._pid, signal.SIGKILL)
        return self.wait()

    def wait(self) -> int:
        """Its exit status, or the negative number of the signal that ended it."""
        return int(self._hear())


def serve(commands: list[list[str]]) -> None:
    """Fork once per line: tell the child's number once it leads its group, then what became of it."""
    for command in commands:  # what a run begins with is loaded once, too
        if ":" in command[0]:
            importlib.import_module(command[0].split(":")[0])
    for _line in sys.stdin:
        child = os.fork()
        if not child:
            os.setsid()
            _tell(os.getpid())
            os.dup2(2, 1)  # what the commands print is no answer of the server
            os._exit(run(commands))
        _pid, status = os.waitpid(child, 0)
        _tell(os.waitstatus_to_exitcode(status))


def _tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def run(commands: list[list[str]]) -> int:
    """The commands one after the other in this process; returns the status of the first that fails, or 0."""
    try:
        for command in commands:
            if ":" in command[0]:  # not a command but a function, as module:name
                module, name = command[0].split(":")
                getattr(importlib.import_module(module), name)(*command[1:])
            else:
                execute_from_command_line(["manage.py", *command])
    except SystemExit as end:
        return int(end.code or 0)
    return 0


if __name__ == "__main__":
    django.setup()
    serve(ast.literal_eval(sys.argv[1]))
