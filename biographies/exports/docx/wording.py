"""The words that a book doesn't bring itself: labels in its language, its language tag, its running heads."""

from __future__ import annotations

import re
import unicodedata

from biographies.exports.docx.elements import one_line
from biographies.exports.manuscript import Manuscript, Section

ENGLISH = {
    "contents": "Contents",
    "chapter": "Chapter",
    "notes": "Notes",
    "index": "Index of Names and Places",
    "index_by_page": "The numbers are those of pages.",
    "index_by_chapter": "The numbers are those of chapters.",
    "draft": "DRAFT",
}
RUNNING_HEAD_COLUMNS = 46
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
# Spelling and hyphenation are picked by region; a bare tag gets its language's largest one.
REGIONS = {
    "ar": "SA", "bn": "BD", "ca": "ES", "cs": "CZ", "cy": "GB", "da": "DK", "el": "GR", "en": "US",
    "et": "EE", "eu": "ES", "fa": "IR", "ga": "IE", "gl": "ES", "he": "IL", "hi": "IN", "ja": "JP",
    "ko": "KR", "nb": "NO", "nn": "NO", "pt": "PT", "sl": "SI", "sr": "RS", "sv": "SE", "uk": "UA",
    "ur": "PK", "vi": "VN", "zh": "CN",
}  # fmt: skip


def label(book: Manuscript, key: str) -> str:
    """A printed word in the book's language, English where the manuscript doesn't bring it."""
    return one_line((book.labels or {}).get(key, "")) or ENGLISH.get(key, "")


def number_line(book: Manuscript, section: Section) -> str:
    """What stands over a chapter's title: "Chapter 4", or "4. fejezet" from a label "{number}. fejezet"."""
    if section.number is None:
        return ""
    word, number = label(book, "chapter"), str(section.number)
    return word.replace("{number}", number) if "{number}" in word else f"{word} {number}"


def language_tag(language: str) -> str:
    """The tag with a region, as word processors know it; "x-none" (no spelling) for what is no tag."""
    tag = language.strip().replace("_", "-")
    if not LANGUAGE_TAG.fullmatch(tag):
        return "x-none"
    return tag if "-" in tag else f"{tag.lower()}-{REGIONS.get(tag.lower(), tag.upper())}"


def reads_right_to_left(language: str) -> bool:
    """Whether the language is written from right to left."""
    return language_tag(language).split("-")[0].lower() in RIGHT_TO_LEFT


def running_head(title: str) -> str:
    """The title cut at a word's end to what fits on one line; wide letters count twice."""
    text, columns = one_line(title), 0
    for place, letter in enumerate(text):
        columns += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if columns > RUNNING_HEAD_COLUMNS:
            start = text[:place]
            return (start.rsplit(" ", 1)[0] if " " in start else start).rstrip(" ,;:.-") + "…"
    return text
