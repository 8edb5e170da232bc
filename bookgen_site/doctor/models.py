"""The provider of language models. Its key is never shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from bookgen_site.doctor.signs import Sign, good, warning, wrong
from engine.models_api.client import Client, Endpoint
from engine.models_api.errors import ModelError
from engine.models_api.wire import Limits

PATIENCE: Final = Limits(connect=5, gap=10, whole=20)


def configured() -> Iterator[Sign]:
    """Whether books can be written by a model; without one they are compiled from sources."""
    where = urlsplit(settings.OPENROUTER_BASE_URL).netloc
    if settings.MODEL_CONFIGURED:
        yield good(f"{where}, {'with a key' if settings.OPENROUTER_API_KEY else 'without a key'}")
    else:
        mend = "To have books written by a model: OPENROUTER_API_KEY. Without one they are compiled from sources."
        yield warning("No language model is configured.", mend)


def reachable() -> Iterator[Sign]:
    """Whether it answers; asked only when that was wished. It costs nothing."""
    if not settings.MODEL_CONFIGURED:
        return
    endpoint = Endpoint(
        settings.OPENROUTER_BASE_URL, settings.OPENROUTER_API_KEY, settings.OPENROUTER_REFERER
    )
    try:
        count = len(Client(endpoint, PATIENCE).models())
    except ModelError as error:
        yield wrong(
            f"The provider doesn't answer: {error}", "Check OPENROUTER_BASE_URL and OPENROUTER_API_KEY."
        )
    else:
        yield good(f"it answers, with {count} models")
