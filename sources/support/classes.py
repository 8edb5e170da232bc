"""Words of closed classes: a season, a currency, a rank, a nation that the place in the passage doesn't have."""

from __future__ import annotations

from collections.abc import Iterator

from sources.support.class_words import CALLED, CLASSES, QUANTITIES, STRICT, SWEEPING, Place
from sources.support.pair import Clash, Pair
from sources.support.quantities import agree
from sources.support.reading import Reading

_NONE = 2  # the side of "none" among the quantities
_UNITS = frozenset(("currency", "measure"))  # "on his feet", "in the yard": they count only after a number
_CAPITALS = frozenset(("nation",))  # in English; "a pole" is no Pole
_SMALL = frozenset(("compass", "metal", "colour"))  # "White House", "South Carolina" are names
_NOT_ALONE = frozenset("general major marshal second".split())  # words that are mostly something else
_SIDED = frozenset(
    "hand arm leg foot eye ear side bank wing knee shoulder flank cheek lung hip thigh wrist thumb ankle elbow".split()
)
# The months of a season in the north, with those at its edges; a date says more exactly what a season says.
_MONTHS = {"spring": (3, 4, 5, 6), "summer": (6, 7, 8, 9), "autumn": (9, 10, 11, 12), "winter": (12, 1, 2, 3)}
_SEASONS = {
    "primavera": "spring", "printemps": "spring", "fruhling": "spring", "fruhjahr": "spring",
    "verano": "summer", "ete": "summer", "sommer": "summer", "estate": "summer", "verao": "summer",
    "otono": "autumn", "automne": "autumn", "herbst": "autumn", "fall": "autumn",
    "autunno": "autumn", "outono": "autumn",
    "invierno": "winter", "hiver": "winter", "winter": "winter", "inverno": "winter",
}  # fmt: skip
_SIGNS = {
    **dict.fromkeys("pound pounds sterling libra libras livre livres pfund".split(), "£"),
    **dict.fromkeys("dollar dollars dolar dolares".split(), "$"),
    **dict.fromkeys("euro euros yen".split(), "€¥"),
}
_BEFORE_SEASONS = frozenset(
    "in the of that this each every a early late one following next last same"
    " en la el del le au de im des di na no una nella".split()
)
_BEFORE_UNITS = frozenset("few several many some thousand hundred million half per a an of each".split())
_BEFORE_TIMES = frozenset(
    "a per each every few several many some al cada por pocos pocas varios varias".split()
)
_BEFORE_FEW = frozenset("a an the few one two but because when after if".split())
_IDLE_BEFORE_ALL = frozenset("at after above in of".split())


def misclassed(pair: Pair) -> Iterator[Clash]:
    """A clash for each word of a class whose member isn't near; with another member of the class that is there."""
    best = _members(pair.passage, pair.best)
    table = CLASSES.get(pair.passage.tongue, {})
    here = {
        place for token in pair.passage.tokens[slice(*pair.near)] for place in table.get(token.folded, ())
    }
    said = _members(pair.claim, (0, len(pair.claim.tokens)))
    for (name, member), at in said.items():
        rivals = [there for (other, one), there in best.items() if other == name and (other, one) not in said]
        if (name, member) in here and not (name in STRICT and rivals and (name, member) not in best):
            continue
        if _is_said_otherwise(pair, name, at):
            continue
        found = pair.passage.said(rivals[0], rivals[0]) if rivals else ""
        kind = name if name in STRICT and (name, member) not in here else "class"
        yield Clash(kind, pair.claim.said(at, at), found)


def _is_said_otherwise(pair: Pair, name: str, at: int) -> bool:
    """A teacher by her teaching, a season by its month, a currency by its sign, a measure in another unit."""
    word = pair.claim.tokens[at].folded
    if name == "season":
        months = _MONTHS.get(_SEASONS.get(word, word), ())
        return any(
            date.month in months for date in pair.passage.dates if pair.near[0] <= date.first < pair.near[1]
        )
    if name == "currency":
        return any(sign in pair.passage.text for sign in _SIGNS.get(word, ""))
    if name in ("calling", "office"):
        deeds = CALLED.get(word, frozenset())
        return not deeds.isdisjoint(pair.passage.folded[slice(*pair.near)])
    counted = [number for number in pair.claim.numbers if number.noun == word]
    return name == "measure" and any(agree(one, known) for one in counted for known in pair.passage.numbers)


def _members(reading: Reading, span: tuple[int, int]) -> dict[Place, int]:
    """Each member of a class that is named in a stretch of tokens, and where."""
    table = CLASSES.get(reading.tongue, {})
    found: dict[Place, int] = {}
    for at in range(*span):
        for place in table.get(reading.tokens[at].folded, ()):
            if _counts(reading, at, place[0]):
                found.setdefault(place, at)
    return found


def _counts(reading: Reading, at: int, name: str) -> bool:  # noqa: PLR0911 - one answer per class
    """Whether a word stands there as a member of that class, and not as what else it may mean."""
    token = reading.tokens[at]
    before = reading.tokens[at - 1] if at else None
    if name == "time":
        measured = any(number.first <= at <= number.last + 2 for number in reading.numbers if number.days)
        return before is not None and before.folded in _BEFORE_TIMES and not measured
    if name in _UNITS:
        return before is not None and (before.text[0].isdigit() or _ends_number(reading, at))
    if name == "hand":
        return at + 1 < len(reading.tokens) and reading.tokens[at + 1].folded in _SIDED
    if name == "season":
        return before is not None and (before.folded in _BEFORE_SEASONS)
    if reading.tongue != "en":
        return True
    if token.folded == "last" and at + 1 < len(reading.tokens) and reading.tokens[at + 1].folded == "but":
        return False  # "the last but one"
    titled = token.capital and (
        not token.opens or reading.tokens[min(at + 1, len(reading.tokens) - 1)].capital
    )
    if token.folded in _NOT_ALONE and not titled:
        return name == "ordinal" and before is not None and before.folded != "a"
    return token.capital if name in _CAPITALS else not (name in _SMALL and token.capital)


def _ends_number(reading: Reading, at: int) -> bool:
    before = reading.tokens[at - 1].folded
    return before in _BEFORE_UNITS or any(number.last + 1 in (at, at - 1) for number in reading.numbers)


def overstated(pair: Pair) -> Iterator[Clash]:
    """A clash where a claim speaks of all, of this alone, of none or of most, and nothing near does."""
    table = QUANTITIES.get(pair.claim.tongue, {})
    there = {table.get(token.folded) for token in pair.passage.tokens[slice(*pair.near)]}
    for at, token in enumerate(pair.claim.tokens):
        side = table.get(token.folded)
        if side == 0 and _NONE in there:
            continue  # "none of them died" says something of all
        if side in SWEEPING and side not in there and not _is_idle(pair.claim, at, side):
            yield Clash("quantity", pair.claim.said(at, at))


def _is_idle(reading: Reading, at: int, side: int) -> bool:
    """ "Only nine years old", "at all", "both in the morning and at night" say nothing of the rest."""
    words = [token.folded for token in reading.tokens[max(0, at - 1) : at + 8]]
    after = reading.tokens[at + 1] if at + 1 < len(reading.tokens) else None
    if side == 1:
        numbered = any(number.first == at + 1 for number in reading.numbers)
        return (
            after is None or numbered or after.folded in _BEFORE_FEW or (at > 0 and reading.negates(at - 1))
        )
    if reading.tokens[at].folded == "both":
        return "and" in words
    return side == 0 and at > 0 and words[0] in _IDLE_BEFORE_ALL
