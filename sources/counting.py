"""Words of a text, also of scripts that leave no space between them.

A word of Chinese or Japanese has about two characters (Zipf lengths of segmented corpora: 1.5 to 2.4), one
of Thai, Lao, Khmer or Burmese four to five clusters. Nothing here needs to know where the words really
end: the counts only have to mean the same length of text in every script.
"""

from __future__ import annotations

import regex

_IDEOGRAPHS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}"
_CLUSTERS = r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}"
# Every character that isn't white space lies in exactly one word; a mark stays with its letter.
WORD = regex.compile(
    rf"(?:(?=[{_IDEOGRAPHS}])\X){{1,2}}[\p{{P}}\p{{M}}]*"
    rf"|(?:(?=[{_CLUSTERS}])\X){{1,5}}[\p{{P}}\p{{M}}]*"
    rf"|[^\s{_IDEOGRAPHS}{_CLUSTERS}]+"
)


def count_words(text: str) -> int:
    """How many words long a text is."""
    return sum(1 for _word in WORD.finditer(text))
