"""A dump of newer programs for an older server."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

HEAD: Final = 8192  # bytes; the settings stand at the beginning, in some hundred of them
FIRST_OBJECT: Final = b"\n-- Name: "
SETTING: Final = re.compile(rb"^SET (\w+) = ", re.MULTILINE)


def without_unknown_settings(script: Path, known: set[str]) -> None:
    """Make comments of the settings at a script's beginning that the server hasn't.

    pg_restore writes down all that its own release has (from 17 on `transaction_timeout`, which PostgreSQL 16 refuses),
    each with the value that a server without it has anyway. What the tables hold is never looked into.
    """
    with script.open("r+b") as file:
        head = file.read(HEAD).partition(FIRST_OBJECT)[0]
        for found in SETTING.finditer(head):
            if found[1].decode() not in known:
                file.seek(found.start())
                file.write(b"-- ")
