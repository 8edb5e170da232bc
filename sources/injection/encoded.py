"""Commands that a reader can't read but a model can: base64, hex, turned letters, spaced letters, entities."""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import re
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import unquote

from sources.injection.base import Sign
from sources.injection.needles import Haystack

_BASE64: Final = re.compile(r"(?<![\w+/=-])[A-Za-z0-9+/_-]{24,}={0,2}(?![\w+/=])")
_HEX: Final = re.compile(r"(?<!\w)(?:[0-9a-fA-F]{2}[ :]?){20,}(?!\w)")
_ENTITIES: Final = re.compile(r"(?:&#x?[0-9a-fA-F]{2,6};\s?){6,}")
_PERCENT: Final = re.compile(r"\S*(?:%[0-9a-fA-F]{2}\S{0,12}){4,}")
_SPACED: Final = re.compile(r"(?<!\w)(?:[^\W\d_][ .\-_·*]{1,3}){8,}[^\W\d_](?!\w)")
# One word of command, letter by letter: "i-g-n-o-r-e".
_LETTERS: Final = re.compile(r"(?<!\w)(?:[^\W\d_][\-._·*]){4,}[^\W\d_](?!\w)")
_WORD: Final = re.compile(
    r"^(?:ignor\w+|disregard|forget|override|obey|output|reveal|olvida|oubliez?|vergiss)$", re.I
)
_READABLE: Final = re.compile(r"(?:[A-Za-zÀ-ÿ]{2,}[\s,.:;!?'-]+){2,}[A-Za-zÀ-ÿ]{2,}")
_COMMAND: Final = re.compile(
    r"(?:ignore|disregard|forget|override).{0,40}(?:instruction|prompt|rule)|(?:previous|all)instructions"
    r"|(?:print|output|write|say|answer|reply)\W.{0,20}[A-Z]{2,}-|system\W?prompt",
    re.I | re.S,
)
# Of words that were taken out of spaced letters and have no spaces left.
_RUN_TOGETHER: Final = re.compile(
    r"(?:ignore|disregard|forget|override)(?:all|any|the|your|my|these|those)*(?:previous|prior|above|earlier|preceding|instruction|prompt|rule|guideline)"
    r"|(?:ignor[ae]|olvid[ae]|ignorez|oubliez|ignoriere|vergiss|esque[cç]a|dimentica)\w{0,24}(?:instruc|instruz|regla|r[eè]gle|regra|regole|consigne|anweisung|regel)"
    r"|systemprompt|(?:newinstruction|youarenow|youmust|donottell)",
    re.I,
)
_ROT13: Final = re.compile(
    r"\b(?:vtaber|qvfertneq|sbetrg)\b.{0,40}?\b(?:vafgehpgvbaf?|cebzcgf?|ehyrf)\b", re.I
)
_BACKWARDS: Final = re.compile(
    r"\b(?:snoitcurtsni|stpmorp|selur)\b.{0,40}?\b(?:erongi|dragersid|tegrof)\b", re.I
)


def found_in(hay: Haystack) -> Iterator[Sign]:
    """Encoded stretches that hold words, or a command."""
    for pattern, decode, telling in _CODES:
        for match in pattern.finditer(hay.text) if hay.may_match(pattern) else ():
            if telling.search(decode(match[0])):
                yield Sign("encoded", *match.span())


def _from_base64(token: str) -> str:
    body = token.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(body + "=" * (-len(body) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _from_hex(token: str) -> str:
    try:
        return codecs.decode(re.sub(r"[ :]", "", token), "hex").decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _unspaced(stretch: str) -> str:
    return re.sub(r"[ .\-_·*]+", "", stretch)


_CODES: Final[tuple[tuple[re.Pattern[str], Callable[[str], str], re.Pattern[str]], ...]] = (
    (_ROT13, str, _ROT13),
    (_BACKWARDS, str, _BACKWARDS),
    (_BASE64, _from_base64, _READABLE),
    (_HEX, _from_hex, _READABLE),
    (_ENTITIES, html.unescape, _READABLE),
    (_PERCENT, unquote, _COMMAND),
    (_LETTERS, _unspaced, _WORD),
    (_SPACED, _unspaced, _COMMAND),
    (_SPACED, _unspaced, _RUN_TOGETHER),
)
