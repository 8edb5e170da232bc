"""The evidence report: every sentence, what it rests on, and what the checks say of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple, fields
from itertools import groupby
from pathlib import Path
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _
from lxml import etree

from biographies.exports.bundle.tables import table
from biographies.exports.docx.wording import language_tag
from biographies.exports.dossier import Dossier, Evidence, SourceLine
from biographies.exports.manuscript import Manuscript
from biographies.exports.markup.nodes import Node, node

STYLE: Final = Path(__file__).with_name("report.css")
# Nothing is run and nothing is fetched, whoever opens the file; the style sheet is in it.
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def evidence_csv(dossier: Dossier) -> bytes:
    """One line for each sentence and citation."""
    return table([one.name for one in fields(Evidence)], (astuple(row) for row in dossier.evidence))


def sources_csv(dossier: Dossier) -> bytes:
    """One line for each source."""
    return table([one.name for one in fields(SourceLine)], (astuple(row) for row in dossier.sources))


def evidence_html(book: Manuscript, dossier: Dossier) -> bytes:
    """The report as one page without scripts, links or pictures, in the language of the book."""
    with translation.override(book.language):
        return _page(book, dossier)


def _page(book: Manuscript, dossier: Dossier) -> bytes:
    heading = _("evidence of every sentence")
    title = f"{book.title}: {heading}"
    style = etree.Element("style")
    style.text = STYLE.read_text(encoding="utf-8")
    head = node(
        "head",
        node("meta", charset="utf-8"),
        node("meta", http_equiv="Content-Security-Policy", content=POLICY),
        node("title", title),
        style,
    )
    grouped = groupby(dossier.evidence, key=_heading)
    sections = (_section(heading, list(rows), dossier) for heading, rows in grouped)
    body = node("body", node("h1", title), _counts(dossier), *sections, _sources(dossier))
    root = node("html", head, body, lang=language_tag(book.language))
    html: bytes = etree.tostring(root, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")
    return html


def _heading(row: Evidence) -> tuple[str, str]:
    return row.section, row.revision


def _counts(dossier: Dossier) -> Node:
    """How many citations have which verdict."""
    counts = Counter(_verdict(row, dossier) for row in dossier.evidence)
    return node("ul", *(node("li", f"{verdict}: {count}") for verdict, count in sorted(counts.items())))


def _verdict(row: Evidence, dossier: Dossier) -> str:
    """The verdict as the desk says it."""
    return dossier.verdicts.get(row.verdict, row.verdict) or _("no citation")


def _section(heading: tuple[str, str], rows: list[Evidence], dossier: Dossier) -> Node:
    title, revision = heading
    names = (_("Sentence"), _("Verdict"), _("Second opinion"), _("Evidence"))
    head = node("thead", node("tr", *(node("th", name, scope="col") for name in names)))
    body = node("tbody", *(_row(row, dossier) for row in rows))
    hash_line = node("p", f"SHA-256 {revision}", class_="hash")
    return node("section", node("h2", title), hash_line, node("table", head, body))


def _row(row: Evidence, dossier: Dossier) -> Node:
    opinion = dossier.opinions.get(row.opinion, row.opinion)
    cells = (
        node("td", row.sentence),
        node("td", _verdict(row, dossier), *_small(row.because)),
        node("td", opinion, *_small(row.opinion_because)),
        node("td", *_evidence(row)),
    )
    return node("tr", *cells)


def _small(text: str) -> Iterator[Node]:
    if text:
        yield node("small", text)


def _evidence(row: Evidence) -> Iterator[Node]:
    if row.source is not None:
        place = _("Source %(source)d, passage %(passage)d") % {"source": row.source, "passage": row.passage}
        yield node("q", row.quote)
        yield node("small", f"{place}: {row.source_title}")


def _sources(dossier: Dossier) -> Node:
    lines = (node("li", row.reference, *_small(row.url), value=str(row.number)) for row in dossier.sources)
    return node("section", node("h2", _("Sources")), node("ol", *lines))
