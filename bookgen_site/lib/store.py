"""Files by their hash: a blob is written whole or not at all, and writing it twice is harmless.

Two-level folders under MEDIA_ROOT/blobs. The row that names the hash is written after the blob is on
disk, so a kill in between leaves at most an unnamed blob, never a row without its file.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from django.conf import settings

FRESH_SECONDS: Final = 600.0


class BlobMissing(OSError):
    """The file behind a row is gone, or is not what it was."""


def put(data: bytes) -> str:
    """Keep these bytes for good; returns their SHA-256 in hex."""
    digest = hashlib.sha256(data).hexdigest()
    path = path_of(digest)
    if not (_is_whole(digest) and _freshen(path)):
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(path, data)
    return digest


def _freshen(path: Path) -> bool:
    """Somebody wants a file again, so `discard` is to leave it alone; False when it was discarded just now."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def discard(digest: str) -> bool:
    """Remove a file that no row names, unless it was put here within FRESH_SECONDS; whether it was removed.

    A row that names it may be in a transaction that isn't committed yet: that is what the time is for.
    """
    path = path_of(digest)
    with suppress(FileNotFoundError):
        if time.time() - path.stat().st_mtime > FRESH_SECONDS:
            path.unlink()
            return True
    return False


def get(digest: str) -> bytes:
    """The bytes with this hash; raises BlobMissing when they are gone or damaged."""
    try:
        data = path_of(digest).read_bytes()
    except FileNotFoundError as error:
        raise BlobMissing(f"the stored file {digest[:12]}… is missing") from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise BlobMissing(f"the stored file {digest[:12]}… is damaged")
    return data


def _is_whole(digest: str) -> bool:
    try:
        get(digest)
    except BlobMissing:
        return False  # never written, or damaged since: written anew
    return True


def path_of(digest: str) -> Path:
    """Where the blob with this hash lies."""
    return Path(settings.MEDIA_ROOT) / "blobs" / digest[:2] / digest


def _write_whole(path: Path, data: bytes) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with draft.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(path)
