"""Tells what kind of thing a name names, by all that its occurrences in a text say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import regex

from sources.gazetteer import genders, is_large_place, is_place
from sources.name_links import is_office, without_title
from sources.name_runs import plain_spelling, runs_in
from sources.name_words import (
    ARTICLES,
    COMPASS,
    LOCATIVES,
    PLACE_WORDS,
    THING_WORDS,
    TITLES,
    WEAK_LOCATIVES,
    calendar_words,
)
from sources.numerals import fold

_ACTS = regex.compile(
    r",?\s+(?:said|says|replied|asked|answered|wrote|writes|told|himself|herself|died|married|spoke|smiled|"
    r"dijo|respondió|escribió|murió|casó|contestó|dit|répondit|écrivit|mourut|sagte|schrieb|starb|disse|escreveu|scrisse)\b"
)
_CARRIER = regex.compile(
    r"\b(?:steamer|steamship|steamboat|ship|brig|schooner|sloop|frigate|vessel|yacht|newspaper|journal|magazine|"
    r"vapor|buque|fragata|navío|bergantín|periódico|navire|paquebot|vaisseau|schiff|dampfer|navio|piroscafo)\s+[\"“«]?$",
    regex.I,
)

_SETTLED = regex.compile(
    r"\b(?:island|isle|town|village|city|port|county|parish|farm|isla|villa|ciudad|pueblo|provincia|ville|village|île|province|"
    r"stadt|dorf|insel|cidade|vila|ilha|città|isola)\s+(?:of|de|von|di)\s+$",
    regex.I,
)


@dataclass(slots=True)
class Evidence:
    """What all occurrences of one spelling say about it."""

    count: int = 0
    located: int = 0  # follows a preposition of place
    weakly: int = 0  # follows a preposition that may be of place
    carried: int = 0  # follows "the steamer", "the newspaper"
    acting: int = 0  # does or says what only people do
    inside: int = 0  # doesn't open a sentence

    def add(self, other: Evidence) -> None:
        """Take in what another text says."""
        self.count += other.count
        self.located += other.located
        self.weakly += other.weakly
        self.carried += other.carried
        self.acting += other.acting
        self.inside += other.inside


def gather(text: str, language: str, lower: frozenset[str]) -> dict[str, Evidence]:
    """The evidence of one text for each spelling, in the order of first occurrence."""
    evidence: dict[str, Evidence] = defaultdict(Evidence)
    locative = _before(LOCATIVES.get(language, LOCATIVES["en"]))
    weak = _before(WEAK_LOCATIVES.get(language, WEAK_LOCATIVES["en"]))
    for start, end, opens in runs_in(text, language, lower):
        seen = evidence[plain_spelling(text[start:end])]
        seen.count += 1
        seen.inside += not opens
        seen.located += bool(locative.search(text[max(0, start - 16) : start]))
        seen.located += 2 * bool(_SETTLED.search(text[max(0, start - 20) : start]))
        seen.weakly += bool(weak.search(text[max(0, start - 16) : start]))
        seen.carried += bool(_CARRIER.search(text[max(0, start - 20) : start]))
        seen.acting += bool(_ACTS.match(text, end))
    return dict(evidence)


def _before(prepositions: str) -> regex.Pattern[str]:
    return regex.compile(rf"\b(?:{prepositions})\s+(?:the\s+|la\s+|le\s+|el\s+)?$", regex.I)


def summed(gathered: list[dict[str, Evidence]]) -> dict[str, Evidence]:
    """The evidence of several texts together."""
    total: dict[str, Evidence] = {}
    for evidence in gathered:
        for spelling, seen in evidence.items():
            total.setdefault(spelling, Evidence()).add(seen)
    return total


def kinds_of(evidence: dict[str, Evidence], language: str, lower: frozenset[str]) -> dict[str, str]:
    """person, place or thing for each spelling that is a name."""
    kinds = {
        spelling: _kind(spelling, seen)
        for spelling, seen in evidence.items()
        if not _is_no_name(spelling, seen, language, lower)
    }
    _settle_kin(kinds)
    _settle_single_words(kinds, evidence)
    return kinds


def _is_no_name(spelling: str, seen: Evidence, language: str, lower: frozenset[str]) -> bool:
    words = spelling.split()
    first = fold(words[0]).strip(".'’")
    if len(words) > 1:
        # "General Agent", or an initial that ended the sentence before: "Newport, R. I. Forty-three years ago".
        common = all(part in lower for part in words[-1].casefold().split("-"))
        return common and (is_initial(words[0]) or is_office(spelling))
    if first in TITLES or first in PLACE_WORDS | COMPASS or words[0].casefold() in calendar_words(language):
        return True
    return len(spelling) < 3 or (seen.inside == 0 and not is_place(spelling))


@dataclass(frozen=True, slots=True)
class _Case:
    """A spelling before the rules: its words as they stand and folded, and the evidence."""

    words: list[str]
    folded: list[str]
    seen: Evidence


def _kind(spelling: str, seen: Evidence) -> str:
    words = spelling.split()
    case = _Case(words, [fold(word).strip(".'’") for word in words], seen)
    return next((kind for test, kind in _RULES if test(case)), "thing")


def _says_thing(case: _Case) -> bool:
    if any(word in THING_WORDS for word in case.folded) or all(word in TITLES for word in case.folded):
        return True
    return case.seen.carried * 3 >= case.seen.count and not is_place(" ".join(case.words))


def _says_place(case: _Case) -> bool:
    return case.folded[-1] in PLACE_WORDS or case.folded[0] in PLACE_WORDS


def _says_person(case: _Case) -> bool:
    if case.folded[0] in TITLES:
        return len(case.words) > 1
    if len(case.words) == 1 or any(word.endswith(("'s", "’s")) for word in case.words[:-1]):
        return False
    if is_initial(case.words[0]) and len(case.words[-1]) > 2:
        return True
    return case.folded[0] in genders() and not is_place(" ".join(case.words)) and len(case.words) <= 5


def _is_known_place(case: _Case) -> bool:
    if not is_place(" ".join(case.words)):
        return False
    weakly = 0 if case.folded[0] in genders() else case.seen.weakly  # "of Mary" speaks of a woman
    enough = 1 if is_large_place(" ".join(case.words)) else 2
    return case.seen.located > 0 or weakly >= enough or len(case.words) > 1


def _acts(case: _Case) -> bool:
    enough = case.seen.acting > 1 or (case.seen.acting == 1 and len(case.words) == 2)
    return (
        enough
        and case.seen.acting * 4 >= case.seen.count
        and len(case.words) <= 3
        and case.folded[0] not in ARTICLES
    )


def _is_located(case: _Case) -> bool:
    return case.seen.located >= 2 and case.seen.located * 2 >= case.seen.count


# The first rule that applies names the kind; what no rule knows is a thing.
_RULES: tuple[tuple[Callable[[_Case], bool], str], ...] = (
    (_says_thing, "thing"),
    (_says_place, "place"),
    (_says_person, "person"),
    (_is_known_place, "place"),
    (_acts, "person"),
    (_is_located, "place"),
)


def is_initial(word: str) -> bool:
    """Whether a word is an initial: "F."."""
    return len(word) == 2 and word.endswith(".")


def _settle_kin(kinds: dict[str, str]) -> None:
    """ "Ned Roberts", whose given name no list has, is a person where another Roberts is."""
    surnames = {name.split()[-1] for name, kind in kinds.items() if kind == "person" and " " in name}
    for name in [name for name, kind in kinds.items() if kind == "thing" and name.count(" ") in (1, 2)]:
        words = {fold(word) for word in name.split()}
        owned = "'s" in name or "’s" in name
        if name.split()[-1] in surnames and not owned and not words & (THING_WORDS | PLACE_WORDS | ARTICLES):
            kinds[name] = "person"


def _settle_single_words(kinds: dict[str, str], evidence: dict[str, Evidence]) -> None:
    """A lone surname or given name is a person when a longer name shows it, unless places outvote it."""
    parts: Counter[str] = Counter()
    for name in [name for name, kind in kinds.items() if kind == "person"]:
        for word in without_title(name).split():
            parts[word] += evidence[name].count
    for name in [name for name in kinds if " " not in name]:
        seen, known = evidence[name], is_place(name)
        outvoted = seen.located * 2 > seen.count or (known and seen.located > parts[name])
        given = fold(name) in genders() and not known and seen.inside >= 3 * seen.located + 2
        if given or (parts[name] and not outvoted):
            kinds[name] = "person"
