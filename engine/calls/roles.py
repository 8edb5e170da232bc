"""Which model answers in which role, and what it costs."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import structlog
from django.conf import settings
from django.utils.translation import gettext as _

from biographies.errors import BadWish
from biographies.models import BiographyJob
from biographies.team import models_wanted
from biographies.vocabulary import AuthorName
from engine.models_api.client import Client, Endpoint, Limits
from engine.models_api.errors import ModelError
from engine.models_api.pricing import BUILT_IN, DEAREST, Price, prices_of

log = structlog.get_logger(__name__)

SHORT: Final = Limits(gap=5, whole=10)  # seconds
WRITER: Final = "writer"
ROLES: Final = ("planner", WRITER, "checker")
MOST_MODELS: Final = 3  # of one role; OpenRouter: "'models' array must have 3 items or fewer"
PRICES_FOR: Final = 3600.0  # seconds that a list of prices is believed

# What users expect to choose from; the first of each is asked, the others stand in when it can't be had.
PRESETS: Final[Mapping[str, Sequence[str]]] = {
    "free": ("qwen/qwen3-next-80b-a3b-instruct:free", "openai/gpt-oss-120b:free"),
    "claude": ("anthropic/claude-sonnet-5.5", "openai/gpt-6.1-sol"),
    "gpt": ("openai/gpt-6.1-sol", "anthropic/claude-sonnet-5.5"),
    "gemini": ("google/gemini-3.1-pro-preview", "openai/gpt-6.1-sol"),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The model of a role and what stands in for it."""

    model: str
    fallbacks: tuple[str, ...] = ()


def model_for(role: str, job: BiographyJob, writer: str = "") -> Chosen:
    """The job's own choice for a role, else the team's: a preset, or names of models, by preference.

    `writer` is what somebody chose for one text, and comes before both where the role is to write.
    """
    names = [writer] if writer and role == WRITER else _named(role, job)
    first, *others = models_named(",".join(names))
    return Chosen(first, tuple(others))


def _named(role: str, job: BiographyJob, wanted: Mapping[str, str] | None = None) -> list[str]:
    wish = job.models_by_role.get(role) or (wanted or models_wanted())[role]
    return [*wish] if isinstance(wish, list | tuple) else [one.strip() for one in str(wish).split(",")]


def choices(job: BiographyJob) -> tuple[str, ...]:
    """The writers that may be chosen for one text, the job's own first: what job and installation name for any role.

    At OpenRouter, where they can be had, also the presets.
    """
    roles = (WRITER, *(role for role in ROLES if role != WRITER))
    wanted = models_wanted()
    named = [name for role in roles for name in _named(role, job, wanted) if name]
    presets = PRESETS if "openrouter.ai" in settings.OPENROUTER_BASE_URL else ()
    return tuple(dict.fromkeys([*named, *presets]))


def writer_wished(model: str, job: BiographyJob) -> str:
    """The wish for a writer, if it may be had; raises BadWish with what may be chosen."""
    if not model:
        return ""
    if job.author != AuthorName.MODEL:
        raise BadWish("model", _("This book is made without a language model."))
    if model not in choices(job):
        raise BadWish("model", _("Choose one of: %s.") % ", ".join(choices(job)))
    return model


def client(limits: Limits | None = None) -> Client:
    """A client of the endpoint in the settings, with the limits of a call unless others are given."""
    endpoint = Endpoint(
        base_url=settings.OPENROUTER_BASE_URL,
        key=settings.OPENROUTER_API_KEY,
        referer=settings.OPENROUTER_REFERER,
    )
    usual = Limits(gap=settings.MODEL_GAP_SECONDS, whole=settings.MODEL_CALL_SECONDS)
    return Client(endpoint, limits or usual)


_prices: dict[str, tuple[float, dict[str, Price]]] = {}
_lock = threading.Lock()


def price_of(model: str) -> Price:
    """The price of a model by the endpoint's own list, else by the built-in table, else the dearest there is."""
    listed = _listed(settings.OPENROUTER_BASE_URL)
    return listed.get(model) or BUILT_IN.get(model) or DEAREST


def known_price(model: str) -> tuple[Price, str]:
    """The same without asking anybody, for a page: the price, and where it is from: listed, built_in or dearest."""
    with _lock:
        _asked_at, listed = _prices.get(settings.OPENROUTER_BASE_URL, (0.0, {}))
    if model in listed:
        return listed[model], "listed"
    return (BUILT_IN[model], "built_in") if model in BUILT_IN else (DEAREST, "dearest")


def ask_prices() -> int:
    """Ask the endpoint for its list while a person waits; returns how many models it names, 0 without a list."""
    found = _ask(SHORT)
    if found:
        with _lock:
            _prices[settings.OPENROUTER_BASE_URL] = (time.monotonic(), found)
    return len(found)


def models_named(wish: str) -> list[str]:
    """The models behind a preset, or behind names by preference; of a longer list the first that can be asked."""
    wished = [one.strip() for one in wish.split(",")]
    named = [name for one in wished for name in PRESETS.get(one, (one,)) if name]
    return list(dict.fromkeys(named))[:MOST_MODELS]


def dearest_of(chosen: Chosen) -> Price:
    """The price that covers whichever of the chosen models answers: the dearest of each column."""
    prices = [price_of(name) for name in (chosen.model, *chosen.fallbacks)]
    return Price(
        max(price.tokens_in for price in prices),
        max(price.tokens_out for price in prices),
        min(price.context for price in prices),
    )


def context_of(chosen: Chosen) -> int:
    """Tokens that the roomiest of the chosen models reads, question and answer together; 0 where one is unknown."""
    prices = [price_of(name) for name in (chosen.model, *chosen.fallbacks)]
    return 0 if DEAREST in prices else max(price.context for price in prices)


def _listed(base_url: str) -> Mapping[str, Price]:
    with _lock:
        asked_at, prices = _prices.get(base_url, (float("-inf"), {}))
        if time.monotonic() - asked_at > PRICES_FOR:
            prices = _ask() or prices
            _prices[base_url] = (time.monotonic(), prices)
    return prices


def _ask(limits: Limits | None = None) -> dict[str, Price]:
    try:
        return prices_of(client(limits).models())
    except ModelError as error:
        log.warning("no_prices", error=str(error))
        return {}
