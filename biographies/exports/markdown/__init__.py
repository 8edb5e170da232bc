"""A manuscript as Markdown with notes, for those who go on with it in their own tools."""

from __future__ import annotations

from biographies.exports.markdown.book import render

__all__ = ["render"]
