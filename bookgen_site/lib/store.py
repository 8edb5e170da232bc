"""Files by their hash: a blob is written whole or not at all, and writing it twice is harmless.

Two-level folders under MEDIA_ROOT/blobs. The row that names the hash is written after the blob is on
disk, so a kill in between leaves at most an unnamed blob, never a row without its file.

What no row names any more can be removed. Two rules keep that from taking what is about to be named: `put` renews
the time of a blob that is there already, and only old ones are removed; and `put` and `remove` hold one lock, shared
and alone, so that no blob vanishes between being seen and being renewed. What can be made again has a room of its own.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings

NAMED: Final = "blobs"  # what rows name
SPARE: Final = "readings"  # what can be made again, and is named by the cache at most


class BlobMissing(OSError):
    """The file behind a row is gone, or is not what it was."""


def put(data: bytes, room: str = NAMED) -> str:
    """Keep these bytes until `remove`; returns their SHA-256 in hex."""
    digest = hashlib.sha256(data).hexdigest()
    path = path_of(digest, room)
    path.parent.mkdir(parents=True, exist_ok=True)
    with _held(room, fcntl.LOCK_SH):
        if _is_whole(digest, room):
            os.utime(path)
        else:
            _write_whole(path, data)
    return digest


def get(digest: str, room: str = NAMED) -> bytes:
    """The bytes with this hash; raises BlobMissing when they are gone or damaged."""
    try:
        data = path_of(digest, room).read_bytes()
    except FileNotFoundError as error:
        raise BlobMissing(f"the stored file {digest[:12]}… is missing") from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise BlobMissing(f"the stored file {digest[:12]}… is damaged")
    return data


def older_than(moment: float, room: str = NAMED) -> Iterator[Path]:
    """The files of a room that were last put before `moment` (seconds of the epoch), half-written ones included."""
    for path in (Path(settings.MEDIA_ROOT) / room).glob("??/*"):
        if (age := _time_of(path)) is not None and age < moment:
            yield path


def remove(path: Path, moment: float, needed: Callable[[str], bool], room: str = NAMED) -> int:
    """Delete a file of `older_than`, if it is still that old and not `needed` by its name; returns its bytes, or 0.

    `needed` is asked under the lock, and must write nothing: whoever puts a blob waits meanwhile.
    """
    with _held(room, fcntl.LOCK_EX):
        age = _time_of(path)
        if age is None or age >= moment or needed(path.name):
            return 0
        size = path.stat().st_size
        path.unlink(missing_ok=True)
    return size


@contextmanager
def kept(room: str = NAMED) -> Iterator[None]:
    """While the block runs, nothing of the room is removed; files can be put meanwhile."""
    (Path(settings.MEDIA_ROOT) / room).mkdir(parents=True, exist_ok=True)
    with _held(room, fcntl.LOCK_SH):
        yield


def digests(room: str = NAMED) -> list[str]:
    """The hashes of all files of a room, half-written ones left out."""
    names = (path.name for path in (Path(settings.MEDIA_ROOT) / room).glob("??/*"))
    return sorted(name for name in names if not name.startswith("."))


def path_of(digest: str, room: str = NAMED) -> Path:
    """Where the blob with this hash lies."""
    return Path(settings.MEDIA_ROOT) / room / digest[:2] / digest


def _time_of(path: Path) -> float | None:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return None


def _is_whole(digest: str, room: str) -> bool:
    try:
        get(digest, room)
    except BlobMissing:
        return False  # never written, or damaged since: written anew
    return True


@contextmanager
def _held(room: str, how: int) -> Iterator[None]:
    """The lock of a room, by the system: it falls with the process. Each holder has a handle of its own."""
    with (Path(settings.MEDIA_ROOT) / room / ".lock").open("ab") as handle:
        fcntl.flock(handle, how)
        yield


def _write_whole(path: Path, data: bytes) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with draft.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(path)
