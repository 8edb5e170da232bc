"""A manuscript as a PDF ready for the press: laid out by WeasyPrint, which needs the Pango libraries."""

from __future__ import annotations

from biographies.exports.pdf.book import render, rendered

__all__ = ["render", "rendered"]
