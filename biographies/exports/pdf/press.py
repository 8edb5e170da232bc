"""WeasyPrint, with nothing to fetch. Imported only where pages are laid out: it takes seconds, and needs Pango."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from lxml import etree
from weasyprint import CSS, HTML, Document
from weasyprint.document import Page
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from biographies.exports.manuscript import Figure
from biographies.exports.markup.nodes import Node

NONE: Mapping[str, Figure] = MappingProxyType({})


class NothingToFetch(URLFetcher):  # type: ignore[misc]  # it comes without types
    """Refuses every address but those of the book's own images: a book consists of what is in its manuscript."""

    def __init__(self, images: Mapping[str, Figure] = NONE) -> None:
        super().__init__()
        self._images = images

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002  # as its base has it
        """The image of this address. Raises ValueError for every other."""
        if url not in self._images:
            raise ValueError(f"a book fetches nothing: {url[:60]}")
        image = self._images[url]
        return URLFetcherResponse(url, image.data, {"Content-Type": image.media_type})


def laid_out(root: Node, css: str, images: Mapping[str, Figure] = NONE) -> Document:
    """The document as pages; `images` by the addresses that it names them by."""
    html = etree.tostring(root, method="html", encoding="unicode", doctype="<!DOCTYPE html>")
    fetcher, fonts = NothingToFetch(images), FontConfiguration()
    sheet = CSS(string=css, font_config=fonts, url_fetcher=fetcher)
    return HTML(string=html, url_fetcher=fetcher).render(stylesheets=[sheet], font_config=fonts)


def bound(documents: Sequence[Document]) -> bytes:
    """The pages of all documents as one PDF with bookmarks and the metadata of the first."""
    pages: list[Page] = [page for document in documents for page in document.pages]
    return bytes(documents[0].copy(pages).write_pdf(pdf_tags=True))
