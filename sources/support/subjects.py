"""The same verb, and someone else before it: "Kerr led them" where the passage has "Harlan led them"."""

from __future__ import annotations

from collections.abc import Iterator

from sources.gazetteer import genders, is_place
from sources.name_words import THING_WORDS, TITLES, is_common_word
from sources.support.class_words import CLASSES, Place
from sources.support.dates import Date
from sources.support.families import senses
from sources.support.names import is_name, name_places
from sources.support.numbers import Number
from sources.support.pair import Clash, Pair, figures_shared
from sources.support.reading import Reading
from sources.support.roles import AND, is_past, shared_verbs
from sources.support.tongues import PRONOUNS

_ADVERBS = frozenset(
    "then also soon first once afterwards later now had has have since himself herself".split()
)
_SUBJECTS = frozenset("he she i we they it".split())
_SEXES = {"he": "m", "she": "f"}
_RELATIVES = {
    "en": frozenset(("who",)),
    "es": frozenset("quien que".split()),
    "fr": frozenset(("qui",)),
    "de": frozenset("der die welcher welche".split()),
    "pt": frozenset("que quem".split()),
    "it": frozenset("che".split()),
}
# What a Romance language puts between a subject and its verb: "la llevó", "l'emmena".
_CLITICS = {
    tongue: frozenset("la lo le les los las l me te se nos y o a os as gli li ne mi ti ci si".split())
    for tongue in ("es", "fr", "pt", "it")
}
_DEFINITE = frozenset("the el la le der die il o a".split())
_POSTS = frozenset(("rank", "office", "calling"))
_NO_CLASSES: dict[str, tuple[Place, ...]] = {}
_APPOSED = 8  # tokens between a name and its verb: "Mr. Oakley, a printer of that town, lent"
_ARTICLES = frozenset(
    "a an the his her their its un una el la su le une son sa ein eine der die sein ihr".split()
)
_CAUSED = 5  # "had the old cisterns covered"
_HEAD = 5  # tokens of a sentence in which a pronoun may be its subject
_RELATIVE = frozenset(("who",))  # it means who stands before it
_AT = frozenset("at in en a de in zu em nach".split())
_THERE = frozenset("there here town city place village alli aqui ciudad y ville lieu dort hier stadt".split())


def others_deed(pair: Pair) -> Iterator[Clash]:
    """A clash where one name stands right before a verb, and another there, or a pronoun that can't mean it."""
    for verb, there in shared_verbs(pair, (0, len(pair.passage.tokens))):
        here, known = _subject(pair.claim, verb), _subject(pair.passage, there)
        if not here or not known or _same(pair, here, known):
            continue
        pronoun = pair.passage.tokens[known[-1]].folded
        other = _is_thing(pair.claim, here) or _is_of_other_sex(pair.claim, here, pronoun)
        if pronoun in _SUBJECTS and not other:
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
    pronouns = (said | found) & _SUBJECTS
    return bool(pronouns) and any(map(pair.is_subject, said | found))


def _may_hold(pair: Pair, here: list[int], known: list[int]) -> bool:
    """Whether one side has a post alone, "the colonel", and it may be that of whom the other side names."""
    posts = [
        (reading.folded[places[-1]], {other.folded[at] for at in names})
        for reading, places, other, names in (
            (pair.claim, here, pair.passage, known),
            (pair.passage, known, pair.claim, here),
        )
        if _is_post(reading, places[-1])
    ]
    return any(any(map(pair.is_subject, names)) or _holds(pair.passage, names, post) for post, names in posts)


def _holds(reading: Reading, names: set[str], post: str) -> bool:
    """Whether a post stands near one of these names anywhere: "Colonel Reed", "Reed, his colonel"."""
    posts = [at for at, word in enumerate(reading.folded) if word == post]
    named = [at for at, word in enumerate(reading.folded) if word in names]
    return any(abs(one - other) <= _APPOSED for one in posts for other in named)


def _is_of_other_sex(reading: Reading, places: list[int], pronoun: str) -> bool:
    """Whether a given name can't be the "he" or "she" of the passage."""
    sexes = {genders().get(reading.tokens[at].folded) for at in places} - {None}
    return pronoun in _SEXES and sexes in ({"m"}, {"f"}) and sexes != {_SEXES[pronoun]}


