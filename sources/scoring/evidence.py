"""What was seen in a document, before it becomes a score and a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from sources.scoring.context import Context
from sources.scoring.mentions import Mentions
from sources.scoring.topics import Topic


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen in a document, each part of the score for itself."""

    mentions: Mentions
    in_title: float
    thing_in_title: bool
    context: Context
    years: tuple[int, ...]
    dates_agree: bool | None
    prose: float
    topic: Topic
    by_the_person: bool
    coverage: float

    @property
    def density(self) -> float:
        """Mentions per 1,000 words."""
        return 1000 * self.mentions.weight / max(self.mentions.length, 1)
