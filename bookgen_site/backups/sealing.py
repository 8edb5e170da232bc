"""Encryption of a backup as it is written, in the age format (https://age-encryption.org/v1), by pyrage.

Whoever makes backups holds the recipient alone ("age1…"), which encrypts; only the key file opens them again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Final

from pyrage import DecryptError, EncryptError, IdentityError, RecipientError, decrypt_io, encrypt_io, x25519

from bookgen_site.backups.archive import Out
from bookgen_site.backups.errors import BackupError, BadBackup, RestoreError

ENDING: Final = ".age"
Move = Callable[[Any, Any], None]


class _Undecipherable(Exception):
    """A part of the backup isn't what was encrypted."""


def make_key(path: Path) -> str:
    """Write a new key file, which must not be there yet, for its owner alone; returns the recipient."""
    identity = x25519.Identity.generate()
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"# recipient: {identity.to_public()}\n{identity}\n")
    except OSError as error:
        raise BackupError(f"The key can't be written to {path} ({error.strerror}).") from error
    return str(identity.to_public())


@contextmanager
def sealed(out: Out, recipient: str) -> Iterator[IO[bytes]]:
    """A stream whose bytes arrive in `out` encrypted; whole only when the block ends well. Raises BackupError."""
    owner = recipient_of(recipient)
    with _piped(lambda source, sink: encrypt_io(source, sink, [owner]), out=out) as stream:
        yield stream


def recipient_of(text: str) -> x25519.Recipient:
    """For whom backups are encrypted. Raises BackupError."""
    try:
        return x25519.Recipient.from_str(text)
    except RecipientError as error:
        raise BackupError("BACKUP_RECIPIENT isn't a recipient of age: it begins with age1.") from error


@contextmanager
def unsealed(source: IO[bytes], key: Path) -> Iterator[IO[bytes]]:
    """A stream of what was encrypted; its end proves that nothing was changed. Raises RestoreError."""
    identity = _identity(key)

    def decrypt(source: IO[bytes], sink: IO[bytes]) -> None:
        try:
            decrypt_io(source, sink, [identity])
        except BrokenPipeError:
            raise
        except OSError as error:  # what pyrage raises where the middle was changed
            raise _Undecipherable(str(error)) from error

    with _piped(decrypt, source=source) as stream:
        yield stream


def _identity(key: Path) -> x25519.Identity:
    try:
        lines = key.read_text().split("\n")
        return x25519.Identity.from_str(
            next(line.strip() for line in lines if line.startswith("AGE-SECRET-KEY-"))
        )
    except (OSError, StopIteration, UnicodeDecodeError, IdentityError) as error:
        raise RestoreError(f"{key} can't be read, or holds no key of age.") from error


@contextmanager
def _piped(move: Move, *, out: Out | None = None, source: IO[bytes] | None = None) -> Iterator[IO[bytes]]:
    """A pipe with a thread at its other end that moves bytes to `out` or from `source`."""
    read, write = os.pipe()
    ours, theirs = (write, read) if out else (read, write)

    def work() -> None:
        with os.fdopen(theirs, "rb" if out else "wb") as other:
            move(other if out else source, out or other)

    with ThreadPoolExecutor(1) as pool:
        moved = pool.submit(work)
        try:
            with os.fdopen(ours, "wb" if out else "rb") as stream:
                yield stream
        except (BrokenPipeError, BadBackup):
            _raise_of(moved)  # the thread's own trouble is the cause
            raise
        _raise_of(moved)


def _raise_of(moved: Future[None]) -> None:
    with suppress(BrokenPipeError):  # nobody wanted the rest
        try:
            moved.result()
        except EncryptError as error:
            raise BackupError(f"The backup can't be written ({error}).") from error
        except (DecryptError, _Undecipherable) as error:
            raise BadBackup(f"The backup can't be decrypted: another key, or damaged ({error}).") from error
