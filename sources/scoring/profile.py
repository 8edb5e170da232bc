"""What is known of the person before any source is read: names, years of life, and words that go with them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from sources.gazetteer import genders
from sources.scoring.vocabulary import STOP_WORDS
from sources.scoring.words import sound_of, words_of

_PARTICLES: Final = frozenset(
    "de da di do dos das del della la le van von der den ter ten y e al el bin ibn abu of the und et and".split()
)
_TITLES: Final = frozenset(
    "mr mrs miss ms mme mlle dr prof professor sir dame lord lady rev hon president queen king saint"
    " madame pope".split()
)
GENERATIONS: Final = frozenset("jr sr junior senior ii iii iv".split())
# "Catherine the Great", "Juana la Loca", "Joan of Arc": no family name, but what tells one Catherine from another.
_BYNAME: Final = re.compile(
    r"(?P<given>[^\W\d_]+),? (?:the|of|el|la|le|il|der|die) (?P<byname>[^\W\d_a-zà-ÿ][^\W\d_]*)"
)
_HYPHEN: Final = re.compile(r"[-‐‑–]")
_OTHER_NAMES = re.compile(
    r"(?:\bn[ée]e?|(?<!-)\bborn(?: as)?|\bgeb(?:\.|orene?r?)|\bnata|\bnacid[ao] como|\bnascid[ao]"
    r"|\b(?:better |also )?known as|\balias|\bpseudonym(?: of)?|\bpen name|\ba\.k\.a\.)\s+"
    r"((?:[^\W\d_a-zà-ÿ][\w’'-]*[ ,]?\s*){1,4})"
)
_LIFE = re.compile(r"\b(1\d{3}|20\d\d|[5-9]\d\d)\s*[–—-]\s*(1\d{3}|20\d\d|[5-9]\d\d)\b")
_DIES = r"\bdied?\b|\bd\.|\bmort|\bmur[ií]|\bmuert|\bmorr|\bmorto|\bgest|\bfallec|†"
_BIRTH = re.compile(
    rf"(?:\bborn\b|\bb\.|\bn[ée]e?\b|\bnaci|\bnasc|\bnat[oa]\b|\bgeb|\*)(?:(?!{_DIES})[^;]){{0,60}}?\b(\d{{4}})\b",
    re.IGNORECASE,
)
_DEATH = re.compile(rf"(?:{_DIES})[^;]{{0,60}}?\b(\d{{4}})\b", re.IGNORECASE)
_LIFE_WORDS: Final = frozenset(
    "born died years life between covered sources written after before during".split()
)
_STEM: Final = 5  # letters: abolitionist, abolicionista and abolitionniste are one


@dataclass(frozen=True, slots=True)
class Names:
    """How the person may be called, in folded words. `middle` names are theirs only beside another name of theirs.

    Who has a byname for a family name, or none at all, has the one name that they are called by for `families`.
    """

    given: frozenset[str]
    middle: frozenset[str]
    families: frozenset[str]

    @property
    def gender(self) -> str:
        """ "f", "m", or "" where the given name doesn't tell."""
        told = {genders().get(name, "") for name in self.given} - {""}
        return told.pop() if len(told) == 1 else ""

    def by_sound(self) -> Names:
        """The same names as they sound, to find them in other transliterations."""
        return Names(*(frozenset(map(sound_of, names)) for names in (self.given, self.middle, self.families)))


