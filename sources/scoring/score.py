"""What a judgement by numbers looks like."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """A score and the lines that an editor reads beside it."""

    value: float
    because: str
    refusal: str = ""  # should the value be too low for the book: what was seen, and what to do


def sentence(parts: list[str]) -> str:
    """Reasons as one line: "Primary source, dated, …"."""
    line = ", ".join(part for part in parts if part)
    return f"{line[:1].upper()}{line[1:]}." if line else ""
