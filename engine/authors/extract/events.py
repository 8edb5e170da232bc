"""What happened, by clause: a date, and the words, names and numbers that stand with it."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from engine.authors.base import FactDraft, SourceText, Span
from engine.authors.extract.ages import sentence_age
from engine.authors.extract.deed_words import ROLES
from engine.authors.extract.person import Person
from sources.dates import FoundDate, dates_in
from sources.names import NameBook
from sources.numerals import fold
from sources.support.numbers import numbers_in
from sources.support.tokens import tokens_of

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


_SHORTEST = 3  # letters of a thing that is counted
_ABOUT = 0.2  # share by which a rough number may be off


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a thing (a stem) are told. `vague`: None when meant exactly, else 0 about, 1 more, -1 less than."""

    thing: str
    value: float
    vague: int | None = None
    measure: bool = False  # of time: that says less than what is counted


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
    numbers: frozenset[Count]
    denied: bool
    roles: frozenset[str] = frozenset()  # "secretary", "member": what somebody is in a body
    age: int = 0  # of the subject, where the sentence tells it

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
            event = _event(place, span, rest, date, source.language, names, person)
            found.append(replace(event, text=sentence[start:end]))
    return found


def sentences_of(
    place: int, fact: FactDraft, source: SourceText, names: NameBook, person: Person
) -> list[Event]:
    """The sentences of a fact that count something or tell an age; one without a date may be of any time."""
    found = []
    for span in fact.sentences:
        sentence = source.text[span.start : span.end]
        age = sentence_age(replace(fact, text=sentence, sentences=(span,)), source, person)
        if not age and not counted(sentence, source.language):
            continue
        dates = dates_in(sentence, source.language)
        rest = sentence
        for date in reversed(dates):
            rest = rest[: date.start] + " " + rest[date.end :]
        when = dates[0] if len(dates) == 1 else _ANY_TIME
        event = _event(place, span, rest, when, source.language, names, person)
        found.append(replace(event, age=age or 0))
    return found


_ANY_TIME = FoundDate(0, 0, dt.date.min, dt.date.max, "range")


def _event(
    place: int, span: Span, text: str, date: FoundDate, language: str, names: NameBook, person: Person
) -> Event:
    people, places = _named(text, names, person)
    own = frozenset(word[:_STEM] for word in re.findall(r"\w+", fold(person.name)))
    return Event(
        fact=place,
        span=span,
        text=text,
        date=date,
        stems=stems_of(text) - own,
        people=people,
        places=places,
        numbers=counted(text, language),
        denied=bool(_NOT.search(text)),
        roles=roles_in(text),
    )


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


def roles_in(text: str) -> frozenset[str]:
    """What somebody is called to be in a text; a title before a name is none."""
    return frozenset(match.group().removesuffix("s") for match in _ROLE.finditer(text))


_ROLE = re.compile(rf"(?:{ROLES})(?! [A-ZÀ-Þ])")


def counted(text: str, language: str) -> frozenset[Count]:
    """What a text counts: "one hundred and fifty operators" is 150 of "operat"; one of a thing says little."""
    found = set()
    tokens = tokens_of(text)
    digits = [at for at, token in enumerate(tokens) if token.folded[0].isdigit()]
    for number in numbers_in(tokens, language.split("-")[0], digits):
        if (
            number.value > 1
            and not number.ordinal
            and len(number.noun) >= _SHORTEST
            and number.noun[0].isalpha()
        ):
            found.add(Count(number.noun[:_STEM], number.value, number.vague, number.days > 0))
    return frozenset(found)


def miscounted(one: Event, other: Event) -> list[str]:
    """What both count, and none of whose numbers can be the same."""
    things = {count.thing for count in one.numbers} & {count.thing for count in other.numbers}
    return sorted(
        thing
        for thing in things
        if not any(
            _can_be_one(mine, theirs)
            for mine in one.numbers
            for theirs in other.numbers
            if mine.thing == theirs.thing == thing
        )
    )


def _can_be_one(one: Count, other: Count) -> bool:
    """ "about 300" leaves a fifth, "more than 300" all above it."""
    for vague, known in ((one, other), (other, one)):
        if vague.vague == 1 and known.value >= vague.value:
            return True
        if vague.vague == -1 and known.value <= vague.value:
            return True
        if vague.vague is not None and abs(vague.value - known.value) <= _ABOUT * max(
            vague.value, known.value
        ):
            return True
    return one.value == other.value


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
