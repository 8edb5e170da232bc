"""Does this passage support this sentence? Rules alone: no model, no database.

What was measured before: the words that a sentence shares with a passage say nothing about its truth (wrong
copies share more than honest rewordings), so sharing only finds the place; exact comparison of dates, numbers
and names finds the errors; and who did what to whom, rules hardly see. "Supported" therefore means: names,
dates and numbers were checked. It never means that a sentence was verified.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from django.utils.translation import gettext as _

from sources.language import detect
from sources.numerals import LANGUAGES
from sources.people import PersonName
from sources.support.class_words import STRICT
from sources.support.classes import misclassed, overstated
from sources.support.copying import changed, changes_of
from sources.support.dates import Date
from sources.support.directions import turned_about
from sources.support.elsewhere import elsewhere
from sources.support.kinship import wrong_kin
from sources.support.names import missing_names, name_places
from sources.support.numbers import Number
from sources.support.pair import Clash, Pair, pair
from sources.support.polarity import turned
from sources.support.quantities import beyond, wrong_dates, wrong_numbers
from sources.support.reading import Reading, read, read_tokens
from sources.support.rewording import reworded
from sources.support.roles import displaced, swapped
from sources.support.slots import refilled
from sources.support.subjects import others_deed, others_object
from sources.support.tokens import Token, plain, tokens_of
from sources.support.unreal import unrealised
from sources.vocabulary import Verdict

LONGEST_SENTENCE = 2_000  # characters; what is longer is no sentence, and is not looked at
LONGEST_PASSAGE = 20_000
_HYPHENATED = re.compile(r"[^\W\d_][-\u2010\u00ac]\s+[^\W\d_]")  # a word cut at the end of a line
_CUTS = ("- ", "-\n", "\u2010\n", "\u00ac")
_ENOUGH = 0.25  # of a sentence's content words in the window: it's about the same
_ENOUGH_UNTIED = 0.45
_NEAR = 0.6  # so much that a thing that differs is at odds, not just elsewhere
_NOTHING = 0.15
_ALIKE = 0.4  # of a sentence's words, small ones too


@dataclass(frozen=True, slots=True)
class Support:
    """A verdict, and in a line for the editor the words that decided."""

    verdict: Verdict
    because: str

    @property
    def holds(self) -> bool:
        """Whether the sentence counts as supported."""
        return self.verdict in (Verdict.VERBATIM, Verdict.SUPPORTED)


def check(sentence: str, passage: str, *, language: str = "", about: PersonName | None = None) -> Support:
    """Hold a sentence against a passage.

    `language` is the sentence's (BCP 47; "" to find out). `about` is the person of the book, whose name may be
    missing in a passage that says "I" or "she". Texts of any script and length are taken; never raises.
    """
    if len(sentence) > LONGEST_SENTENCE:
        return Support(Verdict.CANNOT_TELL, _("It is too long for one sentence."))
    passage = passage[:LONGEST_PASSAGE]
    claim, source = _readings(sentence, passage, language)
    if not claim.tokens or not source.tokens:
        return Support(Verdict.UNSUPPORTED, _("There are no words to compare."))
    return _verbatim(claim, source) or _judged(pair(claim, source, about))


def check_all(
    sentence: str, passages: Sequence[str], *, language: str = "", about: PersonName | None = None
) -> list[Support]:
    """Hold a sentence against each of the passages that it cites together.

    Where no passage supports it alone but all of them together do, each of them counts as supporting.
    """
    alone = [check(sentence, passage, language=language, about=about) for passage in passages]
    if len(alone) < 2 or any(one.holds or one.verdict == Verdict.CONTRADICTED for one in alone):
        return alone
    together = check(sentence, "\n\n".join(passages), language=language, about=about)
    return [together] * len(alone) if together.holds else alone


def _readings(sentence: str, passage: str, language: str) -> tuple[Reading, Reading]:
    source = _read_passage(passage)
    text = plain(sentence)
    tokens = tokens_of(text)
    tongue = language.split("-")[0].lower() or _tongue(text, tokens, source)
    return read_tokens(text, tokens, tongue), source if source.tongue else _read_in(passage, tongue)


def _tongue(text: str, tokens: Sequence[Token], source: Reading) -> str:
    """The passage's language, unless few of the words are the passage's and they tell another one."""
    known = sum(token.folded in source.words for token in tokens)
    if source.tongue and known >= _ALIKE * len(tokens):
        return source.tongue
    return _language(text) or source.tongue


@lru_cache(maxsize=256)
def _read_passage(passage: str) -> Reading:
    return read(passage, _language(passage))


@lru_cache(maxsize=256)
def _read_in(passage: str, tongue: str) -> Reading:
    return read(passage, tongue)


def _language(text: str) -> str:
    found = detect(text[:400])
    return found if found in LANGUAGES else ""


def _verbatim(claim: Reading, source: Reading) -> Support | None:
    """Word for word, whatever the typography; unless the source denies it right before: "It isn't true that …"."""
    at = source.joined.find(claim.joined)
    first = source.joined.count(" ", 0, at + 1) - 1 if at >= 0 else _place_of_letters(claim, source)
    if first < 0 or (at >= 0 and _runs_on(claim, source, first)):
        return None
    start = max((begin for begin, past in source.spans if begin <= first), default=0)
    if any(source.negates(place) for place in range(max(start, first - 6), first)):
        return Support(Verdict.CANNOT_TELL, _("The words stand in the passage, but behind a negation."))
    return Support(Verdict.VERBATIM, _("Word for word in the passage."))


def _runs_on(claim: Reading, source: Reading, first: int) -> bool:
    """Whether a claim goes on where a sentence of the source ends: "was published in 1884" of "published. In 1884"."""
    starts = [begin - first for begin, _ in source.spans if first < begin]
    return any(at < len(claim.tokens) and not claim.tokens[at].apart for at in starts)


def _place_of_letters(claim: Reading, source: Reading) -> int:
    """The token of the source where a claim's letters begin, its words cut otherwise ("con- tinued"); -1 for none."""
    if not (_is_cut(claim.text) or _is_cut(source.text)):
        return -1
    wanted = claim.joined.replace(" ", "")
    starts = list(accumulate((len(token.folded) for token in source.tokens), initial=0))
    at = source.joined.replace(" ", "").find(wanted)
    whole = at >= 0 and at in starts and at + len(wanted) in starts
    return starts.index(at) if whole else -1


