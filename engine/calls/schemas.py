"""Models that take no schema for their answers: remembered, so that each question doesn't cost one refused request."""

from __future__ import annotations

import time
from typing import Final

from engine.calls.roles import Chosen

REMEMBERED: Final = 3600.0  # seconds; a provider may learn it, and a data policy may be changed

_refused: dict[tuple[str, Chosen], float] = {}  # by address and models: when this process was refused


def refuse(endpoint: str, chosen: Chosen) -> None:
    """No provider of these models takes a schema."""
    _refused[endpoint, chosen] = time.monotonic()


def accept(endpoint: str, chosen: Chosen) -> None:
    """It wasn't for the schema: without one they were refused as well."""
    _refused.pop((endpoint, chosen), None)


def are_refused(endpoint: str, chosen: Chosen) -> bool:
    """Whether a schema was refused of late."""
    since = _refused.get((endpoint, chosen))
    return since is not None and time.monotonic() - since < REMEMBERED


def forget() -> None:
    """Ask all anew."""
    _refused.clear()
