"""The special sections: prologue, introduction, timeline, epilogue, glossary, people."""

from __future__ import annotations

from engine.authors.base import Brief, Draft
from engine.authors.extract.glossary import glossary
from engine.authors.extract.introducing import introduction
from engine.authors.extract.people import dramatis_personae
from engine.authors.extract.person import Person
from engine.authors.extract.telling import Teller
from engine.authors.extract.timeline import timeline


def section(kind: str, brief: Brief, person: Person) -> Draft:
    """The section of this kind; an empty draft when the sources have nothing for it. ValueError for an unknown kind."""
    if kind in ("prologue", "epilogue"):
        return Draft(paragraphs=Teller(person, brief.sources).tell(brief.facts))
    makers = {
        "introduction": introduction,
        "timeline": timeline,
        "glossary": glossary,
        "dramatis_personae": dramatis_personae,
    }
    if kind not in makers:
        raise ValueError(f"The extractive author doesn't know the section “{kind}”.")
    return makers[kind](brief, person)
