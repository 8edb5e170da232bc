"""Bytes of a document become clean text with what the document says of itself.

`check` is the cheap look at the door, `extract` the reading itself, in a child process. What the child
imports (this package but for `sandbox`) knows no Django.
"""

from __future__ import annotations

from sources.extracting.base import MAX_BYTES, Extracted
from sources.extracting.door import check
from sources.extracting.sandbox import extract

__all__ = ["MAX_BYTES", "Extracted", "check", "extract"]
