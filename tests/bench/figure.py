"""What a benchmark hands back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure: its name, its value in a unit, what it should be, and the raw samples behind it."""

    name: str
    value: float
    unit: str
    aim: str = ""  # in words: "at least 1,000"
    samples: Sequence[float] = ()
