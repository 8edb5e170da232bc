"""Memory of a process that works: how it goes back to the system, and how seldom Python looks for what is free.

What was freed goes back at once. Only glibc can be told so; elsewhere nothing is done.

A worker's threads take turns with large texts. By itself glibc gives each thread a heap of its own, and soon keeps
even large blocks on it; a process that has made one book then holds fifty megabytes that nobody uses.
"""

from __future__ import annotations

import ctypes
import gc
from functools import cache
from typing import Final

# From malloc.h; see mallopt(3). A threshold that is set once doesn't grow any more.
_TRIM_THRESHOLD: Final = (-1, 128 * 1024)  # bytes free at the end of a heap that are given back
_MMAP_THRESHOLD: Final = (
    -3,
    128 * 1024,
)  # bytes of a block that has pages of its own, and gives them back when freed
_ARENA_MAX: Final = (-8, 2)  # heaps; Python's threads take turns anyway


@cache
def give_back_freely() -> bool:
    """Set this for the process, once; False where it can't be set."""
    tell = getattr(ctypes.CDLL(None), "mallopt", None)
    if tell is None:
        return False
    return all(tell(*option) for option in (_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX))


# Objects made since the last look, and looks of one generation for one of the next.
_SELDOM: Final = (20_000, 20, 20)


@cache
def collect_seldom() -> None:
    """Let the garbage collector pass over what is there already, and look less often at the rest; once a process.

    A worker makes objects by the million, of which hardly any hold one another: the looks took a seventh of its CPU.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_SELDOM)
