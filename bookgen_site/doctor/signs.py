"""What a check of the doctor says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is: only what is wrong makes the doctor's exit status 1."""

    GOOD = "good"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Sign:
    """One line: `told` is what was seen, `mend` what to do about it (empty when it's good)."""

    level: Level
    told: str
    mend: str = ""


Check = Callable[[], Iterator[Sign]]


def good(told: str) -> Sign:
    """All is well."""
    return Sign(Level.GOOD, told)


def warning(told: str, mend: str) -> Sign:
    """It works, but not as well as it could, or not for long."""
    return Sign(Level.WARNING, told, mend)


def wrong(told: str, mend: str) -> Sign:
    """Something doesn't work."""
    return Sign(Level.WRONG, told, mend)
