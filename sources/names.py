"""People, places and other names in prose, by small rules and two lists: no model.

A name's kind can't be told from one sentence, so a `NameBook` is learned from a whole text first:
titles ("Mr."), given names, prepositions of place and the gazetteer vote over all its occurrences.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from sources.gazetteer import genders, is_place
from sources.name_words import (
    ARTICLES,
    COMPASS,
    LOCATIVES,
    NEVER_NAMES,
    PARTICLES,
    PLACE_WORDS,
    THING_WORDS,
    TITLES,
    calendar_words,
    is_common_word,
)
from sources.numerals import fold

_DOTTED = "|".join(sorted({title.capitalize() for title in TITLES if len(title) <= 6} | {"St", "Ste", "Jr"}))
_CAPITAL = (
    rf"(?:\p{{Lu}}\.|(?:{_DOTTED})\.|"
    r"\p{Lu}(?:['’]\p{Lu})?\p{Ll}[\p{L}\p{M}]*(?:['’]\p{Lu}\p{Ll}+|-\p{L}\p{Ll}+)*(?:['’]s(?=\s+\p{Lu}\p{Ll}))?)"
)
_JOINT = rf"(?:(?:[ \t]+(?:{PARTICLES})){{0,2}}[ \t]+|(?<=\.))"
# "St. Michael's" is a whole name where nothing is owned.
_RUN = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}])(?:Sts?\.?[ \t]+\p{{Lu}}\p{{Ll}}+['’]s(?![ \t]+\p{{Ll}}{{4}})|{_CAPITAL}(?:{_JOINT}{_CAPITAL})*)"
)
_WORD = regex.compile(r"\p{L}+")
_ACTS = regex.compile(
    r",?\s+(?:said|says|replied|asked|answered|wrote|writes|told|himself|herself|died|married|spoke|smiled|"
    r"dijo|respondió|escribió|murió|casó|contestó|dit|répondit|écrivit|mourut|sagte|schrieb|starb|disse|escreveu|scrisse)\b"
)
_CARRIER = regex.compile(
    r"\b(?:steamer|steamship|steamboat|ship|brig|schooner|sloop|frigate|vessel|yacht|newspaper|journal|magazine|"
    r"vapor|buque|fragata|navío|bergantín|periódico|navire|paquebot|vaisseau|schiff|dampfer|navio|piroscafo)\s+[\"“«]?$",
    regex.I,
)
_SENTENCE_START = regex.compile(r"(?:^|[.!?:;]|[\"“”«»—–(\[‘'\n])\s*$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name at `text[start:end]`. `kind` is person, place or thing; `full` the fullest form known."""

    start: int
    end: int
    kind: str
    full: str


@dataclass(slots=True)
class _Evidence:
    """What all occurrences of one spelling say about it."""

    count: int = 0
    located: int = 0
    carried: int = 0  # follows "the steamer", "the newspaper"
    acting: int = 0  # does, says or owns what only people do
    inside: int = 0  # occurrences that don't open a sentence


@dataclass(frozen=True, slots=True)
class NameBook:
    """The names of one text: the kind and the fullest form of each spelling."""

    language: str
    kinds: dict[str, str] = field(default_factory=dict)
    fulls: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    lower: frozenset[str] = frozenset()

    def names_in(self, text: str) -> list[Name]:
        """The names of a sentence or paragraph in reading order."""
        found = []
        for start, end, _ in _runs(text, self.language, self.lower):
            spelling = _plain(text[start:end])
            kind = self.kinds.get(spelling)
            if kind:
                found.append(Name(start, end, kind, self.fulls.get(spelling, spelling)))
        return found


