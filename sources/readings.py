"""Documents that were read, remembered for an hour: the same bytes aren't parsed again for another job.

The cache holds a hash; the text lies in the store under it, in the room for what can be made again. The name of
a file counts only by its suffix, as it does for the reader.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import PurePosixPath

from django.conf import settings

from bookgen_site.lib import store
from bookgen_site.lib.memory import recall, remember
from sources.arrivals import KEPT_SECONDS
from sources.errors import Unreadable
from sources.extracting import Extracted
from sources.extracting.sandbox import extract
from sources.extracting.wire import Garbled, pack, unpack


def read(blob: str, name: str) -> Extracted:
    """The text of the stored bytes `blob`; `name` is its file's or its address.

    Raises Unreadable with the reason, BlobMissing when the bytes are gone.
    """
    key = _key(blob, name)
    known = recall(key)
    if isinstance(known, dict):  # a bomb costs seconds each time it's read: once an hour will do
        raise Unreadable(str(known.get("refused", "")))
    try:
        return _restored(store.get(known, store.SPARE))
    except (AttributeError, Garbled, TypeError, ValueError, OSError):
        pass  # not there, evicted, damaged, or written by another release
    data = store.get(blob)
    try:
        document = extract(data, name)
    except Unreadable as error:
        remember(key, {"refused": error.reason}, KEPT_SECONDS)
        raise
    written = store.put(_kept(document), store.SPARE)
    remember(key, written, KEPT_SECONDS)
    return document


def _key(blob: str, name: str) -> str:
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    parts = f"{settings.VERSION}\n{blob}\n{suffix}"
    return f"reading:{hashlib.sha256(parts.encode()).hexdigest()}"


def _kept(document: Extracted) -> bytes:
    """As the child said it, its notes in the first line."""
    notes, payload = pack(document)
    return json.dumps(notes).encode() + b"\n" + payload


def _restored(kept: bytes) -> Extracted:
    notes, _line, payload = kept.partition(b"\n")
    return unpack(json.loads(notes), payload)
