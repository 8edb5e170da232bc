"""Bytes of a document become clean text with what the document says of itself.

`check` is the cheap look at the door, `sandbox.extract` the reading itself, in a child process. What the child
imports (this package but for `sandbox`) knows no Django, and no more than it needs: it starts often.
"""

from __future__ import annotations

from sources.extracting.base import MAX_BYTES, Extracted
from sources.extracting.door import check

__all__ = ["MAX_BYTES", "Extracted", "check"]
