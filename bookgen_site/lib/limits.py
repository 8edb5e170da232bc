"""How often something may happen: at most so many times within any so many seconds, counted atomically.

A team counts in Redis, database 3, with one script for all limits of a request; the embedded profile counts in
the process under a lock. While Redis is away each process counts for itself: still limited, only less exactly.
What was refused doesn't count, so whoever waits as told gets in.
"""

from __future__ import annotations

import secrets
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import structlog

from bookgen_site.env import REDIS_URL, redis_url
from bookgen_site.lib import clock

log = structlog.get_logger(__name__)

PREFIX: Final = "limit:"
MANY: Final = 10_000  # names in memory from which on those are dropped that count nothing any more
LOOK_AGAIN: Final = 5.0  # seconds until a Redis that was away is asked again
TIMEOUT: Final = 0.5  # seconds: longer than Redis ever takes, short enough for somebody who waits

# For each limit: forget what is older than its window, and count. When none is full, add one to each.
# Answers with the count before and the microseconds until the oldest leaves its window.
SCRIPT: Final = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local stamp = string.format('%.0f', now)
local full = false
local used = {}
for i, key in ipairs(KEYS) do
  redis.call('ZREMRANGEBYSCORE', key, '-inf', string.format('%.0f', now - ARGV[2 * i + 1] * 1000000))
  used[i] = redis.call('ZCARD', key)
  if used[i] >= tonumber(ARGV[2 * i]) then full = true end
end
local answer = {}
for i, key in ipairs(KEYS) do
  if not full then
    redis.call('ZADD', key, stamp, stamp .. ARGV[1])
    redis.call('EXPIRE', key, ARGV[2 * i + 1])
  end
  local oldest = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')
  local free = 0
  if oldest[2] then free = oldest[2] + ARGV[2 * i + 1] * 1000000 - now end
  answer[#answer + 1] = used[i]
  answer[#answer + 1] = string.format('%.0f', free)
end
return answer
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` times within any `seconds`, for whatever `name` and `whose` say together."""

    name: str
    whose: str
    most: int
    seconds: int

    @property
    def key(self) -> str:
        """Where it's counted."""
        return f"{PREFIX}{self.name}:{self.whose}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one limit: how many more may follow at once, and the seconds until the next place is free."""

    limit: Limit
    allowed: bool
    left: int
    reset: float


def take(*limits: Limit) -> list[Verdict]:
    """Count one use of every limit, or of none when one of them is full."""
    counted = _counts(limits)
    full = any(used >= limit.most for limit, (used, _free) in zip(limits, counted, strict=True))
    return [
        Verdict(limit, used < limit.most, max(0, limit.most - used - (not full)), max(0.0, free))
        for limit, (used, free) in zip(limits, counted, strict=True)
    ]


def forget(limit: Limit) -> None:
    """Begin anew with this limit, as after a login that went well."""
    memory.forget(limit.key)
    if redis := _redis():
        try:
            redis.client.delete(limit.key)
        except redis.errors as error:
            redis.away(error)


def _counts(limits: Sequence[Limit]) -> list[tuple[int, float]]:
    redis = _redis()
    if redis and redis.is_near():
        try:
            return redis.take(limits)
        except redis.errors as error:
            redis.away(error)
    return memory.take(limits)


class Memory:
    """Counts in this process: the moments of what happened within the window, by key."""

    def __init__(self) -> None:
        self._moments: dict[str, deque[float]] = {}
        self._guard = threading.Lock()

    def take(self, limits: Sequence[Limit]) -> list[tuple[int, float]]:
        """For each limit how many there were before, and in how many seconds the oldest is forgotten."""
        with self._guard:
            now = clock.monotonic()
            self._tidy(now)
            rows = [self._row(limit, now) for limit in limits]
            used = [len(row) for row in rows]
            if all(count < limit.most for count, limit in zip(used, limits, strict=True)):
                for row in rows:
                    row.append(now)
            oldest = [row[0] if row else now for row in rows]
            return [
                (count, first + limit.seconds - now)
                for count, first, limit in zip(used, oldest, limits, strict=True)
            ]

    def forget(self, key: str) -> None:
        """Forget what was counted under this key."""
        with self._guard:
            self._moments.pop(key, None)

    def clear(self) -> None:
        """Forget everything."""
        with self._guard:
            self._moments.clear()

    def _row(self, limit: Limit, now: float) -> deque[float]:
        row = self._moments.setdefault(limit.key, deque())
        while row and row[0] <= now - limit.seconds:
            row.popleft()
        return row

    def _tidy(self, now: float) -> None:
        if len(self._moments) > MANY:
            hour = now - 3600  # no window here is longer
            self._moments = {key: row for key, row in self._moments.items() if row and row[-1] > hour}


class Redis:
    """Counts in Redis, for all processes of a team."""

    def __init__(self, url: str) -> None:
        import redis  # noqa: PLC0415  # half a second that only a team needs

        self.errors = redis.RedisError
        self.client: Any = redis.Redis.from_url(url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)
        self._script = self.client.register_script(SCRIPT)
        self._away_until = 0.0

    def is_near(self) -> bool:
        """Whether it may be asked: not within seconds of having been away."""
        return clock.monotonic() >= self._away_until

    def away(self, error: Exception) -> None:
        """Remember that it didn't answer: not every request is to wait for it."""
        self._away_until = clock.monotonic() + LOOK_AGAIN
        log.warning("limits_away", error=str(error))

    def take(self, limits: Sequence[Limit]) -> list[tuple[int, float]]:
        """As `Memory.take`; the script runs whole or not at all."""
        sizes = [size for limit in limits for size in (limit.most, limit.seconds)]
        said = self._script(keys=[limit.key for limit in limits], args=[secrets.token_hex(4), *sizes])
        return [(int(said[place]), int(said[place + 1]) / 1e6) for place in range(0, len(said), 2)]


memory = Memory()


@cache
def _redis() -> Redis | None:
    return Redis(redis_url(3)) if REDIS_URL else None
