"""The book's typography as data: what every paragraph style looks like on a sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace

from biographies.exports.docx.sheet import Sheet

CHAPTER_SINK, TITLE_SINK, LIST_SINK = 0.17, 0.22, 0.07  # of the text's height, above a heading
HEADS = ("keepNext", "keepLines", "suppressAutoHyphens")
# Styles whose tab stops follow from the width of the text, also where a team has its own styles.
TABBED = ("TOC1", "TOCChapter", "Header")


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style. `size` and `leading` in points, other lengths in twips; `flags` are paragraph properties
    without a value, `tabs` stops as (alignment, place), `own` says that Word has no such style of itself."""

    name: str
    based_on: str = "Normal"
    follows: str = ""
    size: float = 0
    leading: float = 0
    align: str = ""
    before: int | None = None
    after: int | None = None
    first: int | None = None
    left: int = 0
    right: int = 0
    hanging: int = 0
    italic: bool = False
    small_caps: bool = False
    letter_spacing: int = 0
    flags: tuple[str, ...] = ()
    tabs: tuple[tuple[str, int], ...] = ()
    outline: int | None = None
    own: bool = False


def looks(sheet: Sheet) -> dict[str, Look]:
    """By style id. Names are Word's own where Word has such a style, so that its tools know what they see."""
    return {**_text(sheet), **_headings(sheet), **_front(sheet), **_lists(sheet), **_edges(sheet)}


def _text(sheet: Sheet) -> dict[str, Look]:
    size, line = sheet.size, sheet.leading
    em = round(size * 20)
    return {
        "Normal": Look(
            "Normal", based_on="", size=size, leading=line, before=0, after=0, flags=("widowControl",)
        ),
        "BodyText": Look("Body Text", align="both", first=round(1.4 * em)),
        "FirstParagraph": Look(
            "First Paragraph", own=True, based_on="BodyText", follows="BodyText", first=0
        ),
        "Quote": Look(
            "Quote", size=size - 0.5, leading=line - 1, align="both", before=140, after=140, left=2 * em, right=em,
        ),
        "SceneBreak": Look(
            "Scene Break", own=True, follows="FirstParagraph", align="center", before=round(line * 10),
            after=round(line * 10), flags=("keepNext",),
        ),
        "BookImage": Look(
            "Book Image", own=True, follows="Caption", align="center", before=round(line * 10), after=90,
            flags=("keepNext",),
        ),
        "Caption": Look(
            "caption", follows="FirstParagraph", size=sheet.points(8.5), leading=sheet.points(11), align="center",
            left=em, right=em, after=round(line * 18), flags=("keepLines", "suppressAutoHyphens"),
        ),
        "FootnoteText": Look(
            "footnote text", size=sheet.points(8), leading=sheet.points(10), align="both"
        ),
        "EndnoteText": Look(
            "endnote text", size=sheet.points(9), leading=sheet.points(11.5), align="both", after=30
        ),
        "NotesHeading": Look(
            "Notes Heading", own=True, follows="EndnoteText", size=sheet.points(9.5), small_caps=True,
            letter_spacing=12, before=220, after=80, flags=HEADS,
        ),
    }  # fmt: skip


def _headings(sheet: Sheet) -> dict[str, Look]:
    return {
        "Heading1": Look(
            "heading 1", follows="FirstParagraph", size=sheet.points(22), leading=sheet.points(27),
            align="center", after=sheet.down(0.085), flags=HEADS, outline=0,
        ),
        "Heading2": Look(
            "heading 2", follows="FirstParagraph", size=sheet.points(11), italic=True,
            before=round(sheet.leading * 27), after=round(sheet.leading * 8), flags=HEADS, outline=1,
        ),
        "ChapterNumber": Look(
            "Chapter Number", own=True, follows="Heading1", size=sheet.points(11), align="center",
            before=sheet.down(CHAPTER_SINK), after=200, small_caps=True, letter_spacing=50, flags=HEADS,
        ),
    }  # fmt: skip


