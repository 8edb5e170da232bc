"""One child process that reads documents, seen from the parent."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Final, cast

from sources.extracting.wire import MOST_NOTES, MOST_TEXT, notes_of, read_frame, write_frame

COMMAND: Final = (sys.executable, "-m", "sources.extracting.child")
_ROOT: Final = Path(__file__).parents[2]
_START_SECONDS: Final = 60.0
# What a Python needs to start where it's installed in an odd place; nothing that could be a secret.
_KEPT: Final = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR")


class NoChild(RuntimeError):
    """No child can be started here; no document is to blame."""


class Died(Exception):
    """The child ended, or was ended, over a document."""

    def __init__(self, *, out_of_time: bool) -> None:
        super().__init__("out of time" if out_of_time else "crashed")
        self.out_of_time = out_of_time


class Child:
    """A started child. Used by one thread at a time; `documents` counts what it has been asked."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        """Start it; raises NoChild when it doesn't come up."""
        self.documents = 0
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=_ROOT,
                # The same document gives the same text: nothing hangs on the order of a set.
                env=environment | {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1"},
                start_new_session=True,
            )
        except OSError as error:
            raise NoChild(str(error)) from error
        self._pipes = cast("tuple[IO[bytes], IO[bytes]]", (self._process.stdin, self._process.stdout))
        with self._clock(_START_SECONDS):
            ready = read_frame(self._pipes[1], MOST_NOTES)
        if ready is None:
            self.end()
            raise NoChild(f"The reader of documents ended with {self._process.returncode} at its start.")

    def ask(self, data: bytes, name: str, seconds: float, deadline: float) -> tuple[Mapping[str, Any], bytes]:
        """What the child makes of a document, in so many seconds of CPU and by the clock; raises Died or Garbled."""
        self.documents += 1
        order = {"name": name, "seconds": seconds, "deadline": deadline}
        with self._clock(deadline) as rang:
            try:
                write_frame(self._pipes[0], json.dumps(order).encode())
                write_frame(self._pipes[0], data)
            except OSError:
                pass  # it died while it was told: the answer won't come either
            head = read_frame(self._pipes[1], MOST_NOTES)
            text = read_frame(self._pipes[1], MOST_TEXT)
        if head is None or text is None:
            raise self._obituary(out_of_time=rang.is_set())
        return notes_of(head), text

    def _obituary(self, *, out_of_time: bool) -> Died:
        self.end()
        late = (-signal.SIGXCPU, -signal.SIGALRM)  # the kernel's clocks, see `limits.allow`
        return Died(out_of_time=out_of_time or self._process.returncode in late)

    @contextmanager
    def _clock(self, seconds: float) -> Iterator[threading.Event]:
        """Ends the child when the time is over; the event tells that it was."""
        rang = threading.Event()

        def ring() -> None:
            rang.set()
            self._kill()

        timer = threading.Timer(seconds, ring)
        timer.daemon = True
        timer.start()
        try:
            yield rang
        finally:
            timer.cancel()
            timer.join()

    @property
    def alive(self) -> bool:
        """Whether it still runs; an idle one ends by itself."""
        return self._process.poll() is None

    def end(self) -> None:
        """End it with all that it may have started, and take its last word from the system."""
        self._kill()
        self.let_go()
        self._process.wait()

    def let_go(self) -> None:
        """Close the pipes: the child ends when it has nothing to do."""
        for pipe in self._pipes:
            with suppress(OSError):  # what was never read by a dead child
                pipe.close()

    def _kill(self) -> None:
        """The whole group, before the child itself is waited for: until then its number is nobody else's."""
        if self._process.returncode is None:
            with suppress(ProcessLookupError, PermissionError):  # macOS says so of a group of the dead
                os.killpg(self._process.pid, signal.SIGKILL)
