"""Words to compare, and words to show."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"\w+(?:['’]\w+)*")
_SHOWN: Final = 160  # characters of a quotation in a message
_SAME: Final = str.maketrans(
    {
        **dict.fromkeys("“”„«»‟", '"'),
        **dict.fromkeys("‘’‚‛`´", "'"),
        **dict.fromkeys("‐‑‒–—―", "-"),
        "\u00a0": " ",
        "\u00ad": "",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "…": "...",
    }
)


def words(text: str) -> list[str]:
    """The words of a text in small letters, without punctuation."""
    return _WORD.findall(text.casefold().replace("’", "'"))


def same(text: str) -> str:
    """Text without what typography changes: quotation marks, dashes, ligatures, case, runs of white space."""
    return " ".join(text.translate(_SAME).casefold().split())


def short(text: str, start: int = 0) -> str:
    """As much of a text as fits into a message, from `start` on or a little before."""
    text = " ".join(text.split()) if not start else text
    if len(text) <= _SHOWN:
        return text
    begin = max(0, min(start - _SHOWN // 4, len(text) - _SHOWN))
    begin = text.find(" ", begin - 1) + 1 if begin else 0
    end = text.rfind(" ", begin, begin + _SHOWN) if begin + _SHOWN < len(text) else len(text)
    cut = text[begin : end if end > begin else begin + _SHOWN]
    return ("… " if begin else "") + cut + (" …" if begin + len(cut) < len(text) else "")
