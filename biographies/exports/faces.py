"""The typeface of a book where pages are laid out here, and whether this machine has it."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import Final

# Faces of a printed book, the best first; which of them there are hangs on the machine.
OWN: Final = (
    '"EB Garamond 12", "EB Garamond", "TeX Gyre Pagella", "P052", "Liberation Serif", "DejaVu Serif", serif'
)
NO_NAME: Final = re.compile(r"""[^\w .,+&'-]""")


def family(face: str) -> str:
    """A value of CSS's font-family: the house's face before the book's own; "" for none."""
    name = NO_NAME.sub("", face).strip()
    return f'"{name}", {OWN}' if name else OWN


def taken_for(face: str) -> str:
    """The name of the typeface that programs on this machine take for this one; "" where nobody can tell."""
    found = shutil.which("fc-match")
    if found is None:
        return ""
    asked = [found, "-f", "%{family[0]}", face]
    told = subprocess.run(asked, capture_output=True, text=True, timeout=20, check=False)
    return told.stdout.strip()


def is_installed(face: str) -> bool:
    """Whether this very face is here; where nobody can tell, it's taken to be."""
    return taken_for(face).casefold() in ("", face.strip().casefold())