@dataclass(frozen=True, slots=True)
class Profile:
    """The person as the sources are measured by. `terms` are stems with their weights; years are None when unknown."""

    name: str
    names: Names
    spellings: tuple[str, ...] = ()  # whole names, for scripts without spaces
    birth: int | None = None
    death: int | None = None
    terms: tuple[tuple[str, float, str], ...] = ()
    generation: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        name: str,
        description: str = "",
        *,
        aliases: Iterable[str] = (),
        context: Iterable[str] = (),
        birth: int | None = None,
        death: int | None = None,
    ) -> Profile:
        """Build it from a job's name and description, further names, and what else the job says (`context`)."""
        called = [name, *re.findall(r"[(“\"]([^()“”\"]*[^\W\d_][^()“”\"]*)[)”\"]", name), *aliases]
        called += [one.strip(" ,") for one in _OTHER_NAMES.findall(description)]
        told_birth, told_death = _years(f"{name} {description}")
        names = _merged([_names(one) for one in called if one.strip()])
        return cls(
            name=name,
            names=names,
            spellings=tuple(_bare(one) for one in called if not _bare(one).isascii() and len(_bare(one)) > 1),
            birth=birth or told_birth,
            death=death or told_death,
            terms=_terms(description, context, names),
            generation=GENERATIONS & set(words_of(name).folded),
        )

    @property
    def years(self) -> tuple[int, ...]:
        """The known ends of the person's life."""
        return tuple(year for year in (self.birth, self.death) if year)

    @property
    def nameless(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.names.families and not self.spellings


def _names(name: str) -> Names:
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", name)
    if bare.count(",") == 1 and not set(words_of(bare.split(",")[1]).folded) & GENERATIONS:
        family, given = bare.split(",")
        bare = f"{given} {family}"
    byname = _BYNAME.fullmatch(" ".join(bare.split()))
    if byname:
        called, told = (frozenset(words_of(byname[part]).folded) for part in ("given", "byname"))
        return Names(given=frozenset(), middle=told, families=called)
    words = [word for word in words_of(bare).folded if not word.isdigit()]
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    words = [word for word in words if word not in _PARTICLES and word not in GENERATIONS]
    if not words:
        return Names(frozenset(), frozenset(), frozenset())
    first = frozenset(words[:1] if len(words) > 1 else ())
    families = frozenset(words[-1:]) | (_doubled(bare) - first)
    return Names(first, frozenset(words[1:-1]) - families, families)


def _doubled(bare: str) -> frozenset[str]:
    """The parts of a double name: Droste-Hülshoff is called Droste as well."""
    *front, last = bare.split() or [""]
    parts = words_of(last).folded if front and _HYPHEN.search(last) else ()
    return frozenset(
        part for part in parts if len(part) > 2 and part not in _TITLES | _PARTICLES | GENERATIONS
    )


def _merged(several: list[Names]) -> Names:
    first, *others = several or [_names("")]
    families = frozenset(word for one in others for word in one.families if len(word) > 2)
    return replace(
        first,
        given=first.given.union(*(one.given for one in others)),
        middle=first.middle.union(*(one.middle for one in others)),
        families=first.families | families - first.given,
    )


def _bare(name: str) -> str:
    return re.sub(r"[\s·・=-]+", "", re.sub(r"\([^)]*\)", "", name))


def _years(text: str) -> tuple[int | None, int | None]:
    life = _LIFE.search(text)
    if life:
        return int(life[1]), int(life[2])
    birth, death = _BIRTH.search(text), _DEATH.search(text)
    return (int(birth[1]) if birth else None), (int(death[1]) if death else None)


def _terms(description: str, context: Iterable[str], names: Names) -> tuple[tuple[str, float, str], ...]:
    """Stems with weights: a proper name of the description tells most, a word that the job only mentions least."""
    own = names.given | names.middle | names.families
    weights: dict[str, tuple[float, str]] = {}
    for text, plain, proper in ((description, 1.0, 2.0), (" ".join(context), 0.5, 1.0)):
        words = words_of(text)
        for place, word in enumerate(words.folded):
            if len(word) < 4 or word in own or word in STOP_WORDS or word in _LIFE_WORDS or word.isdigit():
                continue
            named = place > 0 and words.raw[place][0].isupper()
            weights.setdefault(stem(word), (proper if named else plain, words.raw[place]))
    return tuple((each, weight, word) for each, (weight, word) in sorted(weights.items()))


def stem(folded: str) -> str:
    """The beginning of a word, with the spellings that languages share: "physicist", "físico" and "Physiker"."""
    return folded.replace("ph", "f").replace("y", "i").replace("k", "c")[:_STEM]
