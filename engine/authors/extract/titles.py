"""Names of chapters (being built)."""

from __future__ import annotations

from engine.authors.base import SourceText
from engine.authors.extract.candidates import Candidate
from engine.authors.extract.person import Person


def titles_for(chapters: list[list[Candidate]], person: Person, sources: tuple[SourceText, ...]) -> list[str]:
    out: list[str] = []
    for place, chapter in enumerate(chapters):
        out.append(next((p for one in chapter for p in one.fact.places if p not in out), f"Part {place + 1}"))
    return out
