"""A child whose documents say what to do: `python -m tests.sources.extracting.hostile_child`."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import socket
import struct
import subprocess
import sys
import time

from sources.digest import digest
from sources.errors import Unreadable
from sources.extracting import child
from sources.extracting.base import Extracted

_libc = ctypes.CDLL(None)


def _segfault() -> str:
    ctypes.string_at(0)
    return ""


def _loop() -> str:
    while True:
        pass


def _sleep() -> str:
    time.sleep(3_600)
    return ""


def _eat() -> str:
    return "x" * 10_000_000_000


def _fork() -> str:
    """Fork without Python's leave, leave the grandchild at work with the pipes open, and die."""
    pid = _libc.fork()
    if pid == 0:
        time.sleep(3_600)
    if pid > 0:
        os._exit(1)
    return "refused"


def _shell() -> str:
    subprocess.run(["true"], check=True)
    return ""


def _call_home() -> str:
    socket.create_connection(("127.0.0.1", 9))
    return ""


def _write() -> str:
    with open("stolen.txt", "w", encoding="utf-8") as file:
        file.write("x")
        file.flush()
    return ""


def _tell() -> str:
    """What a document that took the child over would find."""
    return json.dumps(
        {
            "environment": dict(os.environ),
            "django": [name for name in sys.modules if name.startswith("django")],
            "core": resource.getrlimit(resource.RLIMIT_CORE),
            "open": len(os.listdir("/dev/fd")),
            "pid": os.getpid(),
        }
    )


def _lie() -> str:
    os.write(4, struct.pack(">Q", 2**40))  # a frame without end, on the pipe to the parent
    return ""


def _noise() -> str:
    print("x" * 100_000, flush=True)  # noqa: T201
    os.write(1, b"\xff" * 1_000)
    return "calm"


def _refuse() -> str:
    raise Unreadable("A reason.")


def _raise() -> str:
    raise KeyError("a bug")


def _dirty() -> str:
    return "a\u202eb\u0000c"


def _signals() -> str:
    _libc.kill(os.getpid(), signal.SIGTERM)
    _libc.kill(os.getpid(), signal.SIGINT)
    return "unheard"


def _unless_fresh() -> str:
    """Crash in a child that has read something before."""
    return _segfault() if _SEEN else "fresh"


_SEEN: list[str] = []


def read(data: bytes, name: str) -> Extracted:
    """Do what the document says."""
    wish = data.decode()
    deed = globals().get(f"_{wish}")
    text = deed() if callable(deed) else wish
    _SEEN.append(wish)
    return Extracted(text=text, format="txt", digest=digest(text), title=name)


if __name__ == "__main__":
    child.main(read, memory=400_000_000)
