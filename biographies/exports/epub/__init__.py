"""A manuscript as an EPUB 3 publication: reflowing text, notes that pop up, metadata on accessibility."""

from __future__ import annotations

from biographies.exports.epub.book import render

__all__ = ["render"]
