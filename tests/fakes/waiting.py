"""What happens in another thread or process is waited for, not slept for."""

from __future__ import annotations

import time
from collections.abc import Callable


def until(done: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether it came true within this time, long enough for a busy machine; asked fifty times a second."""
    deadline = time.monotonic() + seconds
    while not done() and time.monotonic() < deadline:
        time.sleep(0.02)
    return done()
