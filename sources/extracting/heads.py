"""What stands at the head of a plain text: its title and its author, where they are plainly that.

A title is a short block by itself before the prose, in the capitals of a heading; a name is what follows "by".
What is only a part's name ("Chapter V", "Preface"), a greeting, a place with a date, or a sentence is no title:
no title is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sources.people import parse_name

_LOOKED_AT = 12  # lines with something in them
_LONGEST = 120  # characters
_MOST_WORDS = 16
_PROSE = 40  # words: a head stands before a text
_PART = re.compile(
    r"^(?:chapter|chap|part|book|volume|vol|section|letter|act|scene|appendix|preface|introduction|foreword|prologue"
    r"|epilogue|contents|table of contents|index|notes?|dedication|abstract|copyright|cap[ií]tulo|pr[oó]logo"
    r"|introducci[oó]n|chapitre|pr[eé]face|avant-propos|kapitel|vorwort|einleitung|inhalt|capitolo|prefazione|introduzione|p\.|page)\b"
    r"[\s.:]*(?:[ivxlcdm]+|\d+|the (?:first|last|second|third))?[\s.:]*$",
    re.IGNORECASE,
)
_PART_FIRST = re.compile(
    r"^(?:chapter|chap\.?|cap[ií]tulo|chapitre|kapitel|capitolo|part)\s+(?:[ivxlcdm]+|\d+)\b", re.IGNORECASE
)
_DATED = re.compile(
    r"(?:,|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?)\s*(?:\d{1,2}(?:st|nd|rd|th)?\s*,?\s*)?\d{4}\W*$",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^(?:my )?(?:dear|sir|madam|gentlemen|querid[oa]|estimad[oa]|cher|ch[eè]re|liebe[rs]?|caro|cara)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^(?:(?:written|edited|told|compiled)\s+)?(?:by|por|par|von|di)\s*:?\s+(?P<name>\S.{2,80})$",
    re.IGNORECASE,
)
_SMALL = frozenset(
    "a an the of in on at to for from by and or nor but as with his her its their my our into upon over under is"
    " el la los las un una de del y o en por para con le les des du et ou dans sur pour avec der die das und oder im"
    " am von zu mit il lo gli i e da di della do dos".split()
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def head_of(lines: Sequence[str]) -> tuple[str, str]:
    """Title and author as the first lines of a text give them, "" for what they don't."""
    blocks = _blocks(lines)
    if not blocks or sum(len(line.split()) for line in lines[:400]) < _PROSE:
        return "", ""
    named = [line for block in blocks[:3] for line in block if _author(line)]
    first = [line for line in blocks[0] if not _BY.match(line)]
    return _title(first, signed=bool(named)), _author(named[0]) if named else ""


def _blocks(lines: Sequence[str]) -> list[list[str]]:
    """The first lines, in their blocks between blank lines."""
    blocks: list[list[str]] = [[]]
    for line in lines[:200]:
        bare = " ".join(line.split())
        if bare:
            blocks[-1].append(bare)
        elif blocks[-1]:
            blocks.append([])
        if sum(map(len, blocks)) >= _LOOKED_AT:
            break
    return [block for block in blocks if block]


def _title(block: Sequence[str], *, signed: bool) -> str:
    """`signed`: an author stands below, so that a title needn't be written in the capitals of one."""
    line = " ".join(block).strip(" _*=#-–—")
    words = _WORD.findall(line)
    telling = [word for word in words if word.casefold() not in _SMALL]
    if not telling or len(block) > 3 or len(line) > _LONGEST or len(words) > _MOST_WORDS:
        return ""
    if _PART.match(line) or _PART_FIRST.match(line) or _GREETING.match(line) or _DATED.search(line):
        return ""
    if re.search(r"[.,;:!]$", line) and not re.search(r"\b(?:Jr|Sr|Dr|Co|etc)\.$", line):
        return ""
    raised = sum(word[0].isupper() for word in telling)
    return line if words[0][0].isupper() and (signed or raised >= 0.6 * len(telling)) else ""


def _author(line: str) -> str:
    found = _BY.match(line)
    name = found["name"].strip(" .,;") if found else ""
    words = _WORD.findall(name)
    raised = [
        word for word in words if word[0].isupper() or word.casefold() in _SMALL | {"van", "den", "af", "y"}
    ]
    return name if 1 < len(words) <= 8 and raised == words and parse_name(name) is not None else ""
