"""The book's typography as data: page and paragraph styles. Lengths are twips (1/20 pt) unless said."""

from __future__ import annotations

from dataclasses import dataclass

# Trim 6 by 9 in, 36 lines of 14.4 pt, a line of about 70 letters.
PAGE_WIDTH, PAGE_HEIGHT = 8640, 12960
MARGIN_TOP, MARGIN_BOTTOM = 1370, 1220
MARGIN_INSIDE, MARGIN_OUTSIDE, GUTTER = 1030, 950, 180
HEADER_FROM_TOP, FOOTER_FROM_BOTTOM = 750, 640
TEXT_WIDTH = PAGE_WIDTH - MARGIN_INSIDE - MARGIN_OUTSIDE - GUTTER
TEXT_HEIGHT = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM

# The one book face that Word has everywhere and LibreOffice replaces by one of equal widths (Liberation
# Serif), so that lines and pages break at the same places in both.
TYPEFACE = "Times New Roman"
SINK = 1900  # from the top of the text to a chapter's number line
TITLE_SINK, LIST_SINK = SINK + 500, 700  # to a title without number line; to that of a table or list


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style. `size` and `leading` in points; `flags` are paragraph properties without a value,
    `tabs` stops as (alignment, leader, place), `own` says that Word has no such style of itself."""

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
    tabs: tuple[tuple[str, str, int], ...] = ()
    outline: int | None = None
    own: bool = False


HEADS = ("keepNext", "keepLines", "suppressAutoHyphens")
CENTRE_AND_EDGE = (("center", "none", TEXT_WIDTH // 2), ("right", "none", TEXT_WIDTH))

# By style id. Names are Word's own where Word has such a style, so that its tools know what they see.
LOOKS: dict[str, Look] = {
    "Normal": Look("Normal", based_on="", size=11, leading=14.4, before=0, after=0, flags=("widowControl",)),
    "BodyText": Look("Body Text", align="both", first=300),
    "FirstParagraph": Look("First Paragraph", own=True, based_on="BodyText", follows="BodyText", first=0),
    "Quote": Look("Quote", size=10, leading=13.2, align="both", before=140, after=140, left=360, right=360),
    "Heading1": Look(
        "heading 1", follows="FirstParagraph", size=21, leading=26, align="center", after=860, flags=HEADS,
        outline=0,
    ),
    "Heading2": Look(
        "heading 2", follows="FirstParagraph", size=12, italic=True, before=380, after=140, flags=HEADS,
        outline=1,
    ),
    "ChapterNumber": Look(
        "Chapter Number", own=True, follows="Heading1", size=11.5, align="center", before=SINK, after=220,
        small_caps=True, letter_spacing=40, flags=HEADS,
    ),
    "HalfTitle": Look("Half Title", own=True, size=16, leading=20, align="center", before=2300, flags=HEADS),
    "Title": Look("Title", follows="Subtitle", size=30, leading=36, align="center", before=2300, flags=HEADS),
    "Subtitle": Look("Subtitle", size=14, leading=18.5, align="center", before=300, italic=True, flags=HEADS),
    "AuthorLine": Look("Author Line", own=True, size=12, leading=16, align="center", before=1500),
    "Imprint": Look("Imprint", own=True, size=9, leading=11.5, after=80),
    "TOCHeading": Look(
        "TOC Heading", size=21, leading=26, align="center", before=LIST_SINK, after=600, flags=HEADS
    ),
    "TOC1": Look(
        "toc 1", before=60, after=60, tabs=(("right", "none", TEXT_WIDTH),),
        flags=("keepLines", "suppressAutoHyphens"),
    ),
    "TOCChapter": Look(
        "Contents Chapter", own=True, based_on="TOC1", left=480, hanging=480,
        tabs=(("left", "none", 480), ("right", "none", TEXT_WIDTH)),
    ),
    "Header": Look("header", size=9, leading=11, tabs=CENTRE_AND_EDGE),
    "Footer": Look("footer", size=9, leading=11, align="center"),
    "Entry": Look("Entry", own=True, align="both", left=300, hanging=300, after=70),
    "Bibliography": Look("Bibliography", size=10.5, leading=13.4, left=360, hanging=360, after=70),
    "FootnoteText": Look("footnote text", size=8, leading=9.8, align="both"),
    "TableText": Look("Table Text", own=True, size=10, leading=12.8, before=50, after=50),
    "TableHead": Look(
        "Table Head", based_on="TableText", small_caps=True, letter_spacing=10, flags=("keepNext",), own=True
    ),
    "TableSpace": Look("Table Space", own=True, size=1, leading=8),
    "Closing": Look("Section Close", own=True, size=1, leading=1),
}  # fmt: skip
