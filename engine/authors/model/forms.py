"""The JSON schemas of the answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

KINDS: Final = (
    "birth", "death", "family", "education", "occupation", "travel", "publication", "award", "event", "statement",
)  # fmt: skip
OPINIONS: Final = ("supported", "contradicted", "unsupported", "cannot_tell")
_TEXT: Final = {"type": "string"}
_TEXTS: Final = {"type": "array", "items": _TEXT}


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


_FACT: Final = _object(
    passage=_TEXT,
    quote=_TEXT,
    kind={"type": "string", "enum": list(KINDS)},
    date=_TEXT,
    people=_TEXTS,
    places=_TEXTS,
)
FACTS: Final = _object(facts={"type": "array", "items": _FACT})

_SENTENCE: Final = _object(text=_TEXT, passages=_TEXTS)
_PARAGRAPH: Final = _object(sentences={"type": "array", "items": _SENTENCE, "minItems": 1})
PARAGRAPHS: Final = _object(paragraphs={"type": "array", "items": _PARAGRAPH, "minItems": 1})

_PAIR: Final = _object(
    pair=_TEXT,
    verdict={"type": "string", "enum": list(OPINIONS)},
    because=_TEXT,
)
VERDICTS: Final = _object(verdicts={"type": "array", "items": _PAIR})


def tells(schema: Mapping[str, Any]) -> bool:
    """Whether an answer in this form holds words of the book, which are in its language; quotations aren't."""
    return schema is PARAGRAPHS or "chapters" in schema["properties"]


def outline(chapters: int | None) -> dict[str, Any]:
    """The form of an outline with so many chapters, or with any number from one."""
    count = {"minItems": chapters or 1, "maxItems": chapters or 60}
    chapter = _object(title={"type": "string", "minLength": 1}, synopsis=_TEXT, facts=_TEXTS)
    return _object(
        chapters={"type": "array", "items": chapter, **count},
        prologue=_TEXTS,
        epilogue=_TEXTS,
    )