def _front(sheet: Sheet) -> dict[str, Look]:
    return {
        "HalfTitle": Look(
            "Half Title", own=True, size=sheet.points(16), leading=sheet.points(20), align="center",
            before=sheet.down(0.22), letter_spacing=10, flags=HEADS,
        ),
        "Title": Look(
            "Title", follows="Subtitle", size=sheet.points(30), leading=sheet.points(36), align="center",
            before=sheet.down(0.22), flags=HEADS,
        ),
        "Subtitle": Look(
            "Subtitle", size=sheet.points(14), leading=sheet.points(18.5), align="center", before=300,
            italic=True, flags=HEADS,
        ),
        "AuthorLine": Look(
            "Author Line", own=True, size=sheet.points(12.5), leading=sheet.points(17), align="center",
            before=sheet.down(0.14), letter_spacing=10,
        ),
        "Publisher": Look(
            "Publisher", own=True, size=sheet.points(10), leading=sheet.points(13), align="center",
            small_caps=True, letter_spacing=40,
        ),
        "Imprint": Look(
            "Imprint", own=True, size=sheet.points(8.5), leading=sheet.points(11.5), after=90,
            flags=("suppressAutoHyphens",),
        ),
        "DraftMark": Look(
            "Draft Mark", own=True, size=sheet.points(9), leading=sheet.points(11), align="center",
            letter_spacing=80,
        ),
        "TOCHeading": Look(
            "TOC Heading", size=sheet.points(22), leading=sheet.points(27), align="center",
            before=sheet.down(LIST_SINK), after=sheet.down(0.06), flags=HEADS,
        ),
        "TOC1": Look(
            "toc 1", before=70, after=70, tabs=(("right", sheet.text_width),),
            flags=("keepLines", "suppressAutoHyphens"),
        ),
        "TOCChapter": Look(
            "Contents Chapter", own=True, based_on="TOC1", left=480, hanging=480,
            tabs=(("left", 480), ("right", sheet.text_width)),
        ),
    }  # fmt: skip


def _lists(sheet: Sheet) -> dict[str, Look]:
    small = Look("", size=sheet.points(9.5), leading=sheet.points(12.4))
    index = replace(small, left=300, hanging=300, flags=("keepLines", "suppressAutoHyphens"))
    table = Look("", based_on="TableText", own=True)
    return {
        "Entry": Look("Entry", own=True, align="both", left=300, hanging=300, after=80),
        # A hyphen that is set into an address makes another address of it.
        "Bibliography": replace(
            small, name="Bibliography", left=360, hanging=360, after=80, flags=("suppressAutoHyphens",)
        ),
        "Index1": replace(index, name="index 1"),
        "IndexLetter": replace(index, name="Index Letter", own=True, follows="Index1", before=160),
        "IndexNote": replace(
            small, name="Index Note", own=True, italic=True, align="center", after=240, flags=("keepNext",)
        ),
        "TableText": replace(small, name="Table Text", own=True, before=50, after=50),
        "TableLabel": replace(table, name="Table Label", italic=True, flags=("suppressAutoHyphens",)),
        "TableHead": replace(
            table, name="Table Head", small_caps=True, letter_spacing=10, flags=("keepNext",)
        ),
        "TableSpace": Look("Table Space", own=True, size=1, leading=8),
        "Closing": Look("Section Close", own=True, size=1, leading=1),
    }


def _edges(sheet: Sheet) -> dict[str, Look]:
    """Heads and feet of the pages."""
    small = Look("", size=sheet.points(8.5), leading=sheet.points(11))
    middle_and_edge = (("center", sheet.text_width // 2), ("right", sheet.text_width))
    return {
        "Header": replace(small, name="header", tabs=middle_and_edge, small_caps=True, letter_spacing=16),
        "Footer": replace(small, name="footer", align="center"),
    }
