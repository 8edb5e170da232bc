"""Threads that work can wake the loop that serves WebSockets."""

from __future__ import annotations

import asyncio
import threading
import time

from asgiref.sync import async_to_sync

from bookgen_site.lib.channels import ThreadSafeChannelLayer


async def test_a_worker_thread_wakes_the_reader_at_once() -> None:
    layer = ThreadSafeChannelLayer()
    await layer.group_add("job-1", "reader")
    sent: list[float] = []

    def work() -> None:
        time.sleep(0.1)
        sent.append(time.monotonic())
        async_to_sync(layer.group_send)("job-1", {"type": "look"})

    thread = threading.Thread(target=work)
    thread.start()
    message = await asyncio.wait_for(layer.receive("reader"), 5)
    assert message["type"] == "look"
    assert time.monotonic() - sent[0] < 1
    await asyncio.to_thread(thread.join)


async def test_within_the_loop_it_is_the_ordinary_layer() -> None:
    layer = ThreadSafeChannelLayer()
    await layer.send("reader", {"type": "look"})
    assert (await layer.receive("reader"))["type"] == "look"
