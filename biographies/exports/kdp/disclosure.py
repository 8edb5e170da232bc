"""The question about AI content, answered as it is.

"We require you to inform us of AI-generated content (text, images, or translations) when you publish a new book":
what a tool made is AI-generated "even if you applied substantial edits afterwards" ("Content Guidelines",
https://kdp.amazon.com/en_US/help/topic/G200672390). The answers are those of the form, November 2026.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from biographies.exports.dossier import Making

QUESTION: Final = "Did you use AI tools in creating texts, images, and/or translations in your book?"
NONE: Final = "None"
AS_WRITTEN: Final = "Entire work, with minimal or no editing"
EDITED: Final = "Entire work, with extensive editing"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The answers, and why they are so."""

    answer: str
    texts: str
    images: str
    translations: str
    tools: tuple[str, ...]
    because: str


def disclosure(making: Making) -> Disclosure:
    """The answers for a book that was made so. The cover is set from type by a program without a model."""
    if not making.by_model:
        because = "The text was selected and compiled from quoted sources by rules, without a language model."
        return Disclosure("No", NONE, NONE, NONE, (), because)
    # Extensive editing is claimed only where people changed most of the sections themselves.
    texts = EDITED if making.edited * 2 > making.sections else AS_WRITTEN
    because = (
        f"A language model wrote the text; people edited {making.edited} of its {making.sections} sections."
    )
    return Disclosure("Yes", texts, NONE, texts if making.translated else NONE, making.models, because)
