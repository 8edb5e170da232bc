"""What happened, by clause: a date, and the words, names and numbers that stand with it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from engine.authors.base import FactDraft, SourceText, Span
from engine.authors.extract.person import Person
from sources.dates import FoundDate, dates_in
from sources.names import NameBook
from sources.numerals import cardinals, fold

_STEM = 6  # letters: enough to tell words apart, few enough for their endings to fall away
_LEAD = 16  # characters over which a date opens a clause ("; and in 1872")
_CUT = re.compile(r"[;:]|,|\b(?:and|but|y|pero|et|mais|und|aber|e|mas|ma)\b")
_NOT = re.compile(
    r"\b(?:not|never|no|none|neither|nor|without|declined|refused|n[’']t|nunca|jamás|sin|ne|pas|jamais|sans|nicht|nie|"
    r"kein\w*|ohne|não|sem|non|mai|senza)\b|n['’]t\b",
    re.I,
)


_AS_IF = 500  # texts
# Words of four letters and more that say nothing, of the six languages together.
_EMPTY = frozenset(
    word[:_STEM]
    for word in (
        "with from that this which have been were their there after before when then they them into upon about year "
        "years some such under over first also only where while would could should other more most very than until "
        "during "
        "para como pero este esta estos desde hasta sobre entre cuando donde habia fueron tambien años otro otra "
        "dans avec pour plus cette sont etait furent apres avant pendant comme leur elle fait deux annee ans "
        "nach über unter wurde waren haben einer einem einen sein seine ihre auch sich nicht jahr jahre oder "
        "mais pelo pela seus suas quando depois antes ainda entre muito "
        "della dello degli delle nella anche come dopo prima quando sono stato stata anno anni"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Telling:
    """Where something is told: the fact by its place, the sentence, and the words of the clause that tells it."""

    fact: int
    span: Span
    words: int


@dataclass(frozen=True, slots=True)
class Event:
    """A dated clause of a fact. `stems` are the beginnings of its words, without dates and the subject's name."""

    fact: int  # its place among the facts
    span: Span  # the sentence
    text: str  # the clause
    date: FoundDate
    stems: frozenset[str]
    people: frozenset[str]
    places: frozenset[str]
    numbers: frozenset[tuple[str, int]]  # what is counted (a stem), and how many
    denied: bool

    @property
    def telling(self) -> Telling:
        """Where it is told."""
        return Telling(self.fact, self.span, len(self.text.split()))

    @property
    def source(self) -> int:
        """The number of the source."""
        return self.span.source


def events_of(
    place: int, fact: FactDraft, source: SourceText, names: NameBook, person: Person
) -> list[Event]:
    """The dated clauses of a fact, in reading order."""
    found = []
    for span in fact.sentences:
        sentence = source.text[span.start : span.end]
        for date, start, end in clauses(sentence, source.language):
            rest = sentence[start : date.start] + " " + sentence[date.end : end]
            people, places = _named(rest, names, person)
            own = frozenset(word[:_STEM] for word in re.findall(r"\w+", fold(person.name)))
            found.append(
                Event(
                    fact=place,
                    span=span,
                    text=sentence[start:end],
                    date=date,
                    stems=stems_of(rest) - own,
                    people=people,
                    places=places,
                    numbers=counted(rest, source.language),
                    denied=bool(_NOT.search(rest)),
                )
            )
    return found


def clauses(sentence: str, language: str) -> list[tuple[FoundDate, int, int]]:
    """Each date of a sentence with the clause it stands in, as offsets."""
    dates = dates_in(sentence, language)
    cuts = [0]
    for one, other in pairwise(dates):
        cuts.append(_cut(sentence, one.end, other.start))
    cuts.append(len(sentence))
    return [(date, cuts[place], cuts[place + 1]) for place, date in enumerate(dates)]


def _cut(sentence: str, start: int, end: int) -> int:
    """Where one clause ends and the next begins: at a semicolon, where the second date leads, or after the first."""
    marks = list(_CUT.finditer(sentence, start, end))
    strong = [mark for mark in marks if mark.group() in ";:"]
    leading = [mark for mark in marks if end - mark.end() <= _LEAD]
    chosen = strong[:1] or leading[-1:] or marks[:1]
    return chosen[0].start() if chosen else start


def stems_of(text: str) -> frozenset[str]:
    """The beginnings of the words of four letters and more, folded."""
    return frozenset(word[:_STEM] for word in re.findall(r"[^\W\d_]{4,}", fold(text))) - _EMPTY


def _named(text: str, names: NameBook, person: Person) -> tuple[frozenset[str], frozenset[str]]:
    found = [name for name in names.names_in(text) if not person.is_called(name.full)]
    people = {fold(name.full).split()[-1] for name in found if name.kind == "person"}
    return frozenset(people), frozenset(fold(name.full) for name in found if name.kind == "place")


def counted(text: str, language: str) -> frozenset[tuple[str, int]]:
    """What a text counts: "one hundred and fifty operators" is ("operat", 150); one of a thing says little."""
    words = {word: number for word, number in cardinals(language.split("-")[0]).items() if number > 1}
    found = set()
    tokens = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d[\d.,]*\d|\d", fold(text))
    for number, thing in pairwise(tokens):
        digits = re.sub(r"[.,](?=\d{3}\b)", "", number)
        value = int(digits) if digits.isdigit() else words.get(number)
        if value and len(thing) >= 4 and not thing[0].isdigit():
            found.add((thing[:_STEM], value))
    return frozenset(found)


class Weights:
    """How much a shared word tells: the rarer in all the sentences, the more."""

    def __init__(self, texts: Iterable[str]) -> None:
        stems = [stems_of(text) for text in texts]
        self._seen = Counter(stem for one in stems for stem in one)
        self._texts = max(
            len(stems), _AS_IF
        )  # in few texts every word is rare: weigh them as if there were more

    def of(self, stems: Iterable[str]) -> float:
        """The weight of some stems together."""
        return math.fsum(math.log(self._texts / max(1, self._seen[stem])) for stem in sorted(stems))

    def is_rare(self, stem: str) -> bool:
        """Whether a stem is no everyday word of these sources."""
        return self._seen[stem] <= max(12, self._texts // 25)
