"""A manuscript as a Word document (Office Open XML) with the look of a printed book."""

from __future__ import annotations

from biographies.exports.docx.book import render

__all__ = ["render"]
