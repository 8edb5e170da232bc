"""What models cost and how much they can read, from `GET /models`; a small table for when it can't be had.

The table was checked on 26 November 2026 against the providers' and OpenRouter's pages: Claude Sonnet 4.5 retires on
30 November 2026 and Gemini 2.5 Pro on 1 December, so the presets name their successors. Prices are for prompts below
200,000 tokens, which no question of a book reaches.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, InvalidOperation
from typing import Any, Final

from engine.models_api.usage import MICROS, Usage

CHARACTERS_PER_TOKEN: Final = (
    3  # a bound for the languages of Europe: a token is rarely less than three letters
)


@dataclass(frozen=True, slots=True)
class Price:
    """Dollars per token in and out, tokens of context, and whether the model is free."""

    tokens_in: Decimal
    tokens_out: Decimal
    context: int

    def cost(self, tokens_in: int, tokens_out: int) -> int:
        """Micro-dollars, rounded up."""
        dollars = self.tokens_in * tokens_in + self.tokens_out * tokens_out
        return int((dollars * MICROS).to_integral_value(ROUND_CEILING))

    def worst(self, body: bytes, max_tokens: int) -> int:
        """The most that a request can cost, in micro-dollars: each byte of it a token would be too much."""
        return self.cost(len(body) // CHARACTERS_PER_TOKEN + 1, max_tokens)

    def of_usage(self, usage: Usage, body: bytes, text: str) -> int:
        """The cost of an answer: the provider's own, else by its tokens, else by the lengths of the texts."""
        if usage.cost_micros is not None:
            return usage.cost_micros
        tokens_in = len(body) // CHARACTERS_PER_TOKEN + 1 if usage.tokens_in is None else usage.tokens_in
        tokens_out = len(text) // CHARACTERS_PER_TOKEN + 1 if usage.tokens_out is None else usage.tokens_out
        return self.cost(tokens_in, tokens_out)


def _per_million(tokens_in: str, tokens_out: str, context: int) -> Price:
    million = Decimal(1_000_000)
    return Price(Decimal(tokens_in) / million, Decimal(tokens_out) / million, context)


# Asked for at start by `GET /models`; these stand in when it can't be reached. A model that neither names costs the
# dearest here, so that a budget is never overrun for want of a price.
BUILT_IN: Final[Mapping[str, Price]] = {
    "qwen/qwen3-next-80b-a3b-instruct:free": _per_million("0", "0", 262_144),
    "openai/gpt-oss-120b:free": _per_million("0", "0", 131_072),
    "anthropic/claude-sonnet-5.5": _per_million("2", "10", 1_000_000),
    "anthropic/claude-sonnet-4.5": _per_million("3", "15", 200_000),
    "openai/gpt-6.1-sol": _per_million("2", "10", 1_050_000),
    "openai/gpt-5": _per_million("1.25", "10", 272_000),
    "google/gemini-3.1-pro-preview": _per_million("2", "12", 1_048_576),
}
DEAREST_TOKEN: Final = 1  # dollar; a list that names more for one token is wrong
DEAREST: Final = _per_million("15", "75", 32_000)


def prices_of(listed: Iterable[Mapping[str, Any]]) -> dict[str, Price]:
    """Prices by model from the entries of `GET /models`; entries without usable prices are left out."""
    found = {}
    for entry in listed:
        price = _price(entry)
        if isinstance(entry.get("id"), str) and price is not None:
            found[str(entry["id"])] = price
    return found


def _price(entry: Mapping[str, Any]) -> Price | None:
    pricing = entry.get("pricing")
    if "pricing" not in entry and (own := _own_context(entry)):
        return Price(Decimal(0), Decimal(0), own)
    if not isinstance(pricing, Mapping):
        return None
    tokens_in, tokens_out = _amount(pricing.get("prompt")), _amount(pricing.get("completion"))
    context = entry.get("context_length")
    if tokens_in is None or tokens_out is None or not isinstance(context, int) or context < 1:
        return None
    return Price(tokens_in, tokens_out, context)


def _own_context(entry: Mapping[str, Any]) -> int:
    """The context of a model on a server of one's own, which sells nothing: llama.cpp's and vLLM's words for it."""
    meta = entry.get("meta")
    stated = entry.get("max_model_len", meta.get("n_ctx") if isinstance(meta, Mapping) else None)
    return stated if isinstance(stated, int) and stated > 0 else 0


def _amount(value: object) -> Decimal | None:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 <= amount <= DEAREST_TOKEN else None
