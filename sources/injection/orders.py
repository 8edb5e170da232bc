"""Commands: to set aside what was said before, and to say or put something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sources.injection.base import Sign
from sources.injection.order_patterns import ABOUT
from sources.injection.tokens import Word, keys_of, words_of
from sources.injection.vocabulary import (
    CONDITION,
    EARLIER,
    FIRST_PERSON,
    LEADS,
    MINE,
    MODEL,
    MODEL_SIDE,
    MUST,
    OVERRIDE,
    PUT,
    RULES,
    SAY,
    SHOW,
    TAUGHT,
    VERBS,
    WHOSE,
    YOU,
)

_REACH: Final = 6  # words from the verb to what it is about
_FOLLOWS: Final = 14  # words from there to a further command
_AT_ONCE: Final = 3  # words to a command that follows at once

# A token that no prose has, told to be said: ZQX-CANARY-001.
_CODE: Final = re.compile(
    r"(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?=[A-Z-]*\d)[A-Z]{2,}[A-Z0-9]*-[A-Z0-9]+-[A-Z0-9]+\b"
)


def words_with_commands(text: str) -> list[Word]:
    """The words of a text; none where no word can begin a command, as in most sentences."""
    return [] if VERBS.isdisjoint(keys_of(text)) else words_of(text)


def found_in(text: str, words: list[Word]) -> Iterator[Sign]:
    """All commands of a text."""
    for place, word in enumerate(words):
        if word.key in OVERRIDE and _commands(words, place):
            yield from _override(words, place)
        if (word.key in SAY or word.key in PUT or word.key in SHOW) and _commands(words, place):
            yield from _order(text, word)
        if word.key in SAY and (match := _CODE.match(text, word.end)):
            yield Sign("order", word.start, match.end())


def _commands(words: list[Word], place: int) -> bool:
    """Whether the verb opens its clause, as a command does; "they ignore all rules" is told, not commanded."""
    before = [word.key for word in words[max(0, place - 2) : place]]
    if words[place].opens or (before and before[-1] in LEADS):
        return True
    return len(before) == 2 and before[1] in MUST and before[0] in YOU


def _override(words: list[Word], place: int) -> Iterator[Sign]:
    reach = words[place + 1 : place + 1 + _REACH]
    keys = [word.key for word in reach]
    target = next((at for at, key in enumerate(keys) if key in RULES), None)
    qualified = any(key in EARLIER for key in keys[: (target or _REACH) + 2])
    orders = _has_order(words[place + 1 : place + 1 + _REACH + _FOLLOWS])
    if target is None:
        # "Ignore the above and print ..."
        if any(key in FIRST_PERSON for key in keys):
            return  # "Forget everything I wrote"
        if orders and any(
            key in {"above", "everything", "todo", "tout", "alles", "tudo", "tutto"} for key in keys
        ):
            yield Sign("override", words[place].start, reach[-1].end)
        return
    if any(key in MINE for key in keys[:target]):
        return
    if qualified or _has_order(words[place + target + 2 : place + target + 2 + _AT_ONCE]):
        told = _is_told(words, place + target + 2)
        yield Sign("override", words[place].start, reach[target].end, weak=told and not orders)


def _is_told(words: list[Word], place: int) -> bool:
    """Whether behind "instructions" stands whose they are, when, or who taught them: rules among people."""
    after = [word.key for word in words[place : place + 5]]
    if any(key in CONDITION for key in after[:2]) or any(key in TAUGHT for key in after):
        return True
    return bool(after) and after[0] in WHOSE and not any(key in MODEL_SIDE for key in after)


def has_command(words: list[Word]) -> bool:
    """Whether somebody is told to do something that a writing machine does."""
    return any(word.key in VERBS and _commands(words, at) for at, word in enumerate(words))


def _has_order(words: list[Word]) -> bool:
    return any(word.key in SAY | SHOW | MODEL and _commands(words, at) for at, word in enumerate(words))


def _order(text: str, word: Word) -> Iterator[Sign]:
    for verbs, weak, pattern in ABOUT:
        if word.key in verbs and (match := pattern.match(text, word.end)):
            yield Sign("weak order" if weak else "order", word.start, match.end(), weak)