def learn(text: str, language: str = "en", *, parts: Sequence[str] = ()) -> NameBook:
    """Read a whole text once and decide what each of its names is; linear in its length.

    `parts` are further texts that share the names. An office with a surname ("President Johnson") is
    tied to a full name only where both stand in the same text: elsewhere he may be another Johnson.
    """
    tongue = language.split("-")[0].lower()
    texts = [text, *parts]
    lower = frozenset(word for one in texts for word in set(_WORD.findall(one)) if word.islower())
    gathered = [_gather(one, tongue, lower) for one in texts]
    evidence = _summed(gathered)
    kinds = {spelling: _kind(spelling, seen, tongue, lower) for spelling, seen in evidence.items()}
    kinds = {spelling: kind for spelling, kind in kinds.items() if kind}
    _settle_single_words(kinds, evidence)
    counts = {spelling: evidence[spelling].count for spelling in kinds}
    together = [frozenset(one) for one in gathered]
    return NameBook(tongue, kinds, _full_names(kinds, counts, together), counts, lower)


def _summed(gathered: list[dict[str, _Evidence]]) -> dict[str, _Evidence]:
    total: dict[str, _Evidence] = {}
    for evidence in gathered:
        for spelling, seen in evidence.items():
            into = total.setdefault(spelling, _Evidence())
            into.count += seen.count
            into.located += seen.located
            into.acting += seen.acting
            into.carried += seen.carried
            into.inside += seen.inside
    return total


def gender_of(name: str) -> str:
    """"m", "f" or "" by the title or given name."""
    words = [fold(word).strip(".") for word in name.split()]
    if not words:
        return ""
    if words[0] in TITLES:
        title = TITLES[words[0]]
        return title or (genders().get(words[1], "") if len(words) > 2 else "")
    return genders().get(words[0], "")


def without_title(name: str) -> str:
    """"Mrs. Ann Hopkins" -> "Ann Hopkins"; a title alone stays."""
    words = name.split()
    while len(words) > 1 and fold(words[0]).strip(".") in TITLES:
        words = words[1:]
    return " ".join(words)


def has_title(name: str) -> bool:
    """Whether the name opens with "Mr.", "Doña", "Captain" ..."""
    words = name.split()
    return len(words) > 1 and fold(words[0]).strip(".") in TITLES


def _runs(text: str, language: str, lower: frozenset[str]) -> list[tuple[int, int, bool]]:
    """Spans of capitalised runs without common words at the ends; True where one opens a sentence."""
    runs = []
    for match in _RUN.finditer(text):
        start, end = match.span()
        opens = bool(_SENTENCE_START.search(text[max(0, start - 4) : start]))
        trimmed = _trim(text, start, end, language, lower, opens)
        if trimmed:
            runs.append((*trimmed, opens and trimmed[0] == start))
    return runs


def _trim(
    text: str, start: int, end: int, language: str, lower: frozenset[str], opens: bool
) -> tuple[int, int] | None:
    words = list(regex.finditer(r"\S+", text[start:end]))
    first, last = 0, len(words)
    while first < last and _is_ordinary(words[first].group(), language, lower, opens and first == 0):
        first += 1
    while last > first and _is_tail(words[last - 1].group(), language):
        last -= 1
    while first < last and words[first].group().islower():
        first += 1
    if first == last:
        return None
    stop = start + words[last - 1].end()
    if text[stop - 1] == "." and len(words[last - 1].group()) > 2 and not _is_title(words[last - 1].group()):
        stop -= 1
    return start + words[first].start(), stop


def _is_tail(word: str, language: str) -> bool:
    """A word that no name ends with: "Irene It" is a slip of the text."""
    folded = fold(word).strip(".")
    if word.islower() or folded in NEVER_NAMES:
        return True
    return len(folded) <= 4 and folded not in THING_WORDS | PLACE_WORDS and _is_common(word, language)


def _is_title(word: str) -> bool:
    return fold(word).strip(".") in TITLES


