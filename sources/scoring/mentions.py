"""Where a text names the person, and where it only seems to: relatives, namesakes, schools and streets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from sources.gazetteer import genders
from sources.scoring.profile import GENERATIONS, Names, Profile
from sources.scoring.vocabulary import NAMED_AFTER_BEHIND, NAMED_AFTER_IN_FRONT, STOP_WORDS, TITLES_BY_GENDER
from sources.scoring.words import Words, mapped, sound_of

_LINKS: Final = frozenset("and et y e und i en og och de da di du von van der la le of del the el il".split())
_AND: Final = frozenset("and et y e und i en og och".split())
_REACH: Final = 4  # words of one name, before or behind the family name
_JOINTS: Final = frozenset((" ", "-", "‐", "–", ". ", ".", ".-", "\n", " ‘", "’ ", " “", "” ", ' "', '" '))


class Kind(Enum):
    """What a family name in a text stands for."""

    FULL = "full"  # with the given name or an initial
    TITLED = "titled"  # with a title that fits the person: "Mme Curie"
    FAMILY = "family"  # alone: whose it is, the rest of the text says
    OTHER = "other"  # somebody else's
    THING = "thing"  # a school, a street, a prize


@dataclass(slots=True)
class Mentions:
    """All mentions in a text: how many of each kind, at which words, and how often the given name stands alone."""

    length: int
    counts: Counter[Kind] = field(default_factory=Counter)
    places: dict[Kind, list[int]] = field(default_factory=dict)
    given: list[int] = field(default_factory=list)
    gender: str = ""  # the person's
    common: int = 0  # times that the family name is a word like others: a king, the mistral

    def add(self, kind: Kind, place: int) -> None:
        """Count one mention at a word."""
        self.counts[kind] += 1
        self.places.setdefault(kind, []).append(place)

    @property
    def own(self) -> int:
        """Mentions that are the person's without doubt. A title fits relatives too, where they are named in full."""
        doubt = self.counts[Kind.OTHER] and not self.counts[Kind.FULL] and self.gender != "f"
        return self.counts[Kind.FULL] + (0 if doubt else self.counts[Kind.TITLED])

    @property
    def named(self) -> int:
        """How often the name stands in the text, whosoever it is but for relatives told apart."""
        return self.counts[Kind.FULL] + self.counts[Kind.TITLED] + self.counts[Kind.FAMILY]

    @property
    def share_of_family(self) -> float:
        """Which share of the lone family names means the person: as their own full names to those of others."""
        own, others = self.own, self.counts[Kind.OTHER]
        if own or others:
            return own / (own + others + self.common) if own else 0.1
        return 0.0 if self.common else 0.6

    @property
    def weight(self) -> float:
        """How many mentions there are, each counted for as much as it is likely to be one."""
        own = self.own + self.share_of_family * self.counts[Kind.FAMILY]
        return own + min(0.3 * len(self.given), own) if own else 0.0

    @property
    def likely(self) -> list[int]:
        """The places of the mentions that mean the person more likely than not, in order."""
        family = self.places.get(Kind.FAMILY, []) if self.share_of_family >= 0.5 else []
        given = self.given if self.weight else []
        titled = self.places.get(Kind.TITLED, []) if self.own else []
        return sorted([*self.places.get(Kind.FULL, []), *titled, *family, *given])


def find_mentions(profile: Profile, words: Words) -> Mentions:
    """Look for the names as they are spelt; where the full name never stands so, as they sound."""
    found = _scan(profile, profile.names, words, words.folded)
    _add_unspaced(found, profile, words)
    if found.counts:
        return found
    by_sound = _scan(profile, profile.names.by_sound(), words, mapped(words.folded, sound_of))
    # A sound alone proves nothing: the Douglas of another family. The full name once makes it likely.
    return by_sound if by_sound.counts[Kind.FULL] and profile.names.given else found


def by_given_name(profile: Profile, words: Words) -> Mentions:
    """The mentions by the given name alone, no surer than a family name alone is."""
    names = Names(frozenset(), frozenset(), profile.names.given)
    found = _scan(profile, names, words, words.folded)
    found.counts[Kind.FAMILY] += found.counts.pop(Kind.FULL, 0)
    found.places[Kind.FAMILY] = sorted([*found.places.get(Kind.FAMILY, []), *found.places.pop(Kind.FULL, [])])
    return found


