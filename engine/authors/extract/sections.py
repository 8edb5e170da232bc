"""The special sections: prologue, introduction, timeline, epilogue, glossary, people."""

from __future__ import annotations

from engine.authors.base import Brief, Draft
from engine.authors.extract.glossary import glossary
from engine.authors.extract.introducing import introduction
from engine.authors.extract.people import dramatis_personae
from engine.authors.extract.person import Person
from engine.authors.extract.scenes import another_scene
from engine.authors.extract.telling import Teller
from engine.authors.extract.timeline import timeline


def section(kind: str, brief: Brief, person: Person) -> Draft:
    """The section of this kind; empty when the sources have nothing for it. ValueError for an unknown kind."""
    if kind in ("prologue", "epilogue"):
        again = kind == "prologue" and brief.regeneration > 0
        facts = another_scene(brief, person) if again else brief.facts
        return Draft(paragraphs=Teller(person, brief.sources).tell(facts))
    if kind == "introduction":
        return introduction(brief)
    makers = {
        "timeline": timeline,
        "glossary": glossary,
        "dramatis_personae": dramatis_personae,
    }
    if kind not in makers:
        raise ValueError(f"The extractive author doesn't know the section “{kind}”.")
    return makers[kind](brief, person)
