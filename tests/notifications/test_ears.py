"""A process listens once for a job, however many sockets watch it, and stops when the last one has gone."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import pytest
from channels.layers import InMemoryChannelLayer, get_channel_layer

from notifications import ears
from notifications.queries import group_of

JOB = uuid.uuid4()


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The groups that were joined."""
    joined: list[str] = []
    join = InMemoryChannelLayer.group_add

    async def counted(self: InMemoryChannelLayer, group: str, channel: str) -> Any:
        joined.append(group)
        return await join(self, group, channel)

    monkeypatch.setattr(InMemoryChannelLayer, "group_add", counted)
    return joined


async def _news() -> None:
    layer = get_channel_layer()
    assert layer is not None
    await layer.group_send(group_of(str(JOB)), {"type": "look"})


async def test_one_message_rings_every_bell(added: list[str]) -> None:
    bells = [asyncio.Event() for _socket in range(20)]
    for bell in bells:
        await ears.listen(JOB, bell)
    await _news()
    await asyncio.wait_for(asyncio.gather(*(bell.wait() for bell in bells)), 10)
    assert added == [group_of(str(JOB))]
    for bell in bells:
        await ears.leave(JOB, bell)


async def test_who_has_left_is_not_rung_and_the_last_closes_the_ear(added: list[str]) -> None:
    gone, here = asyncio.Event(), asyncio.Event()
    for bell in (gone, here):
        await ears.listen(JOB, bell)
    await ears.leave(JOB, gone)
    await _news()
    await asyncio.wait_for(here.wait(), 10)
    assert not gone.is_set()
    await ears.leave(JOB, here)
    await ears.listen(JOB, gone)
    assert len(added) == 2, "a new ear was needed"
    await ears.leave(JOB, gone)


async def test_a_layer_that_was_emptied_is_asked_again(
    added: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ears, "AGAIN_SECONDS", 0.02)
    bell = asyncio.Event()
    await ears.listen(JOB, bell)
    layer = get_channel_layer()
    assert isinstance(layer, InMemoryChannelLayer)
    await layer.flush()
    async with asyncio.timeout(10):
        while len(added) < 2:  # noqa: ASYNC110  # the ear counts no rounds
            await asyncio.sleep(0.01)
    await _news()
    await asyncio.wait_for(bell.wait(), 10)
    await ears.leave(JOB, bell)
