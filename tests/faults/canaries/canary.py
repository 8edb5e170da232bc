"""A secret that is told apart from all others, and the ways in which it may hide."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

SHORTEST: Final = 12  # a shorter secret would be found by chance


@dataclass(frozen=True, slots=True)
class Canary:
    """A secret by its name."""

    name: str
    text: str

    def forms(self) -> set[bytes]:
        """The secret as it is, in hex, and inside base64 at each of the three places where it may begin."""
        plain = self.text.encode()
        assert len(plain) >= SHORTEST, self.name
        return {plain, plain.hex().encode(), *(_inside(plain, before) for before in range(3))}


class Sighting(NamedTuple):
    """A secret was seen in a place; `where` says exactly."""

    canary: str
    place: str
    where: str


def fresh(name: str, prefix: str = "") -> Canary:
    """A new canary."""
    return Canary(name, f"{prefix}canary{secrets.token_hex(16)}")


def look(canaries: Iterable[Canary], place: str, where: str, data: bytes) -> list[Sighting]:
    """Which of them stand in these bytes."""
    return [Sighting(one.name, place, where) for one in canaries if any(form in data for form in one.forms())]


def _inside(plain: bytes, before: int) -> bytes:
    """The letters of base64 that don't depend on what stands before and after."""
    whole = base64.b64encode(b"\0" * before + plain)
    first = 0 if before == 0 else 4
    return whole[first : len(whole) // 4 * 4 - 4]
