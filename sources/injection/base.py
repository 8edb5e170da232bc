"""What a sign is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Sign:
    """`text[start:end]` looks like words to a language model; `name` is the family: override, order, ...

    A `weak` one counts only beside another; none is left when `signs` hands them out.
    """

    name: str
    start: int
    end: int
    weak: bool = False

    def as_list(self) -> list[str | int]:
        """As `Source.signs` keeps it: [name, start, end]."""
        return [self.name, self.start, self.end]
