"""What differs between two texts, word by word; and one text with the changes of two people.

Words are compared as single characters of a made-up alphabet, so that the library's algorithm (Myers, with a clock)
works on words. It ends after `SECONDS` with a coarser answer; every answer is right, be it fine or coarse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from diff_match_patch import diff_match_patch

SECONDS: Final = 1.0
_TOKEN: Final = re.compile(r"\n+|[^\S\n]+|\w+(?:['’]\w+)*|[^\w\s]")
_SURROGATES: Final = 0xD800  # from here the alphabet goes on behind the surrogates
_NAMES: Final = {-1: "gone", 0: "same", 1: "new"}


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words: `kind` is same, gone or new."""

    kind: str
    text: str


@dataclass(slots=True)
class Row:
    """What stands beside each other: a stretch of paragraphs of the one text and of the other."""

    changes: list[Change] = field(default_factory=list)

    @property
    def left(self) -> list[Change]:
        """The changes that the older text shows."""
        return [one for one in self.changes if one.kind != "new"]

    @property
    def right(self) -> list[Change]:
        """The changes that the newer text shows."""
        return [one for one in self.changes if one.kind != "gone"]

    @property
    def changed(self) -> bool:
        """Whether anything differs here."""
        return any(one.kind != "same" for one in self.changes)


def changes(old: str, new: str) -> list[Change]:
    """The new text as the old one with words gone and words new, in order."""
    alphabet: dict[str, str] = {}
    first, second = _encoded(old, alphabet), _encoded(new, alphabet)
    words = {letter: word for word, letter in alphabet.items()}
    differ = diff_match_patch()
    differ.Diff_Timeout = SECONDS
    found = differ.diff_main(first, second, False)
    differ.diff_cleanupSemantic(found)
    return [Change(_NAMES[kind], "".join(words[letter] for letter in letters)) for kind, letters in found]


def _encoded(text: str, alphabet: dict[str, str]) -> str:
    return "".join(alphabet.setdefault(word, _letter(len(alphabet))) for word in _TOKEN.findall(text))


def _letter(number: int) -> str:
    number += 1
    return chr(number if number < _SURROGATES else number + 0x800)


def rows(found: Sequence[Change]) -> list[Row]:
    """The changes cut where both texts begin a paragraph; paragraphs that only one of them has stand alone."""
    made = [Row()]
    for place, one in enumerate(found):
        after = found[place + 1].text if place + 1 < len(found) else "\n"
        alone = one.text.startswith("\n") and after.startswith("\n")
        if one.kind != "same" and not alone:
            made[-1].changes.append(one)
            continue
        for number, part in enumerate(re.split(r"\n+", one.text)):
            if number:
                made.append(Row())
            if part:
                made[-1].changes.append(Change(one.kind, part))
    return [row for row in made if row.changes]


def counted(found: Sequence[Change]) -> tuple[int, int]:
    """How many words are gone, and how many are new."""
    return tuple(sum(_words(found, kind)) for kind in ("gone", "new"))  # type: ignore[return-value]  # two of them


def _words(found: Sequence[Change], kind: str) -> Iterator[int]:
    return (len(re.findall(r"\w+", one.text)) for one in found if one.kind == kind)


def both(base: str, mine: str, theirs: str) -> str | None:
    """Their text with my changes of `base` in it; None where the two have changed the same words."""
    merger = diff_match_patch()
    merger.Diff_Timeout = merger.Match_Threshold = SECONDS
    merger.Match_Threshold, merger.Match_Distance = 0.2, 4_000
    patches = merger.patch_make(base, mine)
    merged, applied = merger.patch_apply(patches, theirs)
    return merged if all(applied) else None
