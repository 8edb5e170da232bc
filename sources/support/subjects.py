"""Someone else did it, or had it done to them: "Kerr led them" where the passage has "Harlan led them"."""

from __future__ import annotations

from collections.abc import Iterator

from sources.gazetteer import genders, is_place
from sources.name_words import THING_WORDS, TITLES
from sources.support.doers import APPOSED, CAUSED, PRONOUNS_OF_DOERS, is_post, subject_of
from sources.support.names import is_name
from sources.support.pair import Clash, Pair
from sources.support.reading import Reading
from sources.support.roles import shared_verbs
from sources.support.tongues import PRONOUNS

_SEXES = {"he": "m", "she": "f"}
_AT = frozenset("at in en a de in zu em nach".split())


def others_deed(pair: Pair) -> Iterator[Clash]:
    """A clash where one name stands right before a verb, and another there, or a pronoun that can't mean it."""
    for verb, there in shared_verbs(pair, (0, len(pair.passage.tokens))):
        here, known = subject_of(pair.claim, verb), subject_of(pair.passage, there)
        if not here or not known or _same(pair, here, known):
            continue
        pronoun = pair.passage.tokens[known[-1]].folded
        other = _is_thing(pair.claim, here) or _is_of_other_sex(pair.claim, here, pronoun, pair.passage)
        if pronoun in PRONOUNS_OF_DOERS and not other:
            continue
        yield Clash("role", pair.claim.said(here[0], verb), pair.passage.said(known[0], there))
        return


def _same(pair: Pair, here: list[int], known: list[int]) -> bool:
    """Whether they share a word, or a pronoun may mean the person of the book."""
    said = {pair.claim.tokens[at].folded for at in here}
    start = max(first for first, _ in pair.passage.spans if first <= known[0])
    if not said.isdisjoint(pair.passage.folded[start : known[-1] + 1]) and len(known) > 1:
        return True
    found = {pair.passage.tokens[at].folded for at in known}
    if said & found or _may_hold(pair, here, known):
        return True
    pronouns = (said | found) & PRONOUNS_OF_DOERS
    return bool(pronouns) and any(map(pair.is_subject, said | found))


def _may_hold(pair: Pair, here: list[int], known: list[int]) -> bool:
    """Whether one side has a post alone, "the colonel", and it may be that of whom the other side names."""
    posts = [
        (reading.folded[places[-1]], {other.folded[at] for at in names})
        for reading, places, other, names in (
            (pair.claim, here, pair.passage, known),
            (pair.passage, known, pair.claim, here),
        )
        if is_post(reading, places[-1])
    ]
    return any(any(map(pair.is_subject, names)) or _holds(pair.passage, names, post) for post, names in posts)


def _holds(reading: Reading, names: set[str], post: str) -> bool:
    """Whether a post stands near one of these names anywhere: "Colonel Reed", "Reed, his colonel"."""
    posts = [at for at, word in enumerate(reading.folded) if word == post]
    named = [at for at, word in enumerate(reading.folded) if word in names]
    return any(abs(one - other) <= APPOSED for one in posts for other in named)


def _is_of_other_sex(reading: Reading, places: list[int], pronoun: str, passage: Reading) -> bool:
    """Whether a name can't be the "he" or "she" of the passage, by its given name or title on either side."""
    words = {reading.folded[at] for at in places}
    before = {
        passage.folded[at - 1]
        for at, word in enumerate(passage.folded)
        if at and word in words and not passage.tokens[at].apart
    }
    sexes = {genders().get(word) or TITLES.get(word) for word in words | before} - {None, ""}
    return pronoun in _SEXES and sexes in ({"m"}, {"f"}) and sexes != {_SEXES[pronoun]}


def _is_thing(reading: Reading, places: list[int]) -> bool:
    """Whether it's an office or a house, which nobody calls "she": "the War Office"."""
    words = {reading.tokens[at].folded for at in places}
    article = places[0] > 0 and reading.tokens[places[0] - 1].folded == "the"
    return reading.tokens[places[-1]].capital and (
        bool(words & THING_WORDS) or (article and not words & genders().keys())
    )


def others_object(pair: Pair) -> Iterator[Clash]:
    """A clash where someone else stands right behind the same verb: "chose Rao", "chose her colleague, Menon"."""
    for verb, there in shared_verbs(pair, (0, len(pair.passage.tokens))):
        here = _first_name(pair.claim, verb + 1, 1)
        known = _first_name(pair.passage, there + 1, CAUSED)
        if not here or not known or not _is_person(pair.claim, here) or not _is_person(pair.passage, known):
            continue
        past = next(past for first, past in pair.passage.spans if first <= there < past)
        said = {pair.claim.folded[at] for at in here}
        if said.isdisjoint(pair.passage.folded[there:past]) and not _is_meant(pair, there, said):
            yield Clash("role", pair.claim.said(verb, here[-1]), pair.passage.said(there, known[-1]))
            return


def _is_meant(pair: Pair, there: int, said: set[str]) -> bool:
    """Whether a pronoun right behind the verb may mean the person of the book."""
    after = pair.passage.folded[there + 1 : there + 2]
    possessive = len(pair.passage.stems) > there + 2 and pair.passage.stems[there + 2]
    return any(map(pair.is_subject, said)) and after[:1] != () and after[0] in PRONOUNS and not possessive


def _first_name(reading: Reading, start: int, reach: int) -> list[int]:
    """The first name that begins within a few tokens."""
    for at in range(start, min(start + reach, len(reading.tokens))):
        if reading.tokens[at].opens:
            return []
        if is_name(reading, at) or (reading.tokens[at].capital and len(reading.tokens[at].text) == 1):
            past = at
            while (
                past < len(reading.tokens)
                and reading.tokens[past].capital
                and not (past > at and reading.tokens[past].apart and len(reading.tokens[past - 1].text) > 1)
            ):
                past += 1
            return list(range(at, past))
    return []


def _is_person(reading: Reading, places: list[int]) -> bool:
    words = {reading.folded[at] for at in places}
    if any(is_place(word) and word not in genders() for word in words) or words & THING_WORDS:
        return False
    return places[0] == 0 or reading.folded[places[0] - 1] not in _AT
