"""Ideas for the title of a chapter: each is made of what its facts name, with a weight and what it is about."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from engine.authors.extract.antecedents import kin_in
from engine.authors.extract.candidates import Candidate
from engine.authors.extract.grammar import grammar_of, word_pattern
from engine.authors.extract.leadins import translated
from engine.authors.extract.life import Life, words_of_birth
from engine.authors.extract.person import Person, words_of_name
from engine.authors.extract.title_messages import (
    ARRIVAL,
    CHILDHOOD,
    CHILDHOOD_ALONE,
    FLIGHT,
    LAST,
    LAST_ALONE,
    LODGING,
    MARRIAGE,
    MEETING,
    RETURN,
    SERVICE,
    STUDENT,
    VOYAGE,
    WAR,
)
from engine.authors.extract.title_shelf import Shelf
from engine.authors.extract.title_words import Cues
from sources.dates import dates_in
from sources.name_words import PLACE_WORDS, TITLES, is_common_word
from sources.numerals import fold

_KIN_REACH = 45  # characters from "father" in which his name stands
_REACH = 70  # characters after a verb of motion in which its destination stands


@dataclass(frozen=True, slots=True)
class Idea:
    """A title, its weight, and the names it stands on: no two chapters may stand on the same."""

    text: str
    weight: float
    about: tuple[str, ...]


def follows(cues: str, name: str, text: str) -> bool:
    """Whether the family name stands at most three words behind a cue ("épousai l'ingénieur Paul Delorme")."""
    between = r"(?:\s+(?:\w+[’'])?\w+\.?){0,3}?\s+"
    return bool(re.search(rf"\b(?:{cues}){between}{re.escape(name.split()[-1])}\b", text))


class Ideas:
    """All ideas for one chapter."""

    def __init__(
        self,
        chapter: list[Candidate],
        place: int,
        shelf: Shelf,
        cues: Cues,
        life: Life,
        person: Person,
        language: str,
        *,
        last: bool,
    ) -> None:
        self.chapter = chapter
        self.places = {name: weight for name, weight in shelf.places[place].items() if _is_title_place(name)}
        self.people = shelf.people[place]
        self.things = shelf.things[place]
        self.cues = cues
        self.life = life
        self.person = person
        self.language = language
        self.last = last

    def all(self) -> list[Idea]:
        """Every idea, in a fixed order."""
        ideas = [
            *self._ages(),
            *self._moves(),
            *self._people(),
            *self._offices(),
            *self._things(),
            *self._places(),
        ]
        return [idea for idea in ideas if idea.text]

    def _say(self, message: str, weight: float, **slots: str) -> Idea:
        text = translated(message)
        return Idea(text % slots if text else "", weight, tuple(slots.values()))

    def _ages(self) -> Iterator[Idea]:
        """Childhood at the beginning, study where it is told, last years at the end."""
        whole = " ".join(one.fact.text for one in self.chapter)
        middle = sorted(one.when for one in self.chapter)[len(self.chapter) // 2]
        if self._is_childhood(whole):
            for name in self._birthplaces():
                yield self._say(CHILDHOOD, 1.9 + self.places.get(name, 0.0), place=name)
            yield from (
                self._say(CHILDHOOD, 0.8 + weight, place=name) for name, weight in self._best_places()
            )
            yield self._say(CHILDHOOD_ALONE, 0.5)
        if self._is_young(middle):
            for name, count in self._studied_in():
                yield self._say(STUDENT, 0.5 + 0.3 * min(count, 4) + self.places.get(name, 0.0), place=name)
        if self.last:
            yield from (self._say(LAST, 0.7 + weight, place=name) for name, weight in self._best_places())
            yield self._say(LAST_ALONE, 0.6)
        if self._often(self.cues.war, whole, len(self.chapter) // 3):
            yield from self._war_in(whole)
            yield self._say(WAR, 0.45)  # of a war that the chapter gives no place

    def _war_in(self, whole: str) -> Iterator[Idea]:
        """The years of war with the place in which the text is then: "The Years of War: Rochester"."""
        years, colon = translated(WAR), " : " if self.language.startswith("fr") else ": "
        for name, weight in self._best_places() if years else ():
            if re.search(rf"\b(?:{self.cues.inside})\s+{re.escape(name)}(?!\w)", whole):
                yield Idea(f"{years}{colon}{name}", 1.15 + weight, (name,))

    def _is_childhood(self, whole: str) -> bool:
        """Whether two facts in five are of the years before sixteen, and birth or childhood is spoken of."""
        if self.life.born is None:
            return False
        young = sum(one.when - self.life.born < 16 for one in self.chapter)
        told = next(self._birthplaces(), "") or self._often(self.cues.childhood, whole, 2)
        return bool(told) and young >= 0.4 * len(self.chapter)

    def _birthplaces(self) -> Iterator[str]:
        """The place that follows "born" in a statement of the subject's birth."""
        for one in self.chapter:
            told = words_of_birth(one.fact, self.person, own=one.own)[:90]
            named = [name for name in one.fact.places if name in told]
            yield from sorted(named, key=told.index)[:1]

    def _studied_in(self) -> list[tuple[str, int]]:
        """Places where the subject studies, with the number of sentences that say so."""
        tally: Counter[str] = Counter()
        for one in self.chapter:
            for sentence in (
                re.split(r"(?<=[.!?])\s+", one.fact.text) if one.own or one.fact.kind == "education" else ()
            ):
                if word_pattern(self.cues.study).search(sentence):
                    tally.update(
                        name
                        for name in one.fact.places
                        if re.search(rf"\b(?:{self.cues.inside})\s+{re.escape(name)}(?!\w)", sentence)
                    )
        return sorted(
            ((name, count) for name, count in tally.items() if count >= 2 and _is_title_place(name)),
            key=lambda item: (-item[1], item[0]),
        )

    def _is_young(self, when: float) -> bool:
        return self.life.born is not None and 12 < when - self.life.born < 32

    def _often(self, words: str, text: str, least: int) -> bool:
        return len(word_pattern(words).findall(text)) >= max(2, least)

    def _best_places(self) -> list[tuple[str, float]]:
        return sorted(self.places.items(), key=lambda item: (-item[1], item[0]))[:3]

    def _moves(self) -> Iterator[Idea]:
        """Where the subject goes: the destination after a verb of motion."""
        verbs = (
            (FLIGHT, self.cues.flight, 0.9),
            (VOYAGE, self.cues.voyage, 0.8),
            (RETURN, self.cues.back, 0.6),
            (ARRIVAL, self.cues.arrival, 0.35),
        )
        found: dict[tuple[str, str], float] = defaultdict(float)
        for one in self.chapter:
            for message, verb, bonus in verbs:
                for name in self._destinations(one, verb):
                    weight = bonus + self.places.get(name, 0.0) + one.fact.score / 20
                    found[(message, name)] = max(found[(message, name)], weight)
        for (message, name), weight in sorted(found.items()):
            yield self._say(message, weight, place=name)

    def _destinations(self, one: Candidate, verb: str) -> Iterator[str]:
        if not (one.own or one.fact.kind in ("travel", "occupation", "event", "education")):
            return
        for match in word_pattern(verb).finditer(one.fact.text):
            after = one.fact.text[match.start() : match.end() + _REACH].split(". ")[0]
            for name in one.fact.places:
                if name in self.places and re.search(
                    rf"\b(?:{self.cues.toward})\s+(?:the\s+)?{re.escape(name)}(?!\w)", after
                ):
                    yield name

    def _people(self) -> Iterator[Idea]:
        for name, weight in sorted(self.people.items()):
            if weight < 0.15:
                continue
            told = " ".join(one.fact.text for one in self.chapter if name in one.fact.people)
            if follows(self.cues.married, name, told):
                yield self._say(MARRIAGE, 1.3 + weight, person=name)
            if follows(self.cues.met, name, told):
                yield self._say(MEETING, 0.75 + weight, person=name)
            if follows(self.cues.served, name, told):
                yield self._say(SERVICE, 0.7 + weight, person=name)
            if follows(self.cues.lodged, name, told):
                yield self._say(LODGING, 0.65 + weight, person=name)
            if not self._is_kin(name, told):
                yield Idea(name, 0.1 + weight, (name,))

    def _is_kin(self, name: str, told: str) -> bool:
        """Whether a name is of the subject's family: alone above a chapter, it would promise another person's life."""
        family, own = words_of_name(name)[-1:], words_of_name(self.person.name)[-1:]
        spoken = (told[at : at + _KIN_REACH] for at, gender in kin_in(told) if gender)
        return family == own or any(name in re.split(r"[.;!?]\s", words)[0] for words in spoken)

    def _offices(self) -> Iterator[Idea]:
        """ "Marshal of the District of Columbia": words of the source from the office to the end of its name."""
        capital = r"[A-ZÀ-Þ][\w’'-]+"
        named = rf"(?:{capital}|deeds)(?:\s+(?:(?:of|de|del)(?:\s+(?:the|la))?\s+)?{capital})*"
        tail = rf"(?:\s+(?:{self.cues.of})(?:\s+(?:the|la|el|los|las))?\s+{named})"
        pattern = re.compile(
            rf"\b(?:{self.cues.named})\s+(?:[\w’'-]+\s+){{0,4}}?((?:{self.cues.office}){tail})", re.I
        )
        strict = re.compile(rf"(?:{self.cues.office}){tail}", 0)
        for one in self.chapter:
            if one.fact.kind in ("statement", "family", "birth", "travel"):
                continue
            for order, match in enumerate(pattern.finditer(one.fact.text)):
                exact = strict.match(match.group(1)[0].lower() + match.group(1)[1:])
                words = exact.group() if exact else ""
                if 2 <= len(words.split()) <= 8 and self._is_held(one, match.start()):
                    yield Idea(
                        words[0].upper() + words[1:], 0.9 + one.fact.score / 12 - 0.3 * order, (words,)
                    )

    def _is_held(self, one: Candidate, at: int) -> bool:
        """Whether the sentence with the office is about the subject and about the time of the chapter."""
        start = max(one.fact.text.rfind(mark, 0, at) for mark in (". ", "! ", "? ")) + 1
        before = one.fact.text[start:at]
        if any(name in before for name in one.fact.people):
            return False
        years = [
            date.first.year
            for date in dates_in(before + one.fact.text[at : at + 120].split(". ")[0], self.language)
        ]
        latest = max((each.when for each in self.chapter if each.surely), default=9999.0)
        return not years or years[0] <= latest + 1

    def _things(self) -> Iterator[Idea]:
        """Societies, laws, papers, ships and prizes under the name that the text gives them."""
        whole = " ".join(one.fact.text for one in self.chapter)
        for name, weight in sorted(self.things.items()):
            count = whole.count(name)
            if count < 2 and not re.search(rf"(?:{self.cues.prize})$", name, re.I):
                continue
            if self._is_attribute(name, whole):
                continue
            text = self._articled(name, whole)
            yield Idea(text[0].upper() + text[1:], 0.4 + weight, (name,))
        prizes = rf"\b({self.cues.article})\s+((?:[A-ZÀ-Þ][\w’'-]+\s+){{1,3}}(?:{self.cues.prize}))\b"
        found = Counter(
            match.groups() for match in re.finditer(prizes, whole, re.I) if match.group(2)[0].isupper()
        )
        for (article, name), count in sorted(found.items()):
            yield Idea(f"{article.capitalize()} {name}", 1.0 + 0.1 * min(count, 5), (name,))

    def _is_attribute(self, name: str, whole: str) -> bool:
        """ "the Dred Scott decision": what follows the name is what it names."""
        after = re.findall(rf"{re.escape(name)} ([a-zà-ÿ]{{4,}})\b", whole)
        past = word_pattern(grammar_of(self.language).past)
        nouns = [
            word for word in after if not past.fullmatch(word) and not is_common_word(word, self.language)
        ]
        return 2 * len(nouns) >= whole.count(name)

    def _places(self) -> Iterator[Idea]:
        for name, weight in self._best_places():
            yield Idea(name, 0.1 + 0.5 * weight, (name,))

    def _articled(self, name: str, whole: str) -> str:
        """ "the Free Church", if the text says so."""
        found = re.search(rf"\b({self.cues.article})\s+{re.escape(name)}\b", whole)
        return f"{found.group(1).lower()} {name}" if found else name


def _is_title_place(name: str) -> bool:
    """A place that stands well in a title: no street, and no bare "Lake" or "North"."""
    words = [fold(word).strip(".'’") for word in name.split()]
    if words[0] in TITLES and words[0] not in ("st", "saint"):
        return False
    if len(words) == 1 and (words[0] in PLACE_WORDS or words[0] in ("north", "south", "east", "west")):
        return False
    return words[-1] not in ("street", "calle", "rue", "avenue", "strasse")
