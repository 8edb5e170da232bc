"""Words and numbers of a text as tokens, and its sentences as stretches of tokens."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from sources.numerals import fold

_TOKEN = re.compile(
    r"([\W_]*)("  # what stands before it: every letter and digit belongs to a token
    r"[^\W\d_]{1,60}(?:(?<=n)['’]t(?![^\W\d_]))?"  # first, since nearly all tokens are words
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?!\d)"  # 1867-11-07, 7.11.1867
    r"|(?<!\d)\d{1,3}(?:[.,'\u00a0\u202f ]\d{3})+(?!\d)(?:[.,]\d{1,4}(?!\d))?"  # 60,000 and 60 000
    r"|\d{1,18}(?:[.,]\d{1,9})?(?:st|nd|rd|th|d|s|er|re|e|º|ª|°)?(?![^\W_])"
    r"|\d{1,18}|$)"  # the end of the text too: else a long row of dots takes the time of its square
)
# What a copyist or a printer changes without changing a word.
_UNSEEN: dict[int, str | None] = {
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff")),
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_FOOTNOTE = re.compile(r"\[(?:\d{1,3}|\^\d{1,3}|[a-z*†‡])\]")
_STOP = re.compile(r"[.!?…:;。！？]|\n[ \t]*\n")
_JOINED = frozenset((" ", "-", "\n", "\u2010", "\u2011", "\u00a0"))
_MOST_KNOWN = 100_000
_Value = TypeVar("_Value")
_APOSTROPHES = frozenset("'’")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st ste rev hon gen col capt lieut lt gov sen no nos vol mme mlle m sr sra d jr esq mt ft".split()
)


_new = tuple.__new__  # what Token(...) calls, without the detour; half of all time goes into tokens


class Token(NamedTuple):
    """A word or number at `text[start:end]`; `folded` has no capitals and accents.

    `opens`: a sentence or quotation begins with it. `apart`: more than a space or hyphen stands before it.
    """

    text: str
    folded: str
    start: int
    end: int
    capital: bool
    opens: bool
    apart: bool


def places_of(words: frozenset[str], tokens: Sequence[Token], digits: Sequence[int]) -> list[int]:
    """The tokens that are one of some words, and those at `digits`, in reading order."""
    return sorted({*digits, *[at for at, token in enumerate(tokens) if token.folded in words]})


def plain(text: str) -> str:
    """A text without what can't be seen, and without marks of footnotes."""
    return _FOOTNOTE.sub(" ", text.translate(_UNSEEN))


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a text; the "s" of possession is none."""
    tokens: list[Token] = []
    before = 0
    for gap, word in _TOKEN.findall(text):
        if not word:
            break
        start = before + len(gap)
        end = start + len(word)
        folded, capital = _LOOKS[word]
        if gap == " " and tokens:  # four of five
            tokens.append(_new(Token, (word, folded, start, end, capital, False, False)))
        elif folded != "s" or gap not in _APOSTROPHES or not tokens:
            opens = not tokens or _opens(gap, tokens[-1])
            tokens.append(Token(word, folded, start, end, capital, opens, gap not in _JOINED))
        before = end
    return tuple(tokens)


class Known(dict[str, _Value]):
    """What was once found out about a word, up to a hundred thousand words; faster than a call of lru_cache."""

    def __init__(self, find: Callable[[str], _Value]) -> None:
        """Ask `find` for what isn't known yet."""
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> _Value:
        """Find out, and remember."""
        if len(self) >= _MOST_KNOWN:
            self.clear()
        found = self[word] = self._find(word)
        return found


# A word folded, and whether it begins with a capital.
_LOOKS = Known(lambda word: (fold(word), word[0].isupper()))


def _opens(gap: str, last: Token) -> bool:
    quoted, stops, dot = _GAPS[gap]
    return quoted or (stops and not (dot and _is_shortened(last)))


def _ends_sentence(gap: str, last: Token) -> bool:
    _, stops, dot = _GAPS[gap]
    return stops and not (dot and _is_shortened(last))


def _is_shortened(token: Token) -> bool:
    return len(token.text) == 1 or token.folded in _ABBREVIATIONS


def _what_stands_between(gap: str) -> tuple[bool, bool, bool]:
    """Whether a quotation opens behind it, whether a sentence may end before it, whether it begins with a dot."""
    quoted = gap not in _JOINED and len(gap) > 1 and gap[-1] in '"“„«‘(—'
    return quoted, gap not in _JOINED and bool(_STOP.search(gap)), gap[:1] == "."


_GAPS = Known(_what_stands_between)


def sentence_spans(tokens: Sequence[Token], text: str) -> tuple[tuple[int, int], ...]:
    """Stretches (first, past the last) of tokens; rougher than `sources.sentences`, and twenty times as fast."""
    spans, first = [], 0
    for place in range(1, len(tokens)):
        here = tokens[place]
        if here.opens and (here.capital or here.text[0].isdigit()):
            gap = text[tokens[place - 1].end : here.start]
            if _ends_sentence(gap, tokens[place - 1]) and not set(gap) & set(":;"):
                spans.append((first, place))
                first = place
    if tokens:
        spans.append((first, len(tokens)))
    return tuple(spans)
