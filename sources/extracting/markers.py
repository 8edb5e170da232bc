"""Marks of apparatus inside a paragraph: note references, page marks, transcribers' signs.

Each rule asks for a shape that prose doesn't have. Where a number could be a year, a sum, a quantity or
an ordinal, it stays.
"""

from __future__ import annotations

import re

_ROMAN = r"(?=[ivxlc])(?:x[cl]|l?x{0,3})(?:ix|iv|v?i{0,3})"
_PAGE = rf"(?:pg|page|p|pp)\.?\s*(?:\d{{1,4}}|{_ROMAN})"
_NOTE = r"(?:note|notes|footnote|fn|nb)\.?\s*(?:\d{1,3}|[a-z])"
_BRACKETED = re.compile(
    r"(?P<before>\s*)"
    rf"(?:\[(?:\d{{1,3}}[a-z]?(?:\s?[,;–-]\s?\d{{1,3}})*|[*†‡§]+|\^[\w-]{{1,20}}|{_PAGE}|{_NOTE}|{_ROMAN}"
    r"|edit|citation needed|clarification needed)\]"
    rf"|\{{(?:{_PAGE}|\d{{1,4}}|{_ROMAN})\}}|\|{_PAGE}\|)"
    r"(?P<after>\s*)",
    re.IGNORECASE,
)
_GLUED_LETTER_NOTE = re.compile(r"(?<=[\w.,;:!?\"”’'])\[[A-Z]\](?=[\s.,;:!?\"”’']|$)")
_LEADING_NOTE = re.compile(
    r"^(?:\[(?:\d{1,3}|[A-Z]|[*†‡§]+)\]:?|\[\^[\w-]{1,20}\]:?|[*†‡§]+\s?(?=\w)(?![^*]*\*))\s*"
)
_SUPERSCRIPTS = re.compile(r"(?<=\S)[¹²³⁰⁴-⁹]+(?=[\s.,;:!?\"”’')\]]|$)")
_UNIT_BEFORE_POWER = re.compile(r"(?:^|[^A-Za-z])(?:[mcdk]?m|ft|in|yd|mi|\d|[A-Za-z])$")
_DAGGER = re.compile(r"(?<=[A-Za-zà-ÿ.,;:!?\"”’'])[*†‡]+(?=[\s.,;:!?]|$)")
# "the sum.12 He": a lower-case word, its full stop, digits, a new sentence. Verses and numbers are cited
# after capitalised or abbreviated words ("Matt.5", "no.12", "dec.12"), so those don't count.
_NOTE_AFTER_STOP = re.compile(
    r"\b(?P<word>[a-zà-ÿ]{3,}[.!?][\"”’')]?|[a-zà-ÿ]{2,}[\"”])(?P<digits>\d{1,3})(?=\s+[\"“‘']?[A-ZÀ-Þ]|\s*$)"
)
_ABBREVIATED = frozenset(
    "vol vols nos pag fig figs sec art chap chaps cap vers jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
_LOOSE_NOTE = re.compile(r"(?<=[.!?\"”’]) \d{1,3} \.(?=\s|$)")
_EMPHASIS = (
    re.compile(r"(?<![\w_])_(?=\S)([^_]*[^\s_])_(?![\w_])"),
    re.compile(r"(?<![\w*])\*{1,3}(?=[^\s*])([^*]*[^\s*])\*{1,3}(?![\w*])"),
    re.compile(r"(?<![\w=/?&])=(?=[^\s=])([^=]*[^\s=])=(?![\w=])"),
)
_HALF_EMPHASIS = re.compile(r"(?<![\w_])_(?=\w)|(?<=[\w.,;:!?\"”’'])_(?![\w_])")
_FOOTNOTE = re.compile(r"\[Footnote\s*[\w*†‡]{0,4}\s*:\s*(?P<note>[^\[\]]*)\]", re.IGNORECASE)
_CAPTION = re.compile(r"\[Illustration\s*:?\s*(?P<note>[^\[\]]*)\]", re.IGNORECASE)
_TRANSCRIBER = re.compile(r"\[Transcriber[’']?s?[’']? Notes?\b[^\[\]]*\]", re.IGNORECASE)
_CAPTION_WORDS = 4


def strip_markers(paragraph: str) -> list[str]:
    """Return the paragraph without marks; notes and captions inside it follow as paragraphs of their own."""
    aside: list[str] = []
    body = _TRANSCRIBER.sub("", paragraph)
    body = _FOOTNOTE.sub(lambda match: _set_aside(match, aside, at_least=1), body)
    body = _CAPTION.sub(lambda match: _set_aside(match, aside, at_least=_CAPTION_WORDS), body)
    return [tidy for part in (body, *aside) if (tidy := _strip_one(part))]


def _set_aside(match: re.Match[str], aside: list[str], *, at_least: int) -> str:
    note = match["note"].strip()
    if len(note.split()) >= at_least:
        aside.append(note)
    return ""


def _strip_one(paragraph: str) -> str:
    text = _LEADING_NOTE.sub("", paragraph.strip())
    text = _BRACKETED.sub(_gap, text)
    text = _GLUED_LETTER_NOTE.sub("", text)
    text = _SUPERSCRIPTS.sub(_without_superscript, text)
    text = _NOTE_AFTER_STOP.sub(_without_note, text)
    text = _LOOSE_NOTE.sub("", text)
    # Emphasis before note signs: the second star of "*so*" is no sign.
    for emphasis in _EMPHASIS:
        text = emphasis.sub(r"\1", text)
    text = _DAGGER.sub("", text)
    return " ".join(_HALF_EMPHASIS.sub("", text).split())


def _gap(match: re.Match[str]) -> str:
    """A mark between two words leaves one space; before punctuation or at an end it leaves nothing."""
    following = match.string[match.end() : match.end() + 1]
    preceding = match.string[match.start() - 1 : match.start()] if match.start() else ""
    if match["before"] or match["after"]:
        return "" if not following or following in ".,;:!?)]”’" else " "
    return " " if preceding.isalpha() and following.isalpha() else ""


def _without_superscript(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 4) : match.start()]
    return match[0] if _UNIT_BEFORE_POWER.search(before) else ""


def _without_note(match: re.Match[str]) -> str:
    word = match["word"]
    return match[0] if word.strip(".!?\"”’')") in _ABBREVIATED else word
