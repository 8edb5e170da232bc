"""Everywhere a secret may have got to."""

from __future__ import annotations

import io
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes
from pathlib import Path

from tests.faults.canaries.canary import Sighting, look
from tests.faults.canaries.deeds import Deeds
from tests.faults.canaries.installation import log_of

Found = tuple[str, bytes]  # where, and what stands there


def sightings(deeds: Deeds, var: Path) -> list[Sighting]:
    """Every secret that was seen anywhere."""
    places = {
        "logs": _lines(log_of(var)),
        "database": _database(var / "bookgen.sqlite3"),
        "files": _files(var),
        "pages": deeds.pages,
        "answers": deeds.answers,
        "prompts": [("prompt", one) for one in deeds.outside.prompts],
        "exports": _unpacked(deeds.exports),
        "mails": [("mail", _decoded(one)) for one in deeds.outside.mails],
        "messages": deeds.outside.messages,
    }
    seen: set[Sighting] = set()
    for place, things in places.items():
        count = 0
        for where, data in things:
            seen.update(look(deeds.canaries, place, where, data))
            count += 1
        assert count, f"nothing to look through: {place}"
    return sorted(seen)


def _database(path: Path) -> Iterator[Found]:
    """Every value of every table; what is packed, unpacked as well."""
    with closing(sqlite3.connect(path)) as base:
        base.text_factory = bytes
        tables = [
            row[0].decode() for row in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        for table in tables:
            for row in base.execute(f'SELECT * FROM "{table}"'):  # a name of our own database
                for value in row:
                    if isinstance(value, bytes):
                        yield from ((table, data) for data in (value, _inflated(value)) if data)


def _lines(log: Path) -> Iterator[Found]:
    """Line by line, so that it's seen who wrote it."""
    for number, line in enumerate(log.read_bytes().splitlines(), start=1):
        yield f"line {number}: {line[:80].decode(errors='replace')}", line


def _files(var: Path) -> Iterator[Found]:
    for path in sorted(var.rglob("*")):
        if path.is_file() and not path.name.startswith("bookgen.sqlite3"):
            yield from _unpacked([(str(path.relative_to(var)), path.read_bytes())])


def _unpacked(things: list[Found]) -> Iterator[Found]:
    """Files, and what is in those that are archives: books are."""
    for where, data in things:
        yield where, data
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                yield from ((f"{where}:{name}", archive.read(name)) for name in archive.namelist())


def _inflated(value: bytes) -> bytes:
    try:
        return zlib.decompress(value)
    except zlib.error:
        return b""


def _decoded(mail: bytes) -> bytes:
    parts = [
        part.get_payload(decode=True) for part in message_from_bytes(mail).walk() if not part.is_multipart()
    ]
    return mail + b"\n".join(part for part in parts if isinstance(part, bytes))
