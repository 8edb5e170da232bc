"""Tokens and cost as a provider states them. What it states wrongly counts as not stated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, InvalidOperation
from typing import Any, Final

MICROS: Final = 1_000_000
MOST_TOKENS: Final = 10**9  # of one answer; more is nonsense, and no column holds what some servers have said
MOST_DOLLARS: Final = 10_000  # for one answer


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens in, out and read from a cache; `cost_micros` in millionths of a dollar. None: not stated."""

    tokens_in: int | None = None
    tokens_out: int | None = None
    tokens_cached: int | None = None
    cost_micros: int | None = None


def usage_of(stated: object) -> Usage:
    """The usage of an answer; strings, negative numbers and nonsense are left out."""
    if not isinstance(stated, Mapping):
        return Usage()
    details = stated.get("prompt_tokens_details")
    return Usage(
        tokens_in=_count(stated.get("prompt_tokens")),
        tokens_out=_count(stated.get("completion_tokens")),
        tokens_cached=_count(details.get("cached_tokens")) if isinstance(details, Mapping) else None,
        cost_micros=micros(stated.get("cost")),
    )


def _count(value: Any) -> int | None:
    counts = isinstance(value, int) and not isinstance(value, bool)
    return value if counts and 0 <= value <= MOST_TOKENS else None


def micros(dollars: Any) -> int | None:
    """Dollars as micro-dollars, rounded up, so that no sum ever says less than was paid; None for no amount."""
    if isinstance(dollars, bool) or not isinstance(dollars, int | float | str | Decimal):
        return None
    try:
        amount = Decimal(str(dollars))
    except (InvalidOperation, ValueError):  # ValueError: a number of more digits than Python prints
        return None
    if not amount.is_finite() or not 0 <= amount <= MOST_DOLLARS:
        return None
    return int((amount * MICROS).to_integral_value(ROUND_CEILING))
