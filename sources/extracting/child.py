"""The process that reads documents: `python -m sources.extracting.child`, started by `sandbox` alone.

It reads frames from its standard input and answers on its standard output (see `wire`), one document after
the other, until the parent closes the pipe or asks nothing for a minute. It knows no Django, no database
and no secret.
"""

from __future__ import annotations

import json
import os
import select
import sys
from collections.abc import Callable
from typing import IO, Any, Final

from sources.errors import Unreadable
from sources.extracting import limits
from sources.extracting.base import MAX_BYTES, Extracted
from sources.extracting.reading import extract_here
from sources.extracting.wire import MOST_NOTES, pack, read_frame, write_frame

Reader = Callable[[bytes, str], Extracted]
Answer = tuple[dict[str, Any], bytes]  # what is said of a document, and what was made of it
READY: Final = b"ready"
IDLE_SECONDS: Final = 60.0
_LONGEST_ERROR: Final = 500  # characters


def main(read: Reader = extract_here, memory: int = limits.MEMORY) -> None:
    """Set the limits, say that we are ready, and read what comes."""
    serve(lambda data, name: pack(read(data, name)), memory)


def serve(answer: Callable[[bytes, str], Answer], memory: int = limits.MEMORY) -> None:
    """The same for whatever is made of a document."""
    asked, answers = _pipes()
    limits.set_all(memory)
    write_frame(answers, READY)
    while _is_asked(asked):
        _answer(asked, answers, answer)


def _pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The pipes to the parent; what a library prints goes nowhere."""
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    return asked, answers


def _is_asked(asked: IO[bytes]) -> bool:
    """Whether more comes within a minute. The parent asks one thing at a time, so nothing waits in a buffer."""
    return bool(select.select([asked], [], [], IDLE_SECONDS)[0])


def _answer(asked: IO[bytes], answers: IO[bytes], answer: Callable[[bytes, str], Answer]) -> None:
    head, data = read_frame(asked, MOST_NOTES), read_frame(asked, MAX_BYTES)
    if head is None or data is None:  # the parent is gone
        sys.exit(0)
    order: dict[str, Any] = json.loads(head)
    limits.allow(order["seconds"], order["deadline"])
    notes, text = _read(data, order["name"], answer)
    limits.rest()
    write_frame(answers, json.dumps(notes | {"held": limits.held()}).encode())
    write_frame(answers, text)


def _read(data: bytes, name: str, answer: Callable[[bytes, str], Answer]) -> Answer:
    try:
        return answer(data, name)
    except Unreadable as unreadable:
        return {"unreadable": unreadable.reason}, b""
    except MemoryError:
        return {"memory": True}, b""
    # Whatever else a document does to a library is a fact about the document; the parent logs it.
    except Exception as error:  # noqa: BLE001
        return {"error": f"{type(error).__name__}: {error}"[:_LONGEST_ERROR]}, b""


if __name__ == "__main__":
    main()
