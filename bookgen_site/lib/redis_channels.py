"""The channel layer of the team profile: Redis may go away and come back, and no socket is closed for that.

Channels' own layer raises in the loop that waits for news, which ends the consumer with its socket. News are hints here
(whoever watches a job also looks by itself), so waiting a little and listening again loses nothing.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

import structlog
from channels_redis.core import RedisChannelLayer
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

WAIT_SECONDS: Final = 1.0


class SteadyChannelLayer(RedisChannelLayer):  # type: ignore[misc]  # channels ships no types
    """RedisChannelLayer whose listeners outlive Redis."""

    async def receive(self, channel: str) -> Any:
        """The next message; while Redis is away, it is asked again every second."""
        while True:
            try:
                return await super().receive(channel)
            except (RedisError, OSError) as error:
                log.warning("layer_away", error=str(error))
                await asyncio.sleep(WAIT_SECONDS)