def _scan(profile: Profile, names: Names, words: Words, keys: tuple[str, ...]) -> Mentions:
    """`keys` are the words as they're compared with `names`: folded, or by sound."""
    found = Mentions(len(words), gender=profile.names.gender)
    inside: set[int] = set()
    reader = _Reader(profile, names, words, keys)
    known = not names.families.isdisjoint(keys)
    # A middle name shows the person only where the family name stands too: Martin Luther isn't Martin Luther King.
    for place in _name_like(words, keys, names.families | (names.middle if known else frozenset())):
        if place in inside:
            continue  # a part of the name that was read last
        kind = reader.kind_at(place)
        if kind is not None and not inside & reader.span:
            found.add(kind, place)
            inside |= reader.span
    found.common = sum(key in names.families and words.raw[place].islower() for place, key in enumerate(keys))
    found.given = [
        place for place in _name_like(words, keys, names.given - names.families) if place not in inside
    ]
    return found


def _name_like(words: Words, keys: tuple[str, ...], wanted: frozenset[str]) -> Iterator[int]:
    return (place for place, key in enumerate(keys) if key in wanted and words.is_name_like(place))


def _add_unspaced(found: Mentions, profile: Profile, words: Words) -> None:
    """Chinese and Japanese write names without spaces: count the whole name in the text itself."""
    plain = words.text.replace("·", "").replace("・", "")
    for spelling in profile.spellings:
        if not any(letter.isupper() or letter.islower() for letter in spelling):
            for _time in range(max(0, plain.count(spelling) - found.counts[Kind.FULL])):
                found.add(Kind.FULL, min(plain.find(spelling) // 6, max(0, len(words) - 1)))


class _Reader:
    """Reads what stands around one family name. `span` is where the name that was read last stands."""

    def __init__(self, profile: Profile, names: Names, words: Words, keys: tuple[str, ...]) -> None:
        self._names, self._words, self._keys = names, words, keys
        self._all = names.given | names.middle | names.families
        self._gender = profile.names.gender
        self._generation = profile.generation
        self._all_given = profile.names.given
        self._initials = frozenset(name[0] for name in profile.names.given if name)
        self.span: set[int] = set()

    def kind_at(self, place: int) -> Kind | None:
        """What the name at this word stands for; None when it is only a middle name, or none of the person's."""
        first = self._first(place)
        last = self._last(place)
        self.span = set(range(first, last + 1))
        if self._is_thing(first, last):
            return Kind.THING
        if self._is_next_generation(last):
            return Kind.OTHER
        own = self._own(first, place, last)
        if own is None and self._keys[place] not in self._names.families:
            return None
        return own or Kind.FAMILY

    def _is_next_generation(self, last: int) -> bool:
        if not self._all_given and not self._generation:
            return False  # which Catherine the Great one was, her name doesn't say
        behind = self._folded(last + 1) if self._joined(last) or self._gap(last) == ", " else ""
        return behind in GENERATIONS - {"senior", "junior"} and behind not in self._generation

    def _own(self, first: int, place: int, last: int) -> Kind | None:
        """FULL, TITLED or OTHER by the words in front of the family name, or behind it ("Curie, Marie")."""
        told = self._by_given(range(first, place)) or self._inverted(place) or self._by_title(first)
        if told is not None:
            return told
        parts = {self._keys[each] for each in range(first, last + 1)} & (
            self._names.families | self._names.middle
        )
        alone = not self._names.given and self._keys[place] in self._names.families  # Plato
        if alone and len(parts) == 1 and self._is_surnamed(last):
            return Kind.OTHER
        behind = any(self._is_given(each) for each in range(place + 1, last + 1))  # Curie Marie
        return Kind.FULL if len(parts) > 1 or alone or behind else None

    def _is_surnamed(self, last: int) -> bool:
        """Whether another name than the person's follows: "Joan Baez", "Catherine of Aragon"."""
        behind = last + 1
        while self._joined(behind - 1) and self._folded(behind) in _LINKS - _AND:
            behind += 1
        return (
            self._joined(behind - 1)
            and behind < len(self._words)
            and self._words.raw[behind][0].isupper()
            and self._folded(behind) not in self._all | STOP_WORDS
            and self._folded(behind) not in GENERATIONS
        )

    def _by_given(self, front: range) -> Kind | None:
        rest = self._names.middle | self._names.families | _LINKS
        names = [
            each
            for each in front
            if self._keys[each] not in rest and self._words.folded[each] not in TITLES_BY_GENDER
        ]
        if not names or [self._folded(each) for each in names] == ["m"]:
            return None  # "M. Curie" is Marie in English and her husband in French
        if any(self._is_given(each) for each in names):
            return Kind.FULL
        return (
            Kind.OTHER
            if any(self._folded(each) in genders() or len(self._folded(each)) == 1 for each in names)
            else None
        )

    def _is_given(self, place: int) -> bool:
        word = self._keys[place]
        if len(self._folded(place)) == 1:
            return self._folded(place) in self._initials
        return word in self._names.given or any(
            len(word) >= 4 and name.startswith(word) for name in self._names.given
        )

    def _inverted(self, place: int) -> Kind | None:
        if self._gap(place) not in {", ", ","} or not self._words.is_name_like(place + 1):
            return None
        if self._is_given(place + 1):
            return Kind.FULL
        behind = self._folded(place + 1)
        return Kind.OTHER if behind in genders() and behind not in STOP_WORDS else None

    def _by_title(self, first: int) -> Kind | None:
        title = self._words.folded[first]
        if title not in TITLES_BY_GENDER:
            return None
        gender = TITLES_BY_GENDER[title]
        if not gender or not self._gender:
            return None if not gender else Kind.TITLED
        return Kind.TITLED if gender == self._gender else Kind.OTHER

    def _first(self, place: int) -> int:
        """The first word of the name whose family name stands at `place`: back over given names, initials, titles."""
        first = place
        while first > max(0, place - _REACH) and self._joined(first - 1) and self._belongs(first - 1):
            first -= 1
            if self._words.folded[first] in TITLES_BY_GENDER:
                break
        while first < place and self._words.folded[first] in _LINKS:
            first += 1
        return first

    def _belongs(self, place: int) -> bool:
        word = self._words.folded[place]
        if word in _AND:  # "Marie and Pierre Curie"
            return place > 0 and (self._folded(place - 1) in genders() or self._is_given(place - 1))
        if word in _LINKS:
            return True
        if not self._words.is_name_like(place) or word in STOP_WORDS:
            return False
        known = word in TITLES_BY_GENDER or word in genders() or len(word) == 1
        # "Anna Murray Douglass": a maiden name that no list has, between a given name and the family name.
        known = known or (self._joined(place - 1) and self._folded(place - 1) in genders())
        return known or self._keys[place] in self._all or self._is_given(place)

    def _last(self, place: int) -> int:
        """The last word of the name: forward over further family names and given names without a comma."""
        last = place
        while (
            last + 1 < min(len(self._words), place + 1 + _REACH)
            and self._joined(last)
            and self._keys[last + 1] in self._all
            and self._words.is_name_like(last + 1)
        ):
            last += 1
        return last

    def _is_thing(self, first: int, last: int) -> bool:
        behind = [self._folded(last + step) for step in (1, 2, 3) if self._run(last, step)]
        if any(word in NAMED_AFTER_BEHIND for word in behind):
            return True
        place = first - 1
        while place >= 0 and self._joined(place) and self._words.folded[place] in _LINKS:
            place -= 1
        return place >= 0 and self._joined(place) and self._words.folded[place] in NAMED_AFTER_IN_FRONT

    def _run(self, last: int, steps: int) -> bool:
        """Whether the next `steps` words belong together, all with capitals: "Douglass Senior High School"."""
        return all(
            last + step < len(self._words)
            and self._joined(last + step - 1)
            and self._words.is_name_like(last + step)
            for step in range(1, steps + 1)
        )

    def _joined(self, place: int) -> bool:
        gap = self._gap(place)
        return gap in _JOINTS and (not gap.startswith(".") or self._is_abbreviated(place))

    def _is_abbreviated(self, place: int) -> bool:
        word = self._words.folded[place]
        return len(word) == 1 or word in TITLES_BY_GENDER or self._is_given(place)

    def _gap(self, place: int) -> str:
        return self._words.gap(place) if 0 <= place < len(self._words) - 1 else "|"

    def _folded(self, place: int) -> str:
        return self._words.folded[place] if 0 <= place < len(self._words) else ""
