"""What an answer has cost where it doesn't say so: a copy from a cache, or one that came without its figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from engine.calls import booking, roles
from engine.models import ModelCall
from engine.models_api.answers import Answer
from engine.models_api.errors import ModelError
from engine.models_api.usage import Usage

RECONCILE: Final = (0.0, 1.0, 4.0)  # seconds before each question for the cost of a call


def with_its_cost(answer: Answer) -> Answer:
    """A copy from the provider's cache is free; what it is a copy of is on the bill, and in the ledger if it was heard.

    Where it wasn't (its process died, or had stopped waiting), the copy is recorded in its place, with what it cost.
    """
    if not answer.source:
        return answer
    usage = answer.usage if booking.is_known(answer.source) else _usage_of(answer.source)
    return replace(answer, generation=answer.source, usage=usage)


def _usage_of(generation: str) -> Usage:
    try:
        return roles.client().generation(generation)
    except ModelError:
        return Usage()  # the cost is reckoned then, and asked for again when the answer is safe


def reconcile(
    call: ModelCall, booked: int, usage: Usage, generation: str, *, pause: Callable[[float], None]
) -> None:
    """Where an answer came without its cost, ask OpenRouter for it; what it can't say stays as it was reckoned."""
    if usage.cost_micros is not None or not generation.startswith("gen-"):
        return
    for wait in RECONCILE:
        pause(wait)
        try:
            known = roles.client().generation(generation)
        except ModelError:
            continue  # it is some seconds until a generation can be asked for
        if known.cost_micros is not None:
            booking.correct(call, booked, generation, known)
            return
