"""One entrance for text that others wrote: what comes out can be stored, sent as JSON and printed."""

from __future__ import annotations

import re
import unicodedata

import regex

_LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")

# C0 and C1 controls but for the line feed; lone surrogates; noncharacters; zero-width and invisible
# operators; bidi controls; deprecated format characters; interlinear annotation; tag characters.
_FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)

# A joiner (ZWNJ, ZWJ) means something only between letters of a script that joins its letters (Arabic to
# Mongolian, and the Indic and South-East Asian blocks) and, for ZWJ, between the pictures of one emoji.
_JOINING = "\u0600-\u109f\u1780-\u18af\ua840-\ua8ff\ua980-\uaaff\uabc0-\uabff"
_EMOJI = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_STRAY_JOINER = re.compile(
    f"\u200c(?![{_JOINING}])|(?<![{_JOINING}])\u200c"
    f"|\u200d(?![{_JOINING}{_EMOJI}])|(?<![{_JOINING}{_EMOJI}])\u200d"
)

# The longest run of combining marks that the Stream-Safe Text Format (UAX #15) allows. Normalising a
# longer run takes time that grows with its square.
_PILED_MARKS = regex.compile(r"(\p{M}{30})\p{M}+")


def clean_text(value: str, *, multiline: bool = True) -> str:
    """Return `value` in NFC, fit for PostgreSQL and XML 1.0: nothing invisible, nothing that steers.

    Keeps line feeds (all line ends become one) and turns tabs into spaces; with `multiline=False`
    every run of white space becomes one space and the ends are trimmed. Removes controls, surrogates,
    noncharacters, bidi controls, tag characters and zero-width characters, but for joiners between
    letters of joining scripts. Cleaning twice changes nothing. Markup is left alone: escaping it is the
    duty of whoever prints it.
    """
    text = _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", value).replace("\t", " "))
    text = _STRAY_JOINER.sub("", text)
    text = _PILED_MARKS.sub(r"\1", text)
    text = _PILED_MARKS.sub(r"\1", unicodedata.normalize("NFC", text))
    return text if multiline else " ".join(text.split())


def shortened(text: str, most: int) -> str:
    """The text in one line and at most `most` characters, cut between words and marked with " …"."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    head = line[: most - 1]
    whole, _space, _rest = head.rpartition(" ")
    return f"{whole or head[:-1]} …"
