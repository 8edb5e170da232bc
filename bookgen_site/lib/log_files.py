"""The log files that BookGen's own tools write (`make team`, `make setup`): cut when they grow, removed when they age.

Processes hold their files open for appending, so a file is copied and then emptied rather than renamed. What containers
write is Docker's to keep (docker-compose.yml), what systemd starts is journald's.
"""

from __future__ import annotations

import datetime as dt
import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bookgen_site.lib import clock

FOLDERS: Final = ("team", "logs")
LARGEST: Final = 20_000_000  # bytes of a file that is written to


def tidy(var: Path, days: int) -> int:
    """Pack what is too large, remove what is older than so many days (0: nothing); returns how many files."""
    now = clock.now()
    packed = sum(_packed(file, now) for file in _files(var, "*.log") if file.stat().st_size > LARGEST)
    return packed + (_removed(var, now - dt.timedelta(days=days)) if days else 0)


def _files(var: Path, pattern: str) -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted((var / folder).glob(pattern))


def _packed(file: Path, now: dt.datetime) -> int:
    """A line that is written between the copy and the cut is lost; of lines of a log that is no harm."""
    target = file.with_name(f"{file.stem}-{now:%Y%m%d%H%M%S}.log.gz")
    with file.open("rb") as whole, gzip.open(target, "wb") as small:
        shutil.copyfileobj(whole, small)
    with file.open("r+b") as cut:
        cut.truncate(0)
    return 1


def _removed(var: Path, before: dt.datetime) -> int:
    count = 0
    for file in [*_files(var, "*.log"), *_files(var, "*.log.gz")]:
        if file.stat().st_mtime < before.timestamp():
            file.unlink(missing_ok=True)
            count += 1
    return count
