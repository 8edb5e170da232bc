"""A zip file that depends on nothing but what is in it: no times, no mark of the machine."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

NO_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def zipped(files: Iterable[tuple[str, bytes]], *, stored: frozenset[str] = frozenset()) -> bytes:
    """Names and contents as a zip file, in the order given; those in `stored` are not compressed."""
    made = BytesIO()
    with ZipFile(made, "w") as package:
        for name, content in files:
            entry = ZipInfo(name, NO_ZIP_TIME)
            entry.compress_type = ZIP_STORED if name in stored else ZIP_DEFLATED
            entry.create_system, entry.external_attr = 0, 0
            package.writestr(entry, content)
    return made.getvalue()


def repacked(saved: bytes, *, stored: frozenset[str] = frozenset()) -> bytes:
    """The same zip file without its times."""
    with ZipFile(BytesIO(saved)) as package:
        return zipped(((name, package.read(name)) for name in package.namelist()), stored=stored)
