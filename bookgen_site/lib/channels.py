"""A channel layer for one process in which worker threads talk to the event loop of the web server.

Channels' own in-memory layer wakes an asyncio.Queue from whatever thread calls it, which isn't safe
and leaves the reader asleep until something else wakes its loop. This one hops to the reader's loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from channels.layers import InMemoryChannelLayer


class ThreadSafeChannelLayer(InMemoryChannelLayer):  # type: ignore[misc]  # channels ships no types
    """InMemoryChannelLayer whose sends run on the loop that receives."""

    home: asyncio.AbstractEventLoop | None = None

    async def receive(self, channel: str) -> Any:
        self.home = asyncio.get_running_loop()
        return await super().receive(channel)

    async def send(self, channel: str, message: dict[str, Any]) -> None:
        await self._at_home(super().send(channel, message))

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        await self._at_home(super().group_send(group, message))

    async def _at_home(self, work: Coroutine[Any, Any, None]) -> None:
        home = self.home
        if home is None or home is asyncio.get_running_loop() or not home.is_running():
            await work
        else:
            await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, home))
