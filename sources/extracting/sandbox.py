"""Reading a document in a child process with limits: whatever it does costs one source, never the worker.

A few children live long, since one takes a second to start. A child is ended after a hundred documents, when
it has grown large, and after every trouble. A document is blamed for a crash only when a fresh child died
of it: a child that has read others may have died of those.
"""

from __future__ import annotations

import atexit
import os
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Generic, TypeVar

import structlog

from sources.errors import Unreadable
from sources.extracting.base import Extracted
from sources.extracting.base import marked as _
from sources.extracting.door import check
from sources.extracting.process import COMMAND, Child, Died, NoChild
from sources.extracting.wire import Garbled, unpack

log = structlog.get_logger(__name__)

_CRASHED: Final = _(
    "Reading this file crashed its reader: it is damaged, or made to do harm. Upload its text only."
)
_TOO_LONG: Final = _("Reading this file takes too long. Split it, or upload its text only.")
_TOO_BIG: Final = _("Reading this file takes too much memory. Split it, or upload its text only.")
_BROKEN: Final = _("This file can't be read: it is damaged, or of an unusual kind. Upload its text only.")
_ANY_PAGE: Final = (
    b"<!doctype html><title>A page</title><article><p>It was a page. It was read.</p></article>"
)
Made = TypeVar("Made")
_MOST_DOCUMENTS: Final = 100  # of one child
_GROWN: Final = 250_000_000  # bytes that a child may hold after a document and still be kept


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one document may take: seconds of CPU, more for a long one, and `patience` times that by the clock."""

    seconds: float = 20.0
    seconds_per_megabyte: float = 8.0
    patience: float = 3.0

    def for_size(self, size: int) -> tuple[float, float]:
        """Seconds of CPU, and seconds by the clock, for so many bytes."""
        seconds = self.seconds + self.seconds_per_megabyte * size / 1e6
        return seconds, seconds * self.patience


@dataclass(frozen=True, slots=True)
class Reasons:
    """What a person is told of a document that its reader can't cope with."""

    crashed: str = _CRASHED
    too_long: str = _TOO_LONG
    too_big: str = _TOO_BIG
    broken: str = _BROKEN


class Pool(ABC, Generic[Made]):
    """A pool of children, shared by all threads; a child is started when all others are busy, up to `most`."""

    reasons: ClassVar[Reasons] = Reasons()

    def __init__(
        self, most: int, command: Sequence[str] = COMMAND, allowance: Allowance | None = None
    ) -> None:
        self._most, self._command, self._allowance = most, command, allowance or Allowance()
        self._forget()
        os.register_at_fork(after_in_child=self._leave_to_parent)

    def _forget(self) -> None:
        self._idle: list[Child] = []
        self._all: set[Child] = set()
        self._free = threading.Semaphore(self._most)
        self._lock = threading.Lock()

    def _leave_to_parent(self) -> None:
        """In a forked process: the children aren't ours, and our copies of their pipes must not keep them alive."""
        for child in self._all:
            child.let_go()
        self._forget()

    @abstractmethod
    def made(self, notes: Mapping[str, Any], payload: bytes) -> Made:
        """What a child's answer is, checked: a hostile document may have taken it over. Raises Garbled."""

    def read(self, data: bytes, name: str) -> Made:
        """Return what a child makes of a document; raises Unreadable, or NoChild where none can be started."""
        with self._free:
            fresh = False
            while True:
                child = self._take(fresh=fresh)
                try:
                    return self._read(child, data, name)
                except (Died, Garbled) as trouble:
                    self._drop(child)
                    self._blame(trouble, child)
                fresh = True

    def warm_up(self, data: bytes, name: str, wanted: int) -> None:
        """Start as many children as will be wanted, in the background, and let each read this document of ours."""
        for _child in range(min(wanted, self._most)):
            threading.Thread(target=self._warm_up, args=(data, name), daemon=True).start()

    def _warm_up(self, data: bytes, name: str) -> None:
        with suppress(Unreadable, NoChild):  # whoever brings a document meets it too
            self.read(data, name)

    def _take(self, *, fresh: bool) -> Child:
        with self._lock:
            while self._idle and not fresh:
                child = self._idle.pop()
                if child.alive:
                    return child
                self._drop(child)
        child = Child(self._command)
        self._all.add(child)
        return child

    def _drop(self, child: Child) -> None:
        self._all.discard(child)
        child.end()

    def _blame(self, trouble: Exception, child: Child) -> None:
        """Raise Unreadable for what the document did; return when another child should try it."""
        if isinstance(trouble, Died) and trouble.out_of_time:
            raise Unreadable(self.reasons.too_long) from trouble
        if child.documents == 1:
            log.warning("reader_crashed", because=str(trouble))
            raise Unreadable(self.reasons.crashed) from trouble

    def _read(self, child: Child, data: bytes, name: str) -> Made:
        notes, payload = child.ask(data, name, *self._allowance.for_size(len(data)))
        self._settle(child, notes)
        if "unreadable" in notes:
            raise Unreadable(str(notes["unreadable"]))
        if "memory" in notes:
            raise Unreadable(self.reasons.too_big)
        if "error" in notes:
            log.warning("reader_failed", because=str(notes["error"]), filename=name)
            raise Unreadable(self.reasons.broken)
        return self.made(notes, payload)

    def _settle(self, child: Child, notes: Mapping[str, Any]) -> None:
        """Keep the child for the next document, or end it when it has served or grown."""
        has_grown = "memory" in notes or float(notes.get("held", 0)) > _GROWN
        if has_grown or child.documents >= _MOST_DOCUMENTS:
            self._drop(child)
        else:
            with self._lock:
                self._idle.append(child)

    def close(self) -> None:
        """End the idle children; a busy one ends when it finds nobody to answer to."""
        with self._lock:
            while self._idle:
                self._drop(self._idle.pop())


class Sandbox(Pool[Extracted]):
    """The children that read documents."""

    def made(self, notes: Mapping[str, Any], payload: bytes) -> Extracted:
        """The text and the metadata."""
        return unpack(notes, payload)


# Reading is all CPU: more children than cores only take memory. Two at least, so that one slow document
# doesn't stop all others.
_SANDBOX: Final = Sandbox(most=max(2, min(4, os.cpu_count() or 1)))
atexit.register(_SANDBOX.close)


def expect_pages(number: int) -> None:
    """Have readers ready for so many pages that are on their way: a child that has read one has loaded all it needs."""
    _SANDBOX.warm_up(_ANY_PAGE, "page.html", number)


def extract(data: bytes, filename: str) -> Extracted:
    """Return the text and metadata of a document, read in a child process with limits of time and memory.

    Raises Unreadable, with a reason for a person, for an empty, damaged, encrypted, scanned, oversized or
    unknown file, and for one that crashes its reader or takes too long or too much memory.
    """
    check(data, filename)
    return _SANDBOX.read(data, filename)
