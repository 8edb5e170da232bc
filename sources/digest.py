"""What can be said of a text by itself, whoever it is about: where it can be quoted, what it is like, what it hides.

Worked out where the document is read, in a child process with limits, and told to the parent as JSON. A hostile
document may have taken that child over, so `Digest.of` believes nothing but the shape of what it said of its own text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from sources.counting import count_words
from sources.duplicates import SPACE, Signature, signature
from sources.injection import FAMILIES, Sign, signs
from sources.passages import split_passages
from sources.sentence_signs import Span

_MOST_WORDS: Final = 20  # that one character is, folded: "ﷺ" are four
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Digest:
    """Passages and signs are offsets into the text; `words` counts as `count_words` does."""

    words: int
    passages: tuple[Span, ...]
    signature: Signature
    signs: tuple[Sign, ...]

    def told(self) -> dict[str, Any]:
        """As JSON, for `of`."""
        found = [sign.as_list() for sign in self.signs]
        return {"words": self.words, "passages": self.passages, "signature": self.signature, "signs": found}

    @classmethod
    def of(cls, told: object, length: int) -> Digest:
        """What was told of a text of so many characters; raises ValueError for what no text of that length has."""
        try:
            return cls._of(told, length)  # type: ignore[arg-type]  # what isn't one raises
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ValueError(f"no digest: {error}") from error

    @classmethod
    def _of(cls, told: Mapping[str, Any], length: int) -> Digest:
        passages = tuple((start, end) for start, end in told["passages"])
        found = tuple(Sign(name, start, end) for name, start, end in told["signs"])
        _require(_are_in_order(passages, length), "passages")
        _require(_are_in_order([(sign.start, sign.end) for sign in found], length), "signs")
        _require(all(sign.name in FAMILIES for sign in found), "names of signs")
        return cls(_count(told["words"], length), passages, _signature(told["signature"], length), found)


def digest(text: str) -> Digest:
    """Work it out; the same text gives the same digest in every process."""
    return Digest(count_words(text), tuple(split_passages(text)), signature(text), tuple(signs(text)))


def _require(fits: bool, what: str) -> None:
    if not fits:
        raise ValueError(what)


def _count(number: object, most: int) -> int:
    if type(number) is not int or not 0 <= number <= most:
        raise ValueError("a number")
    return number


def _are_in_order(spans: Sequence[Span], length: int) -> bool:
    """Whether they are stretches of the text, one behind the other."""
    if not all(type(place) is int for span in spans for place in span):
        return False
    whole = all(0 <= start < end <= length for start, end in spans)
    return whole and all(one[1] <= other[0] for one, other in pairwise(spans))


def _signature(told: Mapping[str, Any], length: int) -> Signature:
    exact, sketch = str(told["exact"]), [_count(one, SPACE) for one in told["sketch"]]
    bound = _count(told["bound"], SPACE)
    words = _count(told["words"], _MOST_WORDS * length)
    _require(
        bool(_SHA256.fullmatch(exact)) and _rises(sketch) and all(one < bound for one in sketch), "signature"
    )
    return {"exact": exact, "sketch": sketch, "bound": bound, "words": words}


def _rises(numbers: Iterable[int]) -> bool:
    return all(one < other for one, other in pairwise(numbers))