def _is_thing(reading: Reading, places: list[int]) -> bool:
    """Whether it's an office or a house, which nobody calls "she": "the War Office"."""
    words = {reading.tokens[at].folded for at in places}
    article = places[0] > 0 and reading.tokens[places[0] - 1].folded == "the"
    return reading.tokens[places[-1]].capital and (
        bool(words & THING_WORDS) or (article and not words & genders().keys())
    )


def _subject(reading: Reading, verb: int) -> list[int]:
    """The tokens of the name, thing or pronoun whose verb it is; [] where it's something else."""
    at = _before_adverbs(reading, _caused_by(reading, verb) - 1)
    if at < 0:
        return []
    if reading.tokens[at].folded in AND and not reading.tokens[at].apart:
        return _opening(reading, at)
    if reading.tokens[at].folded in _RELATIVES.get(reading.tongue, _ADVERBS) and at > 0:
        return _name_ending(reading, at - 1)  # "Ramón Uribe, quien la llevó": what is told is told of him
    if reading.tokens[at + 1].apart:
        return _apposed(reading, at + 1)
    if reading.tokens[at].folded in _SUBJECTS or _is_post(reading, at):
        return [at]
    return _name_ending(reading, at)


def _opening(reading: Reading, at: int) -> list[int]:
    """The name or pronoun that opens the clause of an "and": "Lister left for Oslo in 1914 and invited"."""
    start = next((one for one in range(at, -1, -1) if reading.tokens[one].opens), 0)
    if any(reading.tokens[one].apart for one in range(start + 1, at)):
        return []
    if reading.tokens[start].folded in _SUBJECTS:
        return [start]
    past = start
    while past < at and _is_named(reading, past):
        past += 1
    return list(range(start, past))


def others_object(pair: Pair) -> Iterator[Clash]:
    """A clash where someone else stands right behind the same verb: "chose Rao", "chose her colleague, Menon"."""
    for verb, there in shared_verbs(pair, (0, len(pair.passage.tokens))):
        here = _first_name(pair.claim, verb + 1, 1)
        known = _first_name(pair.passage, there + 1, _CAUSED)
        if not here or not known or not _is_person(pair.claim, here) or not _is_person(pair.passage, known):
            continue
        start, past = next(span for span in pair.passage.spans if span[0] <= there < span[1])
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


def _is_post(reading: Reading, at: int) -> bool:
    """ "The colonel forbade": someone by rank or office alone."""
    places = CLASSES.get(reading.tongue, _NO_CLASSES).get(reading.tokens[at].folded, ())
    article = at > 0 and reading.tokens[at - 1].folded in _DEFINITE
    return article and not reading.tokens[at].capital and any(name in _POSTS for name, _ in places)


def _caused_by(reading: Reading, verb: int) -> int:
    """The "had" of "had the cisterns covered"; else the verb itself."""
    if reading.tongue != "en":
        return verb
    for at in range(verb - 2, max(0, verb - _CAUSED) - 1, -1):
        if reading.tokens[at + 1].apart:
            return verb
        if reading.tokens[at].folded == "had" and reading.tokens[at + 1].folded in _ARTICLES:
            return at
    return verb


def _before_adverbs(reading: Reading, at: int) -> int:
    """The first token before a verb that isn't an adverb; -1 where a comma comes first with nothing behind it."""
    while at >= 0 and not reading.tokens[at + 1].apart:
        word = reading.tokens[at].folded
        if word == "at" and reading.tokens[at + 1].folded == "once":
            at -= 1
        elif word in _CLITICS.get(reading.tongue, ()):
            at -= 1
        elif word in _ADVERBS or (reading.tongue == "en" and word.endswith("ly")):
            at -= 1
        else:
            break
    return at


def _apposed(reading: Reading, comma: int) -> list[int]:
    """The name before an apposition that ends at a comma: "Samuel Oakley, a printer, lent"."""
    for at in range(comma - 1, max(0, comma - _APPOSED), -1):
        token = reading.tokens[at]
        if token.opens:
            return []
        if token.apart:
            return _name_ending(reading, at - 1) if token.folded in _ARTICLES else []
    return []


