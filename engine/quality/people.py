"""Who is named in a book, and which spellings are the subject's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.authors.base import SourceText, Subject
from engine.authors.extract.person import Person, identify
from engine.authors.extract.reading import names_of
from engine.quality.views import SectionView
from sources.names import Name, NameBook, without_title


@dataclass(frozen=True)
class People:
    """The names of a book, learned from all its chapters."""

    book: NameBook
    subject: Person
    known: dict[str, frozenset[str]] = field(default_factory=dict)

    def names_in(self, sentence: str) -> list[Name]:
        """The people of a sentence, in reading order."""
        return [name for name in self.book.names_in(sentence) if name.kind == "person"]

    def who(self, name: Name) -> str:
        """The fullest form of a name without its title; the subject's own name for the subject."""
        return self.subject.name if self.subject.is_called(name.full) else without_title(name.full)

    def in_section(self, view: SectionView) -> frozenset[str]:
        """Everybody but the subject who is named in a section."""
        if view.name not in self.known:
            text = "\n".join(view.paragraphs)
            found = {self.who(name) for name in self.names_in(text)}
            self.known[view.name] = frozenset(found - {self.subject.name})
        return self.known[view.name]


def people_of(views: Sequence[SectionView]) -> People:
    """Learn the names of these sections."""
    about = views[0].about
    text = "\n\n".join(paragraph for view in views for paragraph in view.paragraphs)
    source = SourceText(number=0, text=text, language=about.language)
    subject = Subject(name=about.name or "?", description=about.description, language=about.language)
    return People(names_of(source), identify(subject, (source,)))
