"""How much a source is about the person, and how far it can be trusted; each score says why.

All are rules of thumb for the editor, in the open: pure functions of text and metadata, in any script. No rule
looks at the age of a source, since the oldest witness is often the best.
"""

from __future__ import annotations

from sources.scoring.credibility import Record, credibility
from sources.scoring.kinds import classify
from sources.scoring.profile import Profile
from sources.scoring.relevance import Document, relevance
from sources.scoring.score import Score

__all__ = ["Document", "Profile", "Record", "Score", "classify", "credibility", "relevance"]
