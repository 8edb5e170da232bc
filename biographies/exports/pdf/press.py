"""WeasyPrint, with nothing to fetch. Imported only where pages are laid out: it takes seconds, and needs Pango."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree
from weasyprint import CSS, HTML, Document
from weasyprint.document import Page
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from biographies.exports.markup.nodes import Node


class NothingToFetch(URLFetcher):  # type: ignore[misc]  # it comes without types
    """Refuses every address: a book consists of what is in its manuscript."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002  # as its base has it
        """Raises ValueError."""
        raise ValueError(f"a book fetches nothing: {url[:60]}")


def laid_out(root: Node, css: str) -> Document:
    """The document as pages."""
    html = etree.tostring(root, method="html", encoding="unicode", doctype="<!DOCTYPE html>")
    fetcher, fonts = NothingToFetch(), FontConfiguration()
    sheet = CSS(string=css, font_config=fonts, url_fetcher=fetcher)
    return HTML(string=html, url_fetcher=fetcher).render(stylesheets=[sheet], font_config=fonts)


def bound(documents: Sequence[Document]) -> bytes:
    """The pages of all documents as one PDF with bookmarks and the metadata of the first."""
    pages: list[Page] = [page for document in documents for page in document.pages]
    return bytes(documents[0].copy(pages).write_pdf(pdf_tags=True))
