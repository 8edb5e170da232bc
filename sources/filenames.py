"""The name of a file as a title: what is left when a document says nothing of itself."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final

from sources.folders import SUFFIXES

_NUMBERED: Final = re.compile(r"^\d{1,3}[\s._-]+(?=\D)")
_JOINTS: Final = re.compile(r"[_\s]+|(?<=\w)-(?=\w)")


def name_of(filename: str) -> str:
    """ "03_letter-to-thomas-auld-1848.txt" reads "Letter to thomas auld 1848".

    The suffix, the number before the name, and the signs that stand for spaces go; a name with spaces of its own
    keeps its hyphens. What leaves nothing to read stays as it is.
    """
    path = PurePosixPath(filename)
    stem = path.stem if path.suffix.lower() in SUFFIXES else filename
    bare = _NUMBERED.sub("", stem)
    joints = re.compile(r"[_\s]+") if " " in bare.strip() else _JOINTS
    words = joints.sub(" ", bare).strip(" .-")
    if not any(char.isalpha() for char in words):
        return filename
    return words[:1].upper() + words[1:]