def _is_ordinary(word: str, language: str, lower: frozenset[str], opens: bool) -> bool:
    """Whether a capitalised word is just a word: a stop word, a month, or lower-case elsewhere in the text."""
    bare = regex.sub(r"['’]s$|\.$", "", word)
    folded = fold(bare)
    if len(bare) == 1 and word.endswith("."):
        return False  # an initial
    if folded in NEVER_NAMES:
        return True
    if _is_common(bare, language) and (opens or len(folded) <= 4 or folded.endswith(("day", "ber", "ary"))):
        return True
    return opens and bare.casefold() in lower and folded not in TITLES


def _is_common(word: str, language: str) -> bool:
    return is_common_word(word.casefold(), language) and fold(word) not in genders()


def _plain(spelling: str) -> str:
    tidy = regex.sub(r"\s+", " ", spelling.strip())
    return tidy if tidy.startswith("St") and " " in tidy else regex.sub(r"['’]s?$", "", tidy)


def _gather(text: str, language: str, lower: frozenset[str]) -> dict[str, _Evidence]:
    evidence: dict[str, _Evidence] = defaultdict(_Evidence)
    locative = regex.compile(rf"\b(?:{LOCATIVES.get(language, LOCATIVES['en'])})\s+(?:the\s+|la\s+|le\s+|el\s+)?$", regex.I)
    for start, end, opens in _runs(text, language, lower):
        seen = evidence[_plain(text[start:end])]
        seen.count += 1
        seen.inside += not opens
        seen.located += bool(locative.search(text[max(0, start - 16) : start]))
        seen.carried += bool(_CARRIER.search(text[max(0, start - 20) : start]))
        seen.acting += bool(_ACTS.match(text, end))
    return dict(evidence)


def _kind(spelling: str, seen: _Evidence, language: str, lower: frozenset[str]) -> str:
    words = spelling.split()
    folded = [fold(word).strip(".'’") for word in words]
    if len(words) == 1 and (folded[0] in TITLES or words[0].casefold() in calendar_words(language)):
        return ""
    if words[-1].casefold() in lower and (_is_initial(words[0]) or _is_office(spelling)):
        return ""  # "General Agent", or an initial that ended the sentence before
    if len(words) == 1 and (len(spelling) < 3 or (seen.inside == 0 and not is_place(spelling))):
        return ""
    if any(word in THING_WORDS for word in folded) or all(word in TITLES for word in folded):
        return "thing"
    if len(words) == 1 and folded[0] in PLACE_WORDS | COMPASS:
        return ""
    if seen.carried * 3 >= seen.count and not is_place(spelling):
        return "thing"
    if folded[-1] in PLACE_WORDS or folded[0] in PLACE_WORDS:
        return "place"
    if _is_person(words, folded):
        return "person"
    if is_place(spelling) and (seen.located or len(words) > 1):
        return "place"
    if seen.acting * 4 >= seen.count and len(words) <= 3 and (seen.acting > 1 or len(words) == 2) and folded[0] not in ARTICLES:
        return "person"
    if seen.located >= 2 and seen.located * 2 >= seen.count:
        return "place"
    return "thing"


def _is_initial(word: str) -> bool:
    """Whether a word is an initial: "F."."""
    return len(word) == 2 and word.endswith(".")


def _is_person(words: list[str], folded: list[str]) -> bool:
    if folded[0] in TITLES:
        return len(words) > 1
    if len(words) == 1 or any(word.endswith(("'s", "’s")) for word in words[:-1]):
        return False
    if _is_initial(words[0]) and len(words[-1]) > 2:
        return True
    return folded[0] in genders() and not is_place(" ".join(words)) and len(words) <= 5


