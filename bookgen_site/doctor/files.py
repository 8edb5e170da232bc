"""Where files lie: whether they can be written, whether there is room, whether what rows name is there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

from bookgen_site.backups.files import named
from bookgen_site.doctor.signs import Sign, good, warning, wrong
from bookgen_site.env import VAR_DIR
from bookgen_site.lib import store
from engine.watching import machine
from notifications.models import AlertSeverity

SHOWN: Final = 3


def writable() -> Iterator[Sign]:
    """A file is written and removed again in each place."""
    bad = [(place, error) for place in (VAR_DIR, Path(settings.MEDIA_ROOT)) if (error := _refusal(place))]
    for place, error in bad:
        mend = f"Make the folder, and give it to the account that runs BookGen: chown -R {_me()} {place}"
        yield wrong(f"{place} can't be written: {error}.", mend)
    if not bad:
        yield good(f"{VAR_DIR}, {settings.MEDIA_ROOT}")


def room() -> Iterator[Sign]:
    """How much is free, by the same limits as the alerts."""
    troubles = machine.disks()
    for one in troubles:
        mend = "Free some room: manage.py prune removes what nothing names. Or move BOOKGEN_MEDIA."
        yield (wrong if one.severity == AlertSeverity.CRITICAL else warning)(f"{one.title}. {one.text}", mend)
    if not troubles:
        yield good(f"more than {settings.ALERT_DISK_PERCENT:g} % is free")


def whole() -> Iterator[Sign]:
    """Whether the files of sources and books are there (not whether their bytes are right: `backup` reads those)."""
    names = named()
    lost = sorted(name for name in names if not store.path_of(name).is_file())
    if lost:
        mend = "Is BOOKGEN_MEDIA the right folder? Else bring back a backup; books can be exported again."
        shown = ", ".join(name[:12] for name in lost[:SHOWN])
        yield wrong(f"{len(lost)} of {len(names)} stored files are missing ({shown} …).", mend)
    else:
        yield good(f"{len(names)} stored files are there")


def _refusal(place: Path) -> str:
    try:
        with tempfile.NamedTemporaryFile(dir=_existing(place), prefix=".doctor-") as file:
            file.write(b"x")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return str(error.strerror or error)
    return ""


def _existing(place: Path) -> Path:
    """The folder, or where it isn't made yet the one that it will be made in."""
    return next((one for one in (place, *place.parents) if one.exists()), place)


def _me() -> str:
    return f"{os.geteuid()}:{os.getegid()}"
