"""An ear for the news of a job: what the channel layer says rings a bell.

What an ear misses while the layer is away, or was emptied, is found by whoever looks from time to time all the same.
"""

from __future__ import annotations

import asyncio
import uuid
from contextlib import suppress
from typing import Any

import structlog
from channels.layers import get_channel_layer

from notifications.queries import group_of

log = structlog.get_logger(__name__)

AGAIN_SECONDS = 5.0  # a layer that was emptied, or is back, is asked again


class Ear:
    """Hears of one job, and rings one bell, from its making until it is closed."""

    def __init__(self, job_id: uuid.UUID, bell: asyncio.Event) -> None:
        self._group, self._bell, self._asked = group_of(str(job_id)), bell, asyncio.Event()
        self._task = asyncio.create_task(self._listen())

    async def asked(self) -> None:
        """Until the layer has been asked for news once, whatever it said."""
        await self._asked.wait()

    async def close(self) -> None:
        """Hear no more."""
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def _listen(self) -> None:
        layer, channel = get_channel_layer(), ""
        try:
            while True:
                channel = channel or await layer.new_channel()
                await self._hear(layer, channel)
        finally:
            with suppress(Exception):  # a layer that is away has forgotten the group anyway
                await layer.group_discard(self._group, channel)

    async def _hear(self, layer: Any, channel: str) -> None:
        """For some seconds."""
        try:
            await layer.group_add(self._group, channel)
            self._asked.set()
            async with asyncio.timeout(AGAIN_SECONDS):
                while await layer.receive(channel):
                    self._bell.set()
        except TimeoutError:
            return
        except Exception as error:  # noqa: BLE001  # whatever the layer's client raises: looking needs no layer
            log.warning("layer_away", error=str(error))
            self._asked.set()
            await asyncio.sleep(AGAIN_SECONDS)