def _name_ending(reading: Reading, at: int) -> list[int]:
    """The tokens of the name that ends at one; [] for something else."""
    places: list[int] = []
    while at >= 0 and _is_named(reading, at) and not (places and reading.tokens[places[0]].apart):
        places.insert(0, at)
        at -= 1
    return places


def _is_named(reading: Reading, at: int) -> bool:
    token = reading.tokens[at]
    if at in name_places(reading) or (token.capital and token.folded in THING_WORDS):
        return True
    if (
        not (token.capital and token.opens)
        or reading.is_function(at)
        or reading.kin(at)
        or token.folded in TITLES
    ):
        return False
    return not is_common_word(token.text.casefold(), reading.tongue)  # "Harlan gave": no list knows him


def elsewhere(pair: Pair) -> Iterator[Clash]:
    """A clash for a name that stands only where nothing else of the claim does, while another name stands in its place.

    "She died in Göttingen" where one sentence tells of her degree there, and another of her death in Stockholm.
    """
    if len(pair.passage.spans) < 2:
        return
    names = name_places(pair.claim)
    if not names:
        return
    items: tuple[Date | Number, ...] = (*pair.claim.dates, *pair.claim.numbers)
    typed = {at for one in items for at in range(one.first, one.last + 1)}
    deeds = {s for at in _deeds(pair.claim, {*names, *typed}) for s in senses(pair.claim, at)}
    spans = [(len(deeds.intersection(_senses_of(pair.passage, span))), span) for span in pair.passage.spans]
    most, told = max(spans, key=lambda one: one[0], default=(0, (0, 0)))
    if not most or sum(count == most for count, _ in spans) > 1:
        return
    for at in names:
        word = pair.claim.tokens[at].folded
        holding = [
            count + figures_shared(pair.claim, pair.passage, span)
            for count, span in spans
            if word in pair.passage.folded[slice(*span)]
        ]
        if pair.is_subject(word) or not holding or max(holding) or _is_meant_by_pronoun(pair, word, told):
            continue
        rival = _rival(pair, word, told)
        if rival is not None:
            yield Clash("name elsewhere", pair.claim.said(at, at), pair.passage.said(rival, rival))


def _deeds(reading: Reading, typed: set[int]) -> list[int]:
    return [
        at
        for at, stem in enumerate(reading.stems)
        if stem
        and at not in typed
        and (not reading.tokens[at].capital or is_past(reading.tokens[at], reading.tongue))
    ]


def _senses_of(reading: Reading, span: tuple[int, int]) -> set[str]:
    return {sense for at in range(*span) for sense in senses(reading, at)}


def _is_meant_by_pronoun(pair: Pair, word: str, span: tuple[int, int]) -> bool:
    """Whether a pronoun of the sentence may stand for the name."""
    words = pair.passage.folded[slice(*span)]
    if is_place(word) and word not in genders():
        return any(one in _THERE for one in words)
    return any(one in PRONOUNS and one not in _RELATIVE for one in words[:_HEAD])


def _rival(pair: Pair, word: str, span: tuple[int, int]) -> int | None:
    """A name of the same kind, place or person, that the claim doesn't have."""
    said = pair.claim.words
    place = (is_place(word) and word not in genders()) or any(
        _is_where(reading, at)
        for reading in (pair.claim, pair.passage)
        for at, one in enumerate(reading.folded)
        if one == word
    )
    for at in range(*span):
        other = pair.passage.tokens[at].folded
        if not is_name(pair.passage, at) and at not in name_places(pair.passage):
            continue
        alike = _is_where(pair.passage, at) if place else other in genders() and not is_place(other)
        if other not in said and alike and not _belongs_to(pair, at, word) and not pair.is_subject(other):
            return at
    return None


def _belongs_to(pair: Pair, at: int, word: str) -> bool:
    """Whether a name of the passage stands beside one that the claim has elsewhere: "George Westinghouse"."""
    beside = {token.folded for token in pair.passage.tokens[max(at - 1, 0) : at + 2] if token.capital}
    place = pair.claim.folded.index(word)
    own = pair.claim.folded[max(place - 1, 0) : place + 2]
    return any(one in pair.claim.words and one not in own for one in beside)


def _is_where(reading: Reading, at: int) -> bool:
    """Whether a word of a name stands where a place stands: "at Bryn Mawr"."""
    return at > 0 and reading.tokens[at - 1].folded in _AT
