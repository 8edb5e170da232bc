"""What a backup holds, as its last member tells it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from bookgen_site.backups.errors import BadBackup

FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Contents:
    """What the database held in the moment of the backup, read in that same moment."""

    migrations: list[str]  # "app.name" of each that was applied
    counts: dict[str, int]  # rows of each table
    blobs: list[str]  # the hashes of files that rows name


@dataclass(frozen=True, slots=True)
class Manifest:
    """`members` are the archive's other members by name: their bytes and SHA-256."""

    made_at: str  # UTC, ISO 8601
    release: str
    vendor: str  # "sqlite" or "postgresql"
    server: int  # the major version of PostgreSQL, else 0
    contents: Contents
    members: dict[str, tuple[int, str]]
    lost: list[str] = field(default_factory=list)  # files that rows name, and that were gone or damaged
    format: int = FORMAT

    def as_json(self) -> bytes:
        """As the archive keeps it."""
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()


def read_manifest(data: bytes) -> Manifest:
    """What `as_json` made; raises BadBackup."""
    try:
        told: dict[str, Any] = json.loads(data)
        if told["format"] != FORMAT:
            raise BadBackup(f"This backup has format {told['format']}; this release reads format {FORMAT}.")
        told["contents"] = Contents(**told["contents"])
        told["members"] = {name: (int(size), str(digest)) for name, (size, digest) in told["members"].items()}
        return Manifest(**told)
    except (ValueError, TypeError, KeyError) as error:
        raise BadBackup("The list of what the backup holds can't be read.") from error
