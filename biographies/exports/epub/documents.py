"""The documents of an EPUB: title page, imprint, one for each section, the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from biographies.exports.docx.elements import one_line
from biographies.exports.docx.outline import Division
from biographies.exports.docx.wording import label, language_tag, reads_right_to_left
from biographies.exports.indexing import sections_of
from biographies.exports.manuscript import Figure, IndexEntry, Manuscript, Note
from biographies.exports.markup.nodes import Node, fill, node, xhtml
from biographies.exports.markup.notes import NoteAccount
from biographies.exports.markup.prose import anchor, figure, indexed, prose, runs

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
IMAGES = "images"  # the folder of the pictures
NAMELESS = "—"  # what stands where a reader's device needs a name and the book has none
# Kinds of sections that have a word of their own in the structural vocabulary of EPUB, and a role in DPUB-ARIA.
TYPES = {
    "chapter": "chapter", "prologue": "prologue", "introduction": "introduction", "epilogue": "epilogue",
    "glossary": "glossary", "bibliography": "bibliography",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """One document. `landmark` is what it is in the structural vocabulary, where readers jump to it."""

    name: str
    title: str
    content: bytes
    landmark: str = ""


def language_of(book: Manuscript) -> str:
    """The language as a BCP 47 tag, "und" for what is no tag."""
    tag = book.language.strip().replace("_", "-")
    return "und" if language_tag(tag) == "x-none" else tag


def document(book: Manuscript, title: str, *body: Node) -> bytes:
    """A whole XHTML document with its style sheet; of a draft each says so."""
    language = language_of(book)
    head = node(
        "head", node("title", title), node("link", rel="stylesheet", type="text/css", href="style.css")
    )
    marks = [node("p", label(book, "draft"), class_="draft")] if book.draft else []
    root = node("html", head, node("body", *marks, *body), lang=language)
    root.set(XML_LANG, language)
    if reads_right_to_left(book.language):
        root.set("dir", "rtl")
    return xhtml(root)


def named(text: str) -> str:
    """The text in one line, or a dash where it's empty: a title must be something."""
    return one_line(text) or NAMELESS


def title_page(book: Manuscript) -> Page:
    """Title, subtitle, author and publisher."""
    lines = [node("h1", book.title)]
    for text, role in (
        (book.subtitle, "subtitle"),
        (book.author_line, "author"),
        (book.publisher, "publisher"),
    ):
        lines += [node("p", text, class_=role)] if text else []
    section = node("section", *lines, class_="title-page", epub_type="titlepage")
    return Page("title.xhtml", named(book.title), document(book, named(book.title), section), "titlepage")


def picture(image: Figure) -> Node:
    """An image of the book; screens have many sizes, and the style sheet keeps it within each."""
    return figure(image, f"{IMAGES}/{image.name}")


def frontispiece_page(book: Manuscript) -> list[Page]:
    """The image in front of the title, where there is one."""
    if book.frontispiece is None:
        return []
    section = node("section", picture(book.frontispiece), class_="frontispiece")
    return [Page("frontispiece.xhtml", named(book.title), document(book, named(book.title), section))]


def imprint_page(book: Manuscript) -> Page:
    """How the book was made."""
    lines = (node("p", line) for line in book.imprint)
    section = node("section", *lines, class_="imprint", epub_type="copyright-page")
    return Page(
        "imprint.xhtml", named(book.title), document(book, named(book.title), section), "copyright-page"
    )


def section_page(book: Manuscript, division: Division) -> Page:
    """A section with its notes behind it, each in an aside that readers show as a pop-up."""
    section, name = division.section, f"section-{division.position:03d}.xhtml"
    account = NoteAccount(section)

    def call(number: int) -> Node:
        _note, before = account.call(number)
        return node(
            "a", str(number), href=f"#n{number}", class_="call", epub_type="noteref", role="doc-noteref",
            id=f"r{number}" + (f"-{before}" if before else ""),
        )  # fmt: skip

    kind = TYPES.get(section.kind, "")
    made = node("section", *_heading(division), id=f"s{division.position - 1}", class_=section.kind)
    if kind:
        made.set("role", f"doc-{kind}")
    fill(made, (picture(one) for one in section.opening))
    fill(made, prose(section, division.position - 1, account, call, indexed(book)))
    fill(made, (picture(one) for one in section.closing))
    if section.notes:
        made.append(_notes(section.notes, label(book, "notes")))
    return Page(name, _listed(division), document(book, _listed(division), made), kind)


def _heading(division: Division) -> list[Node]:
    if not division.heading:
        return []
    over = [node("span", division.over_title, class_="number"), node("br")] if division.over_title else []
    return [node("h1", *over, division.heading)]


def _listed(division: Division) -> str:
    """How the contents name the division."""
    if division.over_title and division.section.number is not None:
        return f"{division.section.number}. {named(division.heading)}"
    return named(division.heading)


def _notes(notes: Sequence[Note], heading: str) -> Node:
    asides = []
    for note in notes:
        back = node("a", f"{note.number}", href=f"#r{note.number}", role="doc-backlink")
        text = node("p", back, ". ", *runs(note.inlines, _no_call))
        asides.append(node("aside", text, id=f"n{note.number}", epub_type="footnote", role="doc-footnote"))
    return node("section", node("h2", heading), *asides, class_="notes", epub_type="footnotes")


def _no_call(number: int) -> Node:
    raise ValueError(f"a note calls note {number}")


def back_index(book: Manuscript, printed: Sequence[Division]) -> Page:
    """The index: each name with links to the sections that tell of it, since an EPUB has no pages."""
    title = named(label(book, "index"))
    heading = [node("h1", title), node("p", label(book, "index_by_chapter"), class_="hint")]
    entries = (_entry(one, printed) for one in book.index)
    made = node(
        "section", *heading, node("ul", *entries), class_="index", epub_type="index", role="doc-index"
    )
    return Page("index.xhtml", title, document(book, title, made), "index")


def _entry(entry: IndexEntry, printed: Sequence[Division]) -> Node:
    made = node("li", entry.name)
    for name, place in sections_of(entry, printed):
        target = f"section-{printed[place.section].position:03d}.xhtml#{anchor(place)}"
        fill(made, [", ", node("a", named(name), href=target)])
    return made
