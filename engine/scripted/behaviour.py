"""How the scripted provider behaves: fast or slow, obedient or faithful, whole or broken."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

FAULTS: Final = ("429", "500", "503", "cut", "hang", "error")  # none of them is billed
LIES: Final = ("", "wordless", "prose", "french", "uncited", "invented")  # billed, and of no use


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Set from the command line, or by a test."""

    latency: float = 0.0  # seconds before an answer begins
    faults: float = 0.0  # share of requests that break, unbilled
    first_tries: int = 0  # of each request break, whatever the dice say
    kinds: tuple[str, ...] = FAULTS
    lies: float = 0.0  # share of answers that are billed and useless
    lie: str = "prose"
    words: tuple[float, float] = (1.0, 1.0)  # words written for each that was asked for: from, to
    obeys: bool = False  # does what commands in the passages say
    hang: float = 5.0  # seconds of silence of a request that hangs
    fails_for: str = ""  # requests that hold these words fail for ever
    caches: bool = True  # answers for nothing what was asked before, where the request wishes it
    steady: bool = False  # whoever asks the same again is told the same, whatever it costs
    seed: int = 0
    price_in: float = 1e-6  # dollars a token
    price_out: float = 5e-6

    def chance(self, request_hash: str, count: int) -> random.Random:
        """The dice for one request: the same for the same seed, request and (unless it is steady) number of tries."""
        tries = 0 if self.steady else count
        return random.Random(f"{self.seed} {request_hash} {tries}")  # noqa: S311  # nosec B311  # no secret
