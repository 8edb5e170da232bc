"""Examples for the page of the API. A test sends each of them."""

from __future__ import annotations

from typing import Any, Final

from drf_spectacular.utils import OpenApiExample

ORDER: Final = {
    "character": "Ada Quill",
    "description": "Scottish cartographer, 1838–1912",
    "language": "en",
    "wanted_chapters": 12,
    "sources": ["https://example.org/ada-quill", "https://example.org/letters"],
    "start": False,
}
OUTLINE: Final = {
    "version": 4,
    "chapters": [
        {"id": 12, "title": "The harbour at Leith", "synopsis": "Childhood.", "target_words": 2500},
        {"id": 11, "title": "Maps for Oslo", "synopsis": "", "target_words": 3000},
    ],
}
PEOPLE: Final = {"text": "Ada Quill (1838–1912): drew maps\nBo Reed; 1901–1980; pilot"}
COLLECTION: Final = {"name": "Cartographers", "wishes": {"language": "en", "wanted_chapters": 10}}


def example(name: str, value: Any) -> OpenApiExample:
    """A body to be sent."""
    return OpenApiExample(name, value=value, request_only=True)