def _is_cut(text: str) -> bool:
    """Whether a hyphen stands before a space or line; the pattern alone takes thirty times as long."""
    return any(cut in text for cut in _CUTS) and _HYPHENATED.search(text) is not None


def _judged(two: Pair) -> Support:
    if two.claim.tongue and two.passage.tongue not in ("", two.claim.tongue):
        return Support(Verdict.CANNOT_TELL, _("The sentence and the passage are in different languages."))
    clash = next(_clashes(two), None)
    if two.meant < _NOTHING:
        return Support(Verdict.UNSUPPORTED, _("The passage has nothing near it."))
    if clash is not None:
        return Support(_gravity(clash, two), _because(clash))
    if not _is_enough(two):
        return Support(Verdict.CANNOT_TELL, _("The passage has too few of its words to compare them."))
    return Support(Verdict.SUPPORTED, _borne_out(two))


def _is_enough(two: Pair) -> bool:
    """Whether the passage has enough of a claim's words; more of them where no name, date or number ties the two."""
    typed = bool(
        two.claim.dates or any(not one.ordinal for one in two.claim.numbers) or name_places(two.claim)
    )
    enough = _ENOUGH if typed else _ENOUGH_UNTIED
    return two.meant >= enough and (typed or two.meant * len(two.wanted) > 1)


def _clashes(two: Pair) -> Iterator[Clash]:
    changes = changes_of(two)
    yield from changed(two, changes)
    for rule in _RULES:
        yield from rule(two)
    yield from reworded(two, changes)


_RULES = (
    wrong_dates,
    beyond,
    wrong_numbers,
    missing_names,
    wrong_kin,
    misclassed,
    refilled,
    turned,
    unrealised,
    overstated,
    swapped,
    displaced,
    others_deed,
    others_object,
    turned_about,
    elsewhere,
)
# What contradicts where it isn't said in the very same words; all else leaves doubt, no more.
_CONTRADICTING = STRICT | {"date", "number", "name", "kinship", "negation", "opposite"}


def _gravity(clash: Clash, two: Pair) -> Verdict:
    """At odds only where something stands in its place and the rest agrees; else it can't be told."""
    at_odds = clash.sure or (clash.found and two.share >= _NEAR and clash.kind in _CONTRADICTING)
    return Verdict.CONTRADICTED if at_odds else Verdict.CANNOT_TELL


def _because(clash: Clash) -> str:
    words = {"said": clash.said, "found": clash.found}
    if not clash.found:
        return _("“%(said)s” isn't in the passage.") % words
    if not clash.said:
        return _("The passage has “%(found)s”, the sentence doesn't.") % words
    return _("The sentence has “%(said)s”, the passage “%(found)s”.") % words


def _borne_out(two: Pair) -> str:
    claim = two.claim
    typed: tuple[Date | Number, ...] = (*claim.dates, *claim.numbers)
    items = [claim.said(one.first, one.last) for one in typed]
    names = [claim.said(place, place) for place in name_places(claim)]
    found = ", ".join(f"“{item}”" for item in dict.fromkeys(items + names))
    if not found:
        return _("It has no name, date or number that could be checked; the passage speaks of the same.")
    return _("Found in the passage: %(items)s.") % {"items": found}
