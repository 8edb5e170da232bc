"""The archive: a compressed tar, written and read in one go, so that it can pass through an encrypting pipe.

Members: `database`, `blobs/<hash>`, `keys/<name>` and, as the last, `manifest.json`. An archive without its last
member was cut off. Nothing is ever extracted by the names in it.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, Protocol

from bookgen_site.backups.errors import BadBackup
from bookgen_site.backups.manifest import Manifest, read_manifest

DATABASE: Final = "database"
MANIFEST: Final = "manifest.json"
BLOBS, KEYS = "blobs/", "keys/"
KNOWN: Final = re.compile(r"database|manifest\.json|blobs/[0-9a-f]{64}|keys/(secret_key|secrets_key)")
PIECE: Final = 1 << 20
LONGEST_MANIFEST: Final = 64 << 20
FAST: Final = 3  # gzip's level: a third of the time of its usual one, for a tenth more bytes


class Out(Protocol):
    """What an archive is written to."""

    def write(self, data: bytes, /) -> int:
        """All of the data."""

    def flush(self) -> object:
        """To whatever is below."""


class Member:
    """A member that is read, and hashed on the way."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.size, self.digest = file, 0, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Like a file's."""
        data = self._file.read(size)
        self.size += len(data)
        self.digest.update(data)
        return data


Take = Callable[[str, Member], None]


class Packer:
    """Adds members and remembers their hashes."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.members: dict[str, tuple[int, str]] = {}

    def add(self, name: str, data: bytes) -> None:
        """A member of these bytes."""
        self._put(name, io.BytesIO(data), len(data), hashlib.sha256(data).hexdigest())

    def add_file(self, name: str, path: Path) -> None:
        """A member of the bytes of a file that nobody writes to."""
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
            file.seek(0)
            self._put(name, file, size, digest)

    def finish(self, manifest: Manifest) -> None:
        """The last member."""
        self.add(MANIFEST, manifest.as_json())

    def _put(self, name: str, file: IO[bytes], size: int, digest: str) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, file)
        self.members[name] = (size, digest)


@contextmanager
def packing(out: Out) -> Iterator[Packer]:
    """Write an archive to a stream."""
    with (
        gzip.GzipFile(filename="", mode="wb", compresslevel=FAST, fileobj=out) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        yield Packer(tar)


def unpacked(stream: IO[bytes], take: Take | None = None) -> Manifest:
    """Read an archive to its end, hold every member against the manifest, and return that. Raises BadBackup.

    `take(name, member)` may read each member. Nothing is proven before this returns.
    """
    seen: dict[str, tuple[int, str]] = {}
    told = b""
    try:
        with gzip.GzipFile(fileobj=stream) as plain, tarfile.open(fileobj=plain, mode="r|") as tar:
            for member in tar:
                file = _file_of(tar, member, seen)
                if member.name == MANIFEST:
                    told = file.read(LONGEST_MANIFEST)
                else:
                    seen[member.name] = _taken(member.name, Member(file), take)
            while plain.read(PIECE):  # to the end, where gzip's own sum is
                pass
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise BadBackup(f"The file is no backup, or damaged, or cut off ({error}).") from error
    if not told:
        raise BadBackup("The backup was cut off: its list of contents is missing.")
    manifest = read_manifest(told)
    if manifest.members != seen or DATABASE not in seen:
        raise BadBackup("The backup is damaged: what is in it differs from its own list.")
    return manifest


def _file_of(tar: tarfile.TarFile, member: tarfile.TarInfo, seen: dict[str, tuple[int, str]]) -> IO[bytes]:
    file = tar.extractfile(member) if member.isreg() and KNOWN.fullmatch(member.name) else None
    if file is None or member.name in seen:
        raise BadBackup("The file is no backup of BookGen.")
    return file


def _taken(name: str, member: Member, take: Take | None) -> tuple[int, str]:
    if take:
        take(name, member)
    while member.read(PIECE):
        pass
    return member.size, member.digest.hexdigest()
