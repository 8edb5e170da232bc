"""Redis: whether it answers for each of its uses, what it keeps, and what it throws away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from redis import Redis, RedisError

from bookgen_site.doctor.signs import Sign, good, warning, wrong
from bookgen_site.env import REDIS_URL, redis_url
from bookgen_site.services import TIMEOUT_SECONDS

USES: Final = {0: "queue", 2: "cache and sessions", 3: "limits", 4: "live pages"}
FULL: Final = 0.9  # of its memory


def reachable() -> Iterator[Sign]:
    """Each database that is used; books go on without Redis, by the sweep, so nothing is lost meanwhile."""
    if not REDIS_URL:
        yield good("this profile has none")
        return
    away = [use for number, use in USES.items() if not _pings(number)]
    if away:
        mend = "Is it running, and are REDIS_URL and its password right? Books go on meanwhile, slowly."
        yield wrong(f"It doesn't answer for: {', '.join(away)}.", mend)
        return
    yield good(f"answers for {', '.join(USES.values())}")
    yield from judged(_info())


def judged(info: dict[str, Any]) -> Iterator[Sign]:
    """What INFO says about memory and disk."""
    policy = str(info.get("maxmemory_policy", "noeviction"))
    if policy.startswith("allkeys"):
        mend = "Set maxmemory-policy to noeviction or volatile-lru."
        yield warning(f"When it is full it throws away anything, limits and messages too ({policy}).", mend)
    used, most = int(info.get("used_memory", 0)), int(info.get("maxmemory", 0))
    if most and used > FULL * most:
        yield warning(f"It is nearly full: {used} of {most} bytes.", "Give it more memory (maxmemory).")
    if not info.get("aof_enabled") and not info.get("rdb_kept", 1):
        mend = "Books lose nothing by that. To keep the limits of logins: appendonly yes."
        yield warning("It keeps nothing on disk: a restart forgets limits and who was kept waiting.", mend)
    if info.get("rdb_last_bgsave_status", "ok") != "ok" or info.get("aof_last_write_status", "ok") != "ok":
        yield wrong("It can't write to its disk, and then refuses writes.", "Is its disk full? See its log.")


def _info() -> dict[str, Any]:
    with _client(0) as client:
        told: dict[str, Any] = dict(client.info())
        try:
            kept: Any = client.config_get("save")
            told["rdb_kept"] = bool(kept.get("save"))
        except RedisError:  # a hosted Redis lets nobody ask
            told["rdb_kept"] = True
        return told


def _pings(number: int) -> bool:
    try:
        with _client(number) as client:
            return bool(client.ping())
    except RedisError:
        return False


def _client(number: int) -> Redis:
    limits = {"socket_timeout": TIMEOUT_SECONDS, "socket_connect_timeout": TIMEOUT_SECONDS}
    return Redis.from_url(redis_url(number), **limits)
