"""Text that speaks to a language model instead of a reader: signs of it, for the editor.

A sign is a hint, no verdict: nothing is removed or refused because of one. What keeps a model from obeying
lies elsewhere (marked data blocks, no tools, checked citations). Prefer a missed sign to a false one: the
budget is at most 2 % of ordinary pages. Rules, not a model, so that each sign shows the words that made it.
The families follow OWASP LLM01 (prompt injection): override, order, address, role, marker, hidden, encoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bookgen_site.lib.once import once_each
from sources.injection import encoded, markers, orders, scripts
from sources.injection.base import Sign
from sources.injection.folding import Folded
from sources.injection.needles import Haystack
from sources.injection.patterns import FRAMES, PATTERNS

__all__ = ["FAMILIES", "Sign", "signs"]

FAMILIES = frozenset(
    ("override", "order", "weak order", "encoded", *(row[0] for row in PATTERNS), *(row[0] for row in FRAMES))
)
_NEVER_CITED = frozenset(("marker", "hidden", "encoded", "fetch"))
_OPENING = re.compile('["“”]')
_CLOSING = re.compile('["”“»’]')
# What a page says of such orders before it quotes one.
_ABOUT_ORDERS = re.compile(
    r"\b(?:prompt\s+injections?|injection\s+attacks?|jailbreaks?|jailbreaking|attackers?|researchers?|hackers?"
    r"|chatbots?\b.*\bby\s+(?:telling|typing|asking))\b",
    re.I,
)
_LONGEST = 10_000  # characters of a passage
_BLOCK = 100_000  # characters, twice as many at most
_GAPS = ("\n\n", "\n", " ")  # where a block had best end
_NEAR = 400  # characters between two weak signs that make a strong one together


def signs(text: str) -> list[Sign]:
    """The signs in a text, in reading order, not overlapping; offsets are into `text` as given."""
    return list((_of_passage if len(text) <= _LONGEST else _of_source)(text))


def _found(text: str) -> tuple[Sign, ...]:
    found = [_moved(one, start) for start, end in _blocks(text) for one in _in_block(text[start:end])]
    strong = [one for one in found if not one.weak]
    return tuple(_merged([*strong, *_paired([one for one in found if one.weak], strong)]))


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """A long text, block by block: the words of a document of 20 MB at once would take a gigabyte."""
    start = 0
    while len(text) - start > 2 * _BLOCK:
        ends = (text.rfind(gap, start + _BLOCK, start + 2 * _BLOCK) for gap in _GAPS)
        end = next((at + 1 for at in ends if at >= 0), start + 2 * _BLOCK)
        yield start, end
        start = end
    yield start, len(text)


def _moved(sign: Sign, by: int) -> Sign:
    return replace(sign, start=sign.start + by, end=sign.end + by) if by else sign


def _in_block(text: str) -> list[Sign]:
    folded = Folded(text)
    plain = folded.text
    words = orders.words_with_commands(plain)
    hay = Haystack(plain)
    found = [*markers.found_in(hay, words), *orders.found_in(plain, words)]
    found += [*scripts.found_in(hay), *encoded.found_in(hay)]
    return [folded.back(one) for one in found if not _is_cited(plain, one)]


# Asked for again by each prompt that shows it and each text that cites it.
_of_passage, _of_source = once_each(most=4096)(_found), once_each(most=64)(_found)


def _is_cited(text: str, sign: Sign) -> bool:
    """Whether an order stands in quotation marks, in a sentence that speaks of such orders: a page about them."""
    if sign.name in _NEVER_CITED:
        return False
    start = max(text.rfind(stop, 0, sign.start) for stop in ".!?\n") + 1
    before, after = text[start : sign.start], text[sign.end : sign.end + _NEAR]
    quoted = len(_OPENING.findall(before)) % 2 == 1 or before.rstrip()[-1:] in "“„«‘"
    return quoted and bool(_CLOSING.search(after.split("\n")[0])) and bool(_ABOUT_ORDERS.search(before))


def _paired(weak: list[Sign], strong: list[Sign]) -> list[Sign]:
    """The weak signs that stand near another of a different kind."""
    every = [*weak, *strong]
    return [one for one in weak if any(other.name != one.name and _are_near(one, other) for other in every)]


def _are_near(one: Sign, other: Sign) -> bool:
    return max(one.start, other.start) - min(one.end, other.end) <= _NEAR


def _merged(found: Iterable[Sign]) -> list[Sign]:
    """Signs that overlap become the first of them, stretched."""
    kept: list[Sign] = []
    for one in sorted(found, key=lambda sign: (sign.start, sign.weak, -sign.end, sign.name)):
        if kept and one.start < kept[-1].end:
            kept[-1] = Sign(kept[-1].name, kept[-1].start, max(kept[-1].end, one.end))
        else:
            kept.append(Sign(one.name, one.start, one.end))
    return kept
