"""Bytes of a picture become bytes that can be printed: decoded in a child process with limits, and written anew.

`kind_of` is the cheap look at the door, `cleaned` the decoding. Nothing here knows Django: the child imports it.
"""

from __future__ import annotations

from sources.pictures.base import MAX_BYTES, SUFFIXES, Picture, kind_of
from sources.pictures.sandbox import cleaned

__all__ = ["MAX_BYTES", "SUFFIXES", "Picture", "cleaned", "kind_of"]