def _settle_single_words(kinds: dict[str, str], evidence: dict[str, _Evidence]) -> None:
    """A lone surname or given name is a person when a longer name shows it, unless places outvote it."""
    parts: Counter[str] = Counter()
    for spelling, kind in kinds.items():
        if kind == "person":
            for word in without_title(spelling).split():
                parts[word] += evidence[spelling].count
    surnames = {spelling.split()[-1] for spelling, kind in kinds.items() if kind == "person" and " " in spelling}
    for spelling in [spelling for spelling, kind in kinds.items() if kind == "thing" and spelling.count(" ") in (1, 2)]:
        words = [fold(word) for word in spelling.split()]
        if spelling.split()[-1] in surnames and not set(words) & (THING_WORDS | PLACE_WORDS | ARTICLES) and "'s" not in spelling and "’s" not in spelling:
            kinds[spelling] = "person"  # "Ned Roberts", whose given name no list has
    for spelling in [spelling for spelling in kinds if " " not in spelling]:
        seen = evidence[spelling]
        mostly_located = seen.located * 2 > seen.count
        if parts[spelling] and not (mostly_located or (is_place(spelling) and seen.located > parts[spelling])):
            kinds[spelling] = "person"
        elif fold(spelling) in genders() and not is_place(spelling) and seen.inside >= 3 * seen.located + 2:
            kinds[spelling] = "person"


def _full_names(
    kinds: dict[str, str], counts: dict[str, int], together: list[frozenset[str]]
) -> dict[str, str]:
    """Each person's spelling tied to the one fuller name that contains it; ambiguous ones stay apart."""
    people = sorted(spelling for spelling, kind in kinds.items() if kind == "person")
    by_last: dict[str, list[str]] = defaultdict(list)
    by_first: dict[str, list[str]] = defaultdict(list)
    for name in people:
        words = without_title(name).split()
        if len(words) > 1:
            by_last[words[-1]].append(name)
            by_first[words[0]].append(name)
    fulls = {name: _fuller(name, by_last, by_first, together, counts) for name in people}
    for name in kinds:
        if name.startswith("St") and f"{name}'s" in kinds:
            fulls[name] = f"{name}'s"
    return fulls


def _fuller(
    name: str,
    by_last: dict[str, list[str]],
    by_first: dict[str, list[str]],
    together: list[frozenset[str]],
    counts: dict[str, int],
) -> str:
    words = without_title(name).split()
    if len(words) > 1:
        rivals = [other for other in by_last[words[-1]] if _extends(other, words)]
    elif fold(words[0]) in genders():
        # "Thomas" or "Master Thomas" may be a given name or a surname.
        rivals = by_first.get(words[0], []) + (by_last.get(words[0], []) if has_title(name) else [])
    else:
        rivals = by_last.get(words[-1], []) or ([] if has_title(name) else by_first.get(words[0], []))
        rivals = [other for other in rivals if not _clash(gender_of(name), gender_of(other))]
    if _is_office(name):
        beside = frozenset[str]().union(*(spellings for spellings in together if name in spellings))
        rivals = [other for other in rivals if other in beside]
    plain = sorted({without_title(other) for other in rivals}, key=lambda other: (-len(other), other))
    if plain and all(_extends(plain[0], other.split()) for other in plain[1:]):
        return plain[0]
    ruling = _ruling(rivals, counts)
    if ruling:
        return ruling
    return without_title(name) if len(words) > 1 else name


def _ruling(rivals: list[str], counts: dict[str, int]) -> str:
    """The one full name that is used at least twice as often as all its rivals together."""
    tally: Counter[str] = Counter()
    for other in rivals:
        tally[without_title(other)] += counts.get(other, 0)
    for name, count in sorted(tally.items()):
        if count >= 2 * (tally.total() - count) and count >= 2:
            return name
    return ""


def _is_office(name: str) -> bool:
    """ "President Johnson", "General Grant": a title that many may bear one after another."""
    title = fold(name.split()[0]).strip(".")
    return has_title(name) and TITLES[title] == "" and title not in ("dr", "doctor", "prof", "professor", "messrs", "mm")


def _clash(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _extends(longer: str, words: list[str]) -> bool:
    """Whether a name has all these words in this order ("William Lloyd Garrison" and "William Garrison")."""
    rest = iter(without_title(longer).split())
    return all(any(_same(word, other) for other in rest) for word in words)


def _same(word: str, other: str) -> bool:
    return word == other or (len(word) == 2 and word.endswith(".") and other.startswith(word[0]))
