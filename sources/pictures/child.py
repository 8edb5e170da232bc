"""The process that decodes pictures: `python -m sources.pictures.child`, started by `sandbox` alone."""

from __future__ import annotations

from typing import Any

from sources.extracting.child import serve
from sources.pictures.recoding import cleaned_here


def answer(data: bytes, _name: str) -> tuple[dict[str, Any], bytes]:
    """What the child says of a picture, and its clean bytes."""
    made = cleaned_here(data)
    return {"kind": made.media_type, "width": made.width, "height": made.height}, made.data


if __name__ == "__main__":
    serve(answer)
